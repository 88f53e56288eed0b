"""What `felinar run` says in the end: what came in, what it was linked to, what to read, where the time went."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from felinar.cli.session import Session

if TYPE_CHECKING:
    from felinar.pipeline import Ingested, RunDone
    from felinar.pipeline.brought import Brought
    from felinar.pipeline.progress import Cost
    from felinar.store.workspace import Workspace

MANY = 10_000  # adverts from which it is worth saying that fast readers can be compiled
LONG_SECONDS = 10  # from which it is worth saying what took them
_TOLD = ("adverts", "mentions", "keys", "operations", "leads")


@dataclass(frozen=True)
class Told:
    """What a run is told from: what came in, what it was linked to, what was made, and what each stage cost."""

    workspace: Workspace
    came: Ingested | None
    linked: Brought | None
    done: RunDone
    report: Path
    costs: list[Cost]


def tell(session: Session, told: Told) -> None:
    """Say what a run made and where its time went."""
    from felinar.cli.ingest import told as told_of_files
    from felinar.extract.native import is_compiled
    from felinar.pipeline.progress import where_the_time_went

    came, linked, done = told.came, told.linked, told.done
    if sum(cost.seconds for cost in told.costs) >= LONG_SECONDS:
        session.say(f"Where the time went: {where_the_time_went(told.costs)}.")
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
        "report": str(told.report),
        "stages": [asdict(cost) for cost in told.costs],
    }
    lines = [told_of_files(came, told.workspace.folder)] if came else []
    session.emit("\n".join([*lines, *_told_of_all(done, linked, told.report)]), data)


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
