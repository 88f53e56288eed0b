"""What lets the pattern of units be asked at all: a loop that passes over the amounts after which none can stand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import price
from felinar.extract.native.characters import ALNUM, SIGN, SPACE, kind_of
from felinar.extract.native.charsets import codes_of, is_one_of
from felinar.extract.native.lookup import pair_of, pairs_of
from felinar.extract.words import folded
from felinar.kernels.compile import kernel
from felinar.kernels.kept_tables import kept_table

_SKIPPED, _MOST_SKIPPED = " .,/-?(", 12  # what may stand before the first word of a unit
_SKIP = codes_of(_SKIPPED)
_NOTHING = np.uint32(0)


@kept_table
def unit_beginnings() -> NDArray[np.uint8]:
    """Return with which two characters what follows an amount may begin (`pair_of`), blanks and signs aside."""
    units = [word for words in price._UNITS.values() for word in words.split("|")]
    single = [word for word in price._PER_WORDS.split("|") if len(word) == 1]  # a unit may touch it
    words = [*price._NET.split("|"), *price._PER_WORDS.split("|"), *units, *(a + b for a in single for b in units)]
    bare = [folded(word).lstrip(_SKIPPED) for word in words]
    return pairs_of(word[0] + (word[1] if _goes_on(word[1:2]) else "\0") for word in bare if word)


def _goes_on(character: str) -> bool:
    return bool(character) and bool(kind_of(character) & (ALNUM | SIGN))


@kernel
def mark_units(folded: Any, kinds: Any, after: Any, hi: Any, begins: Any, found: Any) -> None:
    """Mark the amounts behind which a word of time, one for "per" or one for "net" may begin."""
    for i in range(len(after)):
        k = after[i]
        stop = min(hi[i], k + _MOST_SKIPPED)
        while k < stop and ((kinds[k] & SPACE) != 0 or is_one_of(folded[k], _SKIP)):
            k += 1
        if k >= hi[i]:
            continue
        second: Any = folded[k + 1] if k + 1 < hi[i] and (kinds[k + 1] & (ALNUM | SIGN)) != 0 else _NOTHING
        found[i] = k == stop or begins[pair_of(folded[k], second)] != 0
