"""Which column fills which field: proposed from the names, saved as TOML for a person to mend."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from felinar.errors import UnreadableInput, unknown_name
from felinar.sources.names import FIELD_OF, JOB_COLUMNS, KNOWN, SEVERAL, is_label, plain

ORDERS = ("auto", "day_first", "month_first")
_HEAD = """# Which column fills which field. Columns that stand nowhere go to `extra`; labels are never read.
# dates: auto, day_first (3/4 is 3 April) or month_first (3/4 is 4 March). category: job, service or empty (by column).
# Known fields: {fields}.
"""


@dataclass(frozen=True)
class Mapping:
    """Field -> columns. `dates` is auto, day_first or month_first; `category` is given to adverts without their own."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: str = "auto"
    category: str = ""

    def save(self, path: Path) -> None:
        """Write the mapping as TOML, with a comment on what may stand in it."""
        import tomli_w

        content = {
            "dates": self.dates,
            "category": self.category,
            "fields": {name: list(columns) for name, columns in self.fields.items()},
        }
        path.write_text(_HEAD.format(fields=", ".join(KNOWN)) + tomli_w.dumps(content), encoding="utf-8")

    @staticmethod
    def load(path: Path) -> Mapping:
        """Return the mapping in a TOML file; an error names what cannot be used."""
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            raise UnreadableInput(f"The mapping '{path}' cannot be read: {problem}. Mend it, or delete it.") from None
        return _checked(content)


def _checked(content: dict[str, Any]) -> Mapping:
    fields: dict[str, tuple[str, ...]] = {}
    for name, given in dict(content.get("fields", {})).items():
        if name not in KNOWN:
            raise unknown_name("field", name, KNOWN)
        columns = (given,) if isinstance(given, str) else tuple(str(one) for one in given)
        for column in columns:
            if is_label(column):
                raise UnreadableInput(
                    f"The mapping gives the column '{column}' to '{name}', but it is called like a label, and labels "
                    "are never read. Take it out, or rename the column if it is none."
                )
        fields[name] = columns
    dates, category = content.get("dates", "auto"), content.get("category", "")
    if dates not in ORDERS:
        raise UnreadableInput(f"The mapping says dates = '{dates}'. Use one of: {', '.join(ORDERS)}.")
    if category not in ("", "job", "service"):
        raise UnreadableInput(f"The mapping says category = '{category}'. Use job, service or nothing.")
    return Mapping(fields, dates, category)


def from_names(columns: tuple[str, ...]) -> Mapping:
    """Return the mapping that the names alone propose; the result depends on nothing but the names and their order."""
    found: dict[str, list[tuple[int, str]]] = {}
    for column in columns:
        if not is_label(column) and plain(column) in FIELD_OF:
            name, place = FIELD_OF[plain(column)]
            found.setdefault(name, []).append((place, column))
    fields = {}
    for name in KNOWN:
        if name in found:
            fields[name] = tuple(c for _, c in found[name]) if name in SEVERAL else (min(found[name])[1],)
    jobs = any(plain(c) in JOB_COLUMNS for c in columns)
    return Mapping(fields, category="job" if jobs else "")
