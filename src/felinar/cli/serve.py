"""`felinar serve`: the desk in the browser."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from felinar.cli.session import Session, pass_session
from felinar.config import FILE_NAME
from felinar.errors import FelinarError

if TYPE_CHECKING:
    from felinar.store.workspace import Workspace
    from felinar.web.serve import Where

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command(short_help="Open the desk in the browser.")
@click.option("--address", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", default=0, type=click.IntRange(0, 65535), help="Port; 8765 or, where it is taken, any free one."
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--team", is_flag=True, help="Sign in with accounts (felinar access) instead of the printed address.")
@click.option("--name", "names", multiple=True, help="A further name under which the desk is asked.")
@click.option("--certificate", type=_FILE, help="Certificate (PEM) for HTTPS.")
@click.option("--key", type=_FILE, help="Key (PEM) of the certificate.")
@click.option("--behind-proxy", is_flag=True, help="A proxy of yours does HTTPS.")
@click.option("--leads-a-day", default=60, show_default=True, type=click.IntRange(1), help="Most for one person.")
@pass_session
def serve(
    session: Session,
    address: str,
    port: int,
    no_browser: bool,
    team: bool,
    names: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
    behind_proxy: bool,
    leads_a_day: int,
) -> None:
    """Open the desk: the queue of leads, search and judging in the browser, until Ctrl-C.

    Alone, the printed address opens it once, on this machine only. A team signs in with accounts; beyond this machine
    it needs HTTPS. Where there is no workspace, one is made for the purpose given, and the desk begins with the import.
    """
    from felinar.store.workspace import Workspace

    where = _web().Where(address, port, names, certificate, key, behind_proxy)
    folder = session.folder()
    # A new workspace begins with an import on the desk; one that exists keeps its purpose.
    purpose = "" if (folder / FILE_NAME).is_file() else session.stated_purpose()
    workspace = Workspace.open(folder, purpose)
    open_desk(session, workspace, where=where, browser=not no_browser, team=team, leads_a_day=leads_a_day)


def open_desk(
    session: Session,
    workspace: Workspace,
    *,
    browser: bool,
    where: Where | None = None,
    team: bool = False,
    leads_a_day: int = 60,
) -> None:
    """Serve the desk of a workspace until Ctrl-C, and open it in the browser where there is somebody to look."""
    from felinar.audit import log

    web = _web()
    where = where or web.Where()
    web.check(where, team=team, accounts=_accounts(workspace))
    log(workspace, "serve", {"address": where.address, "team": team})

    def ready(address: str) -> None:
        session.emit(f"The desk: {address}", {"address": address})
        sys.stdout.flush()
        session.say("It is open to this machine only, once. Stop with Ctrl-C." if not team else "Stop with Ctrl-C.")
        if browser and sys.stdout.isatty():
            click.launch(address)

    web.serve(workspace, where, ready, team=team, leads_a_day=leads_a_day)


def _accounts(workspace: Workspace) -> int:
    from felinar.access.accounts import accounts

    return sum(1 for account in accounts(workspace.desk) if not account.closed)


def _web() -> ModuleType:
    """Return `felinar.web.serve`; a sentence says what to install where its packages are not there."""
    try:
        import felinar.web.serve as web
    except ModuleNotFoundError as problem:
        if (problem.name or "").startswith("felinar"):
            raise
        raise FelinarError(
            f"The desk needs the package {problem.name}. Install it with: pip install 'felinar[desk]'."
        ) from None
    return web
