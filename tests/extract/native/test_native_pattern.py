"""The native machine finds what `re` finds."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from felinar.extract import phone_links, phone_masks, phone_prefilter, phone_signs
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.pattern import MATCH_ROOM, patterns_of
from felinar.extract.native.pattern_run import search
from felinar.kernels.fold import fold

PATTERNS = (
    *(p.pattern for _, p in phone_masks._NEAR),
    *(p.pattern for _, p in phone_masks._LONG),
    *(p.pattern for p in phone_masks._IDS),
    phone_masks._SIGNS.pattern,
    phone_masks._UNIT.pattern,
    phone_masks._MIXED.pattern,
    phone_masks._VERSION.pattern,
    phone_prefilter._OTHER.pattern,
    phone_signs._AS_DIGIT.pattern,
    phone_links._LINK.pattern,
    r"(a|b)?(?:\1c|d)+(?<!dd)$",
    r"(?:ab?|a)(?=b)b\b",
)
_PIECES = (
    "2024-01-15",
    "12.05.23",
    "0770",
    "8:00",
    "17.30h",
    "8h30",
    "-",
    "–",
    "€",
    "$",
    "£",
    "45,00",
    "1,000,000",
    ",500",
    "x",
    "60x90",
    "3",
    "x",
    "4",
    "4111-1111-1111-1111",
    "192.168.1.1",
    "51.50735,",
    "-0.1277",
    "min",
    "uhr",
    "euro",
    "мин",
    "घंटा",
    "€/h",
    "p.m.",
    "am",
    "%",
    "a.b@c.de",
    "https://x",
    "www.",
    "#a_1#",
    "gb29nwbk60161331926819",
    "deadbeef",
    "0123abcd-ef12-3456-789a",
    "v1.2.3",
    "ab-2024x17",
    "7!7",
    "|",
    "&",
    "wa.me/",
    "+44",
    "tel:",
    "%20",
    "(",
    ")",
    "phone=447700900123",
    "7",
    "0",
    "1",
    "l",
    "o",
    "s",
    "ab",
    "d",
    "c",
)
texts = st.lists(st.sampled_from([*_PIECES, " ", " ", "\n", "é", "中"]), max_size=25).map("".join)
noise = st.text(st.sampled_from("0123456789 abcdehx.,:-/€$%&|!\n@#_v"), max_size=60)


@lru_cache
def programs() -> NDArray[np.int64]:
    return patterns_of(PATTERNS)


def found(number: int, text: str, start: int, stop: int, plain: bool) -> list[tuple[int, int]]:
    page, room = page_of_texts([text], plain=True), np.zeros(MATCH_ROOM, dtype=np.int64)
    spans, at = [], start
    run = search.plain if plain else search
    while (end := run(programs(), 0, number, page.folded, page.kinds, 0, at, stop, stop, room)) >= 0:
        spans.append((int(room[0]), end))
        at = max(end, at + 1) if end > room[0] else end + 1
    return spans


@settings(max_examples=60, deadline=None)
@given(texts | noise, st.integers(0, 8), st.integers(0, 8))
def test_every_pattern_finds_what_python_finds(text: str, before: int, after: int) -> None:
    text = fold(text).text
    start, stop = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    for number, pattern in enumerate(PATTERNS):
        want = [m.span() for m in re.compile(pattern).finditer(text, start, stop)]
        assert found(number, text, start, stop, True) == want, pattern


def test_the_machine_runs_without_numba_too() -> None:
    assert found(PATTERNS.index(phone_masks._UNIT.pattern), "60 min or 45€", 0, 13, True) == [(0, 6), (10, 13)]


def test_a_pattern_that_the_machine_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="pattern"):
        patterns_of([r"a+?b"])
