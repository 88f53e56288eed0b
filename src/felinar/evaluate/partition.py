"""How well one grouping of adverts agrees with another: B-cubed, pairwise, adjusted Rand index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Agreement:
    """Precision, recall and their harmonic mean, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


def agreement(precision: float, recall: float) -> Agreement:
    """Return both with their harmonic mean, which is 0 when both are 0."""
    total = precision + recall
    return Agreement(precision, recall, 2 * precision * recall / total if total else 0.0)


@dataclass(frozen=True)
class Table:
    """Counts of adverts by pair of (true group, predicted group); `cell` and `size_*` are aligned with the adverts."""

    pairs: Labels
    cell: Labels
    true_sizes: Labels
    predicted_sizes: Labels
    true: Labels
    predicted: Labels


def contingency(true: Labels, predicted: Labels) -> Table:
    """Return the counts behind every measure here; labels are any integers, one per advert."""
    true = np.unique(true, return_inverse=True)[1].astype(np.int64)
    predicted = np.unique(predicted, return_inverse=True)[1].astype(np.int64)
    width = int(predicted.max()) + 1 if len(predicted) else 1
    pairs, cell, counts = np.unique(true * width + predicted, return_inverse=True, return_counts=True)
    stacked = np.stack([pairs // width, pairs % width, counts]) if len(pairs) else np.zeros((3, 0), np.int64)
    return Table(stacked, cell, np.bincount(true), np.bincount(predicted), true, predicted)


def b_cubed(table: Table, chosen: Bools | None = None) -> Agreement:
    """Return B-cubed precision and recall, the mean over adverts or over the chosen ones (Bagga and Baldwin 1998).

    An advert's precision is the share of its predicted group that truly belongs with it, its recall the share of
    its true group that stands with it. Without adverts both are 1.
    """
    if not len(table.true) or (chosen is not None and not chosen.any()):
        return agreement(1.0, 1.0)
    together = table.pairs[2][table.cell]
    precision: Floats = together / table.predicted_sizes[table.predicted]
    recall: Floats = together / table.true_sizes[table.true]
    if chosen is not None:
        precision, recall = precision[chosen], recall[chosen]
    return agreement(float(precision.mean()), float(recall.mean()))


def _pairs_within(sizes: Labels) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def pairwise(table: Table) -> Agreement:
    """Return precision and recall over pairs of adverts that stand together; without such pairs the measure is 1."""
    both, true, predicted = _three(table)
    return agreement(both / predicted if predicted else 1.0, both / true if true else 1.0)


def adjusted_rand(table: Table) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985): 1 for equal groupings, near 0 for unrelated ones."""
    both, true, predicted = _three(table)
    every = _pairs_within(np.array([len(table.true)], dtype=np.int64))
    if not every:
        return 1.0
    expected = true * predicted / every
    most = (true + predicted) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _three(table: Table) -> tuple[int, int, int]:
    return _pairs_within(table.pairs[2]), _pairs_within(table.true_sizes), _pairs_within(table.predicted_sizes)


def largest_false_component(table: Table) -> tuple[int, int]:
    """Return the most adverts that a predicted group holds besides its largest true one; the largest group's size."""
    if not len(table.true):
        return 0, 0
    majority = np.zeros(len(table.predicted_sizes), dtype=np.int64)
    np.maximum.at(majority, table.pairs[1], table.pairs[2])
    return int((table.predicted_sizes - majority).max()), int(table.predicted_sizes.max())
