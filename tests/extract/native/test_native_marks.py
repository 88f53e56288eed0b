"""The marks of a page are the characters that a search of every text finds."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.native import price
from felinar.extract.native.marks import AT, DOT, FIGURES, HASH, SLASH, marks_of
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.readings import about_of
from felinar.extract.native.signs import signs_of
from felinar.kernels.fold import fold

PATTERNS = {FIGURES: "[0-9]+", DOT: "[.:]", AT: "@", HASH: "#", SLASH: "/"}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("07.:@#/a \x00A`\u0660Ⅳ€🙂", max_size=12), max_size=4))
def test_marks_are_where_a_search_finds_them(texts: list[str]) -> None:
    page = page_of_texts(texts, plain=True)
    marks, some = marks_of(page, plain=True), np.arange(0, len(texts), 2, dtype=np.int32)
    assert marks_of(page, plain=True) is marks
    for what, pattern in PATTERNS.items():
        text, place = marks.of(what, some, page)
        found = list(zip(text.tolist(), (place - page.at[text]).tolist(), strict=True))
        folded = [(i, fold(texts[i]).text) for i in some.tolist()]
        assert found == [(i, m.start()) for i, content in folded for m in re.finditer(pattern, content)]


def test_marks_of_another_page_are_found_anew() -> None:
    pages = [page_of_texts([text], plain=True) for text in ("a 1", "22 @")]
    assert [int(marks_of(page, plain=True).many.sum()) for page in (*pages, *pages)] == [1, 2, 1, 2]


@pytest.mark.parametrize("first", [[0, 1, 2], [0, 2], [1]])
def test_prices_that_were_read_are_given_again(first: list[int]) -> None:
    page = page_of_texts(["10 EUR", "no price", "20 EUR per hour, 5 EUR"])
    about, signs = about_of([Context("body")] * 3), signs_of(page)
    price.read(page, np.array(first, dtype=np.int32), about, signs)
    again = price.read_again(page, np.array([1, 2], dtype=np.int32), about, signs)
    assert again.text.tolist() == [2, 2]
    assert again.value.to_pylist() == ["20 EUR/hour", "5 EUR"]
