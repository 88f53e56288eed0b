"""`felinar run`: adverts in, ranked leads out."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click

from felinar.cli.run_text import Told, tell
from felinar.cli.session import Session, pass_session

BEHIND_THE_DESK = 10  # niceness of a run: who waits for a page comes first


@click.command(short_help="Adverts in, ranked leads out: the whole way.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--source", default="", help="Name of the delivery; part of the adverts' ids.")
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="TOML file that names the columns.")
@click.option("--pictures", type=click.Path(path_type=Path, exists=True), help="Folder or ZIP that holds the pictures.")
@click.option("--text-in-pictures", is_flag=True, help="Also read what is written in them (needs tesseract).")
@click.option("--full", is_flag=True, help="Begin a new epoch: compute all statistics afresh.")
@click.option("--engine", type=click.Choice(["duckdb"]), default="duckdb", show_default=True, help="What runs the SQL.")
@click.option("--progress-file", type=click.Path(path_type=Path), help="File that says as JSON where the run is.")
@pass_session
def run(
    session: Session, files: tuple[Path, ...], source: str, mapping_file: Path | None, pictures: Path | None,
    text_in_pictures: bool, full: bool, engine: str, progress_file: Path | None,
) -> None:  # fmt: skip
    """Ingest FILES (if any), then extract, link, resolve, score and publish."""
    from felinar.audit import log
    from felinar.cli.mapping import column_mapping
    from felinar.cli.progress import Bar, Followed, first_run_note
    from felinar.export.report import write_report
    from felinar.pipeline import ingest
    from felinar.pipeline import run as run_all
    from felinar.pipeline.brought import brought
    from felinar.pipeline.progress import Timed
    from felinar.store.lake import Lake
    from felinar.store.workspace import Workspace
    from felinar.watch.suppress import hidden_now

    purpose = session.stated_purpose()
    workspace = Workspace.open(session.folder(), purpose)
    give_way()
    session.say(first_run_note(files))
    columns = column_mapping(workspace.folder, files, mapping_file)
    with workspace.writing("run"), Bar(quiet=session.quiet) as bar:
        log(workspace, "run", {"files": len(files), "full": full}, purpose=purpose)
        timed = Timed(Followed(bar, progress_file) if progress_file else bar)
        _load_readers(files)
        with columns as mapping:
            take = partial(ingest, source=source, mapping=mapping, pictures=pictures, text_in_pictures=text_in_pictures)
            came = take(workspace, files, ahead=True, progress=timed) if files else None
        done = run_all(workspace, full=full, progress=timed)
        report = workspace.folder / "report.html"
        timed.begin("writing the report")
        write_report(workspace.published, report, purpose=workspace.config.purpose, hidden=hidden_now(workspace))
        linked = brought(Lake(workspace.tables), came.run_id) if came else None
    tell(session, Told(workspace, came, linked, done, report, timed.costs()))


def give_way() -> None:
    """Let this process and its workers take only what the desk leaves; Windows has no such number."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, max(BEHIND_THE_DESK, os.getpriority(os.PRIO_PROCESS, 0)))


def _load_readers(files: tuple[Path, ...]) -> None:
    """Begin to load the workers' readers while a large file still comes in: a second less to wait."""
    from felinar.config import threads
    from felinar.pipeline.ahead import load_workers
    from felinar.pipeline.ingest import SEVERAL_BYTES

    size = sum(file.stat().st_size for file in files if file.is_file())
    if size >= SEVERAL_BYTES and threads() > 1:
        load_workers(size)
