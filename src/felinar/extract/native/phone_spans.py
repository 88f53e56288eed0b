"""Chunks grouped into the stretches that have digits enough: the twin of `extract/phone_spans.py`."""

# ruff: noqa: SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_beside, phone_spans, phone_wording, phone_words
from felinar.extract.native.characters import DIGIT, LETTER
from felinar.extract.native.lexis import find_row, lexis_of
from felinar.extract.native.phone_atoms import same_text
from felinar.extract.native.phone_columns import (
    C_LOCAL,
    C_SPOKEN,
    CHUNK_COLUMNS,
    MOST_LANGUAGES,
    MOST_LOCAL,
    R_CHUNKS,
    R_COUNTS,
    R_LOCAL,
    R_SAID,
    T_OWN,
)
from felinar.extract.native.phone_misspelt import misspelt_digit
from felinar.extract.native.phone_prefilter import NEUTRAL
from felinar.extract.native.phone_vocabulary import AS_SORTED, ORDER_SHIFT, SAID_MASK
from felinar.extract.native.phone_words import read_word
from felinar.kernels.compile import kernel

# Meanings that hold in one span only: the stretch that has the word, its kind, digit and languages.
LOCAL_START, LOCAL_END, LOCAL_KIND, LOCAL_DIGIT, LOCAL_MASK = range(5)
_WIDEST, _WIDEST_LINK, _WIDEST_WEAK = phone_spans._WIDEST, phone_spans._WIDEST_LINK, phone_spans._WIDEST_WEAK
_LONGEST_LINK, _AHEAD = phone_spans._LONGEST_LINK, phone_spans._AHEAD
MOST_MISSPELT, MOST_WEAK = phone_beside.MOST_MISSPELT, phone_spans._MOST_WEAK
_ORDINARY, _CONNECTOR = phone_words.ORDINARY, phone_words.CONNECTOR
_LANGUAGES = (1 << ORDER_SHIFT) - 1
_SORTED = AS_SORTED << ORDER_SHIFT
_MANY = MOST_LANGUAGES
_WIDE, _SPOKEN = CHUNK_COLUMNS, C_SPOKEN
_EDGES = np.zeros(128, dtype=np.uint8)
_EDGES[[ord(c) for c in phone_wording._EDGES if ord(c) < 128]] = 1
_HIGH_EDGES = np.array([ord(c) for c in phone_wording._EDGES if ord(c) >= 128], dtype=np.int64)


def own_meaning() -> NDArray[np.int64]:
    """Return the words that are no links."""
    return lexis_of({word: [1] for word in sorted(phone_spans._OWN_MEANING)})


@kernel
def is_word_edge(code: Any) -> Any:
    """Say whether a character may stand around a word of a chunk."""
    if code < 128:
        return _EDGES[code] != 0
    for sign in _HIGH_EDGES:
        if sign == code:
            return True
    return False


@kernel
def inner_word(text: Any, start: Any, end: Any) -> Any:
    """Return the bounds of a chunk without the signs around it."""
    while start < end and is_word_edge(np.int64(text[start])):
        start += 1
    while start < end and is_word_edge(np.int64(text[end - 1])):
        end -= 1
    return start, end


@kernel
def languages_of_chunk(  # type: ignore[no-untyped-def]
    t, text, kinds, start, end, r
) -> Any:
    """Return the languages in which a chunk is a number word, as bits."""
    start, end = inner_word(text, start, end)
    figures = True
    for k in range(start, end):
        figures = figures and (kinds[k] & DIGIT) != 0
    if figures or read_word(t, text, start, end, r) < 0:
        return 0
    return r[R_SAID + SAID_MASK] & _LANGUAGES


@kernel
def shared_by(  # type: ignore[no-untyped-def]
    t, text, kinds, first, stop, least, r
) -> Any:
    """Return the languages that most number words among chunks first to stop - 1 share; as `shared_languages`."""
    spoken = most = 0
    for chunk in range(first, stop):
        spoken += r[R_CHUNKS + _WIDE * chunk + _SPOKEN]
    if spoken < least:
        return np.int64(0)
    for chunk in range(first, stop):
        if r[R_CHUNKS + _WIDE * chunk + _SPOKEN] == 0:
            continue
        mask = languages_of_chunk(t, text, kinds, r[R_CHUNKS + _WIDE * chunk], r[R_CHUNKS + _WIDE * chunk + 1], r)
        if mask and most == 0:
            for k in range(_MANY):
                r[R_COUNTS + k] = 0
        for k in range(_MANY):
            if mask == 0:
                break
            if mask & 1:
                r[R_COUNTS + k] += 1
                most = max(most, r[R_COUNTS + k])
            mask >>= 1
    found = np.int64(0)
    if most >= least and most > 0:
        for k in range(_MANY):
            if r[R_COUNTS + k] == most:
                found |= np.int64(1) << k
    return found


@kernel
def local_row(text: Any, start: Any, end: Any, r: Any) -> Any:
    """Return where the meaning stands that a word has only in this span, -1 for none."""
    for row in range(R_LOCAL, R_LOCAL + 5 * r[C_LOCAL], 5):
        if same_text(text, r[row], r[row + 1], start, end):
            return row
    return -1


