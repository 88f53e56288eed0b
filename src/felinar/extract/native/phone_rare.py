"""Which texts may have a rare way of writing a number: a quick native look before `phone_rare.is_rare` is asked.

It says yes too often, never too seldom: each sign, word or figure that the gate of `phone_rare` cannot do without is
noted with the chunk that has it, and the patterns are tried only around such a chunk.
"""

# ruff: noqa: SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_extensions, phone_rare
from felinar.extract.native.characters import FIGURE
from felinar.extract.native.lexis import find_row, lexis_of, next_node, word_at
from felinar.extract.native.pattern_run import search
from felinar.extract.native.phone_columns import T_ALL_RARE, T_EXTENSIONS, T_MASKS, T_RARE
from felinar.extract.native.phone_masks import EXTENSION, LINK_GATE, PLUSES, VANITY
from felinar.extract.native.phone_prefilter import LETTERS, NO_TOKEN, next_token
from felinar.extract.native.phone_signals import has_free_call
from felinar.kernels.compile import kernel

# What a chunk may be part of: a fixed word or sign, an extension, pluses between figures, a number in letters, a link.
WORD, EXTENDED, PLUS, LETTERED, LINKED = 1, 2, 4, 8, 16
_ROOT = np.int64(0)
_BEGIN, _END = np.int64(1), np.int64(2)  # stand for the ends of a chunk
_FURTHEST = max(map(len, phone_rare.RARE))  # from the piece of a phrase to the ends of the phrase
_COMMON = frozenset(("para", "number", "end", "right", "left", "order", "front"))
_COMMONEST = frozenset(("from", "the", "to", "de", "la", "al", "a", "of", "in"))
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
        {sign: [bool(sign)] for sign in phone_rare.RARE},
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
    figures = sign = 0
    for k in range(start, end):
        code = np.int64(text[k])
        if kinds[k] & FIGURE:
            figures += 1
        elif code == 43:
            found |= PLUS
        elif code == 45 or code == 46:
            sign = sign or figures >= 3
        elif 97 <= code and code <= 122 and sign:
            found |= LETTERED
        if code == 46 or code == 45 or 97 <= code:
            figures = figures if figures >= 3 else 0
    if ends_in_free_call(text, kinds, start, end):
        found |= LETTERED
    at = start
    while at < end:
        what, first, at = next_token(text, kinds, at, end)
        if what == LETTERS and find_row(t, t[T_EXTENSIONS], text, first, at) >= 0:
            found |= EXTENDED
        if what == NO_TOKEN:
            break
    return found


@kernel
def ends_in_free_call(text: Any, kinds: Any, start: Any, end: Any) -> Any:
    """Say whether a chunk ends like 800, 0808, 1300 or another number whose rest may be letters."""
    while end > start and (text[end - 1] == 41 or text[end - 1] == 45 or text[end - 1] == 46):
        end -= 1
    if end - start < 3 or not (kinds[end - 1] & FIGURE and kinds[end - 2] & FIGURE and kinds[end - 3] & FIGURE):
        return False
    return has_free_call(text, start, end)


@kernel
def is_rare_chunk(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, stop, start, end, bits, r
) -> Any:
    """Say whether a chunk with these bits makes its text rare, tried with the patterns around it."""
    for kind in range(4):
        pattern, before, behind = PLUSES, 2, 24
        if kind == 1:
            pattern, before, behind = EXTENSION, 12, 12
        elif kind == 2:
            pattern, before, behind = VANITY, 6, 14
        elif kind == 3:
            pattern, before, behind = LINK_GATE, 24, 24
        if bits & (PLUS if kind == 0 else EXTENDED if kind == 1 else LETTERED if kind == 2 else LINKED):
            left, right = max(begin, start - before), min(stop, end + behind)
            if kind == 0 and not has_pluses(text, left, right):
                continue
            if search(t, t[T_MASKS], pattern, text, kinds, begin, left, right, right, r) != -1:
                return True
    return (bits & WORD) != 0 and has_rare_word(t, text, max(begin, start - _FURTHEST), min(stop, end + _FURTHEST))


@kernel
def has_pluses(text: Any, left: Any, right: Any) -> Any:
    """Say whether three pluses stand here."""
    n = 0
    for k in range(left, right):
        n += text[k] == 43
    return n >= 3


@kernel
def has_rare_word(t: Any, text: Any, begin: Any, stop: Any) -> Any:
    """Say whether one of the fixed words or signs stands in text[begin:stop]."""
    signs = t[T_ALL_RARE]
    for first in range(begin, stop):
        node = next_node(t, signs, _ROOT, np.int64(text[first]))
        at = first + 1
        while node:
            if word_at(t, signs, node) >= 0:
                return True
            if at == stop:
                break
            node = next_node(t, signs, node, np.int64(text[at]))
            at += 1
    return False
