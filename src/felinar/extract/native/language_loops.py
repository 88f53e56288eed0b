"""The loops of `native/language.py`: small words counted, first words written for the model, answers put together."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract import language as plainly
from felinar.extract.native.characters import ALPHA, LOWER, SPACE, UPPER
from felinar.extract.native.page import Page
from felinar.extract.native.table import WordTable, find_word
from felinar.extract.native.words import Words, among
from felinar.kernels.compile import kernel

_WORDS_READ, _READ, _ENOUGH = plainly._WORDS_READ, plainly._READ, plainly._ENOUGH
_CLEAR, _AHEAD, _SURE, _STRETCH = plainly._CLEAR, plainly._AHEAD, plainly._SURE, plainly._STRETCH
_NO_LINE, LINE, CAPITALS = 0, 1, 2  # too few letters; a line for the model; the same in capitals only


class Small(NamedTuple):
    """The vocabulary; word i is small in the languages `language[at[i]:at[i + 1]]` and worth `worth[i]` for each."""

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
def count(page: Page, texts: Any, words: Words, known: Small, counted: Counted, stretches: Any, best: Any) -> None:
    """Count the small words of every text, and for each language the longest stretch of words of its own.

    A word said again right away does not count in a stretch. `stretches` is room for every language, `best` for four.
    """
    folded, starts, ends, knowns = page.folded, words.start, words.end, words.known
    owners, languages, worths, points = known.at, known.language, known.worth, counted.points
    firsts, others, clear = counted.first, counted.others, counted.clear
    begins, word_first, word_last = page.at, words.first, words.last
    for i in range(len(texts)):
        stop = begins[texts[i]] + _WORDS_READ
        stretches[:] = 0
        last = np.int64(-1)
        said = np.int64(-1)
        length = 0
        for j in range(word_first[texts[i]], word_last[texts[i]]):
            word = np.int64(knowns[j])
            if ends[j] > stop:
                if starts[j] >= stop:
                    break
                word = np.int64(find_word(known.words, folded, int(starts[j]), int(stop)))  # a word that is cut
            if word < 0 or owners[word + 1] == owners[word]:
                continue
            for owner in range(owners[word], owners[word + 1]):
                points[i, languages[owner]] += worths[word]
            if owners[word + 1] - owners[word] == 1 and word != said:
                said = word
                language = np.int64(languages[owners[word]])
                length = length + 1 if language == last else 1
                last = language
                stretches[last] = max(stretches[last], length)
        judge(i, points, stretches, firsts, others, clear, best)


@kernel
def judge(i: int, points: Any, stretches: Any, firsts: Any, others: Any, clear: Any, best: Any) -> None:
    """Write which language is ahead in a text, which two have a stretch, and whether the first one is clear.

    The more points the further ahead; of equal points the first language is. `best` is room for two of all and two of
    those with a stretch.
    """
    best[:] = -1
    for language in range(len(stretches)):
        here = points[i, language]
        if here == 0:
            continue
        for pair in range(0, 4 if stretches[language] >= _STRETCH else 2, 2):
            if best[pair] < 0 or here > points[i, best[pair]]:
                best[pair + 1] = best[pair]
                best[pair] = language
            elif best[pair + 1] < 0 or here > points[i, best[pair + 1]]:
                best[pair + 1] = language
    first, second = best[0], best[1]
    if first < 0:
        return
    firsts[i] = first
    others[i, 0], others[i, 1] = best[2], best[3]
    behind = np.int64(points[i, second]) if second >= 0 else np.int64(0)
    both = second >= 0 and stretches[first] >= _STRETCH and stretches[second] >= _STRETCH
    clear[i] = points[i, first] >= max(_CLEAR, behind * _AHEAD) or both


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
