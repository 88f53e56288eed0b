"""The words that more than one native reader waits for, in one table: each word of a page is looked up once.

Small words tell the language, first names are names, and each registered sign (`extract/signs.py`) begins with a word.
"""

from __future__ import annotations

from itertools import takewhile

from felinar.extract import language
from felinar.extract import name as names
from felinar.extract.native.characters import SIGN, WORD_LETTER, kind_of
from felinar.extract.native.table import WordTable, word_table
from felinar.extract.signs import entries
from felinar.kernels.kept_tables import kept_table


@kept_table
def vocabulary() -> tuple[str, ...]:
    """Return the words by their numbers."""
    lists = (language.small_words(), names.names(), names._WORDS_TOO, names._NOT_NAMES, map(first_word, entries()))
    return tuple(sorted({word for words in lists for word in words if word}))


@kept_table
def vocabulary_table() -> WordTable:
    """Return the table of the words."""
    return word_table(vocabulary())


def first_word(sign: str) -> str:
    """Return the letters with which a sign begins; empty for one that begins with a figure or no letter."""
    return "".join(takewhile(lambda letter: kind_of(letter) & (WORD_LETTER | SIGN), sign))
