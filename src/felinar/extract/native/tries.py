"""Alternatives of patterns as tries over their first letters: how the choices of `native/patterns.py` are stored."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# An edge for one to three blanks (`\s{1,3}`), where no plain blank leads on from the same node.
BLANKS = 0x110000
_STEP, _SPREAD = 0x9E3779B97F4A7C15, 40


class Tries:
    """Nodes from 1 on; `ends[node]` lists the alternatives that end there as (rank, line to go on with)."""

    def __init__(self) -> None:
        self.edges: dict[tuple[int, int], int] = {}
        self.ends: list[list[tuple[int, int]]] = [[]]

    def walk(self, root: int, parts: list[Any]) -> tuple[int, list[Any]]:
        """Walk, or grow, the trie along the letters with which an alternative begins; return where, and the rest."""
        node = root
        for i, (name, value) in enumerate(parts):
            if str(name) == "LITERAL":
                node = self._child(node, value)
            elif _is_blanks(name, value) and i + 1 < len(parts) and is_letter(*parts[i + 1]):
                node = self._child(node, BLANKS)
            else:
                return node, parts[i:]
        return node, []

    def _child(self, node: int, code: int) -> int:
        if (node, code) not in self.edges:
            if code in (BLANKS, 32) and (node, 32 if code == BLANKS else BLANKS) in self.edges:
                raise ValueError("the machine cannot tell a blank and blanks in one place")
            self.edges[node, code] = self.root()
        return self.edges[node, code]

    def root(self) -> int:
        """Return a new node."""
        self.ends.append([])
        return len(self.ends) - 1

    def fitting(self) -> dict[int, int]:
        """Return how many alternatives of the choice with each root may fit at once."""
        fitting = dict.fromkeys(range(1, len(self.ends)), 0)
        root_of = {node: node for node in fitting}
        above = dict.fromkeys(fitting, 0)
        for (node, _), child in self.edges.items():  # a node is made before those that follow it
            root_of[child] = root_of[node]
            above[child] = above[node] + len(self.ends[node])
        for node in fitting:
            fitting[root_of[node]] = max(fitting[root_of[node]], above[node] + len(self.ends[node]))
        return fitting

    def slots(self, first: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the edges as a hash table; the choices that end in node n are written at `first[n]`."""
        size = 1 << max(3, (2 * len(self.edges)).bit_length())
        slots = np.full((size, 5), -1, dtype=np.int64)
        for (node, code), child in self.edges.items():
            slot = ((node << 21 | code) * _STEP % (1 << 64) >> _SPREAD) % size
            while slots[slot, 0] >= 0:
                slot = (slot + 1) % size
            slots[slot] = node, code, child, first[child], len(self.ends[child])
        return slots


def flat_alternatives(value: Any) -> list[list[Any]]:
    """Return the alternatives of a choice; a choice that is all of an alternative gives its own, in its place."""
    found: list[list[Any]] = []
    for alternative in value[1]:
        parts = list(alternative)
        while len(parts) == 1 and str(parts[0][0]) == "SUBPATTERN" and parts[0][1][0] is None:
            parts = list(parts[0][1][3])
        if len(parts) == 1 and str(parts[0][0]) == "BRANCH":
            found += flat_alternatives(parts[0][1])
        else:
            found.append(parts)
    return found


def _is_blanks(name: Any, value: Any) -> bool:
    return str(name) == "MAX_REPEAT" and repr(value) == "(1, 3, [(IN, [(CATEGORY, CATEGORY_SPACE)])])"


def is_letter(name: Any, value: Any) -> bool:
    """Return whether a part of a pattern is one plain character, no blank."""
    return str(name) == "LITERAL" and not chr(value).isspace()
