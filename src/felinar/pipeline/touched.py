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
from felinar.kernels.sorting import places_among
from felinar.link.stage import Linked

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def touched(ids: Ints, linked: Linked, seeds: Bools, memberships: pa.Table, same: Ints) -> Bools:
    """Return which adverts (by their place among the sorted ids) are tied to a seed; the seeds are among them.

    `memberships` are those of the run before; `same` are pairs of places of adverts that are judged to be the same.
    """
    keys = linked.keys.num_rows
    ties = ~linked.keys["hub"].to_numpy() & (np.bincount(linked.key, minlength=keys) > 1)
    linking = np.flatnonzero(ties[linked.key])
    node = _nodes(ids, memberships)
    nodes = int(node.max(initial=-1)) + 1
    left, right = [node[linked.advert[linking]], node[same[:, 0]]], [nodes + linked.key[linking], node[same[:, 1]]]
    component = components(nodes + keys, np.concatenate(left), np.concatenate(right))[node]
    is_touched = np.zeros(nodes + keys, dtype=np.bool_)
    is_touched[component[seeds]] = True
    return np.asarray(is_touched[component], dtype=np.bool_)


def _nodes(ids: Ints, memberships: pa.Table) -> Ints:
    """Return a number for each advert: one for all of an operation of the run before, one of its own for each other."""
    operation = pc.dictionary_encode(memberships["operation_id"]).combine_chunks().indices.to_numpy().astype(np.int64)
    member = places_among(ids, memberships["advert_id"].to_numpy())
    node = np.full(len(ids), -1, dtype=np.int64)
    node[member[member >= 0]] = operation[member >= 0]
    alone = np.flatnonzero(node < 0)
    node[alone] = int(operation.max(initial=-1)) + 1 + np.arange(len(alone))
    return node
