"""The words of many texts, and how words go on in a text: the twin of `extract/words.py`."""

from __future__ import annotations

import threading
import weakref
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import ALNUM, DECIMAL, LOWER, OPENS, SIGN, WORD_LETTER
from felinar.extract.native.page import Page
from felinar.extract.native.spelt import Spelt, bucket_at, spelt, write_signs
from felinar.extract.native.table import BASIS, FOLD, PRIME, WordTable, find_hashed
from felinar.extract.native.vocabulary import vocabulary_table
from felinar.kernels.compile import kernel

_IN_WORD, _JOINED = WORD_LETTER | SIGN, ALNUM | SIGN
_BLANK, _DASH, _DOT, _APOSTROPHE, _QUOTE, _BRACKET, _COLON = 32, 45, 46, 39, 0x2019, 40, 58


class Words(NamedTuple):
    """Words of the texts of a page: those of text i are `first[i]` to `last[i]` - 1.

    `start` and `end` are folded characters of the page; `raw` is the hash of the word (of `native/table.py`) before
    its last step, so that it can be carried on over more words; `low` says that it begins with a small letter;
    `known` is its number in the vocabulary (`native/vocabulary.py`) or -1. Names are sought in the words with the
    numbers `picked[from_[i]:to[i]]`: those that begin with a capital, or all in a text that is `whispering` (it has
    few capitals: one, and one more for every twenty blanks); in a text that is `shouting` capitals say nothing.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    from_: NDArray[np.int64]
    to: NDArray[np.int64]
    shouting: NDArray[np.bool_]
    whispering: NDArray[np.bool_]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    raw: NDArray[np.uint64]
    low: NDArray[np.bool_]
    known: NDArray[np.int32]
    picked: NDArray[np.int32]


class _Last(threading.local):
    """What this thread has read last: its readers ask about one page in turn."""

    codes: Any = None
    found: tuple[Words, NDArray[np.int32]] | None = None


_last = _Last()


def words_of(page: Page, *, plain: bool = False) -> tuple[Words, NDArray[np.int32]]:
    """Return the words of a page, and the rows of `native/signs.py`."""
    found = _last.found
    if found is None or _last.codes is None or _last.codes() is not page.folded:
        found = _gathered(page, plain)
        _last.codes, _last.found = weakref.ref(page.folded), found
    return found


def _gathered(page: Page, plain: bool) -> tuple[Words, NDArray[np.int32]]:
    texts = len(page.first)
    room = (len(page.folded) + texts) // 2 + 1  # what is never written to costs no memory
    first, last, from_, to = np.zeros((4, texts), dtype=np.int64)
    shouting, whispering = np.zeros((2, texts), dtype=np.bool_)
    start, end, picked, known = (np.empty(room, dtype=np.int32) for _ in range(4))
    raw, low = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.bool_)
    words = Words(first, last, from_, to, shouting, whispering, start, end, raw, low, known, picked)
    begun = np.empty((5, len(page.folded)), dtype=np.int32)
    signed = (gather.plain if plain else gather)(page, vocabulary_table(), spelt(), words, begun)
    run, more = (write_signs.plain if plain else write_signs), max(64, 2 * signed)
    while True:
        rows = np.empty((4, more), dtype=np.int32)
        n = run(page.folded, page.kinds, page.at, spelt(), begun, signed, rows)
        if n <= more:
            return words, rows[:, :n]
        more = n


@kernel
def gather(page: Page, table: WordTable, spelt: Spelt, words: Words, begun: Any) -> Any:
    """Write the words of all texts, and where signs may begin (see `write_signs`); return how many such places."""
    folded, kinds, place, original_kinds = page.folded, page.kinds, page.place, page.original_kinds
    starts, ends, raw, lows, picked, knowns = words.start, words.end, words.raw, words.low, words.picked, words.known
    firsts, lasts, froms, tos = words.first, words.last, words.from_, words.to
    shouting, whispering, begins, shifts = words.shouting, words.whispering, page.at, page.first
    alone, begins_sign, buckets = spelt.alone, spelt.begins, spelt.first
    n = m = signed = 0
    for text in range(len(begins) - 1):
        first_word, first_picked, blanks = n, m, 0
        shift = shifts[text]
        k = np.uint64(begins[text])  # for an index without a sign numba looks at no negative ones
        stop = np.uint64(begins[text + 1])
        before = 0  # the kind of the character before
        while k < stop:
            kind = kinds[k]
            if (kind & WORD_LETTER) == 0:
                blanks += folded[k] == _BLANK
                if (kind & OPENS) != 0 and ((kind & DECIMAL) == 0 or (before & _JOINED) == 0):
                    bucket = bucket_at(np.int64(-1), folded, kinds, k, stop)
                    if buckets[bucket] < buckets[bucket + 1]:
                        begun[0, signed], begun[1, signed], begun[2, signed] = text, k, k
                        begun[3, signed], begun[4, signed] = -1, bucket
                        signed += 1
                before = kind
                k += np.uint64(1)
                continue
            start = k
            value = BASIS
            while k < stop and (kinds[k] & _IN_WORD) != 0:
                value = (value ^ np.uint64(folded[k])) * PRIME
                k += np.uint64(1)
            low = (original_kinds[shift + place[start]] & LOWER) != 0
            starts[n], ends[n], raw[n], lows[n] = start, k, value, low
            known = np.int64(find_hashed(table, finished(value), folded, np.int64(start), np.int64(k)))
            knowns[n] = known
            if known >= 0 and begins_sign[known] and (before & _JOINED) == 0:
                bucket = bucket_at(known, folded, kinds, k, stop)
                if alone[known] >= 0 or buckets[bucket] < buckets[bucket + 1]:
                    begun[0, signed], begun[1, signed], begun[2, signed] = text, start, k
                    begun[3, signed], begun[4, signed] = known, bucket
                    signed += 1
            before = kinds[k - np.uint64(1)]
            picked[m] = n
            m += not low
            n += 1
        capitals = m - first_picked
        shouting[text] = capitals > 3 and capitals * 10 > 8 * (1 + blanks)
        whispering[text] = capitals * 20 <= blanks + 20
        if whispering[text]:
            m = pick_all(picked, first_picked, first_word, n)
        firsts[text], lasts[text], froms[text], tos[text] = first_word, n, first_picked, m
    return signed


@kernel
def pick_all(picked: Any, place: Any, first: Any, last: Any) -> Any:
    """Pick the words `first` to `last` - 1; return the place after them."""
    for word in range(first, last):
        picked[place] = word
        place += 1
    return place


@kernel
def word_end(kinds: Any, start: Any, stop: Any) -> Any:
    """Return where the word ends that begins at this folded character."""
    k = start
    while k < stop and (kinds[k] & _IN_WORD) != 0:
        k += 1
    return k


@kernel
def finished(raw: Any) -> Any:
    """Return the hash of a word from its unfinished form."""
    return raw ^ (raw >> FOLD)


@kernel
def carried_on(folded: Any, raw: Any, start: int, end: int) -> Any:
    """Return the unfinished hash of a spelling that goes on with a blank and this word."""
    value = (raw ^ np.uint64(_BLANK)) * PRIME
    for k in range(start, end):
        value = (value ^ np.uint64(folded[k])) * PRIME
    return value


@kernel
def next_word(folded: Any, kinds: Any, end: int, stop: int) -> int:
    """Return where the next word of a name of several words begins, or -1.

    Between the two lies one blank, dash or apostrophe, or ` - `, `. ` or ` (`.
    """
    if end + 1 >= stop:
        return -1
    sign = folded[end]
    if sign != _BLANK and sign != _DASH and sign != _DOT and sign != _APOSTROPHE and sign != _QUOTE:
        return -1
    after = folded[end + 1]
    start = end + 1
    if sign == _BLANK and after == _DASH and end + 2 < stop and folded[end + 2] == _BLANK:
        start = end + 3
    elif (sign == _DOT and after == _BLANK) or (sign == _BLANK and after == _BRACKET):
        start = end + 2
    elif sign == _DOT:
        return -1
    return start if start < stop and (kinds[start] & WORD_LETTER) != 0 else -1


@kernel
def word_before(folded: Any, kinds: Any, first: Any, start: Any, word: Any) -> Any:
    """Write (start, end) of the word right before a place in a text, parted by one to three signs; say if there is one.

    `first` is where the text begins. What lies more than 19 characters before is not looked at.
    """
    least = max(first, start - 19)
    end = start
    while end > least and is_slight(folded[end - 1]):
        end -= 1
    k = end
    if start - end >= 1 and start - end <= 3:
        while k > least and (kinds[k - 1] & _IN_WORD) != 0:
            k -= 1
        while k < end and (kinds[k] & WORD_LETTER) == 0:
            k += 1
    word[0] = k
    word[1] = end
    return k < end


@kernel
def is_slight(code: int) -> bool:
    """Say whether a character may part a word from the one before."""
    return code in (_BLANK, _DOT, _DASH, _COLON, 9, 10, 13, 0xA0)


@kernel
def among(code: int, codes: Any) -> bool:
    """Say whether a code point is one of a few."""
    found = False
    for k in range(len(codes)):
        found = found or codes[k] == code
    return found
