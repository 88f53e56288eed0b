"""Rare kinds, natively: handles, account numbers, wallets. A text that may hold one is declined, all others hold none.

Each test asks only for what its plain reader cannot do without. Masked tokens are plain enough to be read here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.extract import handle, iban, masked, wallet
from felinar.extract.native.asked import Asked, Ints, no_readings
from felinar.extract.native.machine import NONE, Matches, apart, matches
from felinar.extract.native.page import Page, original_of
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import FIELDS, About, Readings
from felinar.extract.native.rows import raw_of
from felinar.extract.native.signs import Signs, words_of_group
from felinar.kernels.compile import kernel

PATTERNS = (
    handle._AFTER_CUE, handle._SIGNED, handle._BEFORE_CUE, handle._LINK, iban._SHAPE, wallet._HINT, masked._TOKEN
)  # fmt: skip
_AFTER, _SIGNED, _BEFORE, _LINK, _SHAPE, _HINT, _TOKEN = range(len(PATTERNS))
_SIGN, _SLASH, _HASH, _COLON, _EQUALS, _DOT, _LOW = map(ord, "@/#:=._")
_ZERO, _NINE, _A, _Z, _LAST = map(ord, "09azh")  # hints end in a slash, or in an h
_URL = FIELDS.index("url")
_LONG = 26  # letters and figures in a row, of any wallet
Result = tuple[Readings, NDArray[np.int32]]


@lru_cache(maxsize=1)
def _said() -> NDArray[np.bool_]:
    """Return for every registered word whether this kind waits for it."""
    return words_of_group("handle")


@lru_cache(maxsize=1)
def book() -> Book:
    """Return the patterns of these kinds."""
    return book_of(PATTERNS)


def read_iban(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return no readings, and the texts in which something has the shape of an account number."""
    asked = Asked(page, book(), plain)
    rows = np.empty((2, len(page.folded) // 4 + 1), dtype=np.int64)
    text, place = rows[:, : asked.form(write_shapes)(page.folded, page.at, texts, rows)]
    return no_readings(), _texts(text[asked.there(_SHAPE, page.at[text], page.at[text + 1], place)])


def read_wallet(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return no readings, and the texts in which something is as long as a wallet and begins like one."""
    asked = Asked(page, book(), plain)
    rows = np.empty((2, len(page.original) // _LONG + 1), dtype=np.int64)
    text, place = rows[:, : asked.form(write_long)(page.original, page.first, page.last, texts, rows)]
    return no_readings(), _texts(text[_in_original(page, _HINT, text, place, plain).end != NONE])


def read_masked(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return the masked tokens in these texts; none is declined."""
    asked = Asked(page, book(), plain)
    held = np.zeros(len(page.first), dtype=np.bool_)
    held[texts] = True
    place = np.flatnonzero(page.original == _HASH)
    text = np.searchsorted(page.first, place, side="right") - 1
    text, place = text[held[text]], place[held[text]]
    found = _in_original(page, _TOKEN, text, place, plain)
    there = asked.form(apart)(found.start, found.end)
    text, first = text[there].astype(np.int32), page.first[text[there]]
    start, end = found.start[there] - first, found.end[there] - first
    keep = np.ones(len(text), dtype=np.bool_)
    token = _written(page, text, start, end, plain)
    value = pc.replace_substring(pc.utf8_trim(token, "#"), "_", ":", max_replacements=1)
    nothing = pa.array([""] * len(text), pa.string())
    numbers = (start.astype(np.int32), end.astype(np.int32), np.full(len(text), 95, dtype=np.int32), ~keep)
    none = np.zeros(0, dtype=np.int32)
    return Readings(text, *numbers, pc.ascii_lower(value), token, nothing, nothing), none


def read_handle(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return no readings, and the texts with a link to a profile, or with a cue and what may be a user name."""
    asked = Asked(page, book(), plain)
    hints, bounds = _hints()
    rows = np.empty(len(texts), dtype=np.int64)
    linked = rows[: asked.form(write_hinted)(page.folded, page.at, texts, hints, bounds, rows)]
    return no_readings(), _texts(np.concatenate([asked.with_match(_LINK, linked), _cued(asked, texts, about, signs)]))


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


def _in_original(page: Page, pattern: int, text: Ints, place: Ints, plain: bool) -> Matches:
    """Return the matches of a pattern that begin at these places of original texts."""
    lo, hi = page.first[text], page.last[text]
    return matches(book(), pattern, page.original, page.original_kinds, lo, hi, place, plain=plain)


def _texts(found: Ints) -> NDArray[np.int32]:
    return np.unique(found).astype(np.int32)


def _written(page: Page, text: NDArray[np.int32], start: Any, end: Any, plain: bool) -> pa.Array:
    """Return these stretches of the original texts."""
    if not plain:
        return raw_of(page, text, start.astype(np.int32), end.astype(np.int32))
    stretches = zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
    return pa.array([original_of(page, t)[a:b] for t, a, b in stretches], pa.string())


@lru_cache(maxsize=1)
def _hints() -> tuple[NDArray[np.uint32], Ints]:
    """Return the hints of links, one behind the other, and their bounds."""
    letters = np.array([ord(c) for hint in handle._LINK_HINTS for c in hint], dtype=np.uint32)
    return letters, np.cumsum([0, *map(len, handle._LINK_HINTS)])


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


@kernel
def write_shapes(folded: Any, at: Any, texts: Any, rows: Any) -> int:
    """Write (text, place) of two letters before two figures; return how many."""
    n = 0
    for text in texts:
        for k in range(at[text] + 2, at[text + 1] - 1):
            if (
                is_figure(folded[k])
                and is_figure(folded[k + 1])
                and is_small(folded[k - 1])
                and is_small(folded[k - 2])
            ):
                rows[0, n] = text
                rows[1, n] = k - 2
                n += 1
    return n


@kernel
def write_long(original: Any, first: Any, last: Any, texts: Any, rows: Any) -> int:
    """Write (text, place) of at least 26 letters and figures of ASCII in a row; return how many."""
    n = 0
    for text in texts:
        probe = first[text] + _LONG - 1  # every so long stretch covers one of the places that are probed
        while probe < last[text]:
            start = probe
            while start > first[text] and is_plain(original[start]) and is_plain(original[start - 1]):
                start -= 1
            end = probe
            while end < last[text] and is_plain(original[end]):
                end += 1
            if end - start >= _LONG:
                rows[0, n] = text
                rows[1, n] = start
                n += 1
            probe = end + _LONG
    return n


@kernel
def is_plain(code: int) -> bool:
    """Say whether a character is a letter or a figure of ASCII."""
    return is_figure(code) or is_small(code | 32)


@kernel
def is_figure(code: int) -> bool:
    """Say whether a character is a figure."""
    return code >= _ZERO and code <= _NINE


@kernel
def is_small(code: int) -> bool:
    """Say whether a character is a small letter of ASCII."""
    return code >= _A and code <= _Z
