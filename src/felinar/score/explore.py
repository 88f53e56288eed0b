"""A few operations from below the line, drawn by lot: without them nobody learns what the list leaves out (R17).

They are no leads and carry no rank. The lot is a hash of the operation and the epoch: the same pile draws the same ones
all through an epoch, nobody can choose, and a new epoch draws anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from felinar.ids import id_of

PER_LEADS = 20  # one for every twenty leads that are read: 5 % of the reading
SEED = "exploration"


def exploration_sample(
    operations: Iterable[tuple[int, int]], listed: Collection[int], *, epoch: int, wanted: int
) -> list[int]:
    """Return the ids of up to `wanted` operations of two adverts and more that are no leads, in the order of their lot.

    `operations` gives (id, adverts) of all operations in any order, `listed` the ids of the leads.
    """
    left_out = set(listed)
    below = (operation for operation, adverts in operations if adverts >= 2 and operation not in left_out)
    return sorted(below, key=lambda operation: (id_of(SEED, epoch, operation), operation))[: max(0, wanted)]


def sample_size(leads: int) -> int:
    """Return how many operations to draw beside that many leads: one in twenty, at least one where there are leads."""
    return -(-leads // PER_LEADS)
