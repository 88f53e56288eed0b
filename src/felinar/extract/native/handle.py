"""Handles, natively: a text in which one may stand is declined; the twin of `extract/handle.py`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import handle
from felinar.extract.native.asked import Asked, Ints, Result, no_readings, texts_of
from felinar.extract.native.charsets import is_figure
from felinar.extract.native.machine import NONE
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import FIELDS, About
from felinar.extract.native.signs import Signs, words_of_group
from felinar.kernels.compile import kernel

PATTERNS = (handle._AFTER_CUE, handle._SIGNED, handle._BEFORE_CUE, handle._LINK)
_AFTER, _SIGNED, _BEFORE, _LINK = range(len(PATTERNS))
_SIGN, _SLASH, _COLON, _EQUALS, _DOT, _LOW = map(ord, "@/:=._")
_LAST = ord("h")  # hints end in a slash, or in an h
_URL = FIELDS.index("url")


@lru_cache(maxsize=1)
def book() -> Book:
    """Return the patterns of handles."""
    return book_of(PATTERNS)


@lru_cache(maxsize=1)
def _said() -> NDArray[np.bool_]:
    """Return for every registered word whether this kind waits for it."""
    return words_of_group("handle")


@lru_cache(maxsize=1)
def _hints() -> tuple[NDArray[np.uint32], Ints]:
    """Return the hints of links, one behind the other, and their bounds."""
    letters = np.array([ord(c) for hint in handle._LINK_HINTS for c in hint], dtype=np.uint32)
    return letters, np.cumsum([0, *map(len, handle._LINK_HINTS)])


def read(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return no readings, and the texts with a link to a profile, or with a cue and what may be a user name."""
    asked = Asked(page, book(), plain)
    hints, bounds = _hints()
    rows = np.empty(len(texts), dtype=np.int64)
    linked = rows[: asked.form(write_hinted)(page.folded, page.at, texts, hints, bounds, rows)]
    return no_readings(), texts_of(np.concatenate([asked.with_match(_LINK, linked), _cued(asked, texts, about, signs)]))


def _cued(asked: Asked, texts: NDArray[np.int32], about: About, signs: Signs) -> Ints:
    """Return the texts in which a platform's name stands beside what may be a user name."""
    page = asked.page
    held = np.zeros(len(page.first), dtype=np.bool_)
    held[texts[about.field[texts] != _URL]] = True
    hit = _said()[signs.word] & held[signs.text]
    text = signs.text[hit].astype(np.int64)
    place, lo, hi = page.at[text] + signs.start[hit], page.at[text], page.at[text + 1]
    after = asked.match(_AFTER, lo, hi, place)
    groups = {name: after.groups[:, 2 * g - 2 : 2 * g] for name, g in handle._AFTER_CUE.groupindex.items()}
    there = after.end != NONE
    may_be = there.copy()
    run = asked.form(mark_names)
    run(page.folded, there, groups["joint"], groups["sign"], groups["name"], may_be)
    signed = _with_sign(page, text)
    may_be[signed] |= asked.there(_SIGNED, lo[signed], hi[signed], place[signed])
    return np.concatenate([text[may_be], asked.with_match(_BEFORE, np.unique(text[signed]))])


def _with_sign(page: Page, text: Ints) -> NDArray[np.bool_]:
    """Return which of these texts have an "@"."""
    signed = np.searchsorted(page.at, np.flatnonzero(page.folded == _SIGN), side="right") - 1
    return np.isin(text, signed)


@kernel
def write_hinted(folded: Any, at: Any, texts: Any, hints: Any, bounds: Any, rows: Any) -> int:
    """Write the texts in which one of the hints stands; return how many."""
    n = 0
    for text in texts:
        found = False
        for k in range(at[text], at[text + 1]):
            code = folded[k]
            if code != _SLASH and code != _LAST:
                continue
            for hint in range(len(bounds) - 1):
                last = bounds[hint + 1] - 1
                size = last + 1 - bounds[hint]
                same = k + 1 - at[text] >= size
                back = 0
                while same and back < size:
                    same = folded[k - back] == hints[last - back]
                    back += 1
                found = found or same
            if found:
                break
        if found:
            rows[n] = text
            n += 1
    return n


@kernel
def mark_names(folded: Any, there: Any, joint: Any, sign: Any, name: Any, may_be: Any) -> None:
    """Mark the cues whose name has a sign, a figure, a dot, or a colon before it, and is no number."""
    for i in range(len(there)):
        if not there[i]:
            continue
        marked = sign[i, 1] > sign[i, 0]
        for k in range(joint[i, 0], joint[i, 1]):
            marked = marked or folded[k] == _COLON or folded[k] == _EQUALS
        number = True
        for k in range(name[i, 0], name[i, 1]):
            figure = is_figure(folded[k])
            marked = marked or figure or folded[k] == _DOT or folded[k] == _LOW
            number = number and (figure or folded[k] == _DOT)
        may_be[i] = marked and not number
