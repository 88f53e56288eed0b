"""The loops of `native/job.py`: which words count, what each amount is for, which terms are said and which denied."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.job_amounts import AFTER, BEFORE, LONGEST, MOST, RANGE
from felinar.extract.native.characters import SIGN, WORD_LETTER
from felinar.kernels.compile import kernel

_DOT, _COMMA, _BLANK, _BREAK, _SEMICOLON, _CALL, _ASK, _DANDA = map(ord, ".,\x20\n;!?।")
_TAB, _RETURN, _FIXED, _COLON, _HYPHEN = map(ord, "\t\r\xa0:-")
_SEEN = 19  # characters that are looked at before a word, as in `words.before`
_Ints = NDArray[np.int32]


class Cues(NamedTuple):
    """Words with one meaning each, in their order: folded start, original span, meaning, what its amount is for."""

    text: _Ints
    start: _Ints
    first: _Ints
    last: _Ints
    meaning: _Ints
    priced: _Ints


class Prices(NamedTuple):
    """Amounts of money in the order of texts and places."""

    text: _Ints
    start: _Ints
    end: _Ints


@kernel
def keep_longest(text: Any, start: Any, end: Any, keep: Any) -> None:
    """Mark the first MOST hits of each text that lie in no longer one; of equal starts the shortest come first."""
    reached, kept = -1, 0
    for i in range(len(text)):
        if i == 0 or text[i] != text[i - 1]:
            reached, kept = -1, 0
        if i + 1 < len(text) and text[i + 1] == text[i] and start[i + 1] == start[i]:
            continue
        if end[i] > reached:
            keep[i] = kept < MOST
            reached, kept = end[i], kept + 1


@kernel
def assign(original: Any, begins: Any, cues: Any, prices: Any, pay: int, meant: Any, near: Any, used: Any) -> None:
    """Write what each price is for, whether a word says so, and which cues have a price."""
    low, high, done = 0, 0, 0
    last_end, last_meant = -RANGE - 1, 0
    for i in range(len(prices.text)):
        text, start, end = prices.text[i], prices.start[i], prices.end[i]
        if i == 0 or text != prices.text[i - 1]:
            while low < len(cues.text) and cues.text[low] < text:
                low += 1
            high, done, last_end, last_meant = low, 0, -RANGE - 1, 0
        done += 1
        if done > MOST:
            continue
        while low < len(cues.text) and cues.text[low] == text and cues.first[low] < start - BEFORE - LONGEST:
            low += 1
        best: Any = np.int64(-1)
        gap: Any = np.int64(0)
        high = low
        while high < len(cues.text) and cues.text[high] == text and cues.first[high] <= end + AFTER:
            if cues.priced[high]:
                far = distance(original, begins[text], cues.first[high], cues.last[high], start, end)
                if far >= 0 and (best < 0 or is_before(cues, far, high, gap, best)):
                    best, gap = high, far
            high += 1
        meant[i] = cues.priced[best] if best >= 0 else last_meant if start - last_end <= RANGE else pay
        near[i] = best >= 0
        if best >= 0:
            used[best] = True
        last_end, last_meant = end, meant[i]


@kernel
def is_before(cues: Any, far: int, one: int, gap: int, other: int) -> bool:
    """Say whether a word is nearer than the other; of equally near ones the first, then by what it is for."""
    if far != gap:
        return far < gap
    if cues.start[one] != cues.start[other]:
        return bool(cues.start[one] < cues.start[other])
    return bool(cues.priced[one] < cues.priced[other])


@kernel
def distance(original: Any, begin: int, first: int, last: int, start: int, end: int) -> int:
    """Return how many characters stand between a word and an amount; -1 if too many, or if a sentence ends there."""
    if last <= start:
        gap, a, b, most = start - last, last, start, BEFORE
    else:
        gap, a, b, most = max(0, first - end), end, first, AFTER
    if gap > most:
        return -1
    for i in range(begin + a, begin + b):
        code = original[i]
        if code in (_BREAK, _DANDA) or (code == _COMMA and last > start):
            return -1
        if code in (_DOT, _CALL, _ASK, _SEMICOLON) and i + 1 < begin + b and original[i + 1] == _BLANK:
            return -1
    return gap


@kernel
def keep_said(
    folded: Any, kinds: Any, at: Any, cues: Any, used: Any, denied: Any, leads: Any, never: Any, value: Any
) -> None:
    """Write the term that each cue says: of each text every term once, and none where the cue has an amount."""
    given = np.int64(0)
    for i in range(len(cues.text)):
        if i == 0 or cues.text[i] != cues.text[i - 1]:
            given = np.int64(0)
        meaning = cues.meaning[i]
        if leads[meaning] or used[i]:
            continue
        term = meaning
        if denied[meaning] != meaning and is_denied(folded, kinds, at[cues.text[i]], cues.start[i], never):
            term = denied[meaning]
        if term >= 0 and not given >> np.int64(term) & np.int64(1):
            given |= np.int64(1) << np.int64(term)
            value[i] = term


@kernel
def is_denied(folded: Any, kinds: Any, begin: int, start: int, never: Any) -> bool:
    """Say whether one of the words for "no" stands before; they are written backwards in `never`."""
    least = max(begin, begin + start - _SEEN)
    i = begin + start - 1
    while i >= least and is_between(folded[i]):
        i -= 1
    if not 1 <= begin + start - 1 - i <= 3:
        return False
    for row in range(len(never)):
        size = 0
        while size < never.shape[1] and never[row, size] != 0:
            size += 1
        same = i - size + 1 >= least
        for k in range(size if same else 0):
            same = same and folded[i - k] == never[row, k]
        if same:
            k = i - size
            while k >= least and kinds[k] & SIGN:
                k -= 1
            if k < least or not kinds[k] & WORD_LETTER:
                return True
    return False


@kernel
def is_between(code: int) -> bool:
    """Say whether a character may stand between two words."""
    return code in (_BLANK, _TAB, _BREAK, _RETURN, _FIXED, _DOT, _COLON, _HYPHEN)
