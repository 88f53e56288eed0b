"""Long and odd texts are read natively too: the budgets, spans with more beside them, links beside signs."""

from __future__ import annotations

import numpy as np
import pytest

from felinar.extract.contract import Context
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.phone import read
from felinar.extract.native.readings import about_of
from felinar.extract.phone import MOST_RUNS, find
from felinar.extract.phone_spans import spans
from felinar.kernels.fold import fold


def compare(text: str, context: Context) -> int:
    """Compare both readers, none of which may decline; return how many numbers there are."""
    readings, declined = read(page_of_texts([text]), np.zeros(1, dtype=np.int32), about_of([context]))
    assert not len(declined)
    found = [(f.start, f.end, f.value, f.confidence, f.evidence) for f in find(fold(text), context)]
    columns = readings.start, readings.end, readings.value, readings.confidence, readings.evidence
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == found
    return len(found)


@pytest.mark.parametrize("country", ["", "GB"])
@pytest.mark.parametrize(
    "written", ["+44 7700 900123, x ", "07700 900123\n\n", "https://wa.me/447700900123 or 0770 090 0456 x "]
)
def test_no_more_runs_are_read_than_the_budget_allows(written: str, country: str) -> None:
    assert compare(written * (MOST_RUNS + 50), Context("body", country)) >= MOST_RUNS


def test_no_more_windows_are_tried_than_the_budget_allows() -> None:
    row = "77 00 90 01 23 07700 900 456\n\n"
    few, many = compare(row * 20, Context("body", "GB")), compare(row * 2500, Context("body", "GB"))
    assert few == 40
    assert few < many < 100 * few  # what lies behind the last window is not read


@pytest.mark.parametrize(
    "text",
    [
        "fourr four seven seven zero zero nine zero zero one two threee",
        "zero seven seven zero zero nine zero zero one two threee",
        "o77oo nine zero zero one two threee",
    ],
)
def test_misspelt_number_words_beside_a_span_are_read_with_it(text: str) -> None:
    assert any(span.wide for span in spans(fold(text).text))
    for country in ("", "GB", "FR"):
        compare(text, Context("body", country))
        compare(f"{text} or 07|7|00 900 !23", Context("body", country))


def test_a_link_hides_its_digits_in_both_forms_of_a_text_with_signs() -> None:
    text = "wa.me/447700900123 or 077oo9oo|24 or tel:07700900125! 07700 900 !26"
    assert compare(text, Context("body", "GB")) >= 3
