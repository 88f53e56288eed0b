"""The bipartite graph of adverts and keys as integer codes, so that whole piles are counted in numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.distinct import distinct

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Graph:
    """Rows are (advert, key) pairs, sorted by key, then advert. Codes count from 0 in the order of the ids."""

    advert_ids: Codes
    kinds: list[str]
    values: list[str]
    key_ids: Codes
    advert: Codes
    key: Codes

    @property
    def keys(self) -> int:
        """How many keys there are."""
        return len(self.kinds)

    def adverts_per_key(self) -> Codes:
        """How many adverts show each key."""
        return np.bincount(self.key, minlength=self.keys).astype(np.int64)

    def is_kind(self, *kinds: str) -> npt.NDArray[np.bool_]:
        """Which keys are of one of these kinds."""
        return np.isin(np.array(self.kinds, dtype=object), kinds) if self.kinds else np.zeros(0, bool)


def build(advert_ids: Codes, shown: pa.Table) -> Graph:
    """Return the graph of the rows (advert_id, key_kind, key_id, value); `advert_ids` is sorted and holds them all."""
    keys = shown.group_by(["key_kind", "key_id"]).aggregate([("value", "min")])
    keys = keys.sort_by([("key_kind", "ascending"), ("key_id", "ascending")])
    named = shown.select(["advert_id", "key_kind", "key_id"])
    numbered = keys.append_column("code", pa.array(np.arange(keys.num_rows)))
    joined = named.join(numbered.select(["key_kind", "key_id", "code"]), ["key_kind", "key_id"])
    advert = np.searchsorted(advert_ids, _numbers(joined["advert_id"]))
    key = _numbers(joined["code"])
    order = np.lexsort((advert, key))
    return Graph(
        advert_ids=advert_ids,
        kinds=keys["key_kind"].to_pylist(),
        values=keys["value_min"].to_pylist(),
        key_ids=_numbers(keys["key_id"]),
        advert=advert[order].astype(np.int64),
        key=key[order],
    )


def _numbers(column: pa.ChunkedArray) -> Codes:
    numbers: Codes = pc.cast(column, pa.int64()).to_numpy().astype(np.int64)
    return numbers


def distinct_per_group(group: Codes, thing: Codes, groups: int) -> Codes:
    """Return how many distinct things stand in each group."""
    width = int(thing.max(initial=0)) + 1
    return np.bincount(distinct(group * width + thing) // width, minlength=groups).astype(np.int64)
