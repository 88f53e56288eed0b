"""The words of many texts, and how words go on in a text: the twin of `extract/words.py`."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import LOWER, SIGN, WORD_LETTER
from felinar.extract.native.page import Page
from felinar.extract.native.table import BASIS, FOLD, PRIME
from felinar.kernels.compile import kernel

_IN_WORD = WORD_LETTER | SIGN
_BLANK, _DASH, _DOT, _APOSTROPHE, _QUOTE, _BRACKET, _COLON = 32, 45, 46, 39, 0x2019, 40, 58


class Words(NamedTuple):
    """Words of texts of a page: those of text i are `first[i]` to `last[i]` - 1, if the text was asked for (`done`).

    `start` and `end` are folded characters of the page; `raw` is the hash of the word (of `native/table.py`) before
    its last step, so that it can be carried on over more words; `low` says that it begins with a small letter. Names
    are sought in the words with the numbers `picked[from_[i]:to[i]]`: those that begin with a capital, or all in a
    text that is `whispering` (it has few capitals: one, and one more for every twenty blanks); in a text that is
    `shouting` capitals say nothing.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    from_: NDArray[np.int64]
    to: NDArray[np.int64]
    done: NDArray[np.bool_]
    shouting: NDArray[np.bool_]
    whispering: NDArray[np.bool_]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    raw: NDArray[np.uint64]
    low: NDArray[np.bool_]
    picked: NDArray[np.int32]
    size: NDArray[np.int64]


_last: list[tuple[Page, Words]] = []


def words_of(page: Page, texts: NDArray[np.int32], *, plain: bool = False) -> Words:
    """Return words of a page, those of these texts among them; what was asked before of this page is not read again."""
    known = next((words for last, words in _last if last.at is page.at), None)
    words = _none(page) if known is None else known
    _last[:] = [(page, words)]
    new = texts[~words.done[texts]]
    if len(new):
        (gather.plain if plain else gather)(page, new, words)
    return words


def _none(page: Page) -> Words:
    """Return room for all words of a page; what is never written to costs no memory."""
    texts = len(page.first)
    room = (len(page.folded) + texts) // 2 + 1
    first, last, from_, to = np.zeros((4, texts), dtype=np.int64)
    done, shouting, whispering = np.zeros((3, texts), dtype=np.bool_)
    start, end, picked = (np.empty(room, dtype=np.int32) for _ in range(3))
    raw, low = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.bool_)
    size = np.zeros(2, dtype=np.int64)
    return Words(first, last, from_, to, done, shouting, whispering, start, end, raw, low, picked, size)


@kernel
def gather(page: Page, texts: Any, words: Words) -> None:
    """Write the words of these texts behind those that are there; `size` counts the words and the picked ones."""
    folded, kinds, place, original_kinds = page.folded, page.kinds, page.place, page.original_kinds
    starts, ends, raw, lows, picked = words.start, words.end, words.raw, words.low, words.picked
    firsts, lasts, froms, tos, done = words.first, words.last, words.from_, words.to, words.done
    shouting, whispering, begins, shifts = words.shouting, words.whispering, page.at, page.first
    n = words.size[0]
    m = words.size[1]
    for i in range(len(texts)):
        text = texts[i]
        first_word = n
        first_picked = m
        blanks = 0
        shift = shifts[text]
        k = np.uint64(begins[text])  # for an index without a sign numba looks at no negative ones
        stop = np.uint64(begins[text + 1])
        while k < stop:
            if (kinds[k] & WORD_LETTER) == 0:
                blanks += folded[k] == _BLANK
                k += np.uint64(1)
                continue
            low = (original_kinds[shift + place[k]] & LOWER) != 0
            starts[n] = k
            value = BASIS
            while k < stop and (kinds[k] & _IN_WORD) != 0:
                value = (value ^ np.uint64(folded[k])) * PRIME
                k += np.uint64(1)
            ends[n] = k
            raw[n] = value
            lows[n] = low
            picked[m] = n
            m += not low
            n += 1
        capitals = m - first_picked
        shouting[text] = capitals > 3 and capitals * 10 > 8 * (1 + blanks)
        whispering[text] = capitals * 20 <= blanks + 20
        if whispering[text]:
            m = first_picked
            for j in range(first_word, n):
                picked[m] = j
                m += 1
        firsts[text], lasts[text] = first_word, n
        froms[text], tos[text] = first_picked, m
        done[text] = True
    words.size[0], words.size[1] = n, m


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
