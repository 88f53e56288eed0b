"""Texts in which signs stand for digits: read natively, and as the plain reader reads them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.native import phone as native
from felinar.extract.native.page import page_of_texts, text_of
from felinar.extract.native.phone_second import both_forms
from felinar.extract.native.readings import Readings, about_of
from felinar.extract.native.rows import readings_of
from felinar.extract.phone import find
from felinar.extract.phone_signs import second_form
from felinar.kernels.fold import fold

TEXTS = (
    "call 0|7|7|0|0|9|0|0|1|2|3",
    "call 077oo9oo|23 or 07700 900 !24",
    "½ ０77|00 9oo|23 $",
    "half hour 60$ | hour 100$ | 07700 900 123",
    "+44 77$$ 9|| &23",
    "713 555 0|42! 20 $ & more",
)
PIECES = (
    "+44 ",
    "077",
    "00 900",
    "7",
    "0",
    "1",
    "|",
    "!",
    "$",
    "&",
    "¡",
    " | ",
    " ",
    "-",
    "5",
    "o",
    "l",
    "nine ",
    "７",
)


def _rows(readings: Readings) -> list[tuple[Any, ...]]:
    return list(zip(*(column.tolist() for column in readings[:5]), *(c.to_pylist() for c in readings[5:]), strict=True))


def _compare(texts: list[str], contexts: list[Context], *, plain: bool) -> int:
    """Compare both readers and return how many texts are declined."""
    numbers = np.arange(len(texts), dtype=np.int32)
    readings, declined = native.read(page_of_texts(texts), numbers, about_of(contexts), plain=plain)
    kept = [i for i in range(len(texts)) if i not in declined]
    wanted = readings_of([(i, found) for i in kept for found in find(fold(texts[i]), contexts[i])])
    assert _rows(readings) == _rows(wanted)
    return len(declined)


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("country", ["", "gb", "us"])
def test_texts_with_signs_that_look_like_digits_are_not_declined(country: str, plain: bool) -> None:
    """Both forms are read, and each span keeps the one that the plain reader keeps."""
    assert _compare(list(TEXTS), [Context("body", country, "", "en")] * len(TEXTS), plain=plain) == 0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), min_size=1, max_size=4))
def test_random_texts_with_signs_are_read_as_the_plain_reader_reads_them(texts: list[str]) -> None:
    """Whatever stands beside the signs; texts that are declined do not count."""
    _compare(
        texts,
        [Context("contact_text", country, "", "") for country in ("gb", "", "fr", "de")][: len(texts)],
        plain=True,
    )


def test_the_second_form_of_a_page_is_the_second_form_of_each_text() -> None:
    """It has the same places, and the letters that `second_form` writes."""
    page = both_forms(page_of_texts(TEXTS), np.arange(len(TEXTS), dtype=np.int32))
    for i, text in enumerate(TEXTS):
        first, second = fold(text), second_form(fold(text))
        assert (text_of(page, 2 * i), text_of(page, 2 * i + 1)) == (first.text, second.text)
        assert page.place[page.at[2 * i + 1] : page.at[2 * i + 2]].tolist() == list(second.starts)


def test_no_text_at_all_is_read() -> None:
    """An empty page gives no numbers."""
    assert _compare([], [], plain=True) == 0
