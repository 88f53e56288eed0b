"""The capitalised words of many texts, and how words go on in a text: the twin of `extract/words.py`."""

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
    """Words of a page: text i has the words `at[i]:at[i + 1]`, those that begin with a capital.

    `start` and `end` are folded characters of the page; `raw` is the hash of the word (of `native/table.py`) before
    its last step, so that it can be carried on over more words; `shouting` says of a text that capitals say nothing,
    `whispering` that it has so few that all of its words are here: at most one, and one for every twenty blanks.
    """

    at: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    raw: NDArray[np.uint64]
    shouting: NDArray[np.bool_]
    whispering: NDArray[np.bool_]


_last: list[tuple[Page, Words]] = []


def words_of(page: Page, *, plain: bool = False) -> Words:
    """Return the capitalised words of a page, text by text in their order; asked again, those of the last page."""
    for known, words in _last:
        if known.at is page.at:
            return words
    texts = len(page.first)
    room = (len(page.folded) + texts) // 2 + 1
    at, flags = np.zeros(texts + 1, dtype=np.int64), np.zeros((2, texts), dtype=np.bool_)
    start, end = np.empty((2, room), dtype=np.int64)
    words = Words(at, start, end, np.empty(room, dtype=np.uint64), flags[0], flags[1])
    n = (gather.plain if plain else gather)(page, words)
    words = words._replace(start=words.start[:n], end=words.end[:n], raw=words.raw[:n])
    _last[:] = [(page, words)]
    return words


@kernel
def gather(page: Page, words: Words) -> int:
    """Write the words of every text; return how many there are."""
    n = 0
    for i in range(len(page.first)):
        words.at[i] = n
        first = page.at[i]
        shift = page.first[i]
        kinds = page.kinds[first : page.at[i + 1]]
        folded = page.folded[first : page.at[i + 1]]
        place = page.place[first : page.at[i + 1]]
        unwanted = LOWER
        k = np.uint64(0)  # for an index without a sign numba looks at no negative ones
        while k < len(kinds):
            if (kinds[k] & WORD_LETTER) == 0:
                k += np.uint64(1)
            elif (page.original_kinds[shift + place[k]] & unwanted) != 0:
                while k < len(kinds) and (kinds[k] & _IN_WORD) != 0:
                    k += np.uint64(1)
            else:
                words.start[n] = first + np.int64(k)
                value = BASIS
                while k < len(kinds) and (kinds[k] & _IN_WORD) != 0:
                    value = (value ^ np.uint64(folded[k])) * PRIME
                    k += np.uint64(1)
                words.end[n] = first + np.int64(k)
                words.raw[n] = value
                n += 1
            if k == len(kinds) and unwanted != 0:
                blanks = 0
                for code in folded:
                    blanks += code == _BLANK
                capitals = n - words.at[i]
                words.shouting[i] = capitals > 3 and capitals * 10 > 8 * (1 + blanks)
                words.whispering[i] = capitals * 20 <= blanks + 20
                if words.whispering[i]:  # once more, all words
                    unwanted = 0
                    n = words.at[i]
                    k = np.uint64(0)
    words.at[len(page.first)] = n
    return n


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
