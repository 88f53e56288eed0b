"""The words of `extract/price.py` as tables: money, time, and what may follow a number."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract import price
from felinar.extract.native.characters import ALNUM, SIGN, kind_of
from felinar.extract.native.lookup import pairs_of
from felinar.extract.native.table import WordTable, word_table

MONEY, JOINS, JOINED = 1, 2, 4  # what a following word may be: it begins a word of money, it joins, it is joined
CODES, UNITS = tuple(price._CURRENCIES), tuple(price._UNITS)
EUR, GBP, ROSE = CODES.index("EUR"), CODES.index("GBP"), CODES.index("ROSE")


class Tables(NamedTuple):
    """Words of money and of time, with the numbers of what they mean, and the roles of words that may follow a number.

    `sizes[c]` has bit n for a word of money of n characters that ends in character c; `pairs` says of two characters
    (`pair_of`) whether a word of money may end with them, `begins` whether one that may follow begins with them.
    `letters` says of a word of money whether it consists of letters, `length` how many characters it has. `last` are
    the ends of words of time: the letters and figures at the end, or, for one that ends in a sign of `last_signs`, this
    and the character before it.
    """

    money: WordTable
    currency: NDArray[np.int64]
    letters: NDArray[np.bool_]
    length: NDArray[np.int64]
    sizes: NDArray[np.int64]
    pairs: NDArray[np.uint8]
    time: WordTable
    unit: NDArray[np.int64]
    follows: WordTable
    role: NDArray[np.int64]
    begins: NDArray[np.uint8]
    last: WordTable
    last_signs: NDArray[np.int64]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the tables of this process."""
    money, time = list(price._CURRENCY_OF), list(price._UNIT_OF)
    sizes = np.zeros(1 + max(ord(word[-1]) for word in money), dtype=np.int64)
    for word in money:
        sizes[ord(word[-1])] |= 1 << len(word)
    follows = sorted(price._MONEY | price._JOINS | price._JOINED)
    roles = ((MONEY, price._MONEY), (JOINS, price._JOINS), (JOINED, price._JOINED))
    return Tables(
        word_table(money),
        np.array([CODES.index(price._CURRENCY_OF[w]) for w in money]),
        np.array([w.isalpha() for w in money]),
        np.array([len(w) for w in money]),
        sizes,
        pairs_of(word[-2:] for word in money),
        word_table(time),
        np.array([UNITS.index(price._UNIT_OF[w]) for w in time]),
        word_table(follows),
        np.array([sum(bit for bit, words in roles if w in words) for w in follows]),
        pairs_of((word + "\0")[:2] for word in follows),
        word_table(sorted(set(map(_end_of, time)))),
        np.array(sorted({ord(w[-1]) for w in time if not _in_word(w[-1])}), dtype=np.int64),
    )


def _end_of(word: str) -> str:
    """Return the letters, figures and vowel signs at the end of a word, or its last two characters."""
    if not _in_word(word[-1]):
        return word[-2:]
    start = len(word)
    while start and _in_word(word[start - 1]):
        start -= 1
    return word[start:]


def _in_word(character: str) -> bool:
    return bool(kind_of(character) & (ALNUM | SIGN))


@lru_cache(maxsize=1)
def names() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return what values say of every currency and then of every unit, ` EUR` and `/hour`, as bytes and bounds."""
    said = [*(f" {code}".encode() for code in CODES), *(f"/{unit}".encode() for unit in UNITS)]
    return np.frombuffer(b"".join(said), dtype=np.uint8), np.cumsum([0, *map(len, said)])
