"""Look at the first rows of a file as a run would read them: its columns, its adverts, and what is wrong with them.

This is run in a process of its own (`apart.py`): a hostile file then costs no more than that process. It reads a
question as JSON from its standard input and writes the answer to its standard output.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from felinar.errors import NoTextColumn, UnreadableInput
from felinar.ids import canonical_json
from felinar.sources import Batch, Mapping, Reject, format_of, members_of, propose_mapping, read, read_rows
from felinar.sources.contract import Row, shorten
from felinar.sources.dates import DAY_FIRST
from felinar.sources.mapping import from_names
from felinar.sources.names import KNOWN, SEVERAL, is_label
from felinar.sources.order import order_of
from felinar.web.imports.seen import Look, tell_rejects

ROWS_LOOKED_AT, ROWS_SHOWN, EXAMPLES = 5_000, 10, 3
ROWS_FOR_COLUMNS = 200
MOST_COLUMNS = 300
_BY_LINE = ("JSON", "CSV")
_SHOWN = ("source_id", "posted_at", "site", "title", "body", "place_text", "contact_text", "price_text")
# What an empty field costs, in the order in which it matters.
MATTERS = {
    "posted_at": "without a date there is no order in time, and nothing says what is new",
    "contact_text": "contacts are then found only where they stand in the text",
    "site": "without a site, what strangers share across sites is harder to tell",
    "place_text": "numbers without a country code are then read by the text alone",
    "source_id": "an advert that comes again in other words counts as a new one",
}


def look_at(path: Path, given: Mapping | None = None, source: str = "") -> Look:
    """Return what the first rows of a file tell, read by this mapping or by the names of its columns."""
    look = Look()
    try:
        members = members_of(path)
        look.members = [{"name": shorten(one.name), "format": format_of(one).name} for one in members]
        rows = [Row(number, b"", dict(cells)) for number, cells in islice(read_rows(path), ROWS_FOR_COLUMNS)]
        mapping = given or propose_mapping(path)
        look.columns, look.category = _columns(rows, mapping), mapping.category
        look.dates = mapping.dates if given else "auto"
        order, note = order_of(rows, given or from_names(tuple(one["name"] for one in look.columns)))
        look.notes += [note + "; the run decides over all rows"] if note else []
        batches = read(path, source=source, mapping=given, order=order or DAY_FIRST)
        took = _read(look, batches, as_lines=all(one["format"] in _BY_LINE for one in look.members))
        look.in_all = max(look.read + look.rejected, _in_all(path, look.read + look.rejected, took))
    except NoTextColumn:
        look.problem = "No column is known as the advert's text. Choose it below as body, then look again."
    except UnreadableInput as problem:
        look.problem = str(problem)
    return look


def _columns(rows: list[Row], mapping: Mapping) -> list[dict[str, Any]]:
    """Return each column with a few of its values and the field that it fills."""
    field_of = {column: name for name, columns in mapping.fields.items() for column in columns}
    found: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.cells.items():
            seen = found.setdefault(name, [])
            if value and len(seen) < EXAMPLES and (short := shorten(value)) not in seen:
                seen.append(short)
    return [
        {"name": name, "examples": examples, "field": field_of.get(name, ""), "label": is_label(name)}
        for name, examples in islice(found.items(), MOST_COLUMNS)
    ]


def _read(look: Look, batches: Iterator[Batch], *, as_lines: bool) -> int:
    """Add what the first rows give, and return how many bytes of the file they took.

    Lines are read far ahead: where the file is not packed, the lines themselves say it better than the place on disk.
    """
    rejects: list[Reject] = []
    empty: Counter[str] = Counter()
    ids: dict[int, None] = {}
    taken = bytes_read = 0
    for batch in batches:
        table, bytes_read = batch.adverts, batch.bytes_read
        taken += sum(len(record) + 1 for record in batch.records)
        look.read += table.num_rows
        rejects += batch.rejects
        ids |= dict.fromkeys(table["advert_id"].to_pylist())
        empty += {name: table[name].to_pylist().count(None) + table[name].to_pylist().count("") for name in MATTERS}
        look.adverts += [_shown(row) for row in table.slice(0, ROWS_SHOWN - len(look.adverts)).to_pylist()]
        if look.read + len(rejects) >= ROWS_LOOKED_AT:
            break
    look.advert_ids = list(map(str, ids))
    look.repeats = look.read - len(ids)
    tell_rejects(look, rejects)
    look.missing = [
        {"field": name, "share": round(empty[name] / look.read, 3), "so": so}
        for name, so in MATTERS.items()
        if look.read and empty[name] * 10 >= look.read
    ]
    return taken if as_lines and taken < bytes_read else bytes_read


def _in_all(path: Path, rows: int, took: int) -> int:
    """Return how many rows a file holds, estimated by the bytes that the first ones took; Parquet tells it itself."""
    with suppress(pa.ArrowInvalid):
        return int(pq.read_metadata(path).num_rows)
    return round(rows * path.stat().st_size / took) if took else rows


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in _SHOWN}
    time = row["posted_at"]
    return {name: shorten(value or "") for name, value in (shown | {"posted_at": time and time.isoformat()}).items()}


def as_mapping(asked: dict[str, Any]) -> Mapping | None:
    """Return the mapping that a person asked for: field -> columns, or None where the names decide."""
    if not asked.get("fields"):
        return None
    fields = {
        name: tuple(columns) if name in SEVERAL else tuple(columns[:1])
        for name, columns in asked["fields"].items()
        if name in KNOWN and columns
    }
    return Mapping(fields, asked.get("dates") or "auto", asked.get("category") or "")


def main() -> None:
    """Answer the one question on the standard input."""
    asked = json.load(sys.stdin)
    look = look_at(Path(asked["path"]), as_mapping(asked), asked.get("source", ""))
    sys.stdout.write(canonical_json(asdict(look)))


if __name__ == "__main__":
    main()
