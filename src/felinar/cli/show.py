"""`felinar show`: everything known about one thing and why, or the path of keys between two."""

from __future__ import annotations

from typing import Any

import click

from felinar.cli.reading import Reading
from felinar.cli.session import Session, pass_session
from felinar.cli.show_text import as_text
from felinar.export import told
from felinar.export.sentences import key_sentence
from felinar.search.find import Thing, find
from felinar.search.paths import Step, shortest_path


@click.command()
@click.argument("thing")
@click.argument("other", required=False)
@pass_session
def show(session: Session, thing: str, other: str | None) -> None:
    """Shows an operation, an advert or a key (by id, source id or value); with two, how they are tied together."""
    reading = Reading.open(session)
    first = find(reading.published, thing)
    if other is None:
        data = _TELL[first.kind](reading.published, first.row)
        reading.show("show", {"shown": _name(first)}, as_text(data), data)
        return
    second = find(reading.published, other)
    data = _path(reading, first, second)
    reading.show("show", {"shown": _name(first), "and": _name(second)}, "\n".join(data["sentences"]), data)


_TELL = {"operation": told.operation, "advert": told.advert, "key": told.key_in_full}


def _name(thing: Thing) -> str:
    return f"{thing.kind}:{thing.thing_id}"


def _path(reading: Reading, first: Thing, second: Thing) -> dict[str, Any]:
    published = reading.published
    steps = shortest_path(published, first.advert_ids(published), second.advert_ids(published))
    ends = f"{first.kind} {first.thing_id} and {second.kind} {second.thing_id}"
    if steps is None:
        sentences = [f"No path of keys ties {ends} together; hubs and keys without weight were left out."]
    elif not steps:
        sentences = [f"There is nothing to cross between {ends}: they share an advert."]
    else:
        sentences = [_step_sentence(reading, step) for step in steps]
    keys = [_step(reading, step) for step in steps or []]
    return {
        "from": _name(first),
        "to": _name(second),
        "found": steps is not None,
        "sentences": sentences,
        "steps": keys,
    }


def _step(reading: Reading, step: Step) -> dict[str, Any]:
    row = reading.published.key(step.key_no)
    ends = {"advert_id": str(step.advert_id), "next_advert_id": str(step.next_advert_id)}
    return {**ends, "kind": row["key_kind"], "key_id": str(row["key_id"]), "value": row["value"]}


def _step_sentence(reading: Reading, step: Step) -> str:
    row = reading.published.key(step.key_no)
    return f"Adverts {step.advert_id} and {step.next_advert_id}: {key_sentence(row, reading.published)}."
