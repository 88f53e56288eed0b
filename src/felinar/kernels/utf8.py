"""Texts to code points: UTF-8 as Arrow keeps it, or Python strings, as one flat array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

Texts: TypeAlias = Sequence[str] | Any  # or an Arrow array of strings


def code_points(texts: Texts, *, plain: bool = False) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the code points of all texts and where each begins, with the end of the last; a null is an empty text.

    Strings may hold lone surrogates, which Arrow arrays cannot. `plain` runs without numba.
    """
    if not isinstance(texts, pa.Array):
        bounds = np.cumsum([0, *map(len, texts)], dtype=np.int64)
        return np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32), bounds
    if not len(texts):
        return np.zeros(0, dtype=np.uint32), np.zeros(1, dtype=np.int64)
    array = (texts.fill_null("") if texts.null_count else texts).cast(pa.large_string())
    _, offsets, data = array.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    content = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
    codes = np.empty(int(ends[-1] - ends[0]), dtype=np.uint32)
    bounds = np.zeros(len(array) + 1, dtype=np.int64)
    size = (decode.plain if plain else decode)(content, ends, codes, bounds)
    return codes[:size], bounds


@kernel
def decode(content: Any, ends: Any, codes: Any, bounds: Any) -> int:
    """Write the code points of UTF-8 texts and where each text begins; return how many there are."""
    n = 0
    for text in range(len(ends) - 1):
        bounds[text] = n
        at = ends[text]
        stop = ends[text + 1]
        while at < stop:
            byte = np.uint32(content[at])
            if byte < 0x80:
                codes[n] = byte
                at += 1
            elif byte < 0xE0:
                codes[n] = ((byte & 0x1F) << 6) | (np.uint32(content[at + 1]) & 0x3F)
                at += 2
            elif byte < 0xF0:
                codes[n] = (
                    ((byte & 0x0F) << 12)
                    | ((np.uint32(content[at + 1]) & 0x3F) << 6)
                    | (np.uint32(content[at + 2]) & 0x3F)
                )
                at += 3
            else:
                codes[n] = (
                    ((byte & 0x07) << 18)
                    | ((np.uint32(content[at + 1]) & 0x3F) << 12)
                    | ((np.uint32(content[at + 2]) & 0x3F) << 6)
                    | (np.uint32(content[at + 3]) & 0x3F)
                )
                at += 4
            n += 1
    bounds[len(ends) - 1] = n
    return n
