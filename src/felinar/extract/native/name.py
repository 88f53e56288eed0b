"""Working names, natively: the twin of `extract/name.py`, whose lists and values it uses."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract import name as plainly
from felinar.extract.evidence import evidence
from felinar.extract.native.characters import ALPHA, LOWER, UPPER
from felinar.extract.native.page import Page
from felinar.extract.native.readings import About, Readings, empties
from felinar.extract.native.rows import raw_of
from felinar.extract.native.signs import Signs, sign_words
from felinar.extract.native.vocabulary import vocabulary
from felinar.extract.native.words import Words, among, words_of
from felinar.kernels.compile import kernel

_LISTED, _WORD_TOO, _NEVER = 1, 2, 4
_NEAR = 40  # characters between a cue and its name
_SHORTEST, _LONGEST = 3, 15


class Lists(NamedTuple):
    """What the loops look up: the bits of the vocabulary, the cues (longest first), the signs between the two.

    `tails` says of two letters (`tail_of`) whether a cue may end with them: most names have none before them.
    """

    bits: NDArray[np.uint8]
    cue_at: NDArray[np.int64]
    cues: NDArray[np.uint32]
    tails: NDArray[np.bool_]
    between: NDArray[np.uint32]
    titled: NDArray[np.uint32]


class Cued(NamedTuple):
    """Folded characters of the page at which a cue lets a name begin, rising (-1: none), and the cues' numbers."""

    at: NDArray[np.int64]
    cue: NDArray[np.int32]


