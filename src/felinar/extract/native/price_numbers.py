"""Numbers and what follows them, by hand: the loops that stand for `price._NUMBER` and `price._FOLLOWS`.

Every text has many numbers, so these two are asked far more often than the other patterns.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import price
from felinar.extract.native.characters import ALNUM, FIGURE, SPACE, WORD_LETTER
from felinar.extract.native.charsets import codes_of, is_one_of
from felinar.extract.native.lookup import pair_of
from felinar.extract.native.price_tables import JOINED, JOINS, MONEY
from felinar.extract.native.table import WordTable, find_word
from felinar.kernels.compile import kernel

_NONE, _NOTHING = -1, np.int64(0)
_PAIR, _THREE, _EIGHT = np.int64(2), np.int64(3), np.int64(8)  # numbers of one type: one compiled form
_BLANK, _DOT, _COMMA, _QUESTION, _OPEN, _CLOSE, _LOW, _ONE, _TWO, _SLASH = map(ord, " .,?()_12/")
_BEFORE = codes_of("_.,:/+@#-")  # none of these, nor a letter or figure, stands before a number
_PARTS = codes_of(" .,'’\xa0")  # before a group of three figures
_MARKS = codes_of("€$£₹₽₴₺")  # what may follow a word that joins
_STOPS = codes_of(",;:!)_.")  # after these nothing joins
_SKIPPED = codes_of("?.(")  # up to three of these and of blanks are passed over
_QUOTES = codes_of("'’")
EURO = ord(price.EURO)
_NO_CENTS, _TIMES = codes_of("€'’"), codes_of("mhм")  # behind figures that are no cents: `50€30 min`


@kernel
def figures(kinds: Any, k: int, hi: int, most: Any) -> int:
    """Return how many figures stand here in a row, at most so many."""
    n = 0
    while n < most and k + n < hi and (kinds[k + n] & FIGURE) != 0:
        n += 1
    return n


@kernel
def are_cents(folded: Any, kinds: Any, k: int, hi: int) -> bool:
    """Say whether two figures stand here that are neither a new amount nor minutes or hours: `12€50`."""
    if figures(kinds, k, hi, _THREE) != 2:
        return False
    k += 2
    if k < hi and is_one_of(folded[k], _NO_CENTS):
        return False
    if k + 1 < hi and (folded[k] == _DOT or folded[k] == _COMMA) and (kinds[k + 1] & FIGURE) != 0:
        return False
    k += k < hi and folded[k] == _BLANK
    return k == hi or not is_one_of(folded[k], _TIMES)


@kernel
def tail_end(folded: Any, kinds: Any, k: int, hi: int) -> int:
    """Return where a number ends whose whole part ends here: after its decimals, or here; NONE before a figure."""
    if k < hi and (folded[k] == _DOT or folded[k] == _COMMA):
        decimals = figures(kinds, k + 1, hi, _THREE)
        if decimals == 1 or decimals == 2:
            return k + 1 + decimals
    if k < hi and folded[k] == EURO and are_cents(folded, kinds, k + 1, hi):
        return k + 3
    return _NONE if k < hi and (kinds[k] & FIGURE) != 0 else k


@kernel
def grouped_end(folded: Any, kinds: Any, k: int, hi: int) -> int:
    """Return where a number ends whose first group ends here, with one to three groups of three figures behind it."""
    groups = 0
    place = k
    while groups < 3 and place < hi and is_one_of(folded[place], _PARTS) and figures(kinds, place + 1, hi, _THREE) == 3:
        groups += 1
        place += 4
    while groups > 0:
        end = tail_end(folded, kinds, place, hi)
        if end != _NONE:
            return end
        groups -= 1
        place -= 4
    return _NONE


@kernel
def indian_end(folded: Any, kinds: Any, k: int, hi: int) -> int:
    """Return where a number ends that goes on in the Indian way: `,50` once to three times, then `,000`."""
    groups = 0
    place = k
    while groups < 3 and place < hi and folded[place] == _COMMA and figures(kinds, place + 1, hi, _PAIR) == 2:
        groups += 1
        place += 3
    while groups > 0:
        if place < hi and folded[place] == _COMMA and figures(kinds, place + 1, hi, _THREE) == 3:
            end = tail_end(folded, kinds, place + 4, hi)
            if end != _NONE:
                return end
        groups -= 1
        place -= 3
    return _NONE


@kernel
def number_end(folded: Any, kinds: Any, k: int, hi: int) -> int:
    """Return where the number ends that begins with the figures here, NONE for none."""
    first = figures(kinds, k, hi, _EIGHT)
    end = _NONE
    if first <= 3:
        end = grouped_end(folded, kinds, k + first, hi)
    if end == _NONE and first <= 2:
        end = indian_end(folded, kinds, k + first, hi)
    if end == _NONE and first <= 7:
        end = tail_end(folded, kinds, k + first, hi)
    return end


@kernel
def write_numbers(folded: Any, kinds: Any, at: Any, text: Any, place: Any, rows: Any) -> int:
    """Write (text, start, end) of the numbers that begin where figures do (`place`, rising); return how many."""
    n = 0
    done: Any = np.int64(0)
    for i in range(len(place)):
        k = place[i]
        if k < done or (k > at[text[i]] and ((kinds[k - 1] & ALNUM) != 0 or is_one_of(folded[k - 1], _BEFORE))):
            continue
        end = number_end(folded, kinds, k, at[text[i] + 1])
        if end != _NONE:
            rows[0, n] = text[i]
            rows[1, n] = k
            rows[2, n] = end
            n += 1
            done = end
    return n


@kernel
def letters_end(kinds: Any, k: int, hi: int) -> int:
    """Return where the letters that begin here end."""
    while k < hi and (kinds[k] & WORD_LETTER) != 0:
        k += 1
    return k


@kernel
def role_of(folded: Any, start: int, end: int, words: WordTable, roles: Any, begins: Any) -> Any:
    """Return what a word may be after a number."""
    second: Any = folded[start + 1] if end > start + 1 else np.uint32(0)
    if begins[pair_of(folded[start], second)] == 0:
        return _NOTHING
    word = find_word(words, folded, start, end)
    return roles[word] if word >= 0 else _NOTHING


@kernel
def goes_on(  # type: ignore[no-untyped-def]
    folded, kinds, k, hi, words, roles, begins
) -> Any:
    """Say whether what follows a number lets it be a price: a sign, a word of money, or one that joins it on."""
    asked = False
    skipped = 0
    while skipped < 3 and k < hi and ((kinds[k] & SPACE) != 0 or is_one_of(folded[k], _SKIPPED)):
        asked = asked or folded[k] == _QUESTION or folded[k] == _OPEN
        skipped += 1
        k += 1
    if k >= hi:
        return asked
    end = letters_end(kinds, k, hi)
    if end == k:
        half = k + 2 < hi and folded[k] == _ONE and folded[k + 1] == _SLASH and folded[k + 2] == _TWO
        plain = (kinds[k] & (SPACE | ALNUM)) == 0 and not is_one_of(folded[k], _STOPS)
        return half or plain or asked
    role = role_of(folded, k, end, words, roles, begins)
    if role & MONEY:
        return True
    if (role & JOINS) == 0:
        return False
    k = end
    while k < hi and k < end + 2 and ((kinds[k] & SPACE) != 0 or is_one_of(folded[k], _QUOTES)):
        k += 1
    if k < hi and ((kinds[k] & FIGURE) != 0 or is_one_of(folded[k], _MARKS)):
        return True
    end = letters_end(kinds, k, hi)
    return end == k or (role_of(folded, k, end, words, roles, begins) & (JOINS | JOINED)) != 0


@kernel
def mark_going_on(  # type: ignore[no-untyped-def]
    folded, kinds, end, hi, words, roles, begins, may_be
) -> None:
    """Mark the numbers that may be prices by what follows them."""
    for i in range(len(end)):
        if not may_be[i]:
            may_be[i] = goes_on(folded, kinds, end[i], hi[i], words, roles, begins)
