"""From the chunks of texts to their spans: the twin of `_groups` in `extract/phone_spans.py`, over all texts of a page.

Each span is read at once (`phone_runs.py`), and what its runs are goes to the rows of all texts.
"""

# ruff: noqa: SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone, phone_spans
from felinar.extract.native.pattern_run import search
from felinar.extract.native.phone_atoms import has_sign
from felinar.extract.native.phone_beside import widened
from felinar.extract.native.phone_chunks import write_chunks
from felinar.extract.native.phone_columns import (
    C_BEGIN,
    C_FULL,
    C_LOCAL,
    C_ORIGINAL,
    C_PLUS,
    C_PLUS_RUNS,
    C_ROW,
    C_RUNS,
    C_SECOND,
    C_SIGNS,
    C_SPAN,
    C_SPOKEN,
    C_STOP,
    C_TEXT,
    C_TRIED,
    C_TWICE,
    C_WIDE,
    CHUNK_COLUMNS,
    DECLINED,
    MOST_LOCAL,
    N_ATOMS,
    N_DIGITS,
    N_RARE,
    N_RUNS,
    R_CHUNKS,
    T_MASKS,
)
from felinar.extract.native.phone_masks import SIGN_AS_DIGIT
from felinar.extract.native.phone_prefilter import GUESSED, STRONG, enough_weight
from felinar.extract.native.phone_runs import PLUS_SIGN, read_span
from felinar.extract.native.phone_signals import MARK, SIGNALS, is_mark
from felinar.extract.native.phone_spans import MOST_WEAK, has_misspelt, is_bridged
from felinar.extract.native.readings import FIELDS
from felinar.kernels.compile import kernel

# What becomes of a text; and what r[DECLINED] says of it: for good, or only because of signs that look like digits.
FINE, DECLINES, HAS_MARK, DROPS_LINKS, SIGNED = 0, 1, 2, 4, 8
_FOR_GOOD, _FOR_SIGNS = 1, 2
# Columns of what is known of a text: field, region of its language, its links, whether its second form follows it.
X_FIELD, X_LANGUAGE, X_LINK, X_LINK_STOP, X_TWICE = range(5)
X_COLUMNS = 5
_WIDE = CHUNK_COLUMNS
_URL = FIELDS.index("url")
_FEWEST = 3 * STRONG
_FEWEST_SPELT, _FEWEST_SPOKEN = phone_spans._FEWEST_SPELT, phone_spans._FEWEST_SPOKEN
_MOST_SPANS = phone.MOST_RUNS
_EVERY = np.int64(SIGNALS)


@kernel
def gather(  # type: ignore[no-untyped-def]
    text, kinds, place, original, bounds, originals, texts, context, t, memory, r, atoms, runs, rare, digits, sizes,
    state,
) -> Any:  # fmt: skip
    """Write the runs of all texts and their marks of rare ways; say whether there was room for everything."""
    r[N_ATOMS], r[N_DIGITS], r[N_RUNS], r[N_RARE], r[C_FULL] = 0, 0, 0, 0, 0
    for k in range(len(texts)):
        number = texts[k]
        begin, stop = bounds[number], bounds[number + 1]
        state[k] = FINE
        if context[k, X_FIELD] == _URL:
            if has_mark(text, begin, stop):
                state[k] = HAS_MARK
            continue
        r[DECLINED] = 0
        n, total, signals = write_chunks(t, text, kinds, begin, stop, memory, number, r, rare)
        if r[DECLINED]:
            state[k] = DECLINES
            continue
        if r[C_FULL]:
            return False
        if not enough_weight(total) and not may_be_misspelt(total, n, r):
            state[k] = DROPS_LINKS
            continue
        if signals & MARK:
            state[k] |= HAS_MARK
        first_atom, first_digit, first_run = r[N_ATOMS], r[N_DIGITS], r[N_RUNS]
        r[C_TEXT], r[C_ROW], r[C_BEGIN], r[C_STOP], r[C_ORIGINAL] = number, k, begin, stop, originals[number]
        r[C_TWICE], r[C_SIGNS] = context[k, X_TWICE], signals
        r[C_SECOND], r[C_SPAN], r[C_RUNS], r[C_PLUS_RUNS] = 0, 0, 0, 0
        read_groups(t, text, kinds, place, original, bounds, originals, n, r, atoms, runs, digits)
        if r[C_FULL]:
            return False
        if r[C_SPAN] == 0:
            state[k] |= DROPS_LINKS
        if r[DECLINED]:
            state[k] |= DECLINES | (SIGNED if r[DECLINED] == _FOR_SIGNS else 0)
            r[N_ATOMS], r[N_DIGITS], r[N_RUNS] = first_atom, first_digit, first_run
    sizes[0], sizes[1], sizes[2], sizes[3] = r[N_ATOMS], r[N_RUNS], r[N_RARE], r[N_DIGITS]
    return True


@kernel
def may_be_misspelt(total: Any, n: Any, r: Any) -> Any:
    """Say whether number words enough stand among n chunks that others of them may be misspelt ones."""
    if total < _FEWEST_SPELT:
        return False
    spoken = 0
    for k in range(n):
        spoken += r[R_CHUNKS + _WIDE * k + C_SPOKEN]
    return spoken >= _FEWEST_SPOKEN


