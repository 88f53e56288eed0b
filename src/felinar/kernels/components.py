"""Union-find: who is connected with whom."""

from __future__ import annotations

from felinar.kernels.compile import kernel


@kernel
def root_of(parent, node):  # type: ignore[no-untyped-def]
    """Return the root of the node, halving the path on the way."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node
