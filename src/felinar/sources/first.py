"""What the first rows of a file tell: its columns, and whether one holds the text."""

from __future__ import annotations

from felinar.errors import NoTextColumn, UnreadableInput
from felinar.sources.contract import Problems, Row, shorten
from felinar.sources.flatten import text_of
from felinar.sources.mapping import Mapping
from felinar.sources.names import is_label
from felinar.sources.plan import make_plan

FIRST_ROWS = 1_000
_SHOWN = 20


def columns_of(first: list[Row]) -> tuple[str, ...]:
    """Return every column that the rows have, in the order of their first appearance."""
    return tuple(dict.fromkeys(name for row in first for name in row.cells))


def check_columns(name: str, columns: tuple[str, ...], mapping: Mapping | None) -> None:
    """Refuse a file without a column for the text: adverts without text would silently lead nowhere."""
    plan = make_plan(columns, mapping, Problems(name))
    if not columns or plan.body or plan.column("title"):
        return
    shown = ", ".join(f"'{shorten(c[:40])}'" for c in columns[:_SHOWN]) + (" …" if len(columns) > _SHOWN else "")
    named = [c for field in ("body", "title") for c in mapping.fields.get(field, ())] if mapping else []
    if named:
        raise UnreadableInput(f"{name} has no column '{named[0]}', which the mapping names. It has: {shown}.")
    raise NoTextColumn(
        f"{name} has no column that we know as the advert's text. It has: {shown}. Say which one it is in a mapping: a "
        'file with the lines [fields] and body = ["COLUMN"], given by --mapping FILE.toml.'
    )


def longest_texts(first: list[Row], taken: set[str]) -> str:
    """Return the free column with the longest texts, if they are 20 characters long on average; else empty."""
    lengths = {
        column: sum(len(text_of(row.cells.get(column))) for row in first)
        for column in columns_of(first)
        if column not in taken and not is_label(column)
    }
    best = max(lengths, key=lambda c: lengths[c], default="")
    return best if best and lengths[best] >= 20 * len(first) else ""
