"""What a run carries over from the one before, so that a batch costs what it brings. Derived, never exported.

| carried                                        | what it is                                | until            |
|------------------------------------------------|-------------------------------------------|------------------|
| shown, shown_keys                              | which key each advert shows, as numbers   | the rules change |
| text_epoch_texts, …                            | groups of the epoch, how to find a text   | the epoch ends   |
| text_later_texts, text_later_adverts           | what came since, which group it is like   | the epoch ends   |
| text_groups                                    | the groups that this run found            | the next run     |

Each run adds a file with what is new to each of these tables, but for those of `text_epoch_`: these are written once.
Files are mapped: only the pages that are looked at come into memory. Where nothing can be carried an epoch begins.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from felinar.extract import EXTRACTORS
from felinar.ids import canonical_json
from felinar.link import frozen, index
from felinar.link.index import TextIndex
from felinar.link.selector import RULES
from felinar.link.shown import Shown
from felinar.link.text import NEAR_DUPLICATES
from felinar.store.lake import Lake, Part

SETTING = "carried"
TEXT_RULES = "texts/2"  # counted on when other texts come to be near-duplicates
SHOWN = ("shown", "shown_keys")
GROUPS = "text_groups"
LATER = tuple(index.LATER)
EPOCH = tuple(frozen.SCHEMAS)
# Each batch adds a small file to each table; so many are written as one.
MOST_FILES = 16


@dataclass(frozen=True)
class Carried:
    """`shown` is what the adverts of the files `read` show; `texts` is the index of the epoch's texts, if it goes on.

    `groups` are the near-duplicate groups of the run before. `holds`: its tables were made by the rules of today.
    """

    shown: Shown
    texts: TextIndex | None
    groups: pa.Table
    read: frozenset[str]
    holds: bool


def carried(lake: Lake, *, anew: bool = False) -> Carried:
    """Return what the run before left that still holds; nothing where all is to be made anew."""
    manifest = lake.manifest()
    said = json.loads(manifest.settings.get(SETTING, "{}"))
    here = {part.sha256 for part in manifest.tables.get("adverts", [])}
    read = frozenset(said.get("adverts", []))
    if anew or said.get("rules") != rules() or not read <= here:
        return Carried(Shown.nothing(), None, NEAR_DUPLICATES.empty_table(), frozenset(), holds=False)
    tables = _read(lake, {**Shown.nothing().tables(), **_no_texts(), GROUPS: NEAR_DUPLICATES.empty_table()})
    return Carried(Shown.of(tables), TextIndex.of(tables), tables[GROUPS], read, holds=True)


def rules() -> list[str]:
    """Return the names and versions of all rules on which what is carried depends."""
    return [*(f"{extractor.name}/{extractor.version}" for extractor in EXTRACTORS), RULES, TEXT_RULES]


class Begun:
    """The files of an epoch that begins: each table is written as soon as it is made, and mapped from then on."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self.files: dict[str, list[Part]] = {}

    def keep(self, name: str, table: pa.Table) -> pa.Table:
        """Write a table, and return it as its file holds it; several threads may call this."""
        part = self._lake.write_part(file_name(name), table, mapped=True)
        self.files[file_name(name)] = [part]
        return self._lake.read_part(part)


def carry(
    lake: Lake, before: Carried, now: Carried, more: Shown, adverts: list[Part], begun: Begun
) -> tuple[dict[str, list[Part]], dict[str, str]]:
    """Write what this run has besides, and return the files by table and the settings to commit.

    `now` is what the next run will be given, `more` what this run adds to what is shown; `adverts` are the files of the
    pile, `begun` has those of an epoch that begins.
    """
    texts = now.texts or TextIndex.of(_no_texts())
    goes_on, held = before.texts is not None, lake.manifest().tables
    files = {file_name(GROUPS): [lake.write_part(file_name(GROUPS), now.groups, mapped=True)]}
    files |= {file_name(name): held[file_name(name)] for name in EPOCH} if goes_on else begun.files
    for name, table in {**more.tables(), **texts.added}.items():
        old = held.get(file_name(name), []) if (before.holds if name in SHOWN else goes_on) else []
        if len(old) >= MOST_FILES:
            whole = now.shown if name in SHOWN else texts
            old, table = [], whole.tables()[name]
        new = [lake.write_part(file_name(name), table, mapped=True)] if table.num_rows else []
        files[file_name(name)] = [*old, *new]
    said = {"rules": rules(), "adverts": sorted(part.sha256 for part in adverts)}
    return files, {SETTING: canonical_json(said)}


def file_name(table: str) -> str:
    """Return the name under which a table that is carried stands in the lake."""
    return f"carried_{table}"


def _no_texts() -> dict[str, pa.Table]:
    return {name: schema.empty_table() for name, schema in {**frozen.SCHEMAS, **index.LATER}.items()}


def _read(lake: Lake, empty: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return the carried tables of these names, whole."""
    parts = lake.manifest().tables
    return {
        name: pa.concat_tables([none, *(lake.read_part(p).cast(none.schema) for p in parts.get(file_name(name), []))])
        for name, none in empty.items()
    }
