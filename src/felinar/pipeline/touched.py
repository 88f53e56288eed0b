"""Which adverts a run has to look at again: those that something new ties, over any number of keys, to others.

| changed                                                  | so these adverts are looked at            |
|----------------------------------------------------------|-------------------------------------------|
| an advert came in, or shows other keys than before       | it, and all that are tied to it           |
| a key says more or less, or is a hub now or no longer    | those that show it, and all tied to these |
| somebody judged adverts or operations, or took it back   | those named, and all tied to these        |

Tied are adverts that show one key that is no hub, that stood in one operation or that are judged to be the same. What
is not tied to anything changed is resolved and scored as in the run before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.components import components
from felinar.kernels.sorting import places_among
from felinar.link.shown import KINDS
from felinar.link.stage import Linked

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
LINKS_READ = ("advert_id", "key_kind", "key_id", "millibits")
KEYS_READ = ("key_kind", "key_id", "hub")
Prints = npt.NDArray[np.uint64]
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying by it loses nothing
_SHIFT = np.uint64(29)


@dataclass(frozen=True)
class LinkedBefore:
    """How the run before linked the adverts: a number for each that stands for all of its links, and the hubs."""

    prints: Prints
    hubs: set[tuple[str, int]]


def touched(ids: Ints, linked: Linked, seeds: Bools, memberships: pa.Table, same: Ints) -> Bools:
    """Return which adverts (by their place among the sorted ids) are tied to a seed; the seeds are among them.

    `memberships` are those of the run before; `same` are pairs of places of adverts that are judged to be the same.
    """
    linking = ~linked.keys["hub"].to_numpy()[linked.key]
    operation = pc.dictionary_encode(memberships["operation_id"]).combine_chunks().indices.to_numpy().astype(np.int64)
    member = places_among(ids, memberships["advert_id"].to_numpy())
    known = member >= 0
    first_operation = len(ids) + linked.keys.num_rows
    left = [linked.advert[linking], member[known], same[:, 0]]
    right = [len(ids) + linked.key[linking], first_operation + operation[known], same[:, 1]]
    nodes = first_operation + int(operation.max(initial=-1)) + 1
    component = components(nodes, np.concatenate(left), np.concatenate(right))[: len(ids)]
    is_touched = np.zeros(nodes, dtype=np.bool_)
    is_touched[component[seeds]] = True
    return np.asarray(is_touched[component], dtype=np.bool_)


def linked_otherwise(linked: Linked, before: LinkedBefore) -> Bools:
    """Return which adverts show other keys than in the run before, or keys that say more or less now."""
    kind, key_id = _kinds(linked.keys), linked.keys["key_id"].to_numpy()
    weight = _weights(linked.links)
    changed = before.prints != _prints(len(before.prints), linked.advert, kind[linked.key], key_id[linked.key], weight)
    flipped = _hubs(linked.keys) ^ before.hubs
    if flipped:
        ids_of = pa.array(sorted({key_id for _, key_id in flipped}), pa.int64())
        keys_now = pc.is_in(linked.keys["key_id"], ids_of).to_numpy(zero_copy_only=False)
        changed[linked.advert[keys_now[linked.key]]] = True
    return np.asarray(changed, dtype=np.bool_)


def linked_before(ids: Ints, links: pa.Table, keys: pa.Table) -> LinkedBefore:
    """Return how these adverts, which ascend, were linked; of the tables the columns `LINKS_READ` and `KEYS_READ`."""
    at = places_among(ids, links["advert_id"].to_numpy())
    known = at >= 0
    columns = _kinds(links), links["key_id"].to_numpy(), _weights(links)
    return LinkedBefore(_prints(len(ids), at[known], *(column[known] for column in columns)), _hubs(keys))


def _kinds(table: pa.Table) -> Ints:
    """Return the place of each row's kind among all kinds."""
    kinds: Ints = pc.index_in(table["key_kind"], pa.array(KINDS)).to_numpy().astype(np.int64)
    return kinds


def _weights(links: pa.Table) -> Ints:
    weights: Ints = links["millibits"].to_numpy().astype(np.int64)
    return weights


def _prints(adverts: int, at: Ints, kind: Ints, key_id: Ints, millibits: Ints) -> Prints:
    """Return a number for each advert that stands for all of its links: kinds, keys and weights, in any order."""
    said = (
        key_id.astype(np.uint64) * _MIX + millibits.astype(np.uint64) * np.uint64(len(KINDS)) + kind.astype(np.uint64)
    )
    for _ in range(2):
        said = (said ^ (said >> _SHIFT)) * _MIX
    total = np.zeros(adverts, dtype=np.uint64)
    np.add.at(total, at, said)
    return total


def _hubs(keys: pa.Table) -> set[tuple[str, int]]:
    hubs = keys.select(KEYS_READ).filter(keys["hub"])
    return set(zip(hubs["key_kind"].to_pylist(), hubs["key_id"].to_pylist(), strict=True))