@kernel
def add_local(  # type: ignore[no-untyped-def]
    text, start, end, kind, digit, mask, r
) -> None:
    """Give a word a meaning in this span; beyond the room it is only counted, and the text declined."""
    row = local_row(text, start, end, r)
    if row < 0:
        row = R_LOCAL + 5 * min(r[C_LOCAL], MOST_LOCAL - 1)
        r[C_LOCAL] = min(r[C_LOCAL] + 1, MOST_LOCAL)
    r[row], r[row + 1], r[row + 2], r[row + 3], r[row + 4] = start, end, kind, digit, mask


@kernel
def is_bridged(  # type: ignore[no-untyped-def]
    t, text, kinds, n, last, hit, r
) -> Any:
    """Say whether the chunks between two hits may stand inside a number, as `_bridged`."""
    gap = hit - last - 1
    if gap > _WIDEST_WEAK:
        return False
    breaks = 0
    for k in range(last + 1, hit):
        breaks += r[R_CHUNKS + _WIDE * k + 2] == 0
    if breaks and gap > _WIDEST:
        return False
    if gap <= _WIDEST_LINK and is_link(t, text, kinds, n, last, hit, breaks, r):
        if not are_misspelt(t, text, kinds, n, last, hit, breaks, r):
            for k in range(last + 1, hit):
                start, end = inner_word(text, r[R_CHUNKS + _WIDE * k], r[R_CHUNKS + _WIDE * k + 1])
                add_local(text, start, end, np.int64(_CONNECTOR), np.int64(0), np.int64(0), r)
        return True
    if breaks == 0 or are_misspelt(t, text, kinds, n, last, hit, breaks, r):
        return True
    for k in range(last + 1, hit):
        start, end = inner_word(text, r[R_CHUNKS + _WIDE * k], r[R_CHUNKS + _WIDE * k + 1])
        if r[R_CHUNKS + _WIDE * k + 2] == 0 and local_row(text, start, end, r) < 0:
            return False
    return True


@kernel
def same_chunk(text: Any, a: Any, b: Any, r: Any) -> Any:
    """Say whether two chunks have the same characters."""
    return same_text(
        text, r[R_CHUNKS + _WIDE * a], r[R_CHUNKS + _WIDE * a + 1], r[R_CHUNKS + _WIDE * b], r[R_CHUNKS + _WIDE * b + 1]
    )


@kernel
def is_link(  # type: ignore[no-untyped-def]
    t, text, kinds, n, last, hit, breaks, r
) -> Any:
    """Say whether the same words follow again soon, and digits after them; as `_links`."""
    first = last + 1
    size = hit - first
    again = False
    for k in range(hit + 1, min(hit + 1 + _AHEAD, n)):
        again = again or same_chunk(text, first, k, r)
    if not again or find_row(t, t[T_OWN], text, r[R_CHUNKS + _WIDE * first], r[R_CHUNKS + _WIDE * first + 1]) >= 0:
        return False
    for k in range(first, hit):
        if r[R_CHUNKS + _WIDE * k + 1] - r[R_CHUNKS + _WIDE * k] > _LONGEST_LINK:
            return False
        start, end = inner_word(text, r[R_CHUNKS + _WIDE * k], r[R_CHUNKS + _WIDE * k + 1])
        if start == end:
            return False
        for letter in range(start, end):
            if not kinds[letter] & LETTER:
                return False
    if breaks == 0 and not (is_figures(kinds, last, r) and is_figures(kinds, hit, r)):
        return False
    for k in range(hit + 1, min(hit + 1 + _AHEAD, n - size)):
        same = True
        for word in range(size):
            same = same and same_chunk(text, first + word, k + word, r)
        if same:
            return r[R_CHUNKS + _WIDE * (k + size) + 2] > NEUTRAL
    return False


@kernel
def is_figures(kinds: Any, chunk: Any, r: Any) -> Any:
    """Say whether a chunk is a group of at least two figures."""
    for k in range(r[R_CHUNKS + _WIDE * chunk], r[R_CHUNKS + _WIDE * chunk + 1]):
        if not kinds[k] & DIGIT:
            return False
    return r[R_CHUNKS + _WIDE * chunk + 1] - r[R_CHUNKS + _WIDE * chunk] > 1


@kernel
def are_misspelt(  # type: ignore[no-untyped-def]
    t, text, kinds, n, last, hit, breaks, r
) -> Any:
    """Say whether all chunks that end a number are misspelt number words, which then have a meaning; as `_misspelt`."""
    if breaks == 0 or breaks > MOST_MISSPELT:
        return False
    if r[R_CHUNKS + _WIDE * last + _SPOKEN] == 0 and r[R_CHUNKS + _WIDE * hit + _SPOKEN] == 0:
        return False
    languages = shared_by(t, text, kinds, max(0, last - 3), min(n, hit + 4), np.int64(1), r)
    for writes in range(2):
        for k in range(last + 1, hit):
            if r[R_CHUNKS + _WIDE * k + 2] == 0:
                start, end = inner_word(text, r[R_CHUNKS + _WIDE * k], r[R_CHUNKS + _WIDE * k + 1])
                digit = misspelt_digit(t, text, start, end, languages, r)
                if digit < 0:
                    return False
                if writes:
                    add_local(text, start, end, np.int64(_ORDINARY), digit, languages | _SORTED, r)
    return True


@kernel
def has_misspelt(r: Any) -> Any:
    """Say whether a word of the span is a misspelt number word."""
    for row in range(R_LOCAL, R_LOCAL + 5 * r[C_LOCAL], 5):
        if r[row + LOCAL_KIND] != _CONNECTOR:
            return True
    return False
