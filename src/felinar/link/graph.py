"""The bipartite graph of adverts and keys as integer codes, so that whole piles are counted in arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.pairs import distinct_pairs
from felinar.kernels.sorting import order_by, places_among, starts_of
from felinar.link.alike import Alike
from felinar.link.completed import completed
from felinar.link.picture import picture_keys
from felinar.link.shown import KINDS, Shown

Codes = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Graph:
    """Rows are distinct (advert, key) pairs, sorted by key, then advert. Codes count from 0 in the order of the ids.

    Keys stand in the order of their kind, then id; `kind` is the place of each key's kind in KINDS. `alike` is the row
    of `Alike.groups` that a pair rests on, -1 for most; `wider` the key of the next wider group of each picture key, -1
    for all others.
    """

    advert_ids: Codes
    kind: Codes
    key_ids: Codes
    values: pa.Array
    advert: Codes
    key: Codes
    alike: Codes
    wider: Codes

    @property
    def keys(self) -> int:
        """How many keys there are."""
        return len(self.kind)

    @cached_property
    def starts(self) -> Codes:
        """Where the rows of each key begin, and the number of rows at the end."""
        return starts_of(self.key, self.keys)

    @property
    def adverts_per_key(self) -> Codes:
        """How many adverts show each key."""
        return np.diff(self.starts)

    @cached_property
    def advert_starts(self) -> Codes:
        """Where the rows of each advert begin in the order of the adverts, and the number of rows at the end."""
        return starts_of(self.advert, len(self.advert_ids))

    @cached_property
    def by_advert(self) -> Codes:
        """The rows in the order of the adverts, then keys."""
        return order_by(self.advert, len(self.advert_ids))

    def is_kind(self, *kinds: str) -> Bools:
        """Which keys are of one of these kinds."""
        return np.isin(self.kind, [KINDS.index(kind) for kind in kinds])

    def kind_names(self, keys: Codes) -> pa.Array:
        """Return the name of the kind of each of these keys."""
        return pa.array(KINDS).take(pa.array(self.kind[keys]))

    def codes_of(self, kind: str, values: Iterable[str]) -> Codes:
        """Return the code of each key of this kind with these values; -1 where no advert shows it."""
        first, last = np.searchsorted(self.kind, [KINDS.index(kind), KINDS.index(kind) + 1])
        place = pc.index_in(pa.array(values, pa.string()), self.values.slice(first, last - first))
        found = pc.fill_null(place, -1).to_numpy()
        return np.where(found >= 0, first + found, -1)


def build(advert_ids: Codes, shown: Shown, groups: pa.Table, pictures: Alike | None = None) -> Graph:
    """Return the graph of what these adverts show, and of the groups of texts and of pictures; the ids are sorted."""
    own = shown.rows["number"].to_numpy().astype(np.int64)
    number = _same_number(shown.keys)[own]
    advert = places_among(advert_ids, shown.rows["advert_id"].to_numpy())
    group_ids, group = np.unique(groups["group_id"].to_numpy(), return_inverse=True)
    text = places_among(advert_ids, groups["advert_id"].to_numpy())
    known, grouped = advert >= 0, text >= 0
    number, advert = number[known], advert[known]
    more = picture_keys(shown.keys, number, advert, pictures or Alike.nothing())
    first_text = shown.keys.num_rows
    first_picture = first_text + len(group_ids)
    number = np.concatenate([number, first_text + group[grouped], first_picture + more.number])
    advert = np.concatenate([advert, text[grouped], more.advert])
    alike = np.concatenate([np.full(len(number) - len(more.row), -1, np.int64), more.row])
    kind = np.concatenate(
        [shown.keys["key_kind"].to_numpy(), np.full(len(group_ids), KINDS.index("near_duplicate")), more.kind]
    ).astype(np.int64)
    key_ids = np.concatenate([shown.keys["key_id"].to_numpy(), group_ids, more.key_ids])
    medoids = _medoids(groups, group, len(group_ids))
    values = pa.concat_arrays([shown.keys["value"].combine_chunks(), medoids, more.values])
    wider = np.full(len(kind), -1, np.int64)
    wider[np.where(more.narrower < 0, first_picture - 1 - more.narrower, more.narrower)] = first_picture + more.wider
    return _coded(advert_ids, advert, number, kind, key_ids, values, alike, wider)


def _coded(
    advert_ids: Codes, advert: Codes, number: Codes, kind: Codes, key_ids: Codes, values: pa.Array, alike: Codes,
    wider: Codes,
) -> Graph:  # fmt: skip
    """Return the graph with keys that no advert shows left out, and the others in their order."""
    used = np.flatnonzero(np.bincount(number, minlength=len(kind)))
    order = used[_by_kind_and_id(kind[used], key_ids[used])]
    code = np.zeros(len(kind), np.int64)
    code[order] = np.arange(len(order))
    pairs = distinct_pairs(code[number], advert, len(order), len(advert_ids))
    alike = alike[pairs.row] if (alike >= 0).any() else np.full(len(pairs.row), -1, np.int64)
    wider = np.where(wider[order] >= 0, code[wider[order]], -1)
    columns = kind[order], key_ids[order], values.take(pa.array(order))
    return Graph(advert_ids, *columns, pairs.right, pairs.left, alike, wider)


def _by_kind_and_id(kind: Codes, key_ids: Codes) -> Codes:
    """Return the order of distinct keys by kind, then id: sorting each kind alone takes a third of sorting all."""
    by_kind, starts = order_by(kind, len(KINDS)), starts_of(kind, len(KINDS))
    parts = (by_kind[first:last] for first, last in pairwise(starts.tolist()))
    return np.concatenate([part[np.argsort(key_ids[part])] for part in parts])


def _same_number(keys: pa.Table) -> Codes:
    """Return the number of the key that each key is: another's where a telephone number could be completed."""
    same = np.arange(keys.num_rows, dtype=np.int64)
    phones = np.flatnonzero(keys["key_kind"].to_numpy() == KINDS.index("phone"))
    same[phones] = phones[completed(keys["value"].combine_chunks().take(pa.array(phones)))]
    return same


def _medoids(groups: pa.Table, group: Codes, count: int) -> pa.Array:
    """Return the medoid of each of so many groups as text; `group` is that of each row."""
    medoid = np.zeros(count, np.int64)
    medoid[group] = groups["medoid_id"].to_numpy()
    return pc.cast(pa.array(medoid), pa.string())
