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
    content, ends = utf8(texts)
    codes = np.empty(int(ends[-1] - ends[0]), dtype=np.uint32)
    bounds = np.zeros(len(ends), dtype=np.int64)
    size = (decode.plain if plain else decode)(content, ends, codes, bounds)
    return codes[:size], bounds


def utf8(texts: Texts) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the UTF-8 bytes of all texts and where each begins, with the end of the last; a null is an empty text.

    Arrow strings are not copied. A lone surrogate takes three bytes, as if it were a character.
    """
    if not isinstance(texts, pa.Array):
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        return np.frombuffer(b"".join(parts), dtype=np.uint8), np.cumsum([0, *map(len, parts)], dtype=np.int64)
    if not len(texts):
        return np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    array = (texts.fill_null("") if texts.null_count else texts).cast(pa.large_string())
    _, offsets, data = array.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    return np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8), ends


@kernel
def code_at(content, at):  # type: ignore[no-untyped-def]
    """Return the code point that begins at this byte, and the first byte after it."""
    byte = np.uint32(content[at])
    if byte < 0x80:
        return byte, at + 1
    second = np.uint32(content[at + 1]) & np.uint32(0x3F)
    if byte < 0xE0:
        return (byte & np.uint32(0x1F)) << np.uint32(6) | second, at + 2
    third = np.uint32(content[at + 2]) & np.uint32(0x3F)
    if byte < 0xF0:
        return (byte & np.uint32(0x0F)) << np.uint32(12) | second << np.uint32(6) | third, at + 3
    fourth = np.uint32(content[at + 3]) & np.uint32(0x3F)
    high = (byte & np.uint32(0x07)) << np.uint32(18) | second << np.uint32(12)
    return high | third << np.uint32(6) | fourth, at + 4


@kernel
def beyond_ascii(content, first, last, rows, found):  # type: ignore[no-untyped-def]
    """Return how many characters are beyond ASCII and how many of these `rows` does not know (-1); `found` gets these.

    `found` may be too short: then the count says how long it must be.
    """
    at, characters, unknown = first, 0, 0
    while at < last:
        if content[at] < 0x80:
            at += 1
            continue
        code, at = code_at(content, at)
        characters += 1
        if rows[code] < 0:
            if unknown < len(found):
                found[unknown] = code
            unknown += 1
    return characters, unknown


@kernel
def decode(content, ends, codes, bounds):  # type: ignore[no-untyped-def]
    """Write the code points of UTF-8 texts and where each text begins; return how many there are."""
    n = 0
    for text in range(len(ends) - 1):
        bounds[text] = n
        at = ends[text]
        while at < ends[text + 1]:
            codes[n], at = code_at(content, at)
            n += 1
    bounds[len(ends) - 1] = n
    return n


def slices(
    content: NDArray[np.uint8],
    ends: NDArray[np.int64],
    rows: NDArray[np.int64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    *,
    plain: bool = False,
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the bytes of text rows[i] from character starts[i] to stops[i] for every i, and where each begins.

    Costs the length of a text for each slice of it at most, and once for all of them where they come in order.
    """
    places = np.zeros((2, len(rows)), dtype=np.int64)
    (find_bytes.plain if plain else find_bytes)(content, ends, rows, starts, stops, *places)
    bounds = np.concatenate(([0], np.cumsum(places[1] - places[0]))).astype(np.int64)
    out = np.empty(int(bounds[-1]), dtype=np.uint8)
    (copy_bytes.plain if plain else copy_bytes)(content, places[0], bounds, out)
    return out, bounds


@kernel
def find_bytes(content, ends, rows, starts, stops, begins, finishes):  # type: ignore[no-untyped-def]
    """Write the first byte of each slice, and one past its last."""
    row, character, at = -1, 0, 0
    for i in range(len(rows)):
        if rows[i] != row or starts[i] < character:
            row, character, at = rows[i], 0, ends[rows[i]]
        while character < starts[i]:
            at = next_character(content, at)
            character += 1
        begins[i] = at
        while character < stops[i]:
            at = next_character(content, at)
            character += 1
        finishes[i] = at


@kernel
def next_character(content, at):  # type: ignore[no-untyped-def]
    """Return where the next character begins."""
    byte = content[at]
    return at + 1 + (byte >= 0xC0) + (byte >= 0xE0) + (byte >= 0xF0)


@kernel
def copy_bytes(content, begins, bounds, out):  # type: ignore[no-untyped-def]
    """Write the bytes of each slice one after the other."""
    for i in range(len(begins)):
        begin, first = np.uint64(begins[i]), np.uint64(bounds[i])  # without a sign many are copied at once
        for place in range(np.uint64(bounds[i + 1]) - first):
            out[first + place] = content[begin + place]
