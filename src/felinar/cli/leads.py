"""`felinar leads`: the reading list."""

from __future__ import annotations

from typing import Any

import click

from felinar.cli.reading import Reading
from felinar.cli.session import Session, pass_session
from felinar.export.sentences import GATE, count, days, few, gate_below, points, reasons
from felinar.export.told import gated_below
from felinar.store.published import Row


@click.command(short_help="Show the reading list, one line an operation.")
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many to show.")
@click.option("--explore", is_flag=True, help="Draw operations from below the line by lot instead; they are no leads.")
@click.option("--base-rates", is_flag=True, help="Show how common each sign is among leads and all operations instead.")
@pass_session
def leads(session: Session, top: int, explore: bool, base_rates: bool) -> None:
    """Show the operations in the order of reading, one line each, with the strongest reason."""
    reading = Reading.open(session)
    if explore or base_rates:
        _beside(reading, top, explore=explore)
        return
    told = queue(reading, top)
    total = int(reading.published.facts["leads"])
    below = gated_below(reading.published, top)
    shown = {"top": top, "operations": [t["operation_id"] for t in told], "gated_below": below}
    reading.show("leads", shown, queue_text(told), told)
    session.say(f"!! {gate_below(below)}" if below else "")
    if not told:
        session.say(_nothing(reading))
    if total > len(told):
        session.say(f"{len(told)} of {total:,} leads; more with --top, one in full with: felinar show OPERATION")


def _beside(reading: Reading, top: int, *, explore: bool) -> None:
    """Show what stands beside the list: operations drawn by lot, or the table of base rates."""
    from felinar.score.base_rates import base_rates
    from felinar.score.explore import exploration_sample, sample_size

    published = reading.published
    linked, listed = published.linked_operations(), [lead["operation_id"] for lead in published.leads()]
    if explore:
        wanted = sample_size(min(top, len(listed)) or top)
        drawn = exploration_sample(linked, listed, epoch=int(published.facts["epoch"]), wanted=wanted)
        told = [{"operation_id": str(operation), "drawn_by_lot": True} for operation in drawn]
        text = "\n".join(f"{operation:>25}  drawn by lot, no lead: felinar show {operation}" for operation in drawn)
        reading.show(
            "exploration sample", {"operations": [t["operation_id"] for t in told]}, text or "Nothing to draw.", told
        )
        return
    rates = base_rates(published.signs(), [operation for operation, _ in linked], listed)
    reading.show(
        "base rates", {}, "\n".join(rate.line for rate in rates) or "No signs.", [vars(rate) for rate in rates]
    )


def queue(reading: Reading, top: int) -> list[dict[str, Any]]:
    """Return the first leads in the order of reading, as plain data; without those that a suppression hides."""
    from felinar.watch.suppress import hidden_now

    hidden = hidden_now(reading.workspace)
    found = reading.published.leads(top + len(hidden))
    return [_told(reading, lead) for lead in found if lead["operation_id"] not in hidden][:top]


def queue_text(told: list[dict[str, Any]]) -> str:
    """Return one line for each lead."""
    return "\n".join(map(_line, told)) or "No leads."


def _told(reading: Reading, lead: Row) -> dict[str, Any]:
    """Return what the list says of a lead; behind the gate neither names nor places nor reasons are given."""
    gated = bool(lead["gate"])
    first = [] if gated else reasons({"reasons_for": lead["reasons_for"][:1]}, _hits(reading, lead), "reasons_for")
    return {
        "rank": lead["rank"],
        "operation_id": str(lead["operation_id"]),
        "score": lead["score"],
        "adverts": lead["adverts"],
        "first_seen": lead["first_seen"],
        "last_seen": lead["last_seen"],
        "places": [] if gated else lead["places"],
        "because": GATE if gated else first[0]["because"] if first else "no reason speaks for it",
        "recognised_as": lead["recognised_as"],
        "gate": lead["gate"],
    }


def _hits(reading: Reading, lead: Row) -> list[Row]:
    return reading.published.hits(lead["operation_id"])


def _line(told: dict[str, Any]) -> str:
    recognised = f"[{told['recognised_as']}] " if told["recognised_as"] else ""
    gate = "!! " if told["gate"] else ""
    places = f"{few(told['places'], 3)}: " if told["places"] else ""
    adverts = count(told["adverts"], "advert")
    return (
        f"{told['rank']:>4}  {told['operation_id']:>19}  {points(told['score']):>6}  {adverts:>14}  "
        f"{days(told):<24}  {gate}{recognised}{places}{told['because']}"
    )


def _nothing(reading: Reading) -> str:
    facts = reading.published.facts
    adverts, operations = count(int(facts["adverts"]), "advert"), count(int(facts["operations"]), "operation")
    return (
        f"{adverts} in {operations}, and none is a lead: "
        "a lead needs indicators of two families, one of them structural. Search and show work all the same."
    )
