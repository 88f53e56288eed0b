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

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.components import components
from felinar.link.shown import KINDS
from felinar.link.stage import Linked

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
LINKS_READ = ("advert_id", "key_kind", "key_id", "millibits")
KEYS_READ = ("key_kind", "key_id", "hub")
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying by it loses nothing
_SHIFT = np.uint64(29)


def touched(ids: Ints, linked: Linked, seeds: Bools, memberships: pa.Table, same: Ints) -> Bools:
    """Return which adverts (by their place among the sorted ids) are tied to a seed; the seeds are among them.

    `memberships` are those of the run before; `same` are pairs of places of adverts that are judged to be the same.
    """
    linking = ~linked.keys["hub"].to_numpy()[linked.key]
    operation = pc.dictionary_encode(memberships["operation_id"]).combine_chunks().indices.to_numpy().astype(np.int64)
    member, known = places(ids, memberships["advert_id"].to_numpy())
    first_operation = len(ids) + linked.keys.num_rows
    left = [linked.advert[linking], member[known], same[:, 0]]
    right = [len(ids) + linked.key[linking], first_operation + operation[known], same[:, 1]]
    nodes = first_operation + int(operation.max(initial=-1)) + 1
    component = components(nodes, np.concatenate(left), np.concatenate(right))[: len(ids)]
    is_touched = np.zeros(nodes, dtype=np.bool_)
    is_touched[component[seeds]] = True
    return np.asarray(is_touched[component], dtype=np.bool_)


def linked_otherwise(ids: Ints, linked: Linked, links: pa.Table, keys: pa.Table) -> Bools:
    """Return which adverts show other keys than in the run before, or keys that say more or less now.

    `links` and `keys` are the columns `LINKS_READ` and `KEYS_READ` of that run.
    """
    now = _print_of(ids, linked.links)
    changed = now != _print_of(ids, links)
    flipped = _hubs(linked.keys) ^ _hubs(keys)
    if flipped:
        ids_of = pa.array(sorted({key_id for _, key_id in flipped}), pa.int64())
        keys_now = pc.is_in(linked.keys["key_id"], ids_of).to_numpy(zero_copy_only=False)
        changed[linked.advert[keys_now[linked.key]]] = True
    return np.asarray(changed, dtype=np.bool_)


def places(ids: Ints, wanted: Ints) -> tuple[Ints, Bools]:
    """Return where each wanted id stands among the sorted ids, and whether it is there at all."""
    if not len(ids):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return at, ids[at] == wanted


def _print_of(ids: Ints, links: pa.Table) -> npt.NDArray[np.uint64]:
    """Return a number for each advert that stands for all of its links: their kinds, keys and weights, in any order."""
    kind = pc.index_in(links["key_kind"], pa.array(KINDS)).to_numpy().astype(np.uint64)
    weight = links["millibits"].to_numpy().astype(np.uint64)
    said = links["key_id"].to_numpy().astype(np.uint64) * _MIX + weight * np.uint64(len(KINDS)) + kind
    for _ in range(2):
        said = (said ^ (said >> _SHIFT)) * _MIX
    at, known = places(ids, links["advert_id"].to_numpy())
    total = np.zeros(len(ids), dtype=np.uint64)
    np.add.at(total, at[known], said[known])
    return total


def _hubs(keys: pa.Table) -> set[tuple[str, int]]:
    hubs = keys.select(KEYS_READ).filter(keys["hub"])
    return set(zip(hubs["key_kind"].to_pylist(), hubs["key_id"].to_pylist(), strict=True))
