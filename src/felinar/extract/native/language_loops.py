"""The loops of `native/language.py`: small words counted, first words written for the model, answers put together."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract import language as plainly
from felinar.extract.native.characters import ALPHA, LOWER, SIGN, SPACE, UPPER, WORD_LETTER
from felinar.extract.native.page import Page
from felinar.extract.native.table import BASIS, PRIME, WordTable, find_hashed
from felinar.extract.native.words import among, finished
from felinar.kernels.compile import kernel

_WORDS_READ, _READ, _ENOUGH = plainly._WORDS_READ, plainly._READ, plainly._ENOUGH
_CLEAR, _AHEAD, _SURE, _STRETCH = plainly._CLEAR, plainly._AHEAD, plainly._SURE, plainly._STRETCH
_IN_WORD = WORD_LETTER | SIGN
_NO_LINE, LINE, CAPITALS = 0, 1, 2  # too few letters; a line for the model; the same in capitals only


class Small(NamedTuple):
    """The small words; word i is of the languages `language[at[i]:at[i + 1]]` and worth `worth[i]` for each."""

    words: WordTable
    at: NDArray[np.int32]
    language: NDArray[np.int8]
    worth: NDArray[np.int32]


class Counted(NamedTuple):
    """What the small words of text i say: points of each language, the one ahead (or -1), two with a stretch (or -1).

    `clear` says that the model need not be asked.
    """

    points: NDArray[np.int32]
    first: NDArray[np.int32]
    others: NDArray[np.int32]
    clear: NDArray[np.bool_]


class Answers(NamedTuple):
    """What the model says of some texts: a number into `codes` or -1, and the confidence."""

    value: NDArray[np.int32]
    confidence: NDArray[np.int32]


@kernel
def count(page: Page, texts: Any, known: Small, counted: Counted) -> None:
    """Count the small words of every text."""
    stretches = np.zeros(counted.points.shape[1], dtype=np.int32)
    for i in range(len(texts)):
        first = page.at[texts[i]]
        count_words(page, first, min(page.at[texts[i] + 1], first + _WORDS_READ), known, counted.points[i], stretches)
        judge(i, stretches, counted)


@kernel
def count_words(page: Page, first: int, stop: int, known: Small, points: Any, stretches: Any) -> None:
    """Count the small words of one text, and for each language the longest stretch of words of its own.

    A word said again right away does not count in a stretch.
    """
    kinds = page.kinds[first:stop]
    folded = page.folded[first:stop]
    stretches[:] = 0
    last = np.int64(-1)
    said = -1
    length = 0
    slots, hashes = known.words.slots, known.words.hashes
    mask = len(slots) - 1
    k = 0
    while k < len(kinds):
        if (kinds[k] & WORD_LETTER) == 0:
            k += 1
            continue
        start = k
        value = BASIS
        while k < len(kinds) and (kinds[k] & _IN_WORD) != 0:
            value = (value ^ np.uint64(folded[k])) * PRIME
            k += 1
        value = finished(value)
        slot = np.int64(value & np.uint64(mask))
        while slots[slot] >= 0 and hashes[slots[slot]] != value:
            slot = (slot + 1) & mask
        # Most words are no small words: only the others cost a call.
        word = find_hashed(known.words, value, folded, start, k) if slots[slot] >= 0 else -1
        if word < 0:
            continue
        for owner in range(known.at[word], known.at[word + 1]):
            points[known.language[owner]] += known.worth[word]
        if known.at[word + 1] - known.at[word] == 1 and word != said:
            said = word
            language = np.int64(known.language[known.at[word]])
            length = length + 1 if language == last else 1
            last = language
            stretches[last] = max(stretches[last], length)


@kernel
def ahead(points: Any, stretches: Any, least: Any, taken: Any) -> Any:
    """Return the language with the most points, -1 for none, of those with such a stretch, beside the one taken."""
    best: Any = np.int64(-1)
    for language in range(len(points)):
        if language == taken or stretches[language] < least or points[language] == 0:
            continue
        if best < 0 or points[language] > points[best]:
            best = language
    return best


@kernel
def judge(i: int, stretches: Any, counted: Counted) -> None:
    """Write which language is ahead in a text, which have a stretch, and whether that is clear."""
    points = counted.points[i]
    none, any_stretch, long_stretch = np.int64(-1), np.int64(0), np.int64(_STRETCH)
    first = ahead(points, stretches, any_stretch, none)
    if first < 0:
        return
    second = ahead(points, stretches, any_stretch, first)
    counted.first[i] = first
    other = ahead(points, stretches, long_stretch, none)
    counted.others[i, 0] = other
    if other >= 0:
        counted.others[i, 1] = ahead(points, stretches, long_stretch, other)
    behind = points[second] if second >= 0 else 0
    both = second >= 0 and stretches[first] >= _STRETCH and stretches[second] >= _STRETCH
    counted.clear[i] = points[first] >= max(_CLEAR, behind * _AHEAD) or both


@kernel
def write_lines(page: Page, texts: Any, titled: Any, lines: Any, at: Any, kind: Any) -> None:
    """Write the first words of every text for the model as UTF-8, parted by single blanks, and what they are."""
    n = 0
    for i in range(len(texts)):
        at[i] = n
        first = page.first[texts[i]]
        stop = min(page.last[texts[i]], first + 2 * _READ)
        size = 0
        letters = 0
        upper = False
        other = False
        parted = False
        for k in range(first, stop):
            bits = np.int64(page.original_kinds[k])
            if bits & SPACE:
                parted = size > 0
                continue
            if parted and size < _READ:
                lines[n] = 32
                n += 1
                size += 1
            parted = False
            if size >= _READ:
                break
            size += 1
            letters += (bits & ALPHA) != 0
            upper = upper or (bits & UPPER) != 0
            other = other or (bits & LOWER) != 0 or among(page.original[k], titled)
            n = write_utf8(np.int64(page.original[k]), lines, n)
        kind[i] = _NO_LINE if letters < _ENOUGH else CAPITALS if upper and not other else LINE
    at[len(texts)] = n


@kernel
def write_utf8(code: Any, content: Any, n: int) -> int:
    """Write a character; return where the next one goes."""
    if code < 0x80:
        content[n] = code
        return n + 1
    tail = 1 if code < 0x800 else 2 if code < 0x10000 else 3
    lead = 0xC0 if tail == 1 else 0xE0 if tail == 2 else 0xF0
    content[n] = lead | (code >> (6 * tail))
    for part in range(1, tail + 1):
        content[n + part] = 0x80 | ((code >> (6 * (tail - part))) & 0x3F)
    return n + tail + 1


@kernel
def write_found(texts: Any, counted: Counted, answers: Answers, rows: Any) -> int:
    """Write (text, language, confidence) of every language; return how many there are."""
    n = 0
    asked = 0
    for i in range(len(texts)):
        first = np.int64(counted.first[i])
        sure = np.int64(90)
        if not counted.clear[i]:
            value = np.int64(answers.value[asked])
            sure = np.int64(answers.confidence[asked])
            asked += 1
            if value >= 0 and first >= 0 and sure < _SURE:
                theirs = counted.points[i, value] if value < counted.points.shape[1] else 0
                if counted.points[i, first] > theirs:
                    value = first
                    sure = np.int64(60)
            first = value
        if first < 0:
            continue
        rows[n, 0], rows[n, 1], rows[n, 2] = texts[i], first, sure
        n += 1
        for other in counted.others[i]:
            if other >= 0 and other != first:
                rows[n, 0], rows[n, 1], rows[n, 2] = texts[i], other, 70
                n += 1
    return n
