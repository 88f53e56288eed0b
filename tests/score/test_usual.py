"""What an epoch froze: an operation that nothing touched is scored by it as it was, whatever else came in."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.score import score
from felinar.score.again import with_untouched
from felinar.score.counting import median
from felinar.score.usual import LEAST_PEERS, Usual, usual_of_size

TOWNS = ("Leeds, GB", "Hull, GB", "York, GB", "Lyon, FR")
SIGNS = ("ADV_THIRD_PERSON", "ADV_MOVEMENT", "JOB_FEE", "CTR_REGULAR_JOB", "ADV_ALWAYS_AVAILABLE")


def fill(pile: Any, seed: int) -> None:
    """Add operations that share texts, pictures and contacts only inside themselves."""
    draw = random.Random(seed)
    for operation in range(1, 50):
        for _ in range(draw.randrange(1, 9)):
            mine = [f"{operation}-{n}" for n in range(3)]
            pile.advert(
                operation,
                day=draw.choice((None, draw.randrange(90), draw.random() * 3)),
                job=draw.random() < 0.3,
                name=draw.sample(["ana", "bea", "cora", "dina"], draw.randrange(3)),
                place=draw.sample(TOWNS, draw.randrange(2)),
                price=draw.sample(["80 EUR", "90 EUR", "1900 EUR month", "9000 EUR month"], draw.randrange(2)),
                phone=[f"+4477009{operation:02d}{number[-1]}00" for number in draw.sample(mine, draw.randrange(3))],
                near_duplicate=draw.sample(mine, draw.randrange(2)),
                picture=draw.sample(mine, draw.randrange(2)),
                phrase=draw.sample(SIGNS, draw.randrange(3)),
                site=f"{draw.randrange(4)}.example",
                place_text=draw.choice(("", "Mill Lane 4", f"Hill Road {operation % 3}")),
                body="x" * draw.choice((40, 400)),
                obscured=draw.random() < 0.3,
            )


def of(tables: dict[str, pa.Table], operations: list[int]) -> dict[str, pa.Table]:
    """Return the rows of the adverts of these operations."""
    held = pc.is_in(tables["memberships"]["operation_id"], pa.array(operations, pa.int64()))
    ids = tables["memberships"].filter(held)["advert_id"].combine_chunks()
    by_advert = ("adverts", "mentions", "links", "memberships")
    return tables | {name: tables[name].filter(pc.is_in(tables[name]["advert_id"], ids)) for name in by_advert}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), again=st.sets(st.integers(1, 49), max_size=30))
def test_some_operations_scored_again_beside_the_others_give_what_all_together_give(
    pile: Any, seed: int, again: set[int]
) -> None:
    pile.__init__()
    fill(pile, seed)
    tables, begun = pile.tables(), Usual()
    before = score(**tables, usual=begun)
    frozen = Usual.of_table(begun.table(), np.sort(tables["adverts"]["advert_id"].to_numpy()))
    assert frozen.numbers == {rule: dict(numbers) for rule, numbers in begun.numbers.items() if numbers}
    part = score(**of(tables, sorted(again)), usual=frozen)
    told = with_untouched(*part, before=before, again=pa.array(sorted(again), pa.int64()))
    assert [table.to_pylist() for table in told] == [table.to_pylist() for table in before]
    assert before[0].num_rows > 50


def test_what_comes_in_later_changes_no_reason_of_what_stood_before(pile: Any) -> None:
    for operation in range(1, 31):
        for day in range(3):
            signs = ["ADV_THIRD_PERSON"] if operation < 4 else []
            pile.advert(operation, day=day, phone=[f"+44770090{operation:04d}"], site="a.example", phrase=signs)
    begun = Usual()
    before = score(**pile.tables(), usual=begun)[0].to_pylist()
    frozen = Usual.of_table(begun.table(), np.arange(1, 91))
    for operation in range(31, 61):
        for day in range(3):
            pile.advert(operation, day=day, phone=[f"+44770091{operation:04d}"], site="a.example", phrase=SIGNS[:1])
    after = score(**pile.tables(), usual=frozen)[0].to_pylist()
    assert [hit for hit in after if hit["operation_id"] < 31] == before != []
    assert [hit for hit in score(**pile.tables())[0].to_pylist() if hit["operation_id"] < 31] != before


def test_an_operation_that_grew_is_compared_with_the_others_that_were_counted(pile: Any) -> None:
    for operation in range(1, 11):
        for day in range(2):
            pile.advert(operation, day=day, site="a.example", phrase=["ADV_THIRD_PERSON"] if operation == 1 else [])
    begun = Usual()
    score(**pile.tables(), usual=begun)
    for day in range(30):
        pile.advert(1, day=day, site="a.example", phrase=["ADV_THIRD_PERSON"])
    hits = score(**pile.tables(), usual=Usual.of_table(begun.table(), np.arange(1, 21)))[0].to_pylist()
    [evidence] = [hit["evidence"] for hit in hits if hit["indicator"] == "ADV_THIRD_PERSON"]
    assert '"usual":0' in evidence and '"sites":0' in evidence


UNITS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=90)


@given(UNITS)
def test_what_is_usual_for_a_size_is_the_middle_of_its_peers(units: list[Any]) -> None:
    number, size = (np.array(column, dtype=np.int64) for column in (zip(*units, strict=True) if units else ((), ())))
    told = usual_of_size(Usual(), "x", number, size, size > 0, least=1)
    for at, (_, mine) in enumerate(units):
        peers = [n for n, s in units if s and s.bit_length() == mine.bit_length()]
        expected = max(1, median(np.array(peers))) if mine and len(peers) >= LEAST_PEERS else 1
        assert told[at] == expected
