"""What every character is and what it folds to, as arrays over all code points that kernels can look things up in.

The arrays are filled as characters are met, from `kernels/fold.py` and from Python's own idea of a letter or a blank,
so that a native reader and the patterns of the plain readers can never disagree about a character.
"""

from __future__ import annotations

import re
import sys
import threading
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.phone_prefilter import LETTERS
from felinar.extract.words import SIGNS
from felinar.kernels.fold import fold_character

# What a character is, one bit each: `str.isspace`, `isalpha`, `isalnum`, `isupper`, `islower`, `isdigit`, `isdecimal`,
# `isnumeric`; a plain figure 0-9; a vowel sign of Devanagari; a letter of a telephone word (phone_prefilter.LETTERS);
# a letter of a word (alphanumeric, no decimal digit: `[^\W\d_]`); what a sign of `extract/signs.py` may begin with that
# begins with no letter.
SPACE, ALPHA, ALNUM, UPPER, LOWER, DIGIT, DECIMAL, NUMERIC = 1, 2, 4, 8, 16, 32, 64, 128
FIGURE, SIGN, LETTER, WORD_LETTER, OPENS = 256, 512, 1024, 2048, 4096
OPENERS = "&(*<[{"
MET = 1 << 15
_ALL = sys.maxunicode + 1
_letter = re.compile(LETTERS).fullmatch
_sign = re.compile(f"[{SIGNS}]").fullmatch


class Characters(NamedTuple):
    """Tables over code points: `kinds` has the bits above.

    `folds` has the code point that a character folds to, or, below zero, ~number of a sequence: sequence k is
    `parts[bounds[k]:bounds[k + 1]]`, empty for a character that goes.
    """

    kinds: NDArray[np.uint16]
    folds: NDArray[np.int32]
    bounds: NDArray[np.int32]
    parts: NDArray[np.uint32]


class _Table:
    """The tables of this process; they only ever grow. What was handed out stays as it is: a thread may read it."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self.kinds = np.zeros(_ALL, dtype=np.uint16)
        self.folds = np.zeros(_ALL, dtype=np.int32)
        self.sequences: list[str] = []
        self.current = self._arrays()
        self.meet(np.arange(128, dtype=np.uint32))

    def meet(self, codes: NDArray[np.uint32]) -> None:
        """Fill in what is not known of these code points and of those that they fold to."""
        with self._one_at_a_time:
            new = [int(code) for code in codes if not self.kinds[code]]
            if new:
                self.kinds, self.folds = self.kinds.copy(), self.folds.copy()
                self._fill(new)
                self.current = self._arrays()

    def _fill(self, new: list[int]) -> None:
        for code in new:
            folded = fold_character(chr(code))
            self.kinds[code] = kind_of(chr(code))
            if len(folded) == 1:
                self.folds[code] = ord(folded)
            else:
                self.folds[code] = ~len(self.sequences)
                self.sequences.append(folded)
            for part in folded:
                self.kinds[ord(part)] = kind_of(part)
                if self.folds[ord(part)] == 0:
                    self.folds[ord(part)] = ord(part)  # what is folded stays as it is

    def _arrays(self) -> Characters:
        bounds = np.cumsum([0, *map(len, self.sequences)], dtype=np.int32)
        parts = np.array([ord(c) for sequence in self.sequences for c in sequence], dtype=np.uint32)
        return Characters(self.kinds, self.folds, bounds, parts)


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()


def characters(codes: NDArray[np.uint32]) -> Characters:
    """Return the tables, in which at least these code points are known (pass those with `kinds` of 0)."""
    _table().meet(codes)
    return _table().current


def kind_of(character: str) -> int:
    """Return the bits of one character."""
    tests = (str.isspace, str.isalpha, str.isalnum, str.isupper, str.islower, str.isdigit, str.isdecimal, str.isnumeric)
    bits = sum(1 << i for i, test in enumerate(tests) if test(character))
    bits |= FIGURE * ("0" <= character <= "9") | SIGN * (_sign(character) is not None)
    bits |= LETTER * (_letter(character) is not None) | OPENS * (character in OPENERS or character.isdecimal())
    return bits | WORD_LETTER * (character.isalnum() and not character.isdecimal()) | MET
