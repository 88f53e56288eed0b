"""The plan for one set of columns: which of them fill which field. It depends on the names alone, not on other rows."""

from __future__ import annotations

from dataclasses import dataclass

from felinar.sources.contract import Problems
from felinar.sources.mapping import Mapping, from_names
from felinar.sources.names import KNOWN, SEVERAL, is_label


@dataclass(frozen=True)
class Plan:
    """`one`: field, column; `several`: field, columns to be joined; `rest` goes to `extra`."""

    one: tuple[tuple[str, str], ...]
    several: tuple[tuple[str, tuple[str, ...]], ...]
    body: tuple[str, ...]
    images: tuple[str, ...]
    rest: tuple[str, ...]
    category: str

    def column(self, field: str) -> str:
        """Return the column that fills this field, empty if none does."""
        return dict(self.one).get(field, "")

    def columns(self, field: str) -> tuple[str, ...]:
        """Return all columns that fill this field, in the order in which they are joined."""
        alone = self.column(field)
        return (alone,) if alone else {"body": self.body, "images": self.images, **dict(self.several)}.get(field, ())


def make_plan(columns: tuple[str, ...], mapping: Mapping | None, problems: Problems) -> Plan:
    """Return the plan for these columns; labels are left out of it, with a note."""
    labels = {column for column in columns if is_label(column)}
    for column in sorted(labels):
        problems.note(column, "the column is called like a label or an outcome; it is never read")
    proposed = from_names(columns)
    used = mapping or proposed
    there = set(columns) - labels
    fields = {name: tuple(c for c in used.fields.get(name, ()) if c in there) for name in KNOWN}
    taken = {c for given in fields.values() for c in given}
    joined = [name for name in KNOWN if name in SEVERAL - {"body", "images"} and fields[name]]
    return Plan(
        one=tuple((name, fields[name][0]) for name in KNOWN if name not in SEVERAL and fields[name]),
        several=tuple((name, fields[name]) for name in joined),
        body=fields["body"],
        images=fields["images"],
        rest=tuple(c for c in columns if c not in taken and c not in labels),
        category=used.category or proposed.category,
    )
