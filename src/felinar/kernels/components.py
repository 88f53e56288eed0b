"""Connected components by union-find."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

SMALL = 1_000


def components(nodes: int, left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.int64]:
    """Return for each node the smallest node that it is connected with; edge i joins left[i] and right[i]."""
    parent = np.arange(nodes, dtype=np.int64)
    ends = np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64)
    (join.plain if len(left) < SMALL else join)(parent, *ends)
    return parent


@kernel
def root_of(parent, node):  # type: ignore[no-untyped-def]
    """Return the root of the node, halving the path on the way."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@kernel
def join(parent, left, right):  # type: ignore[no-untyped-def]
    """Unite the ends of every edge; afterwards parent[i] is the smallest node of i's component.

    The smaller root always wins, so a node's parent is never larger than the node: one pass in order flattens all.
    """
    for edge in range(len(left)):
        a = root_of(parent, left[edge])
        b = root_of(parent, right[edge])
        if a < b:
            parent[b] = a
        elif b < a:
            parent[a] = b
    for node in range(len(parent)):
        parent[node] = parent[parent[node]]
