"""`felinar templates`: near-duplicate groups of one file and their common text, without a workspace."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from felinar.cli.session import Session, pass_session
from felinar.cli.terminal import plain
from felinar.errors import FelinarError, unknown_name

CELL_OPENERS = ("=", "+", "-", "@", "\t", "\r")


@click.command(short_help="Print near-duplicate groups and their common text.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--text-column", default="", help="Column that holds the text; else the one that looks like it.")
@pass_session
def templates(session: Session, file: Path, text_column: str) -> None:
    """Print the group of near-duplicates and the common text of every row.

    CSV with the header row,cluster_id,template: rows count from 0, cluster_id is the smallest row of the group and
    empty for a text that stands alone, a slot is written <*>.
    """
    from felinar.link.clusters import clusters

    numbers, texts = read_texts(file, text_column)
    found = clusters(texts)
    numbered = [
        (number, None if row.cluster_id is None else numbers[row.cluster_id], row.template)
        for number, row in zip(numbers, found, strict=True)
    ]
    if session.as_json:
        session.emit("", [dict(zip(("row", "cluster_id", "template"), row, strict=True)) for row in numbered])
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("row", "cluster_id", "template"))
        shown = plain if sys.stdout.isatty() else str
        writer.writerows(
            (number, "" if group is None else group, shown(safe(text))) for number, group, text in numbered
        )
    groups = {group for _, group, _ in numbered if group is not None}
    grouped = sum(group is not None for _, group, _ in numbered)
    session.say(f"{len(numbered):,} rows; {grouped:,} of them in {len(groups):,} groups.")


def read_texts(file: Path, text_column: str) -> tuple[list[int], list[str]]:
    """Return the numbers and texts of all readable rows."""
    from felinar.sources import propose_mapping, read_rows

    columns = (text_column,) if text_column else tuple(propose_mapping(file).fields.get("body", ()))
    numbers: list[int] = []
    texts: list[str] = []
    seen: set[str] = set()
    for number, cells in read_rows(file):
        seen.update(cells)
        numbers.append(number)
        texts.append("\n\n".join(cells[column] for column in columns if cells.get(column)))
    if text_column and seen and text_column not in seen:
        raise unknown_name("column", text_column, seen)
    if not columns and numbers:
        raise FelinarError(f"{file.name} has no column that looks like a text. Name it with --text-column.")
    return numbers, texts


def safe(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return "'" + text if text.startswith(CELL_OPENERS) else text
