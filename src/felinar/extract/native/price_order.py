"""The loops of native prices: where numbers stand, the currency before them, and which prices hold, one by one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import ALNUM, ALPHA, SIGN, SPACE
from felinar.extract.native.charsets import codes_of, is_one_of
from felinar.extract.native.lookup import pair_of
from felinar.extract.native.machine import NONE
from felinar.extract.native.price_value import LONGEST, is_small, write_amount
from felinar.extract.native.table import find_word
from felinar.kernels.compile import kernel

_BLANK, _NO_BREAK = 32, 0xA0
_SINGLE = 1 << 1  # the bit of words of one character
_PARTED = 8  # at most so many blanks and signs part a word of time from its number
_JOINTS = codes_of(":=-–—,/")


class Room(NamedTuple):
    """Where prices are written: `rows` of (row, begin, end, floor), and the amounts as digits."""

    rows: NDArray[np.int64]
    amounts: NDArray[np.uint8]
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, size: int) -> Room:
        """Return room for so many prices; one more is there to try the last amount."""
        return cls(
            np.zeros((size + 1, 4), dtype=np.int64),
            np.zeros((size + 1, LONGEST), dtype=np.uint8),
            np.zeros(size + 1, dtype=np.int64),
        )


@kernel
def currencies_before(  # type: ignore[no-untyped-def]
    folded, kinds, lo, money, sizes, pairs, begin, prefix
) -> None:
    """Write where the currency before each number begins (`begin` holds the number's start), and its word."""
    for i in range(len(lo)):
        bare = begin[i]
        if bare > lo[i] and (folded[bare - 1] == _BLANK or folded[bare - 1] == _NO_BREAK):
            bare -= 1
        if bare == lo[i] or folded[bare - 1] >= len(sizes):
            continue
        fits = sizes[folded[bare - 1]]
        if bare - 1 == lo[i] or (pairs[pair_of(folded[bare - 2], folded[bare - 1])] == 0):
            fits &= _SINGLE
        size = 0
        while fits >> size:
            size += 1
        while size > 0:
            if size <= bare - lo[i] and (fits >> size) & 1:
                word = find_word(money, folded, bare - size, bare)
                if word >= 0:
                    first = bare - size
                    glued = (kinds[first] & ALPHA) != 0 and first > lo[i] and (kinds[first - 1] & ALNUM) != 0
                    if not glued:
                        begin[i] = first
                        prefix[i] = word
                    break
            size -= 1


@kernel
def in_order(  # type: ignore[no-untyped-def]
    folded, kinds, many, text, lo, hi, start, end, begin, prefix, lone, currency, unit, unit_end, second, second_end,
    thousands, is_price, other, wanted, room,
) -> int:  # fmt: skip
    """Write the prices of the first `many` rows, text by text; return how many there are.

    `other[i]` is row i without the currency before it, for one that the price before has used; where it is needed and
    is not there yet (-1), row i is marked in `wanted`.
    """
    n = 0
    done = np.int64(0)
    for i in range(many):
        done = max(done, lo[i])
        if start[i] < done:
            continue
        row = np.int64(i)
        if begin[i] < done:
            row = other[i]
            if row < 0:
                wanted[i] = True
                continue
        if not is_price[row]:
            continue
        floor = done
        last = 1 if second[row] == NONE else 2
        for part in range(last):
            first = start[row] if part == 0 else second[row]
            stop = end[row] if part == 0 else second_end[row]
            size = write_amount(folded, kinds, first, stop, thousands[row], room.amounts[n])
            if size == 0 or (currency[row] < 0 and not lone[row] and is_small(room.amounts[n], size)):
                continue
            room.rows[n, 0] = row
            room.rows[n, 1] = begin[row] if part == 0 else first
            room.rows[n, 2] = max(unit_end[row], stop) if part == last - 1 else stop
            room.rows[n, 3] = floor
            room.sizes[n] = size
            done = room.rows[n, 2]
            n += 1
    return n


@kernel
def mark_times(  # type: ignore[no-untyped-def]
    folded, kinds, lo, begin, last, last_signs, found
) -> None:
    """Mark the numbers before which a word of time may end, blanks and one sign aside: few, so that few are asked."""
    for i in range(len(begin)):
        k = begin[i]
        stop = max(lo[i], k - _PARTED)
        while k > stop and ((kinds[k - 1] & SPACE) != 0 or is_one_of(folded[k - 1], _JOINTS)):
            k -= 1
        if k == lo[i]:
            continue
        start = k
        while start > lo[i] and (kinds[start - 1] & (ALNUM | SIGN)) != 0:
            start -= 1
        if start == k:
            is_sign = False
            for sign in last_signs:
                is_sign = is_sign or folded[k - 1] == sign
            if not is_sign or k - 1 == lo[i]:
                continue
            start = k - 2
        found[i] = find_word(last, folded, start, k) >= 0
