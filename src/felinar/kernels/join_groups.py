"""Join groups of adverts in the order of their evidence, as far as the evidence outweighs how thin the bridge is."""

from __future__ import annotations

from felinar.kernels.compile import kernel
from felinar.kernels.components import root_of

SMALL = 500


@kernel
def join_in_order(parent, size, left, right, shown_left, shown_right, need, apart_a, apart_b, joined, child):  # type: ignore[no-untyped-def]
    """Unite left[i] and right[i] in order where need[i] (how many times the bridge may be diluted) allows it.

    A bridge is shown by shown_left[i] of the adverts on one side and shown_right[i] on the other; the dilution is
    (size left / shown left) x (size right / shown right). Sets joined[i], and child[i] to the root that gave way.
    A union that would put both ends of an `apart` pair into one group is refused.
    """
    for i in range(len(left)):
        a = root_of(parent, left[i])
        b = root_of(parent, right[i])
        if a == b:
            continue
        # In floats: the products of very large groups would not fit 64 bits.
        if float(size[a]) * size[b] > float(need[i]) * shown_left[i] * shown_right[i]:
            continue
        refused = False
        for j in range(len(apart_a)):
            x = root_of(parent, apart_a[j])
            y = root_of(parent, apart_b[j])
            if (x == a and y == b) or (x == b and y == a):
                refused = True
                break
        if refused:
            continue
        low = min(a, b)
        high = max(a, b)
        parent[high] = low
        size[low] += size[high]
        joined[i] = True
        child[i] = high
