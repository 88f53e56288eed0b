"""Weights from outcomes: only from enough of them, never across zero, never for what may not be scored."""

from __future__ import annotations

import random
from typing import Any

import pytest

from felinar.errors import FelinarError
from felinar.score.explain import registry
from felinar.score.learning import Outcome, calibrated, learn, outcomes_from_rows
from felinar.score.stage import weighed

USEFUL, USELESS, AGAINST = "OP_SIMULTANEOUS_CITIES", "OP_MANY_NAMES_PER_CONTACT", "CTR_INDEPENDENT_SIGNS"


def made(seed: int = 1, number: int = 400) -> list[Outcome]:
    """Return outcomes: one sign is useful, one is not, one that speaks against stands where reading was worth it."""
    rng = random.Random(seed)
    outcomes = []
    for operation in range(number):
        worth = rng.random() < 0.4
        strengths = {
            USEFUL: 1000 if rng.random() < (0.7 if worth else 0.1) else 0,
            USELESS: 1000 if rng.random() < (0.2 if worth else 0.5) else 0,
            AGAINST: 1000 if rng.random() < (0.6 if worth else 0.1) else 0,
            "ADV_MOVEMENT": 1000 if worth else 0,
        }
        outcomes.append(Outcome(operation, strengths, worth, explored=operation % 8 == 0))
    return outcomes


def test_a_useful_sign_gains_weight_and_a_useless_one_loses_it() -> None:
    learned = learn(made(), registry(), below_the_line=50)
    assert learned.weights[USEFUL] > registry()[USEFUL].weight
    assert 0 <= learned.weights[USELESS] < registry()[USELESS].weight
    assert learned.without_lift == (USELESS,)
    assert learned.shown[USEFUL] > 50


def test_weights_never_cross_zero_and_what_may_not_be_scored_stays_at_nothing() -> None:
    learned = learn(made(), registry(), below_the_line=50)
    assert learned.weights[AGAINST] <= 0
    for name, known in registry().items():
        assert learned.weights[name] * known.weight >= 0
        if known.weight == 0:
            assert learned.weights[name] == 0
            assert weighed({name: 900})[name].weight == 0


def test_a_sign_that_hardly_any_outcome_shows_keeps_its_weight() -> None:
    learned = learn(made(), registry(), below_the_line=50)
    assert learned.weights["OP_PAYMENT_LINK"] == registry()["OP_PAYMENT_LINK"].weight


def test_the_order_of_the_outcomes_changes_nothing_and_weights_are_whole_fifties() -> None:
    outcomes = made()
    learned = learn(outcomes, registry(), below_the_line=50)
    random.Random(3).shuffle(outcomes)
    assert learn(outcomes, registry(), below_the_line=50) == learned
    assert learned.weights[USEFUL] % 50 == 0


def test_what_was_drawn_by_lot_counts_for_all_that_was_left_out() -> None:
    few, many = (learn(made(), registry(), below_the_line=n).weights[USEFUL] for n in (50, 1000))
    assert few != many


@pytest.mark.parametrize("missing", ["outcomes", "confirmed", "explored"])
def test_too_few_outcomes_are_refused_with_their_counts(missing: str) -> None:
    outcomes = made()
    if missing == "outcomes":
        outcomes = outcomes[:100]
    elif missing == "confirmed":
        outcomes = [o for o in outcomes if not o.worth]
    else:
        outcomes = [Outcome(o.operation_id, o.strengths, o.worth, explored=False) for o in outcomes]
    with pytest.raises(FelinarError, match=r"There are \d+ outcomes: .* drawn by lot"):
        learn(outcomes, registry(), below_the_line=50)


def test_the_last_word_on_an_operation_counts_and_open_ones_are_left_out() -> None:
    rows = [
        {"operation_id": 2, "outcome": "confirmed", "explored": False},
        {"operation_id": 1, "outcome": "reading", "explored": True},
        {"operation_id": 2, "outcome": "harm reported", "explored": False},
        {"operation_id": 3, "outcome": "confirmed", "explored": True},
        {"operation_id": 3, "outcome": "open again", "explored": True},
    ]
    hits = [{"operation_id": 2, "indicator": USEFUL, "share": 700}]
    assert outcomes_from_rows(rows, hits) == [Outcome(2, {USEFUL: 700}, worth=False, explored=False, harm=True)]


def test_the_share_worth_reading_never_falls_with_the_score() -> None:
    rng = random.Random(5)
    read = [(score, rng.random() < score / 4000) for score in (rng.randrange(0, 3000) for _ in range(600))]
    steps = calibrated(read)
    assert len(steps) > 2
    assert sum(step.read for step in steps) == 600
    shares = [step.worth / step.read for step in steps]
    assert shares == sorted(shares)
    assert all(step.read >= 20 for step in steps)
    assert calibrated(read[:100]) == []


def test_learnt_weights_change_the_order_only_where_they_are_given(crew: Any) -> None:
    from felinar.score import score

    tables = crew.tables()
    usual, none, learnt = (score(**tables, weights=w)[1].to_pylist() for w in (None, {}, {"OP_CIRCUIT": 2000}))
    assert usual == none
    assert learnt[0]["score"] > usual[0]["score"]