@kernel
def has_mark(text: Any, begin: Any, stop: Any) -> Any:
    """Say whether one of `phone_links.MARKS` may stand here."""
    for k in range(begin + 3, stop):
        if is_mark(text, k):
            return True
    return False


@kernel
def read_groups(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, bounds, originals, n, r, atoms, runs, digits
) -> None:
    """Read the groups of chunks around those with certain digits, as `_groups`."""
    first: Any = np.int64(-1)
    last: Any = np.int64(-1)
    done: Any = np.int64(0)
    r[C_LOCAL] = 0
    for hit in range(n + 1):
        if hit < n and r[R_CHUNKS + _WIDE * hit + 2] < STRONG:
            continue
        if first < 0:
            first = last = hit
            continue
        ends = hit == n
        if not ends and hit - last > 1:
            ends = not is_bridged(t, text, kinds, n, last, hit, r)
        if ends:
            if r[C_LOCAL] >= MOST_LOCAL:
                r[DECLINED] = _FOR_GOOD
            start, stop = group_of(n, first, last, done, r)
            if start < stop:
                if r[C_SPAN] >= _MOST_SPANS:
                    return
                read_group(
                    t, text, kinds, place, original, bounds, originals, n, start, stop - 1, r, atoms, runs, digits
                )
            if r[DECLINED] or r[C_FULL]:
                return
            first, done = hit, last + 1
            r[C_LOCAL] = 0
        last = hit


@kernel
def group_of(n: Any, first: Any, last: Any, done: Any, r: Any) -> Any:
    """Return the chunks (start, stop) of a group with its guessed digits, equal if not enough; as `_group`."""
    total: Any = np.int64(0)
    breaks: Any = np.int64(0)
    for k in range(first, last + 1):
        total += r[R_CHUNKS + _WIDE * k + 2]
        breaks += r[R_CHUNKS + _WIDE * k + 2] == 0
    if total < _FEWEST:
        return 0, 0
    start, stop = first, last
    while start > max(done, first - MOST_WEAK) and r[R_CHUNKS + _WIDE * (start - 1) + 2]:
        start -= 1
        total += r[R_CHUNKS + _WIDE * start + 2]
    while stop < min(n - 1, last + MOST_WEAK):
        weight = r[R_CHUNKS + _WIDE * (stop + 1) + 2]
        if weight == 0 or weight >= STRONG:
            break
        stop += 1
        total += weight
    if not enough_weight(total + breaks * GUESSED):
        return 0, 0
    return start, stop + 1


@kernel
def read_group(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, bounds, originals, n, start, last, r, atoms, runs, digits
) -> None:
    """Read the span of these chunks, in both forms where signs look like digits; then with what stands beside it."""
    begin, left, right = r[C_BEGIN], r[R_CHUNKS + _WIDE * start], r[R_CHUNKS + _WIDE * last + 1]
    signs = has_signs(t, text, kinds, begin, left, right, r)
    if signs and not r[C_TWICE]:
        r[DECLINED] = _FOR_SIGNS
        return
    plus = has_sign(text, PLUS_SIGN, max(begin, left - 3), right)
    r[C_TRIED] = has_misspelt(r)
    for wide in range(2):
        if wide:
            first, stop, more = widened(t, text, kinds, n, start, last, r)
            if r[C_LOCAL] >= MOST_LOCAL:
                r[DECLINED] = _FOR_GOOD
            if not more:
                break
            left, right = r[R_CHUNKS + _WIDE * first], r[R_CHUNKS + _WIDE * stop + 1]
        for form in range(2 if signs else 1):
            r[C_PLUS], r[C_WIDE], r[C_SECOND] = plus and form == 0, wide, form
            read_form(t, text, kinds, place, original, bounds, originals, left, right, r, atoms, runs, digits)
    r[C_SPAN] += 1


@kernel
def read_form(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, bounds, originals, left, right, r, atoms, runs, digits
) -> None:
    """Read the span text[left:right] in its first form, or the same places of the second form."""
    number, begin, signals = r[C_TEXT] + r[C_SECOND], r[C_BEGIN], r[C_SIGNS]
    if r[C_SECOND]:
        r[C_BEGIN], r[C_STOP], r[C_ORIGINAL], r[C_SIGNS] = bounds[number], bounds[number + 1], originals[number], _EVERY
    shift = r[C_BEGIN] - begin
    read_span(t, text, kinds, place, original, left + shift, right + shift, r, atoms, runs, digits)
    number = r[C_TEXT]
    r[C_BEGIN], r[C_STOP], r[C_ORIGINAL], r[C_SIGNS] = begin, bounds[number + 1], originals[number], signals


@kernel
def has_signs(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, left, right, r
) -> Any:
    """Say whether signs that look like digits stand beside digits, as `phone_signs.has_signs`."""
    for k in range(left, right):
        code = np.int64(text[k])
        if code == 33 or code == 36 or code == 38 or code == 124 or code == 161:
            return search(t, t[T_MASKS], SIGN_AS_DIGIT, text, kinds, begin, left, right, right, r) != -1
    return False
