"""Texts in which signs stand for digits (`|`, `!`, `$`, `&`), read in both forms: the twin of `phone_signs.py`.

A small page holds each of these texts and, right behind it, its second form: the same places with the signs as letters.
The scan reads a span with such signs in both; here the clearest reading of each span is chosen, as `clearest`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import characters
from felinar.extract.native.page import Page
from felinar.extract.native.pattern_run import search
from felinar.extract.native.phone_columns import T_MASKS
from felinar.extract.native.phone_found import readings_of_scan
from felinar.extract.native.phone_masks import SIGN_AS_DIGIT
from felinar.extract.native.phone_plainer import about_texts
from felinar.extract.native.phone_scan import scan_texts
from felinar.extract.native.phone_tables import room_for, tables
from felinar.extract.native.readings import About, Readings
from felinar.extract.phone_signs import _SIGNS
from felinar.kernels.compile import kernel

_SIGN_CODES = 256  # no sign has a higher code point


def read_signed(
    page: Page, texts: NDArray[np.int32], about: About, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the telephone numbers of these texts, and the texts that only the plain reader can decide."""
    both, around = both_forms(page, texts, plain=plain), about_texts(about, np.repeat(texts, 2))
    first = np.arange(0, 2 * len(texts), 2, dtype=np.int32)
    scan = scan_texts(both, first, around, twice=True, plain=plain)
    readings = readings_of_scan(both, scan, around, plain=plain)
    return readings._replace(text=texts[readings.text // 2]), texts[scan.declined // 2]


@lru_cache(maxsize=1)
def _letters() -> NDArray[np.int64]:
    """Return for every character below _SIGN_CODES the letter, the small letter and their kinds, 0 for no sign."""
    letters = np.zeros((_SIGN_CODES, 4), dtype=np.int64)
    for sign, letter in _SIGNS.items():
        codes = np.array([ord(letter), ord(letter.lower())], dtype=np.uint32)
        letters[ord(sign)] = [*codes, *characters(codes).kinds[codes]]
    return letters


def both_forms(page: Page, texts: NDArray[np.int32], *, plain: bool = False) -> Page:
    """Return a page of these texts, each followed by its second form."""
    again = np.repeat(texts, 2)
    first, (original, original_kinds) = _copied(page.first[again], page.last[again], page.original, page.original_kinds)
    at, (folded, kinds, place) = _copied(page.at[again], page.at[again + 1], page.folded, page.kinds, page.place)
    both = Page(original, original_kinds, first[:-1], first[1:], folded, kinds, place, at)
    (write_letters.plain if plain else write_letters)(both, tables(), _letters(), room_for(int(np.diff(at).max())))
    return both


def _copied(
    starts: NDArray[np.int64], ends: NDArray[np.int64], *columns: NDArray[Any]
) -> tuple[NDArray[np.int64], list[NDArray[Any]]]:
    """Return these stretches of columns behind each other, and where each of them begins then."""
    rows = [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    bounds = np.concatenate([[0], np.cumsum(ends - starts)])
    return bounds, [np.concatenate([column[row] for row in rows]) for column in columns]


@kernel
def write_letters(both: Any, t: Any, letters: Any, r: Any) -> None:
    """Write letters for the signs beside digits in every second text; the one before it has the signs."""
    for text in range(0, len(both.first), 2):
        begin, stop = both.at[text], both.at[text + 1]
        for sign in range(begin, stop):
            code = both.folded[sign]
            if code >= _SIGN_CODES or letters[code, 0] == 0:
                continue
            if search(t, t[T_MASKS], SIGN_AS_DIGIT, both.folded, both.kinds, begin, sign, stop, sign, r) < 0:
                continue
            behind, second = both.first[text + 1] + both.place[sign], sign + stop - begin
            both.original[behind], both.original_kinds[behind] = letters[code, 0], letters[code, 2]
            both.folded[second], both.kinds[second] = letters[code, 1], letters[code, 3]
