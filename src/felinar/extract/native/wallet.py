"""Wallets, natively: the twin of `extract/wallet.py`, which reads the few long stretches that are found here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract import wallet
from felinar.extract.native.asked import Result, string_of, written
from felinar.extract.native.charsets import is_figure, is_small
from felinar.extract.native.page import Page
from felinar.extract.native.readings import About, Readings, empties
from felinar.extract.native.signs import Signs
from felinar.kernels.compile import kernel

_LONG, _LONGEST = 26, 106  # letters and figures in a row (wallet._CANDIDATE)


def read(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return the wallets in these texts; none is declined."""
    rows = np.empty((3, len(page.original) // _LONG + 1), dtype=np.int64)
    run = write_long.plain if plain else write_long
    found = rows[:, : run(page.original, page.first, page.last, texts, rows)].T.tolist()
    long = [(i, a, b) for i, a, b in found if b - a <= _LONGEST]
    read = [(i, a, b, wallet.read(string_of(page.original[a:b]))) for i, a, b in long]
    held = [(i, a - int(page.first[i]), b - int(page.first[i]), value) for i, a, b, value in read if value]
    text, start, end = (np.array([row[column] for row in held], dtype=np.int32) for column in range(3))
    value = pa.array([row[3] for row in held], pa.string())
    sure, nothing = np.full(len(held), 99, dtype=np.int32), empties(len(held))
    display = written(page, text, start, end, plain)
    flags = np.zeros(len(held), dtype=np.bool_)
    return Readings(text, start, end, sure, flags, value, display, nothing, nothing), np.zeros(0, dtype=np.int32)


@kernel
def write_long(original: Any, first: Any, last: Any, texts: Any, rows: Any) -> int:
    """Write (text, start, end) of at least 26 letters and figures of ASCII in a row; return how many."""
    n = 0
    for text in texts:
        start = first[text]  # no stretch that is not written yet begins before
        while start + _LONG <= last[text]:
            end = start + _LONG  # from its end on backwards: most stretches are short, so that few characters are seen
            while end > start and is_plain(original[end - 1]):
                end -= 1
            if end > start:
                start = end
                continue
            end = start + _LONG
            while end < last[text] and is_plain(original[end]):
                end += 1
            rows[0, n] = text
            rows[1, n] = start
            rows[2, n] = end
            n += 1
            start = end + 1
    return n


@kernel
def is_plain(code: int) -> bool:
    """Say whether a character is a letter or a figure of ASCII."""
    return is_figure(code) or is_small(code | 32)
