"""Weights from outcomes: the registry's weights, moved as far as the outcomes carry, never across zero.

A logistic regression whose prior stands at the registry's weights, so that few outcomes move little. Signs that speak
for an operation stay at zero or above, counter-signs at zero or below (monotone); what may not be scored stays at 0.
Outcomes drawn by lot stand for all operations below the line, so they count more than leads (R17).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from felinar.registry import Indicator
from felinar.score.learning.outcomes import Outcome, refuse_too_few

FULL = 1000
STEP = 50  # weights are whole fifties of thousandths: finer would pretend to know
SPREAD = 0.5  # how far, in log-odds, a weight is thought to lie from the registry's; the prior's standard deviation
LEAST_SHOWN = 10  # outcomes that show a sign; below that its weight is not touched
MOST_FOR_ONE = 20  # an outcome drawn by lot stands for at most this many operations
ROUNDS = 2000
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Learned:
    """Weights in thousandths of log-odds by indicator, and the outcomes that each rests on.

    `without_lift` are the signs that were not more frequent where reading was worth it; they should be switched off.
    """

    weights: dict[str, int]
    shown: dict[str, int]
    without_lift: tuple[str, ...]
    outcomes: int


def learn(outcomes: Sequence[Outcome], registry: Mapping[str, Indicator], *, below_the_line: int) -> Learned:
    """Return the learnt weights of all indicators; too few outcomes are an error that says how many are missing.

    `below_the_line` is how many operations of two adverts and more were no leads, for which the lot stands.
    """
    refuse_too_few(outcomes)
    rows = sorted(outcomes, key=lambda outcome: outcome.operation_id)
    shown = {name: sum(outcome.strengths.get(name, 0) > 0 for outcome in rows) for name in sorted(registry)}
    names = [name for name in sorted(registry) if registry[name].weight and shown[name] >= LEAST_SHOWN]
    strengths = np.array([[o.strengths.get(name, 0) / FULL for name in names] for o in rows]).reshape(len(rows), -1)
    worth = np.array([outcome.worth for outcome in rows], dtype=np.float64)
    prior = np.array([registry[name].weight / FULL for name in names], dtype=np.float64)
    explored = max(1, sum(outcome.explored for outcome in rows))
    stands_for = min(MOST_FOR_ONE, max(1.0, below_the_line / explored))
    counts = np.array([stands_for if outcome.explored else 1.0 for outcome in rows], dtype=np.float64)
    fitted = _fitted(strengths, worth, counts * (len(rows) / counts.sum()), prior)
    weights = {name: registry[name].weight for name in sorted(registry)}
    weights |= {name: int(np.round(value * FULL / STEP)) * STEP for name, value in zip(names, fitted, strict=True)}
    return Learned(weights, shown, _without_lift(rows, names, registry), len(rows))


def _fitted(strengths: Floats, worth: Floats, counts: Floats, prior: Floats) -> Floats:
    """Return the most likely weights given the prior, each on its side of zero: projected gradient steps."""
    weights, start = prior.copy(), 0.0
    low, high = np.where(prior > 0, 0.0, -np.inf), np.where(prior < 0, 0.0, np.inf)
    steepness = 0.25 * float((counts[:, None] * np.c_[strengths, np.ones(len(worth))] ** 2).sum()) + 1 / SPREAD**2
    for _ in range(ROUNDS):
        miss = counts * (1 / (1 + np.exp(-(strengths @ weights + start))) - worth)
        slope = strengths.T @ miss + (weights - prior) / SPREAD**2
        weights = np.clip(weights - slope / steepness, low, high)
        start -= float(miss.sum()) / steepness
    return weights


def _without_lift(rows: Sequence[Outcome], names: Sequence[str], registry: Mapping[str, Indicator]) -> tuple[str, ...]:
    """Return the signs that speak for an operation, yet stand no more often where reading was worth it."""
    good = sum(row.worth for row in rows)
    kept = []
    for name in names:
        with_sign = [row.worth for row in rows if row.strengths.get(name, 0) > 0]
        if registry[name].weight > 0 and sum(with_sign) * len(rows) <= good * len(with_sign):
            kept.append(name)
    return tuple(kept)
