"""What a word means inside a number, looked up in a trie: the twin of `read_word` in `extract/phone_glued.py`.

One walk from the first letter tells a known word and all number words that it begins with; most words end it after
two or three letters.
"""

# ruff: noqa: SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_glued
from felinar.extract.native.lexis import next_node, word_at
from felinar.extract.native.phone_columns import R_SAID, R_SAID_DIGITS, T_ALIKE_FOLDED, T_WORDS
from felinar.extract.native.phone_glued import read_glued
from felinar.extract.native.phone_vocabulary import (
    COUNT,
    KIND,
    MASK,
    ONE,
    ORDER_SHIFT,
    SAID_COUNT,
    SAID_KIND,
    SAID_MASK,
    SAID_TENS,
    TENS,
    THREE,
    TWO,
)
from felinar.extract.phone_words import LOOKALIKE
from felinar.kernels.compile import kernel

_SHORTEST, LONGEST, _MOST_ALIKE = 4, phone_glued._LONGEST, phone_glued._MOST_ALIKE


@kernel
def read_word(t: Any, text: Any, start: Any, end: Any, r: Any) -> Any:
    """Return the kind of the word text[start:end] or -1; what it says goes into `r` (not the zeros of look-alikes)."""
    words = t[T_WORDS]
    node = np.int64(0)
    at = start
    pieces = False  # whether it begins with a number word
    row = -1
    while at < end:
        node = next_node(t, words, node, np.int64(text[at]))
        if node == 0:
            break
        at += 1
        row = word_at(t, words, node)
        pieces = pieces or (at < end and row >= 0)
    if node and row >= 0:
        r[R_SAID + SAID_KIND], r[R_SAID + SAID_COUNT] = t[row + KIND], t[row + COUNT]
        r[R_SAID + SAID_TENS], r[R_SAID + SAID_MASK] = t[row + TENS], t[row + MASK]
        r[R_SAID_DIGITS], r[R_SAID_DIGITS + 1], r[R_SAID_DIGITS + 2] = t[row + ONE], t[row + TWO], t[row + THREE]
        return t[row + KIND]
    size = end - start
    least = _SHORTEST - (0xAC00 <= text[start] and text[start] <= 0xD7A3)  # a syllable of Korean is a figure
    if pieces and least <= size and size <= LONGEST and read_glued(t, text, start, end, r):
        return r[R_SAID + SAID_KIND]
    if size > _MOST_ALIKE:
        return -1
    for k in range(start, end):
        if alike_digit(t, t[T_ALIKE_FOLDED], np.int64(text[k])) < 0:
            return -1
    r[R_SAID + SAID_KIND], r[R_SAID + SAID_COUNT] = LOOKALIKE, size
    r[R_SAID + SAID_TENS], r[R_SAID + SAID_MASK] = 0, 0
    return LOOKALIKE


@kernel
def alike_digit(t: Any, base: Any, code: Any) -> Any:
    """Return the digit that a character looks like by one of the tables, -1 for none."""
    return t[base + 1 + code] if code < t[base] else -1


@kernel
def first_language(orders: Any, mask: Any, common: Any) -> Any:
    """Return the first language of `mask`, in its order, that is also in `common`; -1 for none."""
    order = (mask >> ORDER_SHIFT) & 3
    for k in range(orders.shape[1]):
        if (mask & common) >> orders[order, k] & 1:
            return orders[order, k]
    return -1
