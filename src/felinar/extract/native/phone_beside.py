"""What stands beside a span, or alone in it, and may be part of its number: the twin of `_with_beside`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_beside, phone_words
from felinar.extract.native.charsets import codes_of, is_one_of
from felinar.extract.native.phone_columns import CHUNK_COLUMNS, R_CHUNKS
from felinar.extract.native.phone_misspelt import misspelt_digit
from felinar.extract.native.phone_prefilter import GUESSED, STRONG
from felinar.extract.native.phone_spans import MOST_MISSPELT, add_local, inner_word, shared_by
from felinar.extract.native.phone_vocabulary import AS_SORTED, ORDER_SHIFT
from felinar.extract.native.phone_words import read_word
from felinar.kernels.compile import kernel

_ORDINARY, _LOOKALIKE = phone_words.ORDINARY, phone_words.LOOKALIKE
_LIKE_DIGITS = codes_of("".join(sorted(phone_beside._LIKE_DIGITS)))
_MOST_LIKE = phone_beside._MOST_LIKE
_SORTED = AS_SORTED << ORDER_SHIFT
_WIDE = CHUNK_COLUMNS
_FEWEST_BESIDE = 3  # chunks behind the first one of a span, from which on what stands beside it is asked


@kernel
def widened(  # type: ignore[no-untyped-def]
    t, text, kinds, n, first, last, r
) -> Any:
    """Return (first, last, whether anything was found) of a span with what is beside it, as `_with_beside`.

    What is misspelt, or looks like digits, gets a meaning in this span.
    """
    languages = np.int64(0)
    if last - first >= _FEWEST_BESIDE:
        languages = shared_by(t, text, kinds, first, last + 1, np.int64(2), r)
    if languages == 0:
        return first, last, letters_alone(t, text, first, last, r)
    more = misspelt_letters(t, text, first, last, languages, r)
    left, right = first, last
    for step in range(2 * MOST_MISSPELT):
        before = step < MOST_MISSPELT
        chunk = left - 1 if before else right + 1
        on = left == first - step if before else right == last + step - MOST_MISSPELT
        if chunk < 0 or chunk >= n or not on:  # what is not misspelt ends a side
            continue
        if add_misspelt(t, text, chunk, languages, r):
            left, right = (chunk, right) if before else (left, chunk)
    return left, right, more or left < first or right > last


@kernel
def add_misspelt(t: Any, text: Any, chunk: Any, languages: Any, r: Any) -> Any:
    """Say whether a chunk is a misspelt number word of these languages, which then has a meaning."""
    start, end = inner_word(text, r[R_CHUNKS + _WIDE * chunk], r[R_CHUNKS + _WIDE * chunk + 1])
    digit = misspelt_digit(t, text, start, end, languages, r)
    if digit >= 0:
        add_local(text, start, end, np.int64(_ORDINARY), digit, languages | _SORTED, r)
    return digit >= 0


@kernel
def is_alike(t: Any, text: Any, chunk: Any, r: Any) -> Any:
    """Say whether a chunk is letters alone that look like digits and are no number word, as `_is_alike`."""
    weight = r[R_CHUNKS + _WIDE * chunk + 2]
    if weight < GUESSED or weight >= STRONG:
        return False
    start, end = inner_word(text, r[R_CHUNKS + _WIDE * chunk], r[R_CHUNKS + _WIDE * chunk + 1])
    return start < end and read_word(t, text, start, end, r) == _LOOKALIKE


@kernel
def misspelt_letters(t: Any, text: Any, first: Any, last: Any, languages: Any, r: Any) -> Any:
    """Say whether letters that look like digits are misspelt number words, which then have a meaning."""
    found = False
    for chunk in range(first, last + 1):
        if is_alike(t, text, chunk, r) and add_misspelt(t, text, chunk, languages, r):
            found = True
    return found


@kernel
def letters_alone(t: Any, text: Any, first: Any, last: Any, r: Any) -> Any:
    """Say whether letters stand alone for digits where others stand beside digits; they have a meaning then."""
    beside = alone = False
    for chunk in range(first, last + 1):
        weight = r[R_CHUNKS + _WIDE * chunk + 2]
        guessed = weight % STRONG >= GUESSED
        beside = beside or (guessed and weight >= STRONG)
        alone = alone or (guessed and weight < STRONG)
    found = False
    for chunk in range(first, last + 1 if beside and alone else first):
        if not is_alike(t, text, chunk, r):
            continue
        start, end = inner_word(text, r[R_CHUNKS + _WIDE * chunk], r[R_CHUNKS + _WIDE * chunk + 1])
        if end - start <= _MOST_LIKE and are_like_digits(text, start, end):
            add_local(text, start, end, np.int64(_LOOKALIKE), np.int64(0), np.int64(0), r)
            found = True
    return found


@kernel
def are_like_digits(text: Any, start: Any, end: Any) -> Any:
    """Say whether all letters are such that may stand alone for digits."""
    for k in range(start, end):  # noqa: SIM110 (a kernel has no generators)
        if not is_one_of(text[k], _LIKE_DIGITS):
            return False
    return True
