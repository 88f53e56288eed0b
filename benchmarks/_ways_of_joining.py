"""Ways to make operations of weighted links between adverts and keys, hubs left out: what `joining.py` compares.

Every way takes (adverts, advert, key, millibits), one row a link, and returns a label per advert.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from felinar.kernels.components import components
from felinar.resolve.join import LEAST_MILLIBITS, join

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]
Way = Callable[[int, Ints, Ints, Ints], Ints]

# Under keys of more groups than this not all pairs of groups are tried, but each with its neighbours in the row.
MOST_PAIRS = 30
BEYOND = 3


def by_bits(adverts: int, advert: Ints, key: Ints, bits: Ints) -> Ints:
    """Felinar: bits of the distinct shared keys, less what the bridge is diluted by."""
    none = np.zeros((0, 2), np.int64)
    return join(adverts, advert, key, bits, together=none, apart=none)[0]


def connected(adverts: int, advert: Ints, key: Ints, bits: Ints) -> Ints:
    """Connected components over all links that weigh 5 bits or more."""
    strong = bits >= LEAST_MILLIBITS
    return components(adverts + int(key.max(initial=0)) + 1, advert[strong], adverts + key[strong])[:adverts]


def average_linkage(least_millibits: int) -> Way:
    """Average linkage: the two nearest groups join while their adverts share so many bits on average.

    The average over all pairs of adverts is a sum over the keys of bits x share of A x share of B, so no pair of
    adverts is ever written out. Mutual nearest neighbours join at the same time, which changes nothing in the result.
    """

    def way(adverts: int, advert: Ints, key: Ints, bits: Ints) -> Ints:
        label = np.arange(adverts)
        while True:
            size = np.bincount(label, minlength=adverts)
            left, right, average = _averages(label[advert], key, bits, size)
            keep = average >= least_millibits
            left, right, average = left[keep], right[keep], average[keep]
            order = np.lexsort((right, left, -average))
            best = np.full(adverts, -1)
            for side, other in ((left, right), (right, left)):
                best = _first(best, side[order], other[order], order)
            mutual = np.flatnonzero(best[left] == best[right])
            mutual = mutual[(best[left[mutual]] == np.argsort(order)[mutual])]
            if not len(mutual):
                return label
            label = components(adverts, left[mutual], right[mutual])[label]

    return way


def _first(best: Ints, side: Ints, other: Ints, order: Ints) -> Ints:
    """Return for each group the place of its best pair so far in the common order; -1 for none."""
    place = np.arange(len(side))
    found = np.full(len(best), len(side))
    np.minimum.at(found, side, place)
    found = np.where(best >= 0, np.minimum(found, best), found)
    return np.where(found < len(side), found, -1)


def _averages(group: Ints, key: Ints, bits: Ints, size: Ints) -> tuple[Ints, Ints, np.ndarray]:
    """Return pairs of groups that share a key and the mean millibits that their adverts share."""
    cells, of_row, shown = np.unique(key * len(size) + group, return_inverse=True, return_counts=True)
    weight = np.zeros(len(cells), np.int64)
    np.maximum.at(weight, of_row, bits)
    cell_key, cell_group = cells // len(size), cells % len(size)
    start = np.searchsorted(cell_key, cell_key)
    count = np.searchsorted(cell_key, cell_key, side="right") - start
    place = np.arange(len(cells)) - start
    first, second = [], []
    for step in range(1, MOST_PAIRS):
        rows = np.flatnonzero((place >= step) & ((count <= MOST_PAIRS) | (step <= BEYOND)))
        first.append(rows - step)
        second.append(rows)
    one, other = np.concatenate(first), np.concatenate(second)
    said = np.minimum(weight[one], weight[other]) * (shown[one] / size[cell_group[one]])
    said = said * (shown[other] / size[cell_group[other]])
    pairs, of_pair = np.unique(cell_group[one] * len(size) + cell_group[other], return_inverse=True)
    return pairs // len(size), pairs % len(size), np.bincount(of_pair, weights=said, minlength=len(pairs))


def bridges_cut(adverts: int, advert: Ints, key: Ints, bits: Ints) -> Ints:
    """Components, then bridges (single links that alone hold two parts) are cut where they say too little.

    A bridge of w bits between parts of m and n adverts holds when w - 5 >= log2 of the smaller part: the rule of
    felinar's dilution, for a cut instead of a join. Repeated until nothing is cut.
    """
    import igraph

    alive = bits >= LEAST_MILLIBITS
    while True:
        graph = igraph.Graph(
            adverts + int(key.max(initial=0)) + 1, list(zip(advert[alive], adverts + key[alive], strict=True))
        )
        cut = np.array(graph.bridges(), dtype=np.int64)
        rows = np.flatnonzero(alive)[cut]
        smaller = _smaller_sides(graph, cut, adverts)
        thin = rows[(smaller >= 2) & ((bits[rows] - LEAST_MILLIBITS) / 1000 < np.log2(np.maximum(smaller, 1)))]
        if not len(thin):
            return components(graph.vcount(), advert[alive], adverts + key[alive])[:adverts]
        alive[thin] = False


def _smaller_sides(graph: object, cut: Ints, adverts: int) -> Ints:
    """Return how many adverts the smaller side of each bridge holds, by sizes in the tree of blocks and bridges."""
    whole, parts = graph.connected_components().membership, graph.copy()  # type: ignore[attr-defined]
    parts.delete_edges(cut)
    block = np.array(parts.connected_components().membership)
    blocks = int(block.max()) + 1
    held = np.bincount(block[:adverts], minlength=blocks)
    total = np.bincount(np.array(whole)[:adverts], minlength=int(max(whole)) + 1)
    ends = [(block[graph.es[e].source], block[graph.es[e].target]) for e in cut]  # type: ignore[attr-defined]
    beside: list[list[tuple[int, int]]] = [[] for _ in range(blocks)]
    for number, (a, b) in enumerate(ends):
        beside[a].append((b, number))
        beside[b].append((a, number))
    below, side, seen = held.copy(), np.zeros(len(cut), np.int64), np.zeros(blocks, bool)
    for root in range(blocks):
        if seen[root]:
            continue
        seen[root], order, at = True, [(root, -1, -1)], 0
        while at < len(order):
            node, _, _ = order[at]
            at += 1
            for other, number in beside[node]:
                if not seen[other]:
                    seen[other] = True
                    order.append((other, node, number))
        for node, above, number in reversed(order):
            if above >= 0:
                below[above] += below[node]
                side[number] = below[node]
    of_block = np.zeros(blocks, np.int64)
    of_block[block] = np.array(whole)
    everything = total[of_block[[a for a, _ in ends]]] if len(cut) else side
    return np.minimum(side, everything - side)


def leiden(resolution: float) -> Way:
    """Leiden communities (Traag 2019) of the bipartite graph, constant Potts model, links weighed by their bits."""

    def way(adverts: int, advert: Ints, key: Ints, bits: Ints) -> Ints:
        import igraph
        import leidenalg

        strong = bits > 0
        edges = list(zip(advert[strong], adverts + key[strong], strict=True))
        graph = igraph.Graph(adverts + int(key.max(initial=0)) + 1, edges)
        found = leidenalg.find_partition(
            graph, leidenalg.CPMVertexPartition, weights=(bits[strong] / 1000).tolist(),
            resolution_parameter=resolution, seed=1, n_iterations=4,
        )  # fmt: skip
        return np.array(found.membership)[:adverts]

    return way


WAYS: dict[str, Way] = {
    "connected components": connected,
    "felinar: bits less dilution": by_bits,
    "bridges cut": bridges_cut,
    **{f"average linkage, {bits} bits": average_linkage(int(1000 * bits)) for bits in (0.5, 1, 2, 4)},
    **{f"Leiden, resolution {r}": leiden(r) for r in (0.01, 0.05, 0.2, 1.0)},
}
