"""`felinar run`: adverts in, ranked leads out."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from felinar.cli.session import Session, pass_session

MANY = 10_000  # adverts from which it is worth saying that fast readers can be compiled
LONG_SECONDS = 10  # from which it is worth saying what took them
_TOLD = ("adverts", "mentions", "keys", "operations", "leads")


@click.command(short_help="Adverts in, ranked leads out: the whole way.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--source", default="", help="Name of the delivery; part of the adverts' ids.")
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="TOML file that names the columns.")
@click.option("--pictures", type=click.Path(path_type=Path, exists=True), help="Folder or ZIP that holds the pictures.")
@click.option("--full", is_flag=True, help="Begin a new epoch: compute all statistics afresh.")
@click.option("--engine", type=click.Choice(["duckdb"]), default="duckdb", show_default=True, help="What runs the SQL.")
@pass_session
def run(
    session: Session, files: tuple[Path, ...], source: str, mapping_file: Path | None, pictures: Path | None,
    full: bool, engine: str,
) -> None:  # fmt: skip
    """Ingest FILES (if any), then extract, link, resolve, score and publish."""
    from felinar.audit import log
    from felinar.cli.ingest import told
    from felinar.cli.mapping import column_mapping
    from felinar.cli.progress import Bar
    from felinar.export.report import write_report
    from felinar.export.sentences import count
    from felinar.extract.native import is_compiled
    from felinar.pipeline import ingest
    from felinar.pipeline import run as run_all
    from felinar.pipeline.progress import Timed, where_the_time_went
    from felinar.store.workspace import Workspace
    from felinar.watch.suppress import hidden_now

    workspace = Workspace.open(session.folder(), session.stated_purpose())
    columns = column_mapping(workspace.folder, files, mapping_file)
    with workspace.writing("run"), Bar(quiet=session.quiet) as bar:
        log(workspace, "run", {"files": len(files), "full": full})
        timed = Timed(bar)
        with columns as mapping:
            bring_in = partial(ingest, source=source, mapping=mapping, pictures=pictures, progress=timed)
            brought = bring_in(workspace, files) if files else None
        done = run_all(workspace, full=full, progress=timed)
        report = workspace.folder / "report.html"
        timed.begin("writing the report")
        write_report(workspace.published, report, purpose=workspace.config.purpose, hidden=hidden_now(workspace))
        costs = timed.costs()
    if sum(cost.seconds for cost in costs) >= LONG_SECONDS:
        session.say(f"Where the time went: {where_the_time_went(costs)}.")
    rows = done.rows
    lines = [told(brought, workspace.folder)] if brought else []
    lines.append(", ".join(count(rows[name], name[:-1]) for name in _TOLD) + ".")
    lines.append(f"{'Read them with: felinar leads. ' if rows['leads'] else ''}Report: {report}")
    if done.alerts:
        lines.append(f"{count(done.alerts, 'new alert')}: felinar watch check")
    if rows["adverts"] >= MANY and not is_compiled():
        session.say(
            "felinar doctor --warm compiles the fast readers (two minutes, once): reading then takes an eighth."
        )
    data = {
        "ingest": asdict(brought) if brought else None, "rows": rows, "epoch": done.epoch,
        "alerts": done.alerts, "report": str(report),
        "stages": [asdict(cost) for cost in costs],
    }  # fmt: skip
    session.emit("\n".join(lines), data)
