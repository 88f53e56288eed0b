"""Make HTML of data: one environment for all templates, everything escaped, and what every page shows at its top."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jinja2

from felinar.access.roles import ROLES, May
from felinar.access.sessions import Session
from felinar.export.sentences import NOT_GUILT, VICTIM_FIRST, count, day, days, few, points
from felinar.registry import GRADES
from felinar.web.desk import Desk
from felinar.web.key_name import kind_word

# What the top of a page leads to: address, word, key after `g`, and what the role must allow.
PLACES = (
    ("/leads", "Leads", "l", May.READ),
    ("/search", "Search", "s", May.SEARCH),
    ("/lists", "Lists", "b", May.LISTS),
    ("/watches", "Watches", "w", May.WATCH),
    ("/cases", "Cases", "c", May.JUDGE),
    ("/hubs", "Hubs", "h", May.READ),
    ("/patterns", "Patterns", "p", May.COUNTS),
    ("/imports", "Import", "i", May.IMPORT),
    ("/runs", "Runs", "r", May.COUNTS),
    ("/log", "Log", "a", May.AUDIT),
    ("/accounts", "Accounts", "u", May.ACCOUNTS),
)


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Return the environment of the desk's templates."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("felinar.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=day, days=days, few=few, points=points, towns=_towns, n=lambda number: f"{number:,}", moment=_moment
    )
    made.filters["kind_word"] = kind_word
    made.globals.update(count=count, not_guilt=NOT_GUILT, victim_first=VICTIM_FIRST, grades=GRADES)
    return made


def home_of(desk: Desk, role: str) -> str:
    """Return the first place that a role may go to; where nothing is published yet, who may import begins there."""
    if not desk.workspace.published.is_file() and May.IMPORT in ROLES[role]:
        return "/imports"
    return next(address for address, _, _, may in PLACES if may in ROLES[role])


def render(desk: Desk, session: Session | None, template: str, data: dict[str, Any]) -> str:
    """Return the page; notices are said once."""
    allowed = ROLES[session.role] if session else frozenset()
    menu = [{"address": a, "word": w, "key": k} for a, w, k, may in PLACES if may in allowed]
    done, refused = session.take_notices() if session else ("", "")
    top = {
        "menu": menu,
        "session": session,
        "workspace": desk.workspace.config.name,
        "workspace_purpose": desk.workspace.config.purpose if session else "",
        "done": done,
        "refused": refused,
        "may_search": May.SEARCH in allowed,
        "may_judge": May.JUDGE in allowed,
        "may_watch": May.WATCH in allowed,
        "may_export": May.EXPORT in allowed,
        "may_import": May.IMPORT in allowed,
        "team": desk.team,
    }
    return environment().get_template(template).render(**top, **data)


def _towns(places: list[str]) -> str:
    """Return places in a few letters: a country that all of them share is named once, before them."""
    split = [name.rpartition(", ") for name in places]
    countries = {country for town, _, country in split if town}
    if len(places) < 2 or len(countries) != 1 or not all(town for town, _, _ in split):
        return " · ".join(places)
    return f"{countries.pop()}: {', '.join(town for town, _, _ in split)}"


def _moment(time: str | None) -> str:
    """Return a stored time to the minute, as people read it."""
    return f"{time[:10]} {time[11:16]}" if time else "–"
