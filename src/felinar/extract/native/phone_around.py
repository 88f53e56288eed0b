"""The words before and after a run, and how it is written: the twin of `extract/phone_around.py` and of two hints."""

# ruff: noqa: SIM110, SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_around, phone_lines
from felinar.extract.native.characters import ALNUM, ALPHA, FIGURE, LETTER, NUMERIC, SPACE
from felinar.extract.native.lexis import find_row, lexis_of
from felinar.extract.native.phone_atoms import same_text
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_GAP_AT,
    A_GAP_END,
    A_KIND,
    A_LANGUAGES,
    AS_GUESS,
    AS_WORD,
    R_NEAR,
    T_NEAR,
    T_REGION,
)
from felinar.extract.native.phone_vocabulary import ORDER_SHIFT, language_names
from felinar.kernels.compile import kernel

CUE, LABEL, WEAK, ORDER, NUMBER, FURTHER, UNIT = 1, 2, 4, 8, 16, 32, 64
_ORDERED, _ORDERED_ZERO = phone_around.ORDERED, phone_around.ORDERED_ZERO
_REACH, _AFTER, _NAME = phone_around._REACH, phone_around._AFTER, 12
_NUMERO, _HASH, _ZERO, _DOT = ord("№"), ord("#"), ord("0"), ord(".")
_LANGUAGES = (1 << ORDER_SHIFT) - 1
_LABEL_SIGNS = np.array([ord(c) for c in phone_around._SIGNS], dtype=np.int64)
_PLAIN_SIGNS = np.zeros(128, dtype=np.uint8)
_PLAIN_SIGNS[[ord(c) for c in phone_lines._PLAIN if ord(c) < 128]] = 1
_HIDDEN_SIGNS = np.array([0x20E3, 0x200B, 0x200C, 0x200D, 0x2060, 0xAD], dtype=np.int64)
# Regions of languages, in the order of the numbers that parts have.
LANGUAGE_REGIONS = tuple(dict.fromkeys(phone_lines._LANGUAGE_REGIONS.values()))


