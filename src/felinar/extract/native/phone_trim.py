"""Runs without the words that stand alone at their ends: the twin of `trimmed` in `extract/phone_atoms.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_GAP_AT,
    A_GAP_END,
    A_KIND,
    A_LANGUAGES,
    A_START,
    A_WORD,
    A_WORD_SIZE,
    AS_DIGITS,
    AS_GUESS,
    AS_WORD,
)
from felinar.extract.native.phone_disguise import ALL_LANGUAGES
from felinar.extract.native.phone_gaps import BLANK
from felinar.extract.native.phone_vocabulary import FRENCH, HINDI_LATIN
from felinar.extract.phone_words import LOOKALIKE, ORDINARY
from felinar.kernels.compile import kernel


@kernel
def trim_atoms(folded: Any, digits: Any, atoms: Any, first: Any, stop: Any) -> Any:
    """Return (first, stop) of what is left of the atoms first to stop - 1; nothing where both are equal.

    Every atom has digits.
    """
    spoken = np.int64(0)
    for i in range(first, stop):
        spoken |= atoms[i, A_KIND] == AS_WORD
    begin = first
    end = stop
    while end > begin and is_loose(folded, atoms, first, stop, end - 1, end - 2, spoken):
        end -= 1
    while begin < end:
        zero = atoms[begin, A_DIGITS_END] - atoms[begin, A_DIGITS] == 1 and digits[atoms[begin, A_DIGITS]] == 0
        if not is_loose(folded, atoms, first, stop, begin, begin + 1, spoken | zero):
            break
        begin += 1
    if time_follows(folded, atoms, begin, end):
        end -= 2
    certain = 0
    size = 0
    for i in range(begin, end):
        length = atoms[i, A_DIGITS_END] - atoms[i, A_DIGITS]
        size += length
        if atoms[i, A_KIND] != AS_GUESS:
            certain += length
    if size >= 7 and (certain >= 4 or (certain == 3 and size >= 9)):
        return begin, end
    return first, first


@kernel
def time_follows(folded: Any, atoms: Any, first: Any, stop: Any) -> Any:
    """Say whether the last two groups are `de 10` of a sentence, as `_time_follows`."""
    word = stop - 2
    last = stop - 1
    if stop - first < 4 or atoms[word, A_KIND] != AS_GUESS or atoms[last, A_KIND] != AS_DIGITS:
        return False
    if atoms[word, A_WORD] != ORDINARY or atoms[last, A_DIGITS_END] - atoms[last, A_DIGITS] > 2:
        return False
    if atoms[last, A_GAP_END] - atoms[last, A_GAP_AT] != 1 or folded[atoms[last, A_GAP_AT]] != BLANK:
        return False
    if atoms[word, A_DIGITS] - atoms[first, A_DIGITS] < 9:
        return False
    mine = atoms[word, A_LANGUAGES] & ALL_LANGUAGES
    others = np.int64(0)
    for i in range(first, word):
        if atoms[i, A_WORD] >= 0:
            others |= atoms[i, A_LANGUAGES] & ALL_LANGUAGES
    if others:
        return mine & others == 0
    return mine in (1 << FRENCH, 1 << HINDI_LATIN)


@kernel
def is_loose(folded: Any, atoms: Any, first: Any, stop: Any, at: Any, neighbour: Any, spoken: Any) -> Any:
    """Say whether the word at this end belongs to the sentence and not to the number, as `_loose`."""
    if atoms[at, A_KIND] != AS_GUESS:
        return False
    if neighbour < first or neighbour >= stop:
        return True
    if atoms[at, A_WORD] == ORDINARY and atoms[at, A_WORD_SIZE] > 2:
        return False  # glued number words are no part of a sentence
    if atoms[at, A_WORD] == LOOKALIKE and atoms[at, A_DIGITS_END] - atoms[at, A_DIGITS] > 1:
        return False
    if atoms[neighbour, A_START] == atoms[at, A_END] or atoms[neighbour, A_END] == atoms[at, A_START]:
        return False
    if neighbour > first and neighbour < at and atoms[neighbour, A_KIND] == AS_DIGITS:
        size = atoms[at, A_GAP_END] - atoms[at, A_GAP_AT]
        same = atoms[neighbour, A_GAP_END] - atoms[neighbour, A_GAP_AT] == size
        k = 0
        while same and k < size:
            same = folded[atoms[neighbour, A_GAP_AT] + k] == folded[atoms[at, A_GAP_AT] + k]
            k += 1
        if not same:
            return True
    if not (spoken and atoms[at, A_WORD] == ORDINARY and atoms[at, A_WORD_SIZE] == 1):
        return True
    return not (atoms[neighbour, A_KIND] == AS_WORD or atoms[neighbour, A_DIGITS_END] - atoms[neighbour, A_DIGITS] == 1)
