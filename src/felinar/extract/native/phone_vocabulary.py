"""The vocabulary of `extract/phone_words.py` as rows of tables, and the languages of its words as bits."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from felinar.extract.lexicon import load
from felinar.extract.phone_joining import joins_tens
from felinar.extract.phone_words import TIMES, Word, folded_lookalikes, vocabulary

# Columns of the rows of words; digits stand one in each of three columns; MASK has the languages (see
# `languages_mask`).
# TENS: bit 0 for a word of two digits, bit 1 where it may join its neighbour (`joins_tens`), bit 4 for a ten that
# takes every unit, bit 5 for one that joins a unit before it only; bits 2 and 3: how it speaks of hundreds; from bit
# OPEN on: what figures behind it may fill.
KIND, COUNT, ONE, TWO, THREE, TENS, MASK, JOINT = range(8)
WORD_COLUMNS = 8
SMALL, JOINS, SAYS_HUNDREDS, TAKES_TIMES, TAKES_UNITS, TURNED, OPEN = 1, 2, 4, 8, 16, 32, 6  # OPEN: a shift
# What `read_word` writes about a word: its kind or -1, how many digits, tens, languages.
SAID_KIND, SAID_COUNT, SAID_TENS, SAID_MASK = range(4)
ORDER_SHIFT, AS_NUMBERS, AS_PAIRS, AS_SORTED, AS_HUNDREDS = 60, 0, 1, 2, 3
LANGUAGES = (1 << ORDER_SHIFT) - 1
# The bits of French and of Hindi in Latin letters (`de` and `saat` are prepositions), of Korean and of Turkish.
FRENCH, HINDI_LATIN, KOREAN, TURKISH = 8, 6, 48, 22


@lru_cache(maxsize=1)
def language_names() -> tuple[str, ...]:
    """Return the languages in the order of their bits."""
    return tuple(dict.fromkeys([*load().numbers, *load().pairs]))


@lru_cache(maxsize=1)
def language_orders() -> NDArray[np.int64]:
    """Return the bits in the four orders in which plain readers list languages: (4, languages)."""
    names = language_names()
    hundreds = dict.fromkeys([*load().hundreds, *load().hundred, *names])
    rows = (names, dict.fromkeys([*load().pairs, *names]), sorted(names), hundreds)
    return np.array([[names.index(name) for name in row] for row in rows], dtype=np.int64)


def languages_mask(languages: tuple[str, ...], order: int) -> int:
    """Return these languages as bits, with the number of the order in which they stand."""
    return sum(1 << language_names().index(k) for k in languages) | (order << ORDER_SHIFT if languages else 0)


def word_rows() -> dict[str, list[int]]:
    """Return the rows of the vocabulary."""
    return {word: _about(word, meaning) for word, meaning in vocabulary().items()}


def alike_rows() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the digits that letters look like by code point (-1 for none): of originals, of folded ones.

    Each begins with its length.
    """
    exact = {ord(c): int(d) for c, d in load().lookalikes.items()}
    folded = {ord(c): int(d) for c, d in folded_lookalikes().items()}
    return _by_code(exact), _by_code(folded)


def _about(word: str, meaning: Word) -> list[int]:
    digits = [int(d) for d in meaning.digits] + [0, 0, 0]
    order = AS_HUNDREDS if meaning.hundred else AS_PAIRS if meaning.tens else AS_NUMBERS
    mask = languages_mask(meaning.languages, order)
    joint = word in ("und", "en", "og")
    joins = joins_tens(meaning) if meaning.tens else 0
    tens = SMALL * meaning.tens + JOINS * (0 < joins < 3) + TAKES_UNITS * (joins == 2) + TURNED * (joins == 3)
    tens += SAYS_HUNDREDS * (meaning.hundred > 0) + TAKES_TIMES * (meaning.hundred == TIMES)
    tens += meaning.open << OPEN
    return [meaning.kind, len(meaning.digits), *digits[:3], tens, mask, joint]


def _by_code(table: dict[int, int]) -> NDArray[np.int64]:
    found = np.full(max(table) + 2, -1, dtype=np.int64)
    found[0] = max(table) + 1
    for code, digit in table.items():
        found[1 + code] = digit
    return found
