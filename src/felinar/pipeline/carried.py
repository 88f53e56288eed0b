"""What a run carries over from the one before, so that a batch costs what it brings. Derived, never exported.

| carried                                        | what it is                                | until            |
|------------------------------------------------|-------------------------------------------|------------------|
| shown, shown_keys                              | which key each advert shows, as numbers   | the rules change |
| text_index_texts, … _adverts, … _boilerplate   | shingles and groups of the texts          | the epoch ends   |

Each run adds a file with what is new to each of these tables. Where nothing can be carried an epoch begins.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from felinar.extract import EXTRACTORS
from felinar.ids import canonical_json
from felinar.link import index
from felinar.link.index import TextIndex
from felinar.link.selector import RULES
from felinar.link.shown import Shown
from felinar.store.lake import Lake, Part

SETTING = "carried"
TEXT_RULES = "texts/1"  # counted on when other texts come to be near-duplicates
SHOWN = ("shown", "shown_keys")
TEXTS = ("text_index_texts", "text_index_adverts", "text_index_boilerplate")
# Each batch adds a small file to each table; so many are written as one.
MOST_FILES = 16


@dataclass(frozen=True)
class Carried:
    """`shown` is what the adverts of the files `read` show; `texts` is the index of the epoch's texts, if it goes on.

    `holds`: the tables of the run before were made by the rules of today.
    """

    shown: Shown
    texts: TextIndex | None
    read: frozenset[str]
    holds: bool


def carried(lake: Lake, *, anew: bool = False) -> Carried:
    """Return what the run before left that still holds; nothing where all is to be made anew."""
    manifest = lake.manifest()
    said = json.loads(manifest.settings.get(SETTING, "{}"))
    here = {part.sha256 for part in manifest.tables.get("adverts", [])}
    read = frozenset(said.get("adverts", []))
    if anew or said.get("rules") != rules() or not read <= here:
        return Carried(Shown.nothing(), None, frozenset(), holds=False)
    shown = Shown.of(_read(lake, Shown.nothing().tables()))
    return Carried(shown, TextIndex.of(_read(lake, _no_texts())), read, holds=True)


def rules() -> list[str]:
    """Return the names and versions of all rules on which what is carried depends."""
    return [*(f"{extractor.name}/{extractor.version}" for extractor in EXTRACTORS), RULES, TEXT_RULES]


def carry(
    lake: Lake, before: Carried, shown: Shown, more: Shown, texts: TextIndex, adverts: list[Part]
) -> tuple[dict[str, list[Part]], dict[str, str]]:
    """Write what this run has besides, and return the files by table and the settings to commit.

    `shown` and `texts` are whole, `more` is what this run adds to what is shown; `adverts` are the files of the pile.
    """
    goes_on = before.texts is not None
    added = {**more.tables(), **(texts.added if goes_on else texts.tables())}
    whole = {**shown.tables(), **texts.tables()}
    files: dict[str, list[Part]] = {}
    for name, table in added.items():
        old = lake.manifest().tables.get(file_name(name), []) if (before.holds if name in SHOWN else goes_on) else []
        if len(old) >= MOST_FILES:
            old, table = [], whole[name]
        files[file_name(name)] = [*old, *([lake.write_part(file_name(name), table)] if table.num_rows else [])]
    said = {"rules": rules(), "adverts": sorted(part.sha256 for part in adverts)}
    return files, {SETTING: canonical_json(said)}


def file_name(table: str) -> str:
    """Return the name under which a table that is carried stands in the lake."""
    return f"carried_{table}"


def _no_texts() -> dict[str, pa.Table]:
    schemas = index.TEXTS, index.ADVERTS, index.BOILERPLATE
    return {name: schema.empty_table() for name, schema in zip(TEXTS, schemas, strict=True)}


def _read(lake: Lake, empty: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return the carried tables of these names, whole."""
    parts = lake.manifest().tables
    return {
        name: pa.concat_tables([none, *(lake.read_part(p).cast(none.schema) for p in parts.get(file_name(name), []))])
        for name, none in empty.items()
    }