def near_words() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the trie of all lists with the bits of each word, and of each language the number of its region or -1."""
    lists = (
        (CUE, phone_around._all_cues()), (LABEL, phone_around._LABELS), (WEAK, phone_around._WEAK),
        (ORDER, phone_around._ORDERS), (NUMBER, phone_around._NUMBER),
        (FURTHER, phone_around._FURTHER), (UNIT, phone_around._UNITS),
    )  # fmt: skip
    bits: dict[str, int] = {}
    for bit, words in lists:
        for word in sorted(words):
            bits[word] = bits.get(word, 0) | bit
    regions = np.array([language_region(name) for name in language_names()], dtype=np.int64)
    return lexis_of({word: [found] for word, found in bits.items()}), regions


def language_region(language: str) -> int:
    """Return the number of the region of a language, -1 for none."""
    region = phone_lines._LANGUAGE_REGIONS.get(language)
    return -1 if region is None else LANGUAGE_REGIONS.index(region)


@kernel
def bits_of(t: Any, text: Any, start: Any, end: Any) -> Any:
    """Return what a word is."""
    row = find_row(t, t[T_NEAR], text, start, end)
    return 0 if row < 0 else t[row]


@kernel
def words_before(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, start, r
) -> Any:
    """Write (bits, length) of the last four words before a run, the last one first; return how many there are."""
    left = max(begin, start - _REACH)
    n = 0
    at = start
    while n < 4:
        while at > left and not kinds[at - 1] & LETTER:
            at -= 1
        if at == left:
            break
        end = at
        while at > left and kinds[at - 1] & LETTER:
            at -= 1
        r[R_NEAR + 2 * n], r[R_NEAR + 2 * n + 1] = bits_of(t, text, at, end), end - at
        n += 1
    return n


@kernel
def has_cue(  # type: ignore[no-untyped-def]
    t, text, kinds, stop, end, n, r
) -> Any:
    """Say whether a word near a run invites to call."""
    for k in range(n):
        if r[R_NEAR + 2 * k] & CUE:
            return True
    right = min(stop, end + _AFTER)
    at = end
    while at < right and not kinds[at] & LETTER:
        at += 1
    first = at
    while at < right and kinds[at] & LETTER:
        at += 1
    return at > first and (bits_of(t, text, first, at) & CUE) != 0


@kernel
def ordered_points(  # type: ignore[no-untyped-def]
    text, kinds, begin, start, n, r
) -> Any:
    """Return what a word like `order` or an ellipsis before a run says against it, as `_points_against`."""
    zero = text[start] == _ZERO
    if n and r[R_NEAR] & ORDER:
        return _ORDERED_ZERO if zero else _ORDERED
    if zero:
        return 0
    left, at = max(begin, start - 4), start
    while at > left and kinds[at - 1] & SPACE:
        at -= 1
    return _ORDERED if at - 2 >= left and text[at - 1] == _DOT and text[at - 2] == _DOT else 0


@kernel
def is_label_sign(code: Any) -> Any:
    """Say whether a sign may stand between a label and the figures."""
    for sign in _LABEL_SIGNS:
        if sign == code:
            return True
    return False


@kernel
def is_named(  # type: ignore[no-untyped-def]
    text, kinds, begin, start, n, numero, r
) -> Any:
    """Say whether the figures that begin here are named as something else, as `labelled`."""
    left, at = max(begin, start - _NAME), start
    hashed = False
    while at > left and is_label_sign(np.int64(text[at - 1])):
        at -= 1
        hashed = hashed or text[at] == _HASH
    if n == 0 or start - at > 4 or at == left or not kinds[at - 1] & ALPHA:
        return numero
    n = min(n, 3)
    first = np.int64(0)
    if n > 1:
        own = r[R_NEAR] & (LABEL | NUMBER | CUE)
        short = r[R_NEAR + 1] <= 3 and (at == start or r[R_NEAR + 2] & LABEL != 0) and not own
        further = (r[R_NEAR] & FURTHER) != 0 and (r[R_NEAR + 2] & LABEL) != 0
        first = np.int64(short or further)
    last = r[R_NEAR + 2 * first]
    other = r[R_NEAR + 2 * first + 2] if n - first > 1 else 0
    if last & LABEL or numero or (last & NUMBER and other & (LABEL | WEAK)):
        return True
    if last & WEAK:
        for k in range(first + 1, n):
            if r[R_NEAR + 2 * k] & NUMBER:
                return True
    return hashed and (last & WEAK) != 0


@kernel
def labelled_end(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, stop, start, n, numero, r
) -> Any:
    """Return where the figures end that are named as something else; the start if none."""
    if not is_named(text, kinds, begin, start, n, numero, r):
        return start
    return end_of_figures(text, kinds, start, stop)


@kernel
def end_of_figures(text: Any, kinds: Any, start: Any, stop: Any) -> Any:
    """Return where figures end that begin here, up to four letters before them; the start if none; as `_FIGURES`."""
    at = start
    while at < stop and at - start < 4 and 97 <= text[at] and text[at] <= 122:
        at += 1
    if at == stop or not kinds[at] & FIGURE:
        return start
    while at < stop:
        code = text[at]
        inside = (kinds[at] & FIGURE) != 0 or code == 32 or code == 45
        if not inside and (code == 46 or code == 47 or code == 58) and at + 1 < stop:
            inside = (kinds[at + 1] & FIGURE) != 0
        if not inside:
            break
        at += 1
    return at


@kernel
def after_numero(original: Any, first: Any, left: Any) -> Any:
    """Say whether the sign № stands before an original character, in a text that begins at `first`."""
    for k in range(max(first, left - 4), left):
        if original[k] == _NUMERO:
            return True
    return False


@kernel
def language_region_of(t: Any, atoms: Any, low: Any, high: Any, spoken: Any) -> Any:
    """Return the one region of the languages that all words of a run share and of the advert, as `_languages`."""
    shared = np.int64(-1)
    for k in range(low, high):
        if atoms[k, A_LANGUAGES]:
            shared &= atoms[k, A_LANGUAGES] & _LANGUAGES
    found = spoken
    language = t[T_REGION]
    if shared == -1:
        return found
    while shared:
        if shared & 1 and t[language] >= 0:
            if found >= 0 and found != t[language]:
                return -1
            found = t[language]
        shared >>= 1
        language += 1
    return found


@kernel
def is_odd(  # type: ignore[no-untyped-def]
    text, original, original_kinds, atoms, low, high, left, right
) -> Any:
    """Say whether a run, original characters left to right, is written as nobody writes a figure; as `_odd`."""
    n = high - low
    words = single = guesses = 0
    for k in range(low, high):
        words += atoms[k, A_KIND] == AS_WORD
        guesses += atoms[k, A_KIND] == AS_GUESS
        single += atoms[k, A_DIGITS_END] - atoms[k, A_DIGITS] == 1
    if words >= 3 or single >= 6:
        return True
    plain = True
    signs = False
    for k in range(left, right):
        code = np.int64(original[k])
        if code >= 128:
            plain = False
            if original_kinds[k] & NUMERIC:
                return True
            for sign in _HIDDEN_SIGNS:
                if sign == code:
                    return True
        elif not original_kinds[k] & ALNUM and not _PLAIN_SIGNS[code]:
            signs = True
    if not plain:
        return n >= 4
    if guesses >= 2 and n >= 3:
        return True
    if n >= 5 and gaps_are_alike(text, atoms, low, high):
        return True
    return signs and n >= 3


@kernel
def gaps_are_alike(text: Any, atoms: Any, low: Any, high: Any) -> Any:
    """Say whether the same, and something, stands before all atoms but the first."""
    gap, gap_end = atoms[low + 1, A_GAP_AT], atoms[low + 1, A_GAP_END]
    if gap == gap_end:
        return False
    for k in range(low + 2, high):
        if not same_text(text, gap, gap_end, atoms[k, A_GAP_AT], atoms[k, A_GAP_END]):
            return False
    return True
