"""How a number was hidden, as a number of `WRITTEN`: the twin of `extract/phone_disguise.py`."""

# ruff: noqa: SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_disguise
from felinar.extract.native.characters import ALNUM, ALPHA, DECIMAL, FIGURE, NUMERIC, SPACE
from felinar.extract.native.phone_columns import A_DIGITS, A_DIGITS_END, A_KIND, A_LANGUAGES, A_WORD, AS_GUESS, AS_WORD
from felinar.extract.native.phone_words import first_language
from felinar.kernels.compile import kernel

WRITTEN = (
    "", "words", "look-alikes", "fullwidth", "other digits", "keycaps", "hidden characters", "spaced", "words between",
    "separators", "link",
)  # fmt: skip
UNHIDDEN, WORDS, LOOKALIKES, FULL_WIDTH, OTHER_DIGITS, KEYCAPS, HIDDEN, SPACED, BETWEEN, SEPARATORS, LINK = range(11)
# Added where only Python knows whether a character is seen (its Unicode category): one that was not met before.
ASK = 16
ALL_LANGUAGES = (1 << 60) - 1
_FIRST_BLOCK, _LAST_BLOCK = phone_disguise.FIRST_BLOCK, phone_disguise.LAST_BLOCK


@kernel
def how_written(  # type: ignore[no-untyped-def]
    original, kinds, begin, start, end, stop, atoms, first, last, unseen
) -> Any:
    """Return how the number of the atoms first to last is written, between two places of the original characters.

    Its text near it is begin to stop.

    With ASK added, the rest holds where no character is hidden.
    """
    words = 0
    guesses = 0
    single = 0
    for i in range(first, last + 1):
        words += is_word(atoms, i)
        guesses += atoms[i, A_KIND] == AS_GUESS
        single += atoms[i, A_DIGITS_END] - atoms[i, A_DIGITS] == 1
    if words:
        return np.int64(WORDS)
    if guesses:
        return np.int64(LOOKALIKES)
    how = how_of_characters(original, kinds, begin, start, end, stop, unseen)
    if how and how != ASK:
        return how
    if single >= 6:
        return how + SPACED
    for k in range(start, end):
        if kinds[k] & ALPHA:
            return how + BETWEEN
    return how + (UNHIDDEN if is_plain(original, kinds, begin, start, end, stop) else SEPARATORS)


@kernel
def is_word(atoms: Any, at: Any) -> Any:
    """Say whether an atom is a number word, and not a letter that looks like a digit."""
    return atoms[at, A_WORD] >= 0 and (atoms[at, A_KIND] == AS_WORD or atoms[at, A_LANGUAGES] & ALL_LANGUAGES != 0)


@lru_cache(maxsize=1)
def unseen_characters() -> NDArray[np.uint8]:
    """Return of every code point whether it is a character that nobody sees: 0 not known yet, 1 no, 2 yes."""
    return np.zeros(sys.maxunicode + 1, dtype=np.uint8)


def meet(written: str) -> None:
    """Note which of these characters nobody sees."""
    for character in written:
        unseen_characters()[ord(character)] = 1 + (unicodedata.category(character) in phone_disguise._UNSEEN)


@kernel
def is_own(original: Any, kinds: Any, begin: Any, at: Any, stop: Any) -> Any:
    """Say whether this is a figure of a script of which letters stand near, as `_is_own`."""
    block = original[at] >> 8
    if block < _FIRST_BLOCK or block > _LAST_BLOCK or kinds[at] & DECIMAL == 0:
        return False
    for k in range(begin, stop):
        if original[k] >> 8 == block and kinds[k] & ALPHA:
            return True
    return False


@kernel
def how_of_characters(  # type: ignore[no-untyped-def]
    original, kinds, begin, start, end, stop, unseen
) -> Any:
    """Return how the characters themselves hide a number, 0 for not at all."""
    full = False
    numeric = False
    keycaps = False
    foreign = False
    hidden = False
    ask = False
    for k in range(start, end):
        code = original[k]
        if code >= 128:
            if is_own(original, kinds, begin, k, stop):
                continue
            foreign = True
            full = full or (code >= 0xFF10 and code <= 0xFF19)
            numeric = numeric or kinds[k] & NUMERIC != 0
            keycaps = keycaps or code == 0x20E3
            if kinds[k] & (ALNUM | SPACE) == 0:
                hidden = hidden or unseen[code] == 2
                ask = ask or unseen[code] == 0
        else:
            hidden = hidden or ((code < 32 or code == 127) and kinds[k] & SPACE == 0)
    if full:
        return np.int64(FULL_WIDTH)
    if numeric:
        return np.int64(OTHER_DIGITS)
    if keycaps:
        return np.int64(KEYCAPS)
    if foreign and hidden:
        return np.int64(HIDDEN)
    return np.int64(ASK if ask else UNHIDDEN)


@kernel
def is_plain(original: Any, kinds: Any, begin: Any, start: Any, end: Any, stop: Any) -> Any:
    """Say whether figures stand there with up to three ordinary separators between them, one bracket among them."""
    gap = 0
    brackets = 0
    for k in range(start, end):
        if kinds[k] & FIGURE or (original[k] >= 128 and is_own(original, kinds, begin, k, stop)):
            gap = 0
            continue
        gap += 1
        code = original[k]
        brackets += code == 40
        plain = (
            code == 32 or code == 46 or code == 40 or code == 41 or code == 47 or code == 45  # blank . ( ) / -
            or code == 0xA0 or code == 0x2007 or code == 0x2009 or code == 0x202F or (code >= 0x2010 and code <= 0x2013)
        )  # fmt: skip
        if not plain or gap > 3 or k == start:
            return False
    return gap == 0 and brackets < 2


@kernel
def language_of_words(orders: Any, atoms: Any, first: Any, last: Any) -> Any:
    """Return the language (a number of LANGUAGES) that most words share, of equals the one named first; -1 for none."""
    most = 0
    best = np.int64(0)
    for language in range(orders.shape[1]):
        count = 0
        for i in range(first, last + 1):
            if is_word(atoms, i):
                count += (atoms[i, A_LANGUAGES] >> language) & 1
        if count > most:
            most = count
            best = np.int64(1) << language
        elif count == most and count > 0:
            best |= np.int64(1) << language
    shared: Any = best
    for i in range(first, last + 1):
        if is_word(atoms, i) and atoms[i, A_LANGUAGES] & shared:
            return np.int64(first_language(orders, atoms[i, A_LANGUAGES], shared))
    return np.int64(-1)