class Texts(NamedTuple):
    """The same as Arrow strings: the value of a listed name, why it was taken, and the same of a cue after those."""

    values: pa.Array
    evidence: pa.Array


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the names in these texts; none is declined."""
    words = words_of(page, plain=plain)[0]
    rows = np.empty((int((words.to[texts] - words.from_[texts]).sum()), 7), dtype=np.int32)
    cued = _cued(page, signs, plain)
    n = (find_names.plain if plain else find_names)(page, texts, words, lists(), cued, rows)
    text, start, end, word, cue, confidence, place = (rows[:n, i].copy() for i in range(7))
    display = raw_of(page, text, start, end)
    value = _values(display, word, page.folded, words.start[place], words.end[place])
    why = texts_of_lists().evidence.take(pa.array(np.where(cue >= 0, len(lists().bits) + cue, word)))
    region = empties(n)
    none = np.zeros(0, dtype=np.int32)
    return Readings(text, start, end, confidence, np.zeros(n, dtype=np.bool_), value, display, region, why), none


@lru_cache(maxsize=1)
def lists() -> Lists:
    """Return the lists of the plain reader as arrays."""
    sets = ((_LISTED, plainly.names()), (_WORD_TOO, plainly._WORDS_TOO), (_NEVER, plainly._NOT_NAMES))
    bits = np.array([sum(bit for bit, words in sets if word in words) for word in vocabulary()], dtype=np.uint8)
    cue_at = np.cumsum([0, *map(len, plainly._ENDINGS)], dtype=np.int64)
    between = np.array(sorted(map(ord, plainly._BETWEEN)), dtype=np.uint32)
    cues, titled = _codes("".join(plainly._ENDINGS)), _codes(TITLED)
    return Lists(bits, cue_at, cues, _tails(), between, titled)


def _tails() -> NDArray[np.bool_]:
    tails = np.zeros(64 * 64, dtype=np.bool_)
    for cue in plainly._ENDINGS:
        befores = [ord(cue[-2])] if len(cue) > 1 else range(64)
        tails[[tail_of.plain(before, ord(cue[-1])) for before in befores]] = True
    return tails


# Letters of the kind between capital and small, such as the one letter Dz: to Python a word with one is not small.
TITLED = "ǅǈǋǲᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾼῌῼ"


def _codes(text: str) -> NDArray[np.uint32]:
    return np.array(list(map(ord, text)), dtype=np.uint32)


@lru_cache(maxsize=1)
def texts_of_lists() -> Texts:
    """Return the strings that belong to the vocabulary and to the cues of `lists`, in their order."""
    words = [word if word in plainly.names() else "" for word in vocabulary()]
    why = [evidence(("listed", plainly.names()[word])) if word else "" for word in words]
    why += [evidence(("cue", cue)) for cue in plainly._ENDINGS]
    return Texts(pa.array([word.title() for word in words], pa.string()), pa.array(why, pa.string()))


@lru_cache(maxsize=1)
def _cue_of_sign() -> NDArray[np.int32]:
    """Return for every registered word the number of the cue that it is, or -1."""
    numbers = {cue: i for i, cue in enumerate(plainly._ENDINGS)}
    cues = [next((e[2] for e in found if e[0] == "name"), "") for _, found in sign_words()]
    return np.array([numbers.get(cue, -1) for cue in cues], dtype=np.int32)


def _cued(page: Page, signs: Signs, plain: bool) -> Cued:
    """Return where the names after cues begin, in rising order."""
    cues = _cue_of_sign()[signs.word]
    kept = np.flatnonzero(cues >= 0)
    # In the order in which the plain reader meets them: of several in one place the last one counts.
    kept = kept[np.lexsort((signs.start[kept], signs.end[kept], signs.text[kept]))]
    at = np.empty(len(kept), dtype=np.int64)
    run = name_starts.plain if plain else name_starts
    run(page, signs.text[kept], signs.end[kept], lists().between, at)
    return Cued(at, cues[kept])


def _values(display: Any, word: NDArray[np.int32], folded: Any, start: Any, end: Any) -> Any:
    """Return the names with a first capital; one that is not listed, or in an Indian script, costs a little Python."""
    content = np.frombuffer(display.buffers()[2] or b"", dtype=np.uint8)
    offsets = np.frombuffer(display.buffers()[1], dtype=np.int32)[:-1]
    # In UTF-8 the Indian scripts from U+0900 to U+0DFF begin with 0xE0.
    odd = np.flatnonzero((word < 0) | (content[offsets] == 0xE0))
    if not len(odd):
        return texts_of_lists().values.take(pa.array(word))
    forms = [folded[a:b].tobytes().decode("utf-32-le") for a, b in zip(start[odd], end[odd], strict=True)]
    raws = display.take(pa.array(odd)).to_pylist()
    own = pa.array(list(map(_value_of, forms, raws)), pa.string())
    take = word.copy()
    take[odd] = len(texts_of_lists().values) + np.arange(len(odd))
    return pa.concat_arrays([texts_of_lists().values, own]).take(pa.array(take))


_value_of = lru_cache(maxsize=1 << 14)(plainly.value_of)


@kernel
def name_starts(page: Page, text: Any, end: Any, between: Any, at: Any) -> None:
    """Write the folded character of the page at which the name after each cue begins; -1 without a sign between.

    These rise: the signs after a cue hold no end of another one.
    """
    for i in range(len(text)):
        first = page.at[text[i]] + end[i]
        stop = min(page.at[text[i] + 1], first + _NEAR)
        k = first
        while k < stop and among(page.folded[k], between):
            k += 1
        at[i] = k if k > first and k < page.at[text[i] + 1] else -1


@kernel
def tail_of(before: int, last: int) -> int:
    """Return the place of two letters in `Lists.tails`."""
    return (last & 63) << 6 | (before & 63)


@kernel
def cue_before(page: Page, first: Any, start: Any, known: Lists) -> int:
    """Return the longest cue right before a place of the text that begins at `first`, or -1."""
    least = max(first, start - _NEAR)
    end = start
    while end > least and among(page.folded[end - 1], known.between):
        end -= 1
    if end == least or (end - 1 > first and not known.tails[tail_of(page.folded[end - 2], page.folded[end - 1])]):
        return -1
    for cue in range(len(known.cue_at) - 1):
        size = known.cue_at[cue + 1] - known.cue_at[cue]
        if size > end - least:
            continue
        k = 0
        while k < size and page.folded[end - 1 - k] == known.cues[known.cue_at[cue + 1] - 1 - k]:
            k += 1
        if k == size and (end - size == least or (page.kinds[end - size - 1] & ALPHA) == 0):
            return cue
    return -1


@kernel
def is_word(page: Page, first: int, last: int, titled: Any) -> bool:
    """Say whether original characters of the page are one capital, then small letters, in a script that has both."""
    if (page.original_kinds[first] & UPPER) == 0:
        return False
    small = False
    for k in range(first + 1, last):
        if (page.original_kinds[k] & UPPER) != 0 or among(page.original[k], titled):
            return False
        small = small or (page.original_kinds[k] & LOWER) != 0
    return small


@kernel
def find_names(page: Page, texts: Any, words: Words, known: Lists, cued: Cued, rows: Any) -> int:
    """Write (text, start, end, word or -1, cue or -1, confidence, number of the word) of every name."""
    picked, lows, starts, ends, numbers = words.picked, words.low, words.start, words.end, words.known
    froms, tos, shouts, place = words.from_, words.to, words.shouting, page.place
    cued_at, cues, word_bits = cued.at, cued.cue, known.bits
    n = 0
    hit = 0
    for i in range(len(texts)):
        text = texts[i]
        shouting = shouts[text]
        for at in range(froms[text], tos[text]):
            j = picked[at]
            if lows[j]:  # as only a text that whispers has them
                continue
            start = np.int64(starts[j])
            end = np.int64(ends[j])
            word = np.int64(numbers[j])
            bits = word_bits[word] if word >= 0 else 0
            while hit < len(cued_at) and cued_at[hit] < start:
                hit += 1
            cue: Any = np.int64(-1)
            while hit < len(cued_at) and cued_at[hit] == start:
                cue = np.int64(cues[hit])
                hit += 1
            listed = (bits & _LISTED) != 0
            if end - start < 2 or not (listed or (cue >= 0 and not shouting)):
                continue
            if listed and cue < 0:
                cue = cue_before(page, page.at[text], start, known)
            begin = place[start]
            stop = place[end - 1] + 1
            shift = page.first[text]
            if listed and (bits & _WORD_TOO) == 0 and not shouting:
                sure = 85 if cue >= 0 else 65
            elif listed:
                sure = 80 if cue >= 0 else 0
            else:
                fits = end - start >= _SHORTEST and end - start <= _LONGEST and (bits & _NEVER) == 0
                sure = 55 if fits and is_word(page, shift + begin, shift + stop, known.titled) else 0
            if sure:
                rows[n, 0] = text
                rows[n, 1] = begin
                rows[n, 2] = stop
                rows[n, 3] = word if listed else -1
                rows[n, 4] = cue
                rows[n, 5] = sure
                rows[n, 6] = j
                n += 1
    return n
