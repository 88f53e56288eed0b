"""What the reading commands share: the workspace, what is published, and the log entry that comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from felinar.audit import log
from felinar.cli.session import Session
from felinar.store.published import Published
from felinar.store.workspace import Workspace


@dataclass(frozen=True)
class Reading:
    """An open workspace to read from; `show` is the only way out, so nothing is shown that was not logged."""

    session: Session
    workspace: Workspace
    published: Published

    @classmethod
    def open(cls, session: Session) -> Reading:
        """Return the workspace of this call with what its last run published."""
        workspace = Workspace.existing(session.folder())
        published = Published.open(workspace.published)
        click.get_current_context().call_on_close(published.close)
        return cls(session, workspace, published)

    def show(self, action: str, details: Mapping[str, Any], text: str, data: Any) -> None:
        """Log who is shown what, then show it."""
        log(self.workspace, action, {**details, "generation": self.published.facts["generation"]})
        self.session.emit(text, data)
