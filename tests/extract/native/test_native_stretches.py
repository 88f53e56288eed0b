"""What is left to the plain reader is read in stretches, with the same mentions as in the whole text."""

import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.readings import about_of
from felinar.extract.native.signs import signs_of
from felinar.extract.native.stretches import stretches_of
from felinar.kernels.fold import fold

KINDS = ("email", "handle", "url", "iban")
# What each of these readers may leave to the plain one, what it reads by itself, and what looks like either.
PIECES = (
    "ana punct pop arond example punct ro", "m a x at gmx punkt d e", "max at gmx", "ana@example.com", "а @ gmx.com",
    "IG @quiet.corner", "аnа@ехаmple.com", "telegram: @green_bridge", "@greentelegram", "t . me / Green_Bridge", "é",
    "https://t.me/Green_Bridge", "viber/24h", "green-bridge [dot] com", "example{.}co{ . }uk", "the dot", "(punct)",
    "www.exämple.de", "\uff57\uff57\uff57\uff0e\uff45\uff58\uff0e\uff43\uff4f\uff4d", "site:example.ro", "@",
    "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33", "ro49aaaa1b31007593840000", "insta", "\u200b",
)  # fmt: skip
FILL = st.tuples(st.sampled_from(("word ", "слово ", "x", "\n")), st.integers(0, 90)).map(
    lambda pair: pair[0] * pair[1]
)
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), FILL), max_size=9).map(" ".join)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, st.sampled_from(("body", "url"))), min_size=1, max_size=2))
def test_stretches_say_what_the_whole_text_says(kind, cells):
    page, about = page_of_texts([text for text, _ in cells]), about_of([Context(field) for _, field in cells])
    native = importlib.import_module(f"felinar.extract.native.{kind}")
    wanted = np.flatnonzero(np.diff(page.at) > 0).astype(np.int32)
    if kind in ("email", "iban"):
        wanted = wanted[about.field[wanted] == 1]
    found, declined = native.read(page, wanted, about, signs_of(page))
    columns = [column.tolist() if isinstance(column, np.ndarray) else column.to_pylist() for column in found]
    find = importlib.import_module(f"felinar.extract.{kind}").find
    expected = [
        (i, f.start, f.end, f.confidence, f.obscured, f.value, f.display or f.value, f.region, f.evidence)
        for i in wanted.tolist()
        for f in find(fold(cells[i][0]), about.context(i))
    ]
    assert sorted(zip(*columns, strict=True)) == sorted(expected)
    assert not len(declined)


@pytest.mark.parametrize("plain", [False, True])
def test_stretches_are_cut_between_blanks_far_from_all_places(plain):
    text = "a" + " " * 30 + "b" + "x" * 30 + "c" + " " * 5 + "d"
    page = page_of_texts(["", text], plain=plain)
    place = page.at[1] + np.array([text.index(letter) for letter in "abcd"])
    number, found = stretches_of(page, np.ones(4, dtype=np.int64), place, 8, plain=plain)
    assert number.tolist() == [0, 1, 1, 1]
    assert found.T.tolist() == [[1, 0, 8], [1, 23, len(text)]]
