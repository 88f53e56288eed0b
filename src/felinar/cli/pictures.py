"""`felinar pictures`: what became of the pictures, which link nothing, and files that come after their adverts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from felinar.audit import log
from felinar.cli.pictures_text import listed, pictures_told
from felinar.cli.reading import Reading
from felinar.cli.session import Session, pass_session
from felinar.store.published import Row
from felinar.store.workspace import Workspace

MOST = 200  # rows of each list that are shown; --json has them all


@click.group(short_help="Pictures: what was read, what links nothing, files that come later.")
def pictures() -> None:
    """Show what became of the pictures that came with adverts, and bring in files that come after them.

    Of a picture only hashes, a thumbnail of 32 pixels, points and what its file states are kept, never its bytes.
    """


@pictures.command("list")
@pass_session
def show_pictures(session: Session) -> None:
    """Show how many pictures there are by state, those that were not read, and those that link nothing, with why."""
    from felinar.export.sentences import key_sentence
    from felinar.store.published_desk import DeskReading

    reading = Reading.open(session)
    desk = DeskReading.open(reading.workspace.published)
    with closing(desk):
        hubs = [key for key in desk.hubs() if key["key_kind"].startswith("picture")]
        refused = [_refused(key, key_sentence(key, desk)) for key in hubs]
    states, not_read = _states(reading.workspace)
    data = {"states": states, "not_read": not_read, "refused": refused}
    shown = {**data, "not_read": not_read[:MOST], "refused": refused[:MOST]}
    reading.show("pictures", {"listed": sum(states.values())}, listed(shown), data)


@pictures.command("add")
@click.argument("place", type=click.Path(path_type=Path, exists=True))
@click.option("--text-in-pictures", "text", is_flag=True, help="Also read what is written in them (needs tesseract).")
@pass_session
def add_pictures(session: Session, place: Path, text: bool) -> None:
    """Look in a folder or ZIP for the pictures that adverts name, by path or file name, and look at them."""
    from felinar.cli.progress import Bar
    from felinar.pipeline.picture_files import add_files

    workspace = Workspace.existing(session.folder())
    with workspace.writing("pictures add"), Bar(quiet=session.quiet) as bar:
        log(workspace, "pictures", {"add": str(place)})
        seen = add_files(workspace, place, text=text, progress=bar)
    states = dict(sorted(seen.counts.items()))
    session.emit("\n".join(pictures_told(states)), states)
    session.say("\n".join(seen.notes))
    session.say("What is tied by them is linked by the next run: felinar run" if seen.parts else "")


def _refused(key: Row, because: str) -> dict[str, Any]:
    told = {"kind": key["key_kind"], "value": key["value"], "key_id": str(key["key_id"]), "adverts": key["adverts"]}
    return {**told, "because": because}


def _states(workspace: Workspace) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Return how many pictures there are by state, and those that were not read: state, reason, path, SHA-256."""
    import pyarrow.compute as pc

    from felinar.store.lake import Lake

    lake = Lake(workspace.tables)
    stored = lake.read("pictures", ["sha256", "state", "reason"])
    counted = stored.group_by("state").aggregate([("sha256", "count")]).sort_by("state").to_pylist()
    others = stored.filter(pc.not_equal(stored["state"], "read"))
    images = lake.read("images", ["sha256", "path"]) if others.num_rows else None
    rows = [] if images is None else images.join(others, "sha256", join_type="inner").group_by(
        ["sha256", "state", "reason"]
    ).aggregate([("path", "min")]).rename_columns({"path_min": "path"}).sort_by(
        [("state", "ascending"), ("sha256", "ascending")]
    ).to_pylist()  # fmt: skip
    return {row["state"]: row["sha256_count"] for row in counted}, rows
