"""Union-find: who is connected with whom."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

Ints = NDArray[np.int64]
SMALL = 3_000


def components(nodes: int, left: Ints, right: Ints) -> Ints:
    """Return the smallest node with which each node is connected, over any number of the pairs (left, right)."""
    parent = np.arange(nodes, dtype=np.int64)
    (unite_all.plain if len(left) < SMALL else unite_all)(parent, left, right)
    return parent


@kernel
def unite_all(parent, left, right):  # type: ignore[no-untyped-def]
    """Connect the pairs; afterwards the parent of each node is the smallest node of its component."""
    for pair in range(len(left)):
        a, b = root_of(parent, left[pair]), root_of(parent, right[pair])
        parent[max(a, b)] = min(a, b)
    for node in range(len(parent)):
        parent[node] = root_of(parent, node)


@kernel
def root_of(parent, node):  # type: ignore[no-untyped-def]
    """Return the root of the node, halving the path on the way."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node
