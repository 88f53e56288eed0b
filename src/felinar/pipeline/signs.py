"""What resolving and scoring read of the adverts and their mentions: read once, and kept so that a batch only maps it.

| kept          | what it is                                                           | until                      |
|---------------|----------------------------------------------------------------------|----------------------------|
| carried_signs | a file for each file of adverts: every column of `Signs`, in one cell | its adverts are read anew |

To read them from the mentions again would cost as much as to score: texts by the million at which no rule looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from felinar.ids import canonical_json, sha256_hex
from felinar.kernels.sorting import places_among
from felinar.pipeline.mentions import Mentions
from felinar.resolve import operations
from felinar.score import reading
from felinar.store.lake import Part
from felinar.tables import BY_NAME

Ints = npt.NDArray[np.int64]
TABLE = "carried_signs"
RULES = "signs/1"  # counted on when the same columns come to hold something else
_ADVERTS, _ID = "adverts", "advert_id"
_ROW = "row"  # of a mention: the place of its advert among those of the file
_DESCRIBED = (_ID, "value", "display", "confidence")
_CODED = ("site", "category", "country_hint", "place_text", reading.EMPLOYER)


@dataclass(frozen=True)
class Signs:
    """The adverts by id, with the length of a body instead of the body, and their mentions, a table for each kind."""

    adverts: pa.Table
    mentions: dict[str, pa.Table]

    def described(self) -> pa.Table:
        """Return the mentions by which operations are described."""
        texts, kinds = pa.array(operations.KINDS), []
        for code, kind in enumerate(operations.KINDS):
            rows = self.mentions[kind].select(_DESCRIBED)
            codes = np.full(rows.num_rows, code, dtype=np.int32)
            kinds.append(rows.append_column("kind", pa.DictionaryArray.from_arrays(codes, texts)))
        return pa.concat_tables(kinds)


@dataclass(frozen=True)
class Held:
    """The signs of a pile as their files hold them: those of each file of adverts."""

    files: list[Part]
    tables: list[pa.Table]

    def of(self, ids: Ints) -> Signs:
        """Return the signs of these adverts alone; the ids ascend."""
        parts: dict[str, list[pa.Table]] = defaultdict(list)
        for table in self.tables:
            columns = _unpacked(table)
            at = places_among(ids, columns[_ADVERTS][_ID].to_numpy())
            for name, mine in columns.items():
                parts[name].append(_rows(mine, at, ids))
        tables = {name: pa.concat_tables(mine).unify_dictionaries().combine_chunks() for name, mine in parts.items()}
        adverts = tables.pop(_ADVERTS)
        return Signs(adverts.take(pa.array(np.argsort(adverts[_ID].to_numpy()))), tables)


def read_signs(mentions: Mentions) -> Held:
    """Return the signs of the whole pile; files of adverts that are new are read, those of others are mapped."""
    lake = mentions.lake
    held = {part.file.rpartition("-")[0]: part for part in lake.manifest().tables.get(TABLE, [])}
    files, by = [], [RULES, _columns(), reading.ADVERT_COLUMNS]
    for adverts, rows in zip(mentions.adverts, mentions.parts, strict=True):
        name = f"{TABLE}_{sha256_hex(canonical_json([adverts.sha256, rows.sha256, by]).encode())[:20]}"
        files.append(held.get(name) or lake.write_part(name, _read(mentions.of([adverts])), mapped=True))
    return Held(files, [lake.read_part(part) for part in files] or [_read(mentions)])


def _read(mentions: Mentions) -> pa.Table:
    """Return the adverts and their mentions, of these those that are sure enough and are looked at, packed."""
    adverts = [reading.slim(mentions.lake.read_part(part, reading.ADVERT_COLUMNS)) for part in mentions.adverts]
    least = min(reading.LEAST_CONFIDENCE, operations.LEAST_CONFIDENCE)
    found = mentions.by_kind(_columns(), least_confidence=least, coded=(*reading.CODED, "display"))
    found["url"] = reading.given_links(found["url"])
    return _packed(pa.concat_tables([reading.slim(BY_NAME[_ADVERTS].empty()), *adverts]).sort_by(_ID), found)


def _columns() -> dict[str, tuple[str, ...]]:
    """Return what is read of the mentions of each kind."""
    asked = reading.MENTION_COLUMNS.items()
    return {k: tuple(dict.fromkeys((*names, *(_DESCRIBED if k in operations.KINDS else ())))) for k, names in asked}


def _packed(adverts: pa.Table, mentions: Mapping[str, pa.Table]) -> pa.Table:
    """Return one row with all columns, each as a list; a mention names the row of its advert instead of the id."""
    ids = adverts[_ID].to_numpy()
    cells = {f"{_ADVERTS}.{name}": _whole(adverts[name], name in _CODED) for name in adverts.column_names}
    for kind, rows in mentions.items():
        cells[f"{kind}.{_ROW}"] = pa.array(np.searchsorted(ids, rows[_ID].to_numpy()).astype(np.int32))
        cells |= {f"{kind}.{name}": _whole(rows[name]) for name in rows.column_names if name != _ID}
    lists = [pa.ListArray.from_arrays(pa.array([0, len(cell)], pa.int32()), cell) for cell in cells.values()]
    return pa.table(lists, names=list(cells))


def _unpacked(table: pa.Table) -> dict[str, dict[str, pa.Array]]:
    """Return the columns of the adverts and of each kind of mention, by name."""
    found: dict[str, dict[str, pa.Array]] = defaultdict(dict)
    for name in table.column_names:
        of, _, column = name.partition(".")
        found[of][column] = table[name].chunk(0).flatten()
    return found


def _whole(column: pa.ChunkedArray, coded: bool = False) -> pa.Array:
    """Return a column in one piece, dictionary-encoded where asked; a dictionary holds no more texts than rows."""
    array = column.combine_chunks()
    if pa.types.is_dictionary(array.type) and len(array.dictionary) > len(array):
        return array.dictionary_decode().dictionary_encode()
    return array.dictionary_encode() if coded else array


def _rows(columns: Mapping[str, pa.Array], at: Ints, ids: Ints) -> pa.Table:
    """Return the rows of those adverts of a file that have a place among the ids; `at` gives it, or -1."""
    place = at[columns[_ROW].to_numpy()] if _ROW in columns else at
    rows = np.flatnonzero(place >= 0)
    taken = {_ID: pa.array(ids[place[rows]])}
    for name in columns.keys() - {_ROW, _ID}:
        taken[name] = columns[name] if len(rows) == len(place) else columns[name].take(pa.array(rows))
    return pa.table(taken)
