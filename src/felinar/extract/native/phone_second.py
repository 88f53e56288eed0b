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
    """Return (sign, letter, small letter, kinds of the letter and of the small one) of each sign."""
    codes = [(ord(sign), ord(letter), ord(letter.lower())) for sign, letter in _SIGNS.items()]
    kinds = characters(np.array([code for row in codes for code in row], dtype=np.uint32)).kinds
    return np.array([[*row, kinds[row[1]], kinds[row[2]]] for row in codes], dtype=np.int64)


def both_forms(page: Page, texts: NDArray[np.int32], *, plain: bool = False) -> Page:
    """Return a page of these texts, each followed by its second form."""
    sizes = np.repeat(page.last[texts] - page.first[texts], 2), np.repeat(page.at[texts + 1] - page.at[texts], 2)
    bounds, at = (np.concatenate([[0], np.cumsum(size, dtype=np.int64)]) for size in sizes)
    known = _letters()
    original, folded = np.empty(bounds[-1], dtype=np.uint32), np.empty(at[-1], dtype=np.uint32)
    original_kinds, kinds = np.empty(bounds[-1], dtype=np.uint16), np.empty(at[-1], dtype=np.uint16)
    both = Page(original, original_kinds, bounds[:-1], bounds[1:], folded, kinds, np.empty(at[-1], dtype=np.int32), at)
    longest = int(sizes[1].max(initial=0))
    (write_forms.plain if plain else write_forms)(page, texts, tables(), known, room_for(longest), both)
    return both


@kernel
def write_forms(page: Any, texts: Any, t: Any, letters: Any, r: Any, both: Any) -> None:
    """Write these texts into the other page, each twice, the second time with letters for signs beside digits."""
    for k in range(len(texts)):
        text = texts[k]
        for form in range(2):
            shift = both.first[2 * k + form] - page.first[text]
            for at in range(page.first[text], page.last[text]):
                both.original[at + shift] = page.original[at]
                both.original_kinds[at + shift] = page.original_kinds[at]
            shift = both.at[2 * k + form] - page.at[text]
            for at in range(page.at[text], page.at[text + 1]):
                both.folded[at + shift] = page.folded[at]
                both.kinds[at + shift] = page.kinds[at]
                both.place[at + shift] = page.place[at]
        begin, stop, first = page.at[text], page.at[text + 1], both.first[2 * k + 1]
        shift = both.at[2 * k + 1] - begin
        for sign in range(begin, stop):
            code = page.folded[sign]
            for row in range(len(letters)):
                if letters[row, 0] == code and (
                    search(t, t[T_MASKS], SIGN_AS_DIGIT, page.folded, page.kinds, begin, sign, stop, sign, r) > 0
                ):
                    both.folded[sign + shift], both.kinds[sign + shift] = letters[row, 2], letters[row, 4]
                    behind = first + page.place[sign]
                    both.original[behind], both.original_kinds[behind] = letters[row, 1], letters[row, 3]
