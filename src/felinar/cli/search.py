"""`felinar search`: find a value in the pile, or a whole list of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from felinar.audit import Contact
from felinar.cli.reading import Reading
from felinar.cli.session import Session, pass_session
from felinar.export.sentences import GATE, day, days, few, key_sentence
from felinar.export.told import gate_of
from felinar.search.look_up import Answer, look_up
from felinar.store.published import Published, Row


@click.command()
@click.argument("what", nargs=-1)
@click.option("--list", "list_file", type=click.Path(path_type=Path, dir_okay=False), help="File with a value a line.")
@pass_session
def search(session: Session, what: tuple[str, ...], list_file: Path | None) -> None:
    """Finds a telephone number in any notation, an e-mail, a handle, a URL, an id; or a list of them."""
    if bool(what) == bool(list_file):
        raise click.UsageError("Give either what to search for or --list FILE.")
    reading = Reading.open(session)
    if list_file:
        _search_list(reading, list_file)
        return
    answer = look_up(reading.published, " ".join(what))
    data = _data(reading, answer)
    reading.show("search", _for_log(answer), _text(data), data)


def _search_list(reading: Reading, path: Path) -> None:
    from felinar.search.lists import read_list

    answers = [look_up(reading.published, value) for value in read_list(path)]
    data = [_data(reading, answer) for answer in answers]
    table = [_table_row(d) for d in data]
    lines = ["value\thits\tadverts\tfirst seen\tlast seen\tplaces\toperation\tremark", *map("\t".join, table)]
    reading.show("search", {"values": [_for_log(a) for a in answers]}, "\n".join(lines), data)
    found = sum(1 for answer in answers if not answer.empty)
    reading.session.say(f"{found} of {len(answers)} values are in the pile.")


def _for_log(answer: Answer) -> dict[str, Any]:
    """Return what the log keeps of a search: hashes of what was typed and read, ids of what was found."""
    return {
        "typed": Contact(answer.what.strip()),
        "read": [{"kind": r.kind, "value": Contact(r.value)} for r in answer.readings if r.kind != "as written"],
        "keys": [str(key["key_id"]) for key in answer.keys],
        "adverts": [str(i) for i in answer.advert_ids],
        "operations": [str(i) for i in answer.operation_ids],
    }


def _data(reading: Reading, answer: Answer) -> dict[str, Any]:
    published = reading.published
    return {
        "what": answer.what,
        "said": answer.sentence(int(published.facts["adverts"])),
        "keys": [_key(reading, key) for key in answer.keys],
        "adverts": [_advert(published, row) for row in published.adverts(answer.advert_ids)],
        "uncertain_adverts": [_advert(published, row) for row in published.adverts(answer.weak_advert_ids)],
        "operations": [str(operation_id) for operation_id in answer.operation_ids],
    }


def _key(reading: Reading, key: Row) -> dict[str, Any]:
    showing = reading.published.showing(key["key_no"])
    gated = any(gate_of(reading.published, s["operation_id"]) for s in showing)
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
        "gate": GATE if gated else "",
        "places": [] if gated else reading.published.places_of_key(key["key_no"]),
        "operations": [{"operation_id": str(s["operation_id"]), "adverts": s["adverts"]} for s in showing],
    }


def _advert(published: Published, row: Row) -> dict[str, Any]:
    gated = bool(gate_of(published, row["operation_id"]))
    ids = {"advert_id": str(row["advert_id"]), "operation_id": str(row["operation_id"] or "")}
    told = {**ids, **{name: row[name] for name in ("source_id", "posted_at", "site")}, "gate": GATE if gated else ""}
    return {**told, **{name: "" if gated else row[name] for name in ("place_text", "title")}}


def _text(data: dict[str, Any]) -> str:
    lines = [data["said"]]
    for key in data["keys"]:
        hub = " – a hub" if key["hub"] else ""
        lines.append(f"{key['kind']} {key['value']} ({key['matched']}){hub}: {key['adverts']:,} adverts, {days(key)}")
        lines += [f"  !! {key['gate']}"] if key["gate"] else []
        lines += [f"  {few(key['places'])}"] if key["places"] else []
        lines.append(f"  {key['because']}")
        lines += [f"  operation {o['operation_id']}: {o['adverts']:,} adverts" for o in key["operations"][:10]]
    for name in ("adverts", "uncertain_adverts"):
        lines += [_advert_line(advert, name) for advert in data[name]]
    return "\n".join([*lines, *(f"operation {i}" for i in data["operations"])])


def _advert_line(advert: dict[str, Any], name: str) -> str:
    unsure = "" if name == "adverts" else " (uncertain reading)"
    about = f"{day(advert['posted_at'])}  {advert['site']}  {advert['title'] or advert['gate']}"
    return f"advert {advert['advert_id']} [{advert['source_id']}]{unsure}  {about}  operation {advert['operation_id']}"


def _table_row(data: dict[str, Any]) -> list[str]:
    keys, adverts = data["keys"], data["adverts"]
    first = min((k["first_seen"] for k in keys if k["first_seen"]), default=None)
    last = max((k["last_seen"] for k in keys if k["last_seen"]), default=None)
    places = list(dict.fromkeys(place for key in keys for place in key["places"]))
    operations = [o["operation_id"] for key in keys for o in key["operations"]] + data["operations"]
    operations += [a["operation_id"] for a in adverts]
    shown = sum(key["adverts"] for key in keys) + len(adverts)
    hits = len(keys) + len(adverts) + len(data["operations"])
    cells = [data["what"], str(hits), str(shown), day(first), day(last), few(places)]
    remark = "hub" if any(key["hub"] for key in keys) else "" if hits else data["said"]
    return [cell.replace("\t", " ") for cell in (*cells, few(list(dict.fromkeys(operations)), 3), remark)]
