"""Where a rare way of writing a number may stand: the marks of `extract/phone_marks.py`, and what `plainer` changes.

Each sign, word or figure that a gate cannot do without is noted with the chunk that has it (too often, never too
seldom), and the patterns are tried only around such a chunk.
"""

# ruff: noqa: SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_extensions, phone_rare, phone_reversed
from felinar.extract.native.characters import FIGURE
from felinar.extract.native.lexis import find_row, lexis_of, next_node, word_at
from felinar.extract.native.pattern_run import search
from felinar.extract.native.phone_columns import (
    C_FULL,
    DECLINED,
    N_RARE,
    T_ALL_RARE,
    T_EXTENSIONS,
    T_MASKS,
    T_RARE,
)
from felinar.extract.native.phone_masks import BETWEEN, EXTENSION, LINK_GATE, PLUSES, VANITY
from felinar.extract.native.phone_prefilter import LETTERS, NO_TOKEN, next_token
from felinar.extract.native.phone_signals import has_free_call
from felinar.kernels.compile import kernel

# What a chunk may be part of: a fixed word or sign, an extension, pluses or letters between figures, a number in
# letters, a link.
WORD, EXTENDED, PLUS, LETTERED, LINKED = 1, 2, 4, 8, 16
# Columns of a mark: its text, the way of writing, its folded places. CHANGE: what `plainer` may change.
M_TEXT, M_WAY, M_START, M_END = range(4)
MARK_COLUMNS = 4
CHANGE, LINKS, IN_LETTERS, CUE, EXTENDS = map(np.int64, range(5))
# How far before a chunk a match may begin that needs it, and how far behind it three pluses may stand.
_FEWEST_CHANGES = 6  # from figures to letters and back, three times
_BEFORE, _LINK_BEFORE, _PLUS_BEFORE, _PLUS_BEHIND = 12, 24, 2, 24
_ROOT = np.int64(0)
_BEGIN, _END = np.int64(1), np.int64(2)  # stand for the ends of a chunk
_FURTHEST = max(map(len, phone_rare.RARE))  # from the piece of a phrase to the ends of the phrase
_COMMON = frozenset(("para", "number", "end", "right", "left", "order", "front"))
_COMMONEST = frozenset(("from", "the", "to", "de", "la", "al", "a", "of", "in", "back"))
_LINK_PIECES = ("me/", "me%", "mesl", "mestr", "%3a", "%3d", "\1=", "\1slash", "\1slech", "\1strich", "\1%2f")


def rare_words() -> tuple[NDArray[np.int64], ...]:
    """Return the trie of pieces of chunks (bits of each), that of all fixed words, and that of words for extensions."""
    pieces = dict.fromkeys(_LINK_PIECES, LINKED)
    for sign in phone_rare.RARE:
        piece = _piece(sign)
        pieces[piece] = pieces.get(piece, 0) | WORD
    extensions = phone_extensions._WORDS.split("|")
    tables: list[dict[str, list[int]]] = [
        {piece: [bits] for piece, bits in pieces.items()},
        {sign: [int(CUE if sign in phone_reversed.CUES else CHANGE)] for sign in phone_rare.RARE},
        {word: [1] for word in extensions},
    ]
    return tuple(map(lexis_of, tables))


def _piece(sign: str) -> str:
    """Return the rarest part of a phrase as it stands in a chunk."""
    parts = sign.split(" ")
    best = max(
        range(len(parts)),
        key=lambda i: (bool(parts[i]), parts[i] not in _COMMONEST, parts[i] not in _COMMON, len(parts[i])),
    )
    return "\1" * (best > 0) + parts[best] + "\2" * (best < len(parts) - 1)


@kernel
def rare_bits(t: Any, text: Any, kinds: Any, start: Any, end: Any) -> Any:
    """Return what a chunk may be part of."""
    found = 0
    pieces = t[T_RARE]
    for first in range(start - 1, end):
        node = next_node(t, pieces, _ROOT, _BEGIN if first < start else np.int64(text[first]))
        at = first + 1
        while node:
            row = word_at(t, pieces, node)
            found |= t[row] if row >= 0 else 0
            if at > end:
                break
            node = next_node(t, pieces, node, np.int64(text[at]) if at < end else _END)
            at += 1
    row = 0  # figures in a row before this place, or before the bracket before it
    sign = False  # whether a hyphen or a dot stands behind three figures, and figures and hyphens only behind it
    for k in range(start, end):
        code = np.int64(text[k])
        if kinds[k] & FIGURE:
            row += 1
        elif code == 45 or code == 46:
            sign, row = row >= 3 or (sign and code == 45), 0
        elif code != 41 or row < 3:
            if code == 43:
                found |= PLUS
            elif sign and 97 <= code and code <= 122:
                found |= LETTERED
            sign, row = False, 0
    if ends_in_free_call(text, kinds, start, end):
        found |= LETTERED
    if changes_of_kind(kinds, start, end) >= _FEWEST_CHANGES:
        found |= PLUS
    at = start
    while at < end:
        what, first, at = next_token(text, kinds, at, end)
        if what == LETTERS and find_row(t, t[T_EXTENSIONS], text, first, at) >= 0:
            found |= EXTENDED
        if what == NO_TOKEN:
            break
    return found


