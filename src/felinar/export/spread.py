"""Spread the nodes of a network over a picture so that as many steps lie between them as edges do.

Stress majorization (Gansner, Koren and North 2004) from a fixed start: the same network gives the same picture, and a
little more of it moves nothing far.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_ROUNDS, _NEAREST = 40, 44  # of the layout; units between two nodes

Floats = npt.NDArray[np.float64]


class Frame(NamedTuple):
    """Where nodes may stand."""

    left: float
    top: float
    right: float
    bottom: float


def spread(count: int, pairs: Iterable[tuple[int, int]], frame: Frame) -> list[tuple[float, float]]:
    """Return a place within the frame for each node, in whole units; `pairs` are the nodes that an edge joins."""
    low, high = np.array(frame[:2]), np.array(frame[2:])
    if count < 2:
        return [tuple((low + high) / 2)] * count
    wanted = _steps(count, pairs)
    angle = np.arange(count) * 2.399963  # the golden angle: no two nodes begin in one line
    points = np.sqrt(np.arange(count) + 0.5)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    for _ in range(_ROUNDS):
        points = _nearer(points, wanted)
    first, last = points.min(axis=0), points.max(axis=0)
    drawn = (points - first) / np.maximum(last - first, 1e-9) * (high - low) + low
    drawn = _apart(drawn, low, high)
    return [(float(x), float(y)) for x, y in np.rint(drawn)]


def _steps(count: int, pairs: Iterable[tuple[int, int]]) -> Floats:
    """Return how many edges lie between any two nodes; parts that nothing joins stand a little further apart."""
    near = np.eye(count, dtype=bool)
    for one, other in pairs:
        near[one, other] = near[other, one] = True
    reached, steps = np.eye(count, dtype=bool), np.full((count, count), np.inf)
    for distance in range(count):
        steps[reached & np.isinf(steps)] = distance
        further = (reached.astype(np.int64) @ near.astype(np.int64)) > 0
        if (further == reached).all():
            break
        reached = further
    farthest = steps[np.isfinite(steps)].max()
    return np.where(np.isinf(steps), farthest + 1, steps)


def _nearer(points: Floats, wanted: Floats) -> Floats:
    """Return the points after one round: each goes to the mean of where the others want it, near ones counting more."""
    apart = points[:, None, :] - points[None, :, :]
    distance = np.hypot(apart[:, :, 0], apart[:, :, 1])
    np.fill_diagonal(distance, 1.0)
    weight = 1 / np.maximum(wanted, 1.0) ** 2
    np.fill_diagonal(weight, 0.0)
    pull = points[None, :, :] + apart * (wanted / np.maximum(distance, 1e-9))[:, :, None]
    moved: Floats = (pull * weight[:, :, None]).sum(axis=1) / weight.sum(axis=1)[:, None]
    return moved


def _apart(points: Floats, low: Floats, high: Floats) -> Floats:
    """Return the points pushed away from each other until none is nearer than a node is wide, within the picture."""
    for _ in range(_ROUNDS):
        apart = points[:, None, :] - points[None, :, :]
        distance = np.hypot(apart[:, :, 0], apart[:, :, 1])
        np.fill_diagonal(distance, np.inf)
        short = np.maximum(_NEAREST - distance, 0.0)
        if not short.any():
            break
        push = apart / np.maximum(distance, 1e-9)[:, :, None] * short[:, :, None] / 2
        points = np.clip(points + push.sum(axis=1), low, high)
    return points
