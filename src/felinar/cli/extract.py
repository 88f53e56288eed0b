"""`felinar extract`: the extractors alone, without a workspace: a file in, a mention a line out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from felinar.cli.session import Session, pass_session
from felinar.cli.terminal import plain_json
from felinar.errors import FelinarError, unknown_name

CHUNK = 20_000  # rows read before their mentions are written
# Fields that hold text to read, when no column is named.
TEXT_FIELDS = ("title", "body", "contact_text", "place_text", "price_text")

Rows = list[tuple[int, dict[str, str]]]


@click.command(short_help="Print what is read in the texts of one file.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--text-column", default="", help="Column to read; else every column known to hold text.")
@click.option("--region-column", default="", help="Column with the advert's country, by code or name.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Kind of mention to read; may be repeated.")
@pass_session
def extract(session: Session, file: Path, text_column: str, region_column: str, kinds: tuple[str, ...]) -> None:
    """Print what the extractors read in a file, one JSON object a line.

    Keys: row (from 0), field (the column), kind, value, raw, start, end, region, confidence, obscured.
    """
    from felinar.extract import KINDS

    for kind in kinds:
        if kind not in KINDS:
            raise unknown_name("kind of mention", kind, KINDS)
    columns = columns_to_read(file, text_column, region_column)
    rows, left_out = 0, Counter[str]()
    for chunk in _chunks(file, left_out):
        rows += len(chunk)
        found = [json.dumps(m, ensure_ascii=False) for m in mentions(chunk, columns, region_column, kinds or None)]
        if found:
            click.echo(plain_json("\n".join(found)))
    session.say(f"{rows:,} rows read.")
    for reason, times in sorted(left_out.items(), key=lambda r: (-r[1], r[0])):
        session.say(f"{times:,} rows left out: {reason}.")


def columns_to_read(file: Path, text_column: str, region_column: str) -> dict[str, str]:
    """Return column -> advert field for the columns to read; a column that the file lacks is an error."""
    from felinar.sources import propose_mapping, read_rows

    there = {name for _, cells in islice(read_rows(file), 1_000) for name in cells}
    for wanted in (text_column, region_column):
        if wanted and there and wanted not in there:
            raise unknown_name("column", wanted, there)
    if text_column:
        return {text_column: "body"}
    fields = propose_mapping(file).fields
    columns = {column: field for field in TEXT_FIELDS for column in fields.get(field, ())}
    if there and not columns:
        listed = ", ".join(sorted(there))
        raise FelinarError(
            f"No column of {file.name} is known to hold text. Name it with --text-column; there are: {listed}."
        )
    return columns


def _chunks(file: Path, left_out: Counter[str]) -> Iterator[Rows]:
    """Return the rows in chunks, and count by reason those that cannot be read."""
    from felinar.sources import Reject, read_rows

    def note(problem: Reject) -> None:
        if problem.severity == "error":
            left_out[problem.reason.rstrip(".")] += 1

    rows = read_rows(file, rejects=note)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def mentions(
    rows: Rows, columns: dict[str, str], region_column: str, kinds: tuple[str, ...] | None
) -> Iterator[dict[str, Any]]:
    """Return the mentions of some rows in the order of rows, columns and places in the text."""
    from felinar.config import threads
    from felinar.extract import extract as extract_mentions
    from felinar.sources.countries import country_code
    from felinar.tables import ADVERTS

    found: list[tuple[int, int, int, dict[str, Any]]] = []
    for order, (column, field) in enumerate(columns.items()):
        adverts = ADVERTS.from_rows(
            [
                {"advert_id": i, field: cells[column], "country_hint": country_code(cells.get(region_column, ""))}
                for i, (_, cells) in enumerate(rows)
                if cells.get(column)
            ]
        )
        for i, mention in enumerate(extract_mentions(adverts, kinds=kinds, workers=threads()).to_pylist()):
            found.append((mention["advert_id"], order, i, _line(rows[mention["advert_id"]][0], column, mention)))
    return (line for *_, line in sorted(found, key=lambda f: f[:3]))


def _line(row: int, column: str, mention: dict[str, Any]) -> dict[str, Any]:
    kept = ("kind", "value", "raw", "start", "end", "region", "confidence", "obscured")
    return {"row": row, "field": column, **{key: mention[key] for key in kept}, "region": mention["region"] or None}
