"""`felinar run`: adverts in, ranked leads out."""

from __future__ import annotations

import os
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from felinar.cli.session import Session, pass_session

if TYPE_CHECKING:
    from felinar.pipeline import RunDone
    from felinar.pipeline.brought import Brought

MANY = 10_000  # adverts from which it is worth saying that fast readers can be compiled
BEHIND_THE_DESK = 10  # niceness of a run: who waits for a page comes first
LONG_SECONDS = 10  # from which it is worth saying what took them
_TOLD = ("adverts", "mentions", "keys", "operations", "leads")


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
    from felinar.cli.ingest import told
    from felinar.cli.mapping import column_mapping
    from felinar.cli.progress import Bar, Followed
    from felinar.export.report import write_report
    from felinar.extract.native import is_compiled
    from felinar.pipeline import ingest
    from felinar.pipeline import run as run_all
    from felinar.pipeline.brought import brought
    from felinar.pipeline.progress import Timed, where_the_time_went
    from felinar.store.lake import Lake
    from felinar.store.workspace import Workspace
    from felinar.watch.suppress import hidden_now

    purpose = session.stated_purpose()
    workspace = Workspace.open(session.folder(), purpose)
    give_way()
    columns = column_mapping(workspace.folder, files, mapping_file)
    with workspace.writing("run"), Bar(quiet=session.quiet) as bar:
        log(workspace, "run", {"files": len(files), "full": full}, purpose=purpose)
        timed = Timed(Followed(bar, progress_file) if progress_file else bar)
        with columns as mapping:
            take = partial(ingest, source=source, mapping=mapping, pictures=pictures, text_in_pictures=text_in_pictures)
            came = take(workspace, files, progress=timed) if files else None
        done = run_all(workspace, full=full, progress=timed)
        report = workspace.folder / "report.html"
        timed.begin("writing the report")
        write_report(workspace.published, report, purpose=workspace.config.purpose, hidden=hidden_now(workspace))
        linked = brought(Lake(workspace.tables), came.run_id) if came else None
        costs = timed.costs()
    if sum(cost.seconds for cost in costs) >= LONG_SECONDS:
        session.say(f"Where the time went: {where_the_time_went(costs)}.")
    if done.rows["adverts"] >= MANY and not is_compiled():
        session.say(
            "felinar doctor --warm compiles the fast readers (two minutes, once): reading then takes an eighth."
        )
    data = {
        "ingest": asdict(came) if came else None,
        "brought": asdict(linked) if linked else None,
        "rows": done.rows,
        "epoch": done.epoch,
        "alerts": done.alerts,
        "report": str(report),
        "stages": [asdict(cost) for cost in costs],
    }
    lines = [told(came, workspace.folder)] if came else []
    session.emit("\n".join([*lines, *_told_of_all(done, linked, report)]), data)


def give_way() -> None:
    """Let this process and its workers take only what the desk leaves; Windows has no such number."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, max(BEHIND_THE_DESK, os.getpriority(os.PRIO_PROCESS, 0)))


def _told_of_all(done: RunDone, linked: Brought | None, report: Path) -> list[str]:
    """Return what a run made, a line each."""
    from felinar.cli.ingest import brought_told
    from felinar.export.sentences import count

    lines = [brought_told(linked)] if linked else []
    lines.append("In all: " + ", ".join(count(done.rows[name], name[:-1]) for name in _TOLD) + ".")
    lines.append(f"{'Read them with: felinar leads. ' if done.rows['leads'] else ''}Report: {report}")
    if done.alerts:
        lines.append(f"{count(done.alerts, 'new alert')}: felinar watch check")
    return lines
