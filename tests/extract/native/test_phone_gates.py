"""The gates of the native phone reader let everything pass that the patterns behind them would find."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.extract import phone_links, phone_masks, phone_rare, phone_vetoes
from felinar.extract.native import phone_gates as gates
from felinar.extract.native.page import page_of_texts, text_of
from felinar.extract.native.phone_chunks import chunk_memory, write_chunks
from felinar.extract.native.phone_columns import N_RARE, R_HIDDEN
from felinar.extract.native.phone_far import hide_far
from felinar.extract.native.phone_rare import CHANGE, CUE, EXTENDS, IN_LETTERS, LINKS, MARK_COLUMNS
from felinar.extract.native.phone_signals import ADDRESS, AT, HASH, MARK, MIXED, VETO, of_figures, signals_of
from felinar.extract.native.phone_tables import room_for, tables
from felinar.extract.native.phone_veto_gates import veto_bits
from felinar.extract.phone_marks import marks_of
from felinar.extract.phone_rare import plain_form

_PIECES = (
    "0", "1", "12", "123", "1234", "12345", "123456", "1900", "2024", "20240115", "90", "60", "34", "3700", "1z",
    "ab", "abcd", "a", "v", "z", "gb", ".", ",", "-", "–", "/", ":", "h", "x", "@", "#", "_", "°", "%", "€", "$", " ",
    "  ", "\n", "\t", "min", "lei", "руб", "р.", "घंटे", "am", "kr", "m²", "months", "and", ".com/", ".ro/", "://",
    "www.", "https://", "example.com", "ana.b-c", "+", "00", "1 200", "deadbeef", "face0ff1", "800", "0808", "1300",
    "ext", "JKL", "me/", "poste", "tel", "slash", "(", ")",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(_PIECES), st.sampled_from("0123456789 .-")), max_size=24).map("".join)
places = st.tuples(st.integers(0, 30), st.integers(0, 60))


def window(text: str, place: tuple[int, int]) -> tuple[int, int]:
    left = min(place[0], len(text))
    return left, min(len(text), left + place[1])


def signals_of_text(folded: Any, kinds: Any, text: str) -> int:
    seen = 0
    for match in re.finditer(r"\S+", text):
        place = match.span()
        figures = match[0].isdecimal()
        seen |= of_figures.plain(folded, *place) if figures else signals_of.plain(folded, kinds, *place)
    return seen


@settings(max_examples=400, deadline=None)
@example("00000000 ", (0, 9))
@given(texts, places)
def test_where_a_gate_says_no_its_patterns_find_nothing(written: str, place: tuple[int, int]) -> None:
    page = page_of_texts([written], plain=True)
    text = text_of(page, 0)
    left, right = window(text, place)
    asked = (page.folded, page.kinds, left, right)
    end = (left + right) // 2
    near = gates.near_bits.plain(*asked, end)
    for number, (_, pattern) in enumerate(phone_masks._NEAR):
        found = [m for m in pattern.finditer(text, left, right) if m.start() < end]
        assert near >> number & 1 or not found, (number, found)
        assert not found or phone_masks._SIGNS.search(text, left, right)
    if not gates.may_be_unit.plain(tables(), *asked):
        assert not phone_masks._UNIT.search(text, left, right)
    vetoes = veto_bits.plain(*asked)
    for number, veto in enumerate(phone_vetoes._COMPILED):
        assert vetoes >> number & 1 or not veto.search(text, left, right), number
    seen = signals_of_text(page.folded, page.kinds, text)
    for sign, bit in (("@", AT), ("://", ADDRESS), ("www.", ADDRESS), ("#", HASH)):
        assert seen & bit or sign not in text
    assert seen & (VETO | MIXED) or not vetoes
    assert bool(seen & MIXED) == (phone_masks._MIXED.search(text) is not None)
    assert seen & MARK or not any(mark in text for mark in phone_links.MARKS)
    mixed = gates.mixed_signs.plain(*asked)
    assert bool(mixed & 1) == (phone_masks._MIXED.search(text, left, right) is not None)
    for pattern, bit in zip((*phone_masks._IDS, phone_masks._VERSION), (2, 4, 8, 16), strict=True):
        assert mixed & bit or not pattern.search(text, left, right)


_FAR = (
    "ana", "b", ".", ".", "-", "_", "@", "@", "example", "com", "co", "c", " ", "1", "a" * 30, "x" * 63, "é", "#", "#",
    "#tel_", "12", "https://", "http:", "//", "://", "www.", "s", "w", "+",
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@example(["#tel_12", "#tel_12"], (0, 60))
@example(["ana@b", ".com" * 6], (0, 60))
@example(["www.", "http", "://", "b"], (0, 60))
@given(st.lists(st.sampled_from(_FAR), max_size=30), places)
def test_addresses_and_tokens_are_found_as_by_the_patterns(pieces: list[str], place: tuple[int, int]) -> None:
    page = page_of_texts(["".join(pieces)], plain=True)
    text = text_of(page, 0)
    left, right = window(text, (place[0], 4 * place[1]))
    middle = (left + right) // 2
    room = room_for(len(text))
    n = hide_far.plain(page.folded, page.kinds, left, right, left, middle, np.int64(0), room)
    found = {tuple(room[R_HIDDEN + 2 * k : R_HIDDEN + 2 * k + 2].tolist()) for k in range(n)}
    matches = {m.span() for _, pattern in phone_masks._LONG for m in pattern.finditer(text, left, right)}
    assert found == {(a, b) for a, b in matches if b > left and a < middle}


_RARE_PIECES = (
    *_PIECES,
    "wa",
    "t",
    "signal",
    " me ",
    "me",
    "(dot)",
    " . ",
    "dot",
    "%3a",
    "phone%3d",
    "+7",
    "+4 ",
    "flowers",
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(phone_rare.RARE), st.sampled_from(_RARE_PIECES)), max_size=12).map("".join))
def test_the_marks_of_rare_ways_are_those_of_the_plain_patterns(written: str) -> None:
    page = page_of_texts([written], plain=True)
    text, room, rows = text_of(page, 0), room_for(int(page.at[1])), np.zeros((4000, MARK_COLUMNS), dtype=np.int64)
    memory = np.zeros_like(chunk_memory())
    write_chunks.plain(tables(), page.folded, page.kinds, 0, len(text), memory, 0, room, rows)
    found = {(way, start, end) for _, way, start, end in rows[: room[N_RARE]].tolist()}
    assert found - {row for row in found if row[0] == CHANGE} == {
        (way, *mark)
        for way, marks in zip((LINKS, IN_LETTERS, CUE, EXTENDS), marks_of(text), strict=True)
        for mark in marks
    }
    assert plain_form(text) == (text, []) or any(way == CHANGE for way, _, _ in found)
    assert bool(found) == phone_rare.is_rare(text)
