"""What a run carries over from the one before, so that a batch costs what it brings. Never exported, never needed to
read: without it, or when the rules of reading have changed, all is made anew, with the same result.

| carried           | what it is                                                         |
|-------------------|--------------------------------------------------------------------|
| shown, shown_keys | which key each advert shows, as numbers (`felinar.link.shown`)     |
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from felinar.extract import EXTRACTORS
from felinar.ids import canonical_json
from felinar.link.selector import RULES
from felinar.link.shown import Shown
from felinar.store.lake import Lake, Part

SETTING = "carried"
# Each batch adds a small file to each table; so many are written as one.
MOST_FILES = 16


@dataclass(frozen=True)
class Carried:
    """`shown` is what the adverts of the files `read` show; `same_rules`: the tables were made by today's rules."""

    shown: Shown
    read: frozenset[str]
    same_rules: bool


def carried(lake: Lake, *, anew: bool) -> Carried:
    """Return what the run before left that still holds; nothing where all is to be made anew."""
    manifest = lake.manifest()
    said = json.loads(manifest.settings.get(SETTING, "{}"))
    here = {part.sha256 for part in manifest.tables.get("adverts", [])}
    read = frozenset(said.get("adverts", []))
    if anew or said.get("rules") != rules() or not read <= here:
        return Carried(Shown.nothing(), frozenset(), same_rules=False)
    tables = {name: _read(lake, name, table) for name, table in Shown.nothing().tables().items()}
    return Carried(Shown.of(tables), read, same_rules=True)


def rules() -> list[str]:
    """Return the names and versions of all rules on which what is carried depends."""
    return [*(f"{extractor.name}/{extractor.version}" for extractor in EXTRACTORS), RULES]


def carry(
    lake: Lake, before: Carried, more: Shown, read: Iterable[Part]
) -> tuple[dict[str, list[Part]], dict[str, str]]:
    """Write what this run read besides, and return the files by table and the settings to commit."""
    files: dict[str, list[Part]] = {}
    for name, table in more.tables().items():
        old = lake.manifest().tables.get(_file_name(name), []) if before.read else []
        if len(old) >= MOST_FILES:
            old, table = [], pa.concat_tables([before.shown.tables()[name], table])
        files[_file_name(name)] = [*old, *([lake.write_part(_file_name(name), table)] if table.num_rows else [])]
    names = sorted(part.sha256 for part in read)
    return files, {SETTING: canonical_json({"rules": rules(), "adverts": names})}


def _file_name(table: str) -> str:
    return f"carried_{table}"


def _read(lake: Lake, name: str, empty: pa.Table) -> pa.Table:
    parts = lake.manifest().tables.get(_file_name(name), [])
    return pa.concat_tables([empty, *(lake.read_part(part).cast(empty.schema) for part in parts)])
