"""Lay out what ties an operation: a node for each key, an edge where adverts show both. Numbers for an SVG, no drawing.

Adverts are no nodes: an operation of a thousand adverts and ten contacts is a picture of ten nodes. Hubs tie nothing;
they stand apart, below the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from felinar.export.labels import Label, Spot, place
from felinar.export.spread import Frame, spread

WIDTH, LETTERS = 1000, 15
MOST_NODES, MOST_HUBS, MOST_EDGES = 48, 12, 120
_SIDE, _TOP, _HUB_ROW = 90, 50, 80  # room for names at the edges; height of the row of hubs


@dataclass(frozen=True)
class Tie:
    """A key as it goes into the picture: its number, name, how many of the adverts show it, and what marks it."""

    number: int
    name: str
    adverts: int
    hub: bool = False
    weakest: bool = False


@dataclass(frozen=True)
class Node:
    """A key in the picture; `label` is None where its name has no room."""

    tie: Tie
    x: int
    y: int
    radius: float
    label: Label | None


@dataclass(frozen=True)
class Edge:
    """Two nodes (by their places in the list) and how many adverts show both; width 1 to 4."""

    start: int
    end: int
    adverts: int
    width: int


@dataclass(frozen=True)
class Network:
    """Everything that the drawing needs; `more` nodes are not drawn."""

    width: int
    height: int
    letters: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: int


def network(ties: Sequence[Tie], shown: Iterable[tuple[int, int]]) -> Network | None:
    """Return the layout of these keys over (advert, key number) pairs; None for fewer than two keys."""
    drawn = chosen(ties)
    if len(drawn) < 2:
        return None
    kept, hubs = ([tie for tie in drawn if tie.hub is hub] for hub in (False, True))
    edges = _edges(kept, shown)
    height = _height(len(kept))
    pairs = [(edge.start, edge.end) for edge in edges]
    points = [
        *spread(len(kept), pairs, Frame(_SIDE, _TOP, WIDTH - _SIDE, height - _TOP)),
        *_row(len(hubs), height + _HUB_ROW // 2),
    ]
    spots = [Spot(x, y, _radius(tie), tie.name) for tie, (x, y) in zip(drawn, points, strict=True)]
    below = height + (_HUB_ROW if hubs else 0)
    labels = place(spots, WIDTH, below, LETTERS)
    nodes = tuple(
        Node(tie, int(spot.x), int(spot.y), spot.radius, label)
        for tie, spot, label in zip(drawn, spots, labels, strict=True)
    )
    return Network(WIDTH, below, LETTERS, nodes, edges, len(ties) - len(drawn))


def chosen(ties: Iterable[Tie]) -> list[Tie]:
    """Return the keys that are drawn: the 48 on most adverts, those of the weakest link first, and twelve hubs."""
    order = sorted(ties, key=lambda t: (not t.weakest, -t.adverts, t.number))
    kept, hubs = ([tie for tie in order if tie.hub is hub] for hub in (False, True))
    return kept[:MOST_NODES] + hubs[:MOST_HUBS]


def _radius(tie: Tie) -> float:
    return round(min(24.0, 8 + 1.6 * sqrt(tie.adverts)), 1)


def _height(nodes: int) -> int:
    return min(620, 200 + 12 * nodes)


def _edges(kept: Sequence[Tie], shown: Iterable[tuple[int, int]]) -> tuple[Edge, ...]:
    """Return which keys stand on the same adverts: those that hold the picture together first, then the strongest."""
    at = {tie.number: number for number, tie in enumerate(kept)}
    by_advert: dict[int, set[int]] = {}
    for advert_id, key_no in shown:
        if key_no in at:
            by_advert.setdefault(advert_id, set()).add(at[key_no])
    counts = Counter(pair for nodes in by_advert.values() for pair in combinations(sorted(nodes), 2))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    holding = _forest(len(kept), [pair for pair, _ in ranked])
    chosen = sorted(ranked, key=lambda item: item[0] not in holding)[:MOST_EDGES]
    return tuple(Edge(start, end, adverts, min(4, adverts.bit_length())) for (start, end), adverts in sorted(chosen))


def _forest(nodes: int, pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs that join what no earlier pair had joined."""
    parent = list(range(nodes))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    joining = set()
    for pair in pairs:
        one, other = map(root, pair)
        if one != other:
            parent[other] = one
            joining.add(pair)
    return joining


def _row(count: int, y: int) -> list[tuple[float, float]]:
    return [(_SIDE + (WIDTH - 2 * _SIDE) * (number + 0.5) / count, float(y)) for number in range(count)]
