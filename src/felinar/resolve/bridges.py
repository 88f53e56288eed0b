"""Name the weakest join of each operation: the keys that it rests on and what would split off without it."""

from __future__ import annotations

from itertools import pairwise
from json.encoder import encode_basestring as _quoted  # the C function behind json.dumps

import numpy as np
import pyarrow as pa

from felinar.kernels.sorting import places_from, starts_of, values_of
from felinar.resolve.join import Codes, Joins

MOST_KEYS = 5


def weakest_links(joins: Joins, group: Codes, kinds: pa.Array, values: pa.Array) -> dict[int, str]:
    """Return, per group of two or more adverts, the join with the least evidence to spare as canonical JSON.

    A join that splits off two or more adverts on both sides is named before one that only holds a single advert.
    `kinds` and `values` are those of the keys, by code.
    """
    total = np.bincount(group, minlength=len(group)) if len(group) else np.zeros(0, np.int64)
    owner = group[joins.child]
    splits_one = np.minimum(joins.size, total[owner] - joins.size) < 2
    order = np.lexsort((joins.child, joins.surplus, splits_one, owner))
    first = order[np.concatenate(([True], owner[order][1:] != owner[order][:-1]))] if len(order) else order
    split = np.sort(np.stack([joins.size[first], total[owner[first]] - joins.size[first]], axis=1), axis=1)
    named = _keys_of_joins(joins, first, kinds, values)
    columns = owner[first].tolist(), joins.surplus[first].tolist(), split.tolist(), named
    return {
        group: f'{{"keys":[{",".join(keys)}],"spare_millibits":{spare},"splits":[{smaller},{larger}]}}'
        for group, spare, (smaller, larger), keys in zip(*columns, strict=True)
    }


def _keys_of_joins(joins: Joins, wanted: Codes, kinds: pa.Array, values: pa.Array) -> list[list[str]]:
    """Return for each wanted join its first keys by code, each as JSON."""
    start = np.searchsorted(joins.of_join, wanted)
    counts = np.searchsorted(joins.of_join, wanted, side="right") - start
    rows = places_from(start, counts)
    width = len(kinds)
    cells = values_of(np.repeat(np.arange(len(wanted)), counts) * width + joins.key[rows])
    of = cells // max(width, 1)
    begins = starts_of(of, len(wanted))
    named = cells[np.arange(len(cells)) - begins[of] < MOST_KEYS]
    keys = pa.array(named % max(width, 1))
    columns = kinds.take(keys).to_pylist(), values.take(keys).to_pylist()
    told = [f"[{_quoted(kind)},{_quoted(value)}]" for kind, value in zip(*columns, strict=True)]
    ends = np.cumsum(np.minimum(np.diff(begins), MOST_KEYS)).tolist()
    return [told[first:last] for first, last in pairwise([0, *ends])]
