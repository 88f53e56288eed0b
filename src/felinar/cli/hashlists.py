"""`felinar hashlists`: import lists of known pictures, and check pictures against them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from felinar.audit import log
from felinar.cli.hashlists_text import checked_line, checked_summary, list_text, stored_line
from felinar.cli.session import Session, pass_session
from felinar.errors import FelinarError
from felinar.store.workspace import Workspace

FOLDER = "hashlists"
PURGED = (
    "Nothing but the exact hashes of these pictures is kept any more. Report them by the route of your country, and "
    "use felinar run: what was linked by them is then linked anew."
)
_files = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))


@contextmanager
def _the_extra() -> Iterator[None]:
    """Say how to install what decodes pictures, where it is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        raise FelinarError(
            f"Pictures cannot be opened: {missing.name} is not installed. Install the extra: "
            "pip install 'felinar[pictures]' (or -r requirements/pictures.txt)."
        ) from None


@click.group(short_help="Lists of known abuse pictures: import, check, serve.")
def hashlists() -> None:
    """Import lists of known pictures and check pictures against them. Of a picture on a list nothing is kept.

    PhotoDNA values are kept as they come and never compared: the method is closed. MD5, SHA-1, SHA-256 and PDQ are.
    """


@hashlists.command("import")
@_files
@click.option("--name", default="", help="What the list is called here; by default made from the file's name.")
@click.option("--format", "form", default="", help="The format, where it is not recognised.")
@click.option("--kind", type=click.Choice(["md5", "sha1", "sha256", "pdq"]), help="Kind of the hashes, if not stated.")
@click.option("--category", "categories", multiple=True, help="Keep entries of this category only (can be repeated).")
@click.option("--replace", is_flag=True, help="The files are the whole list: what they do not hold goes.")
@click.option("--purpose-note", "note", default="", help="By whose leave, and for what, you hold this list.")
@pass_session
def import_list(
    session: Session, files: tuple[Path, ...], name: str, form: str, kind: str | None, categories: tuple[str, ...],
    replace: bool, note: str,
) -> None:  # fmt: skip
    """Bring in a list, or an update of one: newer entries replace older ones, withdrawn and deleted ones go.

    Project VIC (VICS 2.0, 1.3, CAID 1.2), NCMEC, StopNCII, ThreatExchange, Interpol ICSE, NSRL, plain text. Give all
    pages of one delivery together.
    """
    from felinar.hashlists.intake import Order, sentences, take_in
    from felinar.store.desk import now

    workspace = Workspace.open(session.folder(), session.stated_purpose())
    order = Order(name, form, kind or "", note, categories, replace)
    log(workspace, "hashlists", {"import": [path.name for path in files], "name": name, "note": note})
    with workspace.writing("hashlists import"):
        taken = take_in(workspace.folder / FOLDER, files, order, now())
        about = {"imported": taken.name, "version": taken.said["delivery"], "entries": taken.entries}
        log(workspace, "hashlists", about)
        stored = _recheck(workspace)
    told = {"before": taken.before, "delivery": taken.counts, "damaged": taken.damaged, "rejects": str(taken.rejects)}
    lines = sentences(taken) + [stored_line(row) for row in stored]
    session.emit("\n".join(lines), {**taken.said, "counts": taken.hashes, **told, "stored_hits": stored})
    session.say(PURGED if stored else "")


def _recheck(workspace: Workspace) -> list[dict[str, Any]]:
    """Hold what is stored of pictures, if anything is, against the lists as they are now."""
    from felinar.store.lake import Lake

    if not Lake(workspace.tables).manifest().tables.get("pictures"):
        return []
    with _the_extra():
        from felinar.hashlists.known import Lists
        from felinar.hashlists.stored import recheck_pictures

        return recheck_pictures(workspace, Lists.load(workspace.folder / FOLDER))


@hashlists.command("list")
@pass_session
def show_lists(session: Session) -> None:
    """Show the lists, what they hold, and by whose leave."""
    from felinar.hashlists import store

    workspace = Workspace.existing(session.folder())
    folder = workspace.folder / FOLDER
    found = [store.about(folder, name) for name in store.names(folder)]
    log(workspace, "hashlists", {"listed": len(found)})
    session.emit(list_text(found), found)


