"""The scan for numbers finds the same compiled and in plain Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.phone_chunks import chunk_memory
from felinar.extract.native.phone_scan import Scan, scan_texts
from felinar.extract.native.readings import about_of

_PIECES = (
    "07700 900123", "+44 7700 900 123", "o77oo 9oo123", "seven", "nine", "cinq", "poi", "siks", "fivefive", "double",
    "0", "7", "12", "900", "8-660-935-61-57", "2015-2024", "90-60-90", "12/03/2024", "8:30", "45€", "60 min", "@",
    "ana.b7@example.com", "www.example.com/1234567", "#tel_12", "v16.2727", "ref", "№", "call", "from the end",
    "\n\n", "/", ".", ",", "-", "+", "(", ")", "\0", "\0a", "a", "一", "０７", "тел", "шесть", "नौ",
)  # fmt: skip
texts = st.lists(st.sampled_from([*_PIECES, " ", " ", " "]), max_size=24).map("".join)


def scanned(written: list[str], plain: bool) -> Scan:
    """Return the scan of these texts."""
    page = page_of_texts(written, plain=True)
    about = about_of([Context("body", "GB", "", "en")] * len(written))
    return scan_texts(page, np.arange(len(written), dtype=np.int32), about, plain=plain)


def compare(written: list[str]) -> None:
    """Compare both scans, table by table."""
    for left, right in zip(scanned(written, True), scanned(written, False), strict=True):
        assert left.tolist() == right.tolist(), written


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
def test_a_compiled_scan_finds_what_a_plain_one_finds(written: list[str]) -> None:
    compare(written)


@pytest.mark.parametrize("first", ["a seven b", "\0seven"])
def test_what_is_remembered_of_a_chunk_is_not_taken_for_another(first: str) -> None:
    chunk_memory()[:] = 0
    alone = scanned(["seven 7700 900 123"], True)
    chunk_memory()[:] = 0
    later = scanned([first, "seven 7700 900 123"], True)
    assert len(alone.parts) == len(later.parts) == 1
    assert alone.digits.tolist() == later.digits.tolist()
