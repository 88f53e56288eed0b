"""The values of prices, as `extract/price.py` writes them: amount, currency, unit of time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.native.characters import FIGURE
from felinar.extract.native.price_tables import CODES, names
from felinar.kernels.compile import kernel

LONGEST = 24  # bytes of an amount
_ZERO, _FIVE, _POINT, _COMMA, _EURO = 48, 53, 46, 44, 0x20AC


def values_of(
    amounts: NDArray[np.uint8], sizes: NDArray[np.int64], currency: Any, unit: Any, *, plain: bool = False
) -> pa.StringArray:
    """Return the values; a currency or a unit below zero is none."""
    said, at = names()
    content = np.empty(len(sizes) * (LONGEST + int(np.diff(at).max()) * 2), dtype=np.uint8)
    offsets = np.zeros(len(sizes) + 1, dtype=np.int32)
    name = np.stack([currency, np.where(unit >= 0, unit + len(CODES), -1)], axis=1)
    (write_values.plain if plain else write_values)(amounts, sizes, name, said, at, content, offsets)
    return pa.StringArray.from_buffers(len(sizes), pa.py_buffer(offsets), pa.py_buffer(content[: offsets[-1]]))


@kernel
def write_values(amounts: Any, sizes: Any, name: Any, said: Any, at: Any, content: Any, offsets: Any) -> None:
    """Write every value as bytes, and its bounds."""
    n = 0
    for i in range(len(sizes)):
        for k in range(sizes[i]):
            content[n] = amounts[i, k]
            n += 1
        for part in range(2):
            if name[i, part] >= 0:
                for k in range(at[name[i, part]], at[name[i, part] + 1]):
                    content[n] = said[k]
                    n += 1
        offsets[i + 1] = n


@kernel
def write_amount(text: Any, kinds: Any, start: int, end: int, thousands: bool, out: Any) -> int:
    """Write the amount with a point for decimals, without zeros that say nothing; return its length, 0 for none.

    A thousand times an amount has at most 15 digits: the plain reader reckons it in floats without a loss.
    """
    whole = end
    for back in (3, 2):
        if end - start >= back and (text[end - back] == _POINT or text[end - back] == _COMMA):
            whole = end - back
    if end - start >= 3 and text[end - 3] == _EURO:
        whole = end - 3
    n = 0
    for k in range(start, whole):
        if (kinds[k] & FIGURE) != 0 and (n > 0 or text[k] != _ZERO):
            out[n] = text[k]
            n += 1
    stop = end
    while stop > whole + 1 and text[stop - 1] == _ZERO:
        stop -= 1
    cents = stop - whole - 1
    if thousands:
        for k in range(3):
            digit = text[whole + 1 + k] if k < cents else _ZERO
            if n > 0 or digit != _ZERO:
                out[n] = digit
                n += 1
        return n
    if n == 0 and cents <= 0:
        return 0
    if n == 0:
        out[0] = _ZERO
        n = 1
    if cents > 0:
        out[n] = _POINT
        for k in range(cents):
            out[n + 1 + k] = text[whole + 1 + k]
        n += 1 + cents
    return n


@kernel
def is_small(amount: Any, size: int) -> bool:
    """Say whether an amount is below 5."""
    return amount[0] < _FIVE and (size == 1 or amount[1] == _POINT)