@hashlists.command("check")
@_files
@pass_session
def check_pictures(session: Session, files: tuple[Path, ...]) -> None:
    """Check pictures in files, folders and ZIPs against all lists; each hit is logged before it is shown.

    A line per file: state, list, entry, category, kind of hash, distance, quality, verdict, path.
    """
    with _the_extra():
        from felinar.hashlists.check import check

    workspace, lists = _lists(session)
    log(workspace, "hashlists", {"check": [str(path) for path in files], "lists": lists.state})
    rows: list[dict[str, Any]] = []
    for checked in check(workspace, workspace.folder / FOLDER, lists, files):
        rows.append(checked.as_dict())
        if not session.as_json:
            session.emit("\n".join(checked_line(rows[-1])), None)
    states = {state: sum(row["state"] == state for row in rows) for state in sorted({row["state"] for row in rows})}
    hits = sum(len(row["hits"]) for row in rows)
    if session.as_json:
        session.emit("", {"files": len(rows), "states": states, "hits": hits, "pictures": rows})
    session.say(checked_summary(len(rows), states, hits))


@hashlists.command("recheck")
@click.option("--all-turns", is_flag=True, help="Also pictures that were turned, not only mirrored.")
@pass_session
def recheck_stored(session: Session, all_turns: bool) -> None:
    """Hold all that is stored of pictures against the lists as they are now, and delete what is stored of a hit."""
    with _the_extra():
        from felinar.hashlists.stored import recheck_pictures

    workspace, lists = _lists(session)
    with workspace.writing("hashlists recheck"):
        log(workspace, "hashlists", {"recheck": lists.state})
        rows = recheck_pictures(workspace, lists, all_turns=all_turns)
    text = "\n".join(map(stored_line, rows)) or "No stored picture is on a list."
    session.emit(text, {"hits": len(rows), "pictures": rows})
    session.say(PURGED if rows else "")


@hashlists.command("remove")
@click.argument("name")
@pass_session
def remove_list(session: Session, name: str) -> None:
    """Delete a list, as when the leave to hold it has ended."""
    from felinar.hashlists import store

    workspace = Workspace.existing(session.folder())
    folder = workspace.folder / FOLDER
    with workspace.writing("hashlists remove"):
        store.existing(folder, name)
        log(workspace, "hashlists", {"removed": name})
        store.remove(folder, name)
    session.emit(f"The list '{name}' is deleted; the log keeps that it was there.", {"removed": name})


@hashlists.command("serve")
@click.option("--port", type=click.IntRange(0, 65_535), default=8765, show_default=True, help="0: any that is free.")
@click.option("--rate", type=click.IntRange(1, 100_000), default=50, show_default=True, help="Questions a second.")
@click.option("--most-bytes", type=click.IntRange(1_000), default=20_000_000, show_default=True, help="Of a picture.")
@pass_session
def serve_lists(session: Session, port: int, rate: int, most_bytes: int) -> None:
    """Answer `POST /match` on this machine only (127.0.0.1), until stopped: a hash in JSON, or a picture."""
    with _the_extra():
        from felinar.hashlists.serve import serving
        from felinar.hashlists.server import Limits

    workspace, lists = _lists(session)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service is stopped by it, and logs that it was
    with serving(workspace, workspace.folder / FOLDER, port, Limits(rate, most_bytes)) as server:
        log(workspace, "hashlists", {"serve": server.server_port, "lists": lists.state})
        session.say(f"Listening at http://127.0.0.1:{server.server_port}/match. Stop with Ctrl-C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            session.say("Stopped.")
        finally:
            log(workspace, "hashlists", {"served": dict(sorted(server.counts.items()))})


def _lists(session: Session) -> Any:
    """Return the workspace and its lists; an error where there is none."""
    from felinar.hashlists.known import Lists

    workspace = Workspace.existing(session.folder())
    lists = Lists.load(workspace.folder / FOLDER)
    if not lists.all:
        raise FelinarError(
            "No hash list was imported yet, so nothing can be checked. Use: felinar hashlists import FILE"
        )
    return workspace, lists
