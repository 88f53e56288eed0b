"""`felinar show`: everything known about one thing and why, or the path of keys between two."""

from __future__ import annotations

from typing import Any

import click

from felinar.cli.reading import Reading
from felinar.cli.session import Session, pass_session
from felinar.cli.show_text import as_text
from felinar.export import told
from felinar.export.judged import judged_on_adverts, judged_on_key
from felinar.export.sentences import count, key_sentence
from felinar.search.find import Thing, find
from felinar.search.paths import Step, shortest_path
from felinar.store.published import Row

_NAMED = 3
NEXT = {
    "operation": "Read one advert with: felinar show ADVERT. Why two belong together: felinar show ADVERT ADVERT.",
    "advert": "Its operation: felinar show OPERATION. Who else shows one of its keys: felinar search VALUE.",
    "key": "Read one with: felinar show OPERATION, or felinar show ADVERT.",
}


@click.command(short_help="Show all about one thing and why, or how two are tied.")
@click.argument("thing")
@click.argument("other", required=False)
@pass_session
def show(session: Session, thing: str, other: str | None) -> None:
    """Show an operation, an advert or a key (by id, source id or value); with two, how they are tied together."""
    reading = Reading.open(session)
    first = find(reading.published, thing)
    if other is None:
        data = _TELL[first.kind](reading.published, first.row) | {"judgements": _judged(reading, first)}
        reading.show("show", {"shown": first.logged}, as_text(data), data)
        session.say("" if data.get("gate") else NEXT[first.kind])
        return
    second = find(reading.published, other)
    data = _path(reading, first, second)
    reading.show("show", {"shown": first.logged, "and": second.logged}, "\n".join(data["sentences"]), data)


_TELL = {"operation": told.operation, "advert": told.advert, "key": told.key_in_full}


def _judged(reading: Reading, thing: Thing) -> list[str]:
    """Return what people judged of it; a judgement that no run has used yet is named too."""
    desk = reading.workspace.desk
    if thing.kind == "key":
        return judged_on_key(desk, thing.row["key_kind"], thing.row["value"])
    return judged_on_adverts(desk, thing.advert_ids(reading.published))


def _name(thing: Thing) -> str:
    return f"{thing.kind}:{thing.thing_id}"


def _path(reading: Reading, first: Thing, second: Thing) -> dict[str, Any]:
    published = reading.published
    left, right = first.advert_ids(published), second.advert_ids(published)
    steps = shortest_path(published, left, right)
    if steps is None:
        sentences = _strangers(reading, first, second)
    elif not steps:
        sentences = [_one_in_the_other(first, second, set(left) & set(right))]
    else:
        sentences = [_step_sentence(reading, step) for step in steps]
    return {
        "from": _name(first),
        "to": _name(second),
        "found": steps is not None,
        "sentences": sentences,
        "steps": [_step(reading, step) for step in steps or []],
    }


def _one_in_the_other(first: Thing, second: Thing, shared: set[int]) -> str:
    """Return what two things are to each other that have an advert in common."""
    one, other = f"{first.kind} {first.thing_id}", f"{second.kind} {second.thing_id}"
    if (first.kind, first.thing_id) == (second.kind, second.thing_id):
        return f"Both are {one}."
    kinds = {first.kind, second.kind}
    if kinds == {"operation", "advert"}:
        advert, operation = (one, other) if first.kind == "advert" else (other, one)
        return f"{advert.capitalize()} belongs to {operation}."
    if kinds == {"key", "advert"}:
        advert, key = (one, other) if first.kind == "advert" else (other, one)
        return f"{advert.capitalize()} shows {key}."
    named = ", ".join(map(str, sorted(shared)[:_NAMED])) + (", …" if len(shared) > _NAMED else "")
    return f"{one.capitalize()} and {other} meet on {count(len(shared), 'advert')}: {named}."


def _strangers(reading: Reading, first: Thing, second: Thing) -> list[str]:
    """Return that no path was found, and the hubs that both show: what looks like a tie and is none."""
    ends = f"{first.kind} {first.thing_id} and {second.kind} {second.thing_id}"
    told = [f"No path of keys ties {ends} together; hubs and keys without weight were left out."]
    for row in _shared_hubs(reading, first, second):
        told.append(f"Both show a hub: {key_sentence(row, reading.published)}.")
    return told


def _shared_hubs(reading: Reading, first: Thing, second: Thing) -> list[Row]:
    mine, theirs = _hubs(reading, first), _hubs(reading, second)
    return [mine[key_no] for key_no in sorted(mine.keys() & theirs.keys())][:_NAMED]


def _hubs(reading: Reading, thing: Thing) -> dict[int, Row]:
    published = reading.published
    if thing.kind == "key":
        return {thing.row["key_no"]: thing.row} if thing.row["hub"] else {}
    of_advert = thing.kind == "advert"
    keys = (published.keys_of_advert if of_advert else published.keys_of_operation)(thing.thing_id)
    return {key["key_no"]: key for key in keys if key["hub"]}


def _step(reading: Reading, step: Step) -> dict[str, Any]:
    row = reading.published.key(step.key_no)
    ends = {"advert_id": str(step.advert_id), "next_advert_id": str(step.next_advert_id)}
    return {**ends, "kind": row["key_kind"], "key_id": str(row["key_id"]), "value": row["value"]}


def _step_sentence(reading: Reading, step: Step) -> str:
    published = reading.published
    row = published.key(step.key_no)
    ends = f"Adverts {_advert(reading, step.advert_id)} and {_advert(reading, step.next_advert_id)}"
    return f"{ends}: {key_sentence(row, published)}."


def _advert(reading: Reading, advert_id: int) -> str:
    """Return an advert by both its ids: ours, and the one that its site gave it."""
    row = reading.published.advert(advert_id)
    return f"{advert_id} [{row['source_id']}]" if row and row["source_id"] else str(advert_id)
