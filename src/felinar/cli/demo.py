"""`felinar demo`: the synthetic world, the whole pipeline, the top leads and an honest scorecard."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from felinar.cli.session import Session, pass_session

if TYPE_CHECKING:
    from felinar.cli.reading import Reading
    from felinar.evaluate import Scorecard
    from felinar.store.workspace import Workspace

PURPOSE = "Demonstration on synthetic adverts"
LEGAL_BASIS = "none is needed: every advert is invented"
SHOWN_LEADS = 10


@click.command(short_help="Make a synthetic world, run everything on it, score it.")
@click.option("--adverts", default=3000, show_default=True, type=click.IntRange(1), help="Adverts in the world.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same world.")
@click.option("--evasion", default=0.3, show_default=True, type=click.FloatRange(0, 1), help="How much is disguised.")
@click.option(
    "--pictures", default=40, show_default=True, type=click.IntRange(0), help="Operations whose pictures are files."
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Only write the world and its truth here."
)
@click.option("--no-browser", is_flag=True, help="Only print the address of the desk.")
@pass_session
def demo(
    session: Session, adverts: int, seed: int, evasion: float, pictures: int, out: Path | None, no_browser: bool
) -> None:
    """Make the synthetic world, run everything, print the top leads and the scorecard, open the desk."""
    from felinar.demo import write_world

    name = f"{adverts}-adverts-seed-{seed}-evasion-{evasion:g}"
    folder = session.workspace or Path("felinar-demo") / name
    world = write_world(out or folder / "world", adverts=adverts, seed=seed, evasion=evasion, pictures=pictures)
    if out is not None:
        session.emit(f"World of {adverts:,} adverts: {world.adverts}, truth: {world.truth}", {"out": str(out)})
        return
    workspace, report = _run(session, folder, world.adverts)
    card = _scorecard(workspace, world.truth, folder / "exports")
    _tell(session, workspace, report, card)
    if sys.stdout.isatty():
        _open_desk(session, workspace, browser=not no_browser)
    else:
        session.say(f"The desk in the browser: felinar --workspace {workspace.folder} serve")


def _open_desk(session: Session, workspace: Workspace, *, browser: bool) -> None:
    """Serve the desk until Ctrl-C, for whoever sits at the terminal; a script gets its prompt back instead."""
    from felinar.cli.serve import open_desk

    open_desk(session, workspace, browser=browser)


def _run(session: Session, folder: Path, adverts: Path) -> tuple[Workspace, Path]:
    """Run the pipeline on the world and return the workspace and the report."""
    from felinar.audit import log
    from felinar.cli.progress import Bar, first_run_note
    from felinar.config import write_config
    from felinar.export.report import write_report
    from felinar.pipeline import ingest, run
    from felinar.store.workspace import Workspace

    workspace = Workspace.open(folder, PURPOSE)
    session.say(first_run_note([adverts]))
    write_config(folder, replace(workspace.config, legal_basis=LEGAL_BASIS))
    with workspace.writing("demo"), Bar(quiet=session.quiet) as bar:
        log(workspace, "run", {"demo": True})
        ingest(workspace, [adverts], progress=bar)
        run(workspace, progress=bar)
        report = folder / "report.html"
        write_report(workspace.published, report, purpose=PURPOSE, demo=True)
    return workspace, report


def _scorecard(workspace: Workspace, truth: Path, folder: Path) -> Scorecard:
    """Export as a user would, and compare the exports with the truth."""
    from felinar.cli.export import write_export
    from felinar.evaluate import evaluate

    folder.mkdir(exist_ok=True)
    files = [folder / f"{name}.csv" for name in ("memberships", "mentions", "leads")]
    for path in files:
        write_export(workspace, path.stem, "csv", str(path))
    return evaluate(truth, *files)


def _tell(session: Session, workspace: Workspace, report: Path, card: Scorecard) -> None:
    from felinar.cli.leads import queue, queue_text
    from felinar.cli.reading import Reading
    from felinar.store.published import Published

    reading = Reading(session, workspace, Published.open(workspace.published))
    leads = queue(reading, SHOWN_LEADS)
    text = (
        f"{queue_text(leads)}\n\n{_tied_by_a_picture(reading)}{card.text()}\n\nReport: {report}\n"
        f"Go on with: felinar --workspace {workspace.folder} leads"
    )
    data = {"leads": leads, "scorecard": card.data(), "report": str(report)}
    reading.show("leads", {"top": SHOWN_LEADS}, text, data)


def _tied_by_a_picture(reading: Reading) -> str:
    """Return a line on the first lead that pictures alone hold together, else on one that copies tie; may be empty."""
    from felinar.export.sentences import key_sentence, weakest_link

    ties = ""
    for lead in (lead for lead in reading.published.leads() if not lead["gate"]):
        link = json.loads(lead["weakest_link"] or "{}").get("keys", [])
        if link and all(kind.startswith("picture") for kind, _ in link):
            return f"Lead {lead['rank']} hangs on pictures alone: {weakest_link(lead).rstrip('.')}.\n\n"
        keys = reading.published.keys_of_operation(lead["operation_id"]) if not ties else []
        copies = [key for key in keys if key["key_kind"] == "picture_copy" and not key["hub"]]
        if copies:
            said = key_sentence(copies[0], reading.published)
            ties = f"Pictures tie adverts too: in lead {lead['rank']} {said}.\n\n"
    return ties
