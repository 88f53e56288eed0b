"""Join groups of adverts in the order of their evidence, as far as the evidence outweighs how thin the bridge is.

Sides: every judgement "different" has two of them, numbered 2j and 2j + 1. A group carries the sides of its adverts as
a chain, each side once, so that asking whether two groups may meet costs their judgements, not their adverts.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.components import root_of

SMALL = 500
END = -1
UNTOUCHED, MIXED = -2, -1  # instead of the key that all adverts of a group show


@kernel
def join_in_order(  # type: ignore[no-untyped-def]
    parent, size, left, right, shown_left, shown_right, need, need_of_one, whole, judged, side, state, joined, child
):
    """Unite left[i] and right[i] in order where need[i] (how many times the bridge may be diluted) allows it;
    need_of_one[i] while one of the two is still a single advert.

    A bridge is shown by shown_left[i] of the adverts on one side and shown_right[i] on the other; the dilution is
    (size left / shown left) x (size right / shown right). Where all adverts of both show the key whole[i] (-1: none),
    and both have grown in this round by groups of that kind only, nothing is diluted. `state` is UNTOUCHED at first.

    Sets joined[i], and child[i] to the root that gave way. Advert judged[j] stands on side[j]; a union that would put
    both sides of a judgement into one group is refused.
    """
    first = np.full(len(parent), END, dtype=np.int64)
    after = np.full(len(judged), END, dtype=np.int64)
    for row in range(len(judged)):
        add_side(first, after, side, root_of(parent, judged[row]), row)
    for i in range(len(left)):
        a = root_of(parent, left[i])
        b = root_of(parent, right[i])
        if a == b:
            continue
        key = whole[i]
        undiluted = (
            key >= 0 and (state[a] == UNTOUCHED or state[a] == key) and (state[b] == UNTOUCHED or state[b] == key)
        )
        allowed = need_of_one[i] if min(size[a], size[b]) == 1 else need[i]
        # In floats: the products of very large groups would not fit 64 bits.
        if not undiluted and float(size[a]) * size[b] > allowed * shown_left[i] * shown_right[i]:
            continue
        if opposed(first, after, side, a, b):
            continue
        low = min(a, b)
        high = max(a, b)
        parent[high] = low
        size[low] += size[high]
        state[low] = key if undiluted else MIXED
        row = first[high]
        while row != END:
            following = after[row]
            add_side(first, after, side, low, row)
            row = following
        joined[i] = True
        child[i] = high


@kernel
def add_side(first, after, side, group, row):  # type: ignore[no-untyped-def]
    """Put a row at the head of the group's chain, unless the chain holds its side already."""
    other = first[group]
    while other != END:
        if side[other] == side[row]:
            return
        other = after[other]
    after[row] = first[group]
    first[group] = row


@kernel
def opposed(first, after, side, a, b):  # type: ignore[no-untyped-def]
    """Return whether the groups hold the two sides of one judgement."""
    mine = first[a]
    while mine != END:
        theirs = first[b]
        while theirs != END:
            if side[mine] ^ side[theirs] == 1:
                return True
            theirs = after[theirs]
        mine = after[mine]
    return False
