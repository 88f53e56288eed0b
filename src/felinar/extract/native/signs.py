"""The words that several readers wait for, found with the words of a page: the twin of `extract/signs.py`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.page import Page
from felinar.extract.native.spelt import sign_words
from felinar.extract.native.words import words_of

__all__ = ["Signs", "sign_words", "signs_of", "words_of_group"]


class Signs(NamedTuple):
    """Hits in the order of texts and of their starts (of equal starts the shortest first); places are folded ones."""

    text: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    word: NDArray[np.int32]


@cache
def words_of_group(group: str) -> NDArray[np.bool_]:
    """Return for every word number whether the word belongs to the group."""
    return np.array([any(e[0] == group for e in found) for _, found in sign_words()], dtype=np.bool_)


def signs_of(page: Page, *, plain: bool = False) -> Signs:
    """Return the registered words that stand in the texts of a page as whole words."""
    return Signs(*words_of(page, plain=plain)[1])
