"""Where towns are spelt in texts, and what stands around each spelling: the first two loops of `native/place.py`.

Small kernels here take single arrays and no tuples of them: what a compiled call costs grows with its arrays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import LOWER, UPPER, WORD_LETTER
from felinar.extract.native.page import Page
from felinar.extract.native.table import WordTable, find_word
from felinar.extract.native.town_loops import BEGINS, FORM, ORDINARY, Towns, filter_place, is_in, pair_of, spelling_at
from felinar.extract.native.words import Words, carried_on, finished, next_word, word_before, word_end
from felinar.extract.place_choice import _LONGEST
from felinar.kernels.compile import kernel

CUE, WEAK, AFTER_HINDI, PARTICLE, STREET, VIA, TITLE, BRAND, WARE, AFTER, INTRODUCES, NAME, NO_ENGLISH = (
    1 << i for i in range(13)
)
# What is known around a text: the number of its country, that of the home of its language, the language.
COUNTRY, HOME, HINDI, ITALIAN, ENGLISH = range(5)
# Columns of a row; LOW says that it begins with a small letter.
TEXT, START, END, SPELLING, LOW, CUED, TOWN, AGREES, CODED, IS_WORD, STANDS = range(11)
COLUMNS = 11
_BLANK = 32


class Around(NamedTuple):
    """Words around towns and their bits; `cues`: the first so many are cues."""

    words: WordTable
    bits: NDArray[np.uint16]
    cues: int


@kernel
def find_spellings(page: Page, texts: Any, words: Words, found: Towns, rows: Any, seen: Any, best: Any) -> int:
    """Write (text, start, end, spelling, low) of every spelling of a town; return how many there are.

    `seen` is room for one hash, `best` for two numbers.
    """
    folded, slots, hashes, kinds, filter_ = page.folded, found.slots, found.hashes, found.kind, found.filter
    begun, ended, letters = found.first, found.last, found.letters
    picked, starts, ends, raw, lows = words.picked, words.start, words.end, words.raw, words.low
    froms, tos, whispering, page_kinds, page_at = words.from_, words.to, words.whispering, page.kinds, page.at
    pairs, word_last = found.pairs, words.last
    n = 0
    for i in range(len(texts)):
        text = texts[i]
        done = np.int64(0)
        for at in range(froms[text], tos[text]):
            j = picked[at]
            value = finished(raw[j])
            if not is_in(filter_[filter_place(value, len(filter_))], value):
                continue
            start = np.int64(starts[j])
            end = np.int64(ends[j])
            if start < done:
                continue
            spelling = spelling_at(slots, hashes, letters, begun, ended, value, folded, start, end)
            if spelling < 0:
                continue
            best[0] = spelling if kinds[spelling] & FORM else -1
            best[1] = end
            if kinds[spelling] & BEGINS and j + 1 < word_last[text]:
                value = pair_of(raw[j], raw[j + 1])
                longer_too = is_in(pairs[filter_place(value, len(pairs))], value)
            else:
                longer_too = False
            if longer_too:
                seen[0] = raw[j]
                stop = page_at[text + 1]
                longer(folded, page_kinds, slots, hashes, begun, ended, letters, kinds, start, stop, seen, best)
            if best[0] < 0 or (whispering[text] and lows[j] and (kinds[best[0]] & ORDINARY) != 0):
                continue
            done = best[1]
            rows[n, TEXT] = text
            rows[n, START] = start
            rows[n, END] = done
            rows[n, SPELLING] = best[0]
            rows[n, LOW] = lows[j]
            n += 1
    return n


@kernel
def longer(  # type: ignore[no-untyped-def]
    folded, kinds, slots, hashes, begun, ended, letters, bits, start, stop, seen, best
) -> None:
    """Write (spelling, its end) of the longest name of a town that begins with the word before best[1], if any does.

    `seen` holds the unfinished hash of that word.
    """
    value = seen[0]
    last = best[1]
    for _ in range(_LONGEST - 1):
        word = next_word(folded, kinds, last, stop)
        if word < 0:
            break
        last = word_end(kinds, word, stop)
        value = carried_on(folded, value, word, last)
        whole = finished(value)
        spelling = spelling_at(slots, hashes, letters, begun, ended, whole, folded, start, last)
        if spelling < 0:
            break
        if bits[spelling] & FORM:
            best[0] = spelling
            best[1] = last
        if (bits[spelling] & BEGINS) == 0:
            break


@kernel
def look_around(page: Page, known: Around, about: Any, rows: Any, count: int, word: Any) -> int:
    """Write the cue of every row, -1 for none, and drop those that are streets, persons, brands or wares.

    `word` is room for the bounds of a word.
    """
    folded, kinds, bits, table, begins = page.folded, page.kinds, known.bits, known.words, page.at
    n = 0
    for k in range(count):
        text = np.int64(rows[k, TEXT])
        start = np.int64(rows[k, START])
        number = np.int64(-1)
        if word_before(folded, kinds, begins[text], start, word):
            number = np.int64(find_word(table, folded, word[0], word[1]))
        before = np.int64(bits[number]) if number >= 0 else np.int64(0)
        number = number if is_cue(before, about[text, ENGLISH] != 0) else np.int64(-1)
        if before & (BRAND | NAME):
            alone = start - word[1] == 1 and folded[word[1]] == _BLANK
            if (before & BRAND) != 0 or alone:
                at = page.first[text] + page.place[word[0]]
                if is_title(page.original_kinds, at, page.last[text]):
                    continue
        other = (before & INTRODUCES) != 0
        hops = 0
        while (before & PARTICLE) != 0 and hops < 3:
            before = np.int64(0)
            if word_before(folded, kinds, begins[text], word[0], word):
                further = find_word(table, folded, word[0], word[1])
                before = np.int64(bits[further]) if further >= 0 else np.int64(0)
            hops += 1
        other = other or (before & (STREET | TITLE)) != 0 or (hops > 0 and (before & WARE) != 0)
        if other or ((before & VIA) != 0 and about[text, ITALIAN] != 0):
            continue
        end: Any = np.int64(rows[k, END])
        stop = begins[text + 1]
        if end + 1 < stop and folded[end] == _BLANK and (kinds[end + 1] & WORD_LETTER) != 0:
            following = find_word(table, folded, end + 1, word_end(kinds, end + 1, stop))
            after = np.int64(bits[following]) if following >= 0 else np.int64(0)
            if after & AFTER:
                continue
            if number < 0 and about[text, HINDI] and (after & AFTER_HINDI) != 0:
                number = np.int64(following)
        for column in range(CUED):
            rows[n, column] = rows[k, column]
        rows[n, CUED] = number
        n += 1
    return n


@kernel
def is_cue(bits: Any, english: bool) -> bool:
    """Say whether a word with these bits speaks for a town after it."""
    return (bits & CUE) != 0 and not (english and (bits & NO_ENGLISH) != 0)


@kernel
def is_title(original_kinds: Any, at: int, last: int) -> bool:
    """Say whether the word at this original character begins with a capital and goes on with a small letter."""
    return (original_kinds[at] & UPPER) != 0 and at + 1 < last and (original_kinds[at + 1] & LOWER) != 0