@kernel
def changes_of_kind(kinds: Any, start: Any, end: Any) -> Any:
    """Return how often figures and what is none follow each other."""
    n = 0
    for k in range(start + 1, end):
        n += (kinds[k - 1] & FIGURE != 0) != (kinds[k] & FIGURE != 0)
    return n


@kernel
def ends_in_free_call(text: Any, kinds: Any, start: Any, end: Any) -> Any:
    """Say whether a chunk ends like 800, 0808, 1300 or another number whose rest may be letters."""
    while end > start and (text[end - 1] == 41 or text[end - 1] == 45 or text[end - 1] == 46):
        end -= 1
    if end - start < 3 or not (kinds[end - 1] & FIGURE and kinds[end - 2] & FIGURE and kinds[end - 3] & FIGURE):
        return False
    return has_free_call(text, start, end)


@kernel
def write_rare(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, stop, start, end, bits, number, r, rare
) -> None:
    """Write the marks beside a chunk with these bits: text, way, place. The same mark may be written twice."""
    if bits & WORD:
        write_rare_words(t, text, max(begin, start - _FURTHEST), min(stop, end + _FURTHEST), number, r, rare)
    if bits & PLUS and has_pluses(text, max(begin, start - _PLUS_BEFORE), min(stop, end + _PLUS_BEHIND)):
        write_matches(t, PLUSES, text, kinds, begin, stop, start - _PLUS_BEFORE, end, CHANGE, number, r, rare)
    if bits & PLUS and changes_of_kind(kinds, start, end) >= _FEWEST_CHANGES:
        write_matches(t, BETWEEN, text, kinds, begin, stop, start, end, CHANGE, number, r, rare)
    if bits & EXTENDED:
        write_matches(t, EXTENSION, text, kinds, begin, stop, start - _BEFORE, end, EXTENDS, number, r, rare)
    if bits & LETTERED:
        write_matches(t, VANITY, text, kinds, begin, stop, start - _BEFORE, end, IN_LETTERS, number, r, rare)
    if bits & LINKED:
        write_matches(t, LINK_GATE, text, kinds, begin, stop, start - _LINK_BEFORE, end, LINKS, number, r, rare)


@kernel
def write_matches(  # type: ignore[no-untyped-def]
    t, pattern, text, kinds, begin, stop, at, until, way, number, r, rare
) -> None:
    """Write all places at `at` or behind and before `until` at which a pattern matches."""
    at = max(begin, at)
    while at < until:
        end = search(t, t[T_MASKS], pattern, text, kinds, begin, at, stop, until - 1, r)
        if end == -1:
            break
        if end < 0:
            r[DECLINED] = 1
            break
        write_mark(number, way, r[0], end, r, rare)
        at = r[0] + 1


@kernel
def write_mark(number: Any, way: Any, start: Any, end: Any, r: Any, rare: Any) -> None:
    """Write one mark, or that there was no room."""
    if r[N_RARE] == len(rare):
        r[C_FULL] = 1
        return
    row = rare[r[N_RARE]]
    row[M_TEXT], row[M_WAY], row[M_START], row[M_END] = number, way, start, end
    r[N_RARE] += 1


@kernel
def has_pluses(text: Any, left: Any, right: Any) -> Any:
    """Say whether three pluses stand here."""
    n = 0
    for k in range(left, right):
        n += text[k] == 43
    return n >= 3


@kernel
def write_rare_words(  # type: ignore[no-untyped-def]
    t, text, begin, stop, number, r, rare
) -> None:
    """Write where the fixed words and signs stand in text[begin:stop]."""
    words = t[T_ALL_RARE]
    for first in range(begin, stop):
        node = next_node(t, words, _ROOT, np.int64(text[first]))
        at = first + 1
        while node:
            row = word_at(t, words, node)
            if row >= 0:
                write_mark(number, t[row], np.int64(first), np.int64(at), r, rare)
            if at == stop:
                break
            node = next_node(t, words, node, np.int64(text[at]))
            at += 1
