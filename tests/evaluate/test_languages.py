import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from felinar.evaluate.languages import LEAST_ADVERTS, Seen, score_languages


def seen(rows: list[tuple[str, int, bool, int]], leads: int, false: set[int]) -> Seen:
    languages, operation, planted, lead = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Seen(
        list(languages),
        np.array(operation, dtype=np.int64),
        np.array(planted, dtype=np.bool_),
        np.array(lead, dtype=np.int64),
        np.array([i in false for i in range(leads)], dtype=np.bool_),
    )


def test_the_gap_is_what_others_are_exposed_more_than_the_main_language() -> None:
    rows = [("en", i, False, -1) for i in range(9)] + [("en", 9, False, 0)]
    rows += [("ro", 20 + i, False, -1) for i in range(3)] + [("ro", 30, False, 1)]
    score = score_languages(seen(rows, 2, {0, 1}))
    assert score is not None and score.main == "en"
    assert round(score.gap, 6) == round(0.25 - 0.1, 6)
    assert score.low <= score.gap <= score.high


def test_without_a_language_nothing_is_said() -> None:
    assert score_languages(seen([("", 1, False, 0)], 1, {0})) is None
    assert score_languages(seen([], 0, set())) is None


def test_a_language_with_few_adverts_has_no_slice() -> None:
    rows = [("en", i, False, -1) for i in range(LEAST_ADVERTS)] + [("ro", 900, True, 0)]
    score = score_languages(seen(rows, 1, set()))
    assert score is not None and list(score.slices) == ["en"]
    assert score.found_gap == 1.0


def test_a_gap_that_one_operation_makes_is_not_sure() -> None:
    rows = [("en", i, False, -1) for i in range(50)] + [("ro", 100 + i, False, -1) for i in range(5)]
    rows += [("ro", 200, False, 0)] * 5
    score = score_languages(seen(rows, 1, {0}))
    assert score is not None and score.gap == 0.5
    assert score.low < 0.2


ROW = st.tuples(st.sampled_from(["", "de", "en", "ro"]), st.integers(0, 6), st.booleans(), st.integers(-1, 3))


@given(st.lists(ROW, max_size=60), st.sets(st.integers(0, 3)))
def test_the_gaps_are_those_of_a_slow_count(rows: list[tuple[str, int, bool, int]], false: set[int]) -> None:
    score = score_languages(seen(rows, 4, false))
    spoken = sorted({language for language, *_ in rows} - {""})
    if not spoken:
        assert score is None
        return
    assert score is not None
    counts = {language: sum(row[0] == language for row in rows) for language in spoken}
    assert counts[score.main] == max(counts.values())

    def rate(main: bool, planted: bool) -> float:
        chosen = [r for r in rows if r[0] and (r[0] == score.main) == main and r[2] == planted]
        return sum(r[3] >= 0 for r in chosen) / len(chosen) if chosen else 0.0

    assert score.gap == rate(False, False) - rate(True, False)
    assert score.found_gap == rate(False, True) - rate(True, True)
