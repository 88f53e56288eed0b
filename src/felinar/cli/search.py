"""`felinar search`: find a value, words or a text in the pile, or a whole list of values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from felinar.audit import Contact, log
from felinar.cli.reading import Reading
from felinar.cli.search_pictures import asks_for_a_picture, search_picture
from felinar.cli.search_text import answer_text
from felinar.cli.search_words import words
from felinar.cli.session import Session, pass_session
from felinar.export.sentences import GATE, key_sentence
from felinar.export.told import gate_of, gate_of_key
from felinar.search.answer import Answer
from felinar.search.look_up import look_up
from felinar.search.near import near_numbers
from felinar.search.refused import Refused
from felinar.search.words import MOST, is_words
from felinar.store.published import Published, Row


@click.command(short_help="Find a number, address, handle, link, words, or a list.")
@click.argument("what", nargs=-1)
@click.option("--words", "by_words", is_flag=True, help="Search by words, whatever else the text could be.")
@click.option("--top", type=click.IntRange(1, MOST), default=20, show_default=True, help="Adverts listed by words.")
@click.option(
    "--list",
    "list_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Values, a line each, or CSV, XLSX, VCF, text.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="With --list: write the table as CSV.")
@pass_session
def search(
    session: Session, what: tuple[str, ...], by_words: bool, top: int, list_file: Path | None, out: Path | None
) -> None:
    """Find a telephone number in any notation, an e-mail, a handle, a URL, an id, a picture file or its hash, words, a
    pasted advert; or a list of values.

    Words: all must be there; "a phrase", begin*, typo~, -without, place:, site:, language:, kind:, after:, before:.
    """
    if bool(what) == bool(list_file):
        raise click.UsageError("Give either what to search for or --list FILE.")
    if out and not list_file:
        raise click.UsageError("--out writes the table of a list; give --list FILE too.")
    reading = Reading.open(session)
    if list_file:
        from felinar.cli.search_list import search_list

        search_list(reading, list_file, out)
        return
    typed = " ".join(what)
    picture = not by_words and asks_for_a_picture(typed)
    answer = search_picture(reading, typed) if picture else look_up(reading.published, typed)
    if answer.empty:
        answer.near = near_numbers(reading.published, answer.readings)
    data, noted = found(reading, answer), answer.logged
    if not picture and (by_words or is_words(typed, answer)):
        by_word = _by_words(reading, typed, top, by_words)
        noted |= by_word.pop("log")
        told_twice = answer.empty and not answer.is_read and len(by_word) > 1
        data = {**data, "words": by_word, "said": "" if told_twice else data["said"]}
    reading.show("search", noted, answer_text(data), data)
    if not answer.empty or data.get("words", {}).get("total"):
        session.say("Everything about one of them, and why, with: felinar show OPERATION, ADVERT or VALUE.")


def _by_words(reading: Reading, typed: str, top: int, asked: bool) -> dict[str, Any]:
    """Return what words find; a search that is refused stands in the log too."""
    try:
        return words(reading, typed, top, asked)
    except Refused:
        log(reading.workspace, "refused", {"search": Contact(typed), "why": "a stated age under 18"})
        raise


def found(reading: Reading, answer: Answer) -> dict[str, Any]:
    """Return an answer as plain data: how it was read, keys, adverts, operations, near numbers."""
    published = reading.published
    return {
        "what": answer.what,
        "said": answer.sentence(int(published.facts["adverts"])),
        "keys": [_key(reading, key) for key in answer.keys],
        "adverts": [_advert(published, row) for row in published.adverts(answer.advert_ids)],
        "uncertain_adverts": [_advert(published, row) for row in published.adverts(answer.weak_advert_ids)],
        "operations": [str(operation_id) for operation_id in answer.operation_ids],
        "operations_told": [_operation(published, operation_id) for operation_id in answer.operation_ids],
        "near": [{"value": key["value"], "adverts": key["adverts"]} for key in answer.near],
    }


def _operation(published: Published, operation_id: int) -> dict[str, Any]:
    row = published.operation(operation_id) or {}
    told = {name: row.get(name) for name in ("adverts", "first_seen", "last_seen")}
    gated = bool(gate_of(published, operation_id))
    places = [] if gated else row.get("places", [])
    return {"operation_id": str(operation_id), **told, "places": places, "gate": GATE if gated else ""}


def _key(reading: Reading, key: Row) -> dict[str, Any]:
    showing = reading.published.showing(key["key_no"])
    gate, operations = gate_of_key(reading.published, showing)
    return {
        "kind": key["key_kind"],
        "key_id": str(key["key_id"]),
        "value": key["value"],
        "matched": key["matched"],
        "hub": bool(key["hub"]),
        "because": key_sentence(key, reading.published),
        "adverts": key["adverts"],
        "first_seen": min((s["first_seen"] for s in showing if s["first_seen"]), default=None),
        "last_seen": max((s["last_seen"] for s in showing if s["last_seen"]), default=None),
        "gate": gate,
        "places": [] if gate else reading.published.places_of_key(key["key_no"]),
        "operations": [{name: o[name] for name in ("operation_id", "rank", "adverts", "gated")} for o in operations],
    }


def _advert(published: Published, row: Row) -> dict[str, Any]:
    gated = bool(gate_of(published, row["operation_id"]))
    ids = {"advert_id": str(row["advert_id"]), "operation_id": str(row["operation_id"] or "")}
    told = {**ids, **{name: row[name] for name in ("source_id", "posted_at", "site")}, "gate": GATE if gated else ""}
    return {**told, **{name: "" if gated else row[name] for name in ("place_text", "title")}}
