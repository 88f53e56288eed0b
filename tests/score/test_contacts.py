"""Numbers read with another prefix, and contacts that were seen once: the fast moves against loops."""

from __future__ import annotations

import tracemalloc
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from felinar.score.contacts import SAME_END, one_per_number, repeated
from felinar.score.counting import Ties, distinct

VALUES = ["+497700900123", "+447700900123", "+447700900456", "calm_bird", "7700900456"]
KINDS = ("phone", "phone", "phone", "handle", "handle")
PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 4)), min_size=1, max_size=30)
OPERATIONS = st.lists(st.integers(0, 3), min_size=8, max_size=8)


def _ties(pairs: list[tuple[int, int]]) -> Ties:
    rows = np.array(pairs, dtype=np.int64)
    return Ties(*distinct(rows[:, 0], rows[:, 1]), VALUES, KINDS)


def _end(code: int) -> str:
    return VALUES[code][-SAME_END:]


@given(PAIRS, OPERATIONS)
def test_numbers_of_one_operation_that_end_alike_become_the_commonest(
    pairs: list[tuple[int, int]], operations: list[int]
) -> None:
    merged = one_per_number(_ties(pairs), np.array(operations))
    expected = set()
    for advert, code in set(pairs):
        alike = Counter(
            c
            for a, c in set(pairs)
            if operations[a] == operations[advert]
            and (
                c == code or (KINDS[c] == KINDS[code] == "phone" and VALUES[c][-SAME_END:] == VALUES[code][-SAME_END:])
            )
        )
        expected.add((advert, min(alike, key=lambda c: (-alike[c], c))))
    assert list(zip(merged.advert.tolist(), merged.code.tolist(), strict=True)) == sorted(expected)


@given(PAIRS, OPERATIONS)
def test_only_contacts_on_two_adverts_of_their_operation_are_repeated(
    pairs: list[tuple[int, int]], operations: list[int]
) -> None:
    kept = repeated(_ties(pairs), np.array(operations))
    seen = Counter((operations[a], c) for a, c in set(pairs))
    expected = sorted((a, c) for a, c in set(pairs) if seen[operations[a], c] >= 2)
    assert list(zip(kept.advert.tolist(), kept.code.tolist(), strict=True)) == expected


def test_one_very_long_contact_does_not_make_all_others_as_large() -> None:
    count = 2_000
    values = [f"name{n}@a.example" for n in range(count - 1)] + ["x" * 50_000]
    rows = np.arange(count)
    tracemalloc.start()
    one_per_number(Ties(rows, rows, values, ("email",) * count), rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
