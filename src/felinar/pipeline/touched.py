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
