"""One request of a signed-in person: what a page's function is given, and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData, QueryParams

from felinar.access.accounts import is_team
from felinar.access.roles import ROLES, Forbidden, May
from felinar.access.sessions import Session
from felinar.audit import log
from felinar.errors import WorkspaceProblem
from felinar.store.published_desk import DeskReading
from felinar.web.desk import Desk
from felinar.web.mask import masked, masked_text
from felinar.web.problems import NotThere, TooMany
from felinar.web.shelf import Shelf

NOTHING_PUBLISHED = "Nothing is published yet: import adverts first."
__all__ = ["NOTHING_PUBLISHED", "File", "NotThere", "Told", "TooMany", "Visit", "own_path"]


@dataclass(frozen=True)
class File:
    """A file that a page answers with: its bytes, or where they lie. `inline`: shown by the browser, not saved."""

    name: str
    media_type: str
    content: bytes | Path
    inline: bool = False


@dataclass(frozen=True)
class Told:
    """What a page tells: its data, and what the log keeps of it.

    `file` is answered in place of the page (its JSON twin stays data); after `again` seconds the browser asks anew.
    """

    data: dict[str, Any]
    log: Mapping[str, Any] = field(default_factory=dict)
    file: File | None = None
    again: int = 0


@dataclass(frozen=True)
class Visit:
    """One request of a signed-in person."""

    desk: Desk
    session: Session
    parameters: Mapping[str, Any]
    query: QueryParams
    form: FormData
    published: DeskReading | None

    @property
    def reading(self) -> DeskReading:
        """What is published; WorkspaceProblem where nothing is yet, which only some pages can do without."""
        if self.published is None:
            raise WorkspaceProblem(NOTHING_PUBLISHED)
        return self.published

    @property
    def shelf(self) -> Shelf:
        """What was counted once for this generation."""
        return self.desk.shelf(self.reading)

    @property
    def purpose(self) -> str:
        """The purpose that the person stated, else that of the workspace."""
        return self.session.purpose or self.desk.workspace.config.purpose

    @property
    def who(self) -> dict[str, str]:
        """Name and purpose, as everything that a person writes carries them."""
        return {"actor": self.session.name, "purpose": self.purpose}

    def may(self, thing: May) -> bool:
        """Return whether this person's role allows something."""
        return thing in ROLES[self.session.role]

    def refuse_without_accounts(self) -> None:
        """Raise Forbidden where a team has accounts and this desk asks for none: it cannot know whose decision it is.

        Such a desk was started before the first account was opened.
        """
        if is_team(self.desk.workspace.desk) and not self.desk.team:
            raise Forbidden("This workspace has accounts: start the desk with `felinar serve --team` and sign in.")

    def contact(self, value: str) -> str:
        """Return a contact value for a list: masked until the person has stated a purpose."""
        return value if self.session.purpose else masked(value)

    def sentence(self, text: str) -> str:
        """Return a sentence for a list, contact values in it masked until the person has stated a purpose."""
        return text if self.session.purpose else masked_text(text)

    def log(self, action: str, details: Mapping[str, Any]) -> None:
        """Write to the log under this person's name and purpose."""
        log(self.desk.workspace, action, details, who=self.session.name, purpose=self.purpose)

    def id(self, name: str) -> int:
        """Return the id in the address; NotThere for a number that no id can be."""
        given = int(self.parameters[name])
        if given >= 1 << 63:
            raise NotThere(f"There is no id {given}: ids are below 2^63.")
        return given

    def text(self, name: str) -> str:
        """Return what a field of the form holds; "" where it is missing or a file."""
        given = self.form.get(name, "")
        return given if isinstance(given, str) else ""

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number from the address, kept between 0 and `most`."""
        given = self.query.get(name, "")
        return min(int(given), most) if given.isascii() and given.isdigit() and len(given) < 19 else default


def own_path(path: str) -> str:
    """Return the path if it is one of this desk, else the queue: nobody is sent elsewhere."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else "/leads"
