"""Many texts as one page of arrays: original code points, folded code points with their places, kinds of characters.

Everything native readers do begins here: UTF-8 from Arrow is decoded, folded and classed in one pass without one Python
object per text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.native.characters import Characters, characters
from felinar.kernels.compile import kernel

# Room for folded texts that are longer than their UTF-8, and for unknown characters of one pass.
_MORE, _MET = 64, 4096
_ASCII, _THREE_BYTES, _FOUR_BYTES = np.uint8(0x80), np.uint8(0xE0), np.uint8(0xF0)
_SIX, _SHIFT, _NINE, _TEN, _ELEVEN = (np.uint32(bits) for bits in (0x3F, 6, 0x1FF, 0x3FF, 0x7FF))


class Page(NamedTuple):
    """Texts 0 to n - 1. Text i: original characters `first[i]:last[i]`, folded characters `at[i]:at[i + 1]`.

    `place[k]` is the character of its own original text (from 0) behind folded character k, which ends at place + 1;
    `kinds` and `original_kinds` are the bits of `native/characters.py`.
    """

    original: NDArray[np.uint32]
    original_kinds: NDArray[np.uint16]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    folded: NDArray[np.uint32]
    kinds: NDArray[np.uint16]
    place: NDArray[np.int32]
    at: NDArray[np.int64]


def page_of(columns: Sequence[pa.ChunkedArray | pa.Array], *, plain: bool = False) -> Page:
    """Return the page of these columns of strings of equal length; text i of column c has number c * rows + i.

    A null is an empty text. `plain` runs without numba.
    """
    parts = [_bytes_of(column) for column in columns]
    known, more = characters(np.zeros(0, dtype=np.uint32)), _MORE
    while True:
        page, met, missing = _page(parts, known, more, plain)
        if not len(met) and not missing:
            return page
        known = characters(np.unique(met))
        more = 2 * more + missing


def page_of_texts(texts: Sequence[str], *, plain: bool = False) -> Page:
    """Return the page of these texts."""
    return page_of([pa.array(texts, pa.string())], plain=plain)


def _bytes_of(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.uint8], NDArray[Any]]:
    """Return the UTF-8 of a column of strings and where each text begins in it, with the end of the last."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):  # more than two gigabytes of text
        array = pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in array.chunks])
    if not len(array):
        return np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int32)
    array = array.fill_null("") if array.null_count else array
    _, offsets, data = array.buffers()
    sort = np.int64 if pa.types.is_large_string(array.type) else np.int32
    ends = np.frombuffer(offsets, dtype=sort)[array.offset : array.offset + len(array) + 1]
    return np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8), ends


def _page(
    parts: list[tuple[NDArray[np.uint8], NDArray[Any]]], known: Characters, more: int, plain: bool
) -> tuple[Page, NDArray[np.uint32], int]:
    """Return the page, characters that the tables do not know yet, and how much room was missing for folded ones.

    The page is whole only where there are no such characters and enough room.
    """
    size, texts = sum(int(ends[-1] - ends[0]) for _, ends in parts), sum(len(ends) - 1 for _, ends in parts)
    page = Page(
        np.empty(size, dtype=np.uint32), np.empty(size, dtype=np.uint16),
        bounds := np.zeros(texts + 1, dtype=np.int64), bounds[1:],
        np.empty(size + more, dtype=np.uint32), np.empty(size + more, dtype=np.uint16),
        np.empty(size + more, dtype=np.int32), np.zeros(texts + 1, dtype=np.int64),
    )  # fmt: skip
    met, counts = np.empty(_MET, dtype=np.uint32), np.zeros(5, dtype=np.int64)
    for content, ends in parts:
        (write_texts.plain if plain else write_texts)(content, ends, known, page, met, counts)
    originals, folded, _, unknown, longer = counts.tolist()
    if unknown or longer > more:
        return page, met[:unknown], max(0, longer - more)
    whole = Page(
        page.original[:originals], page.original_kinds[:originals], bounds[:-1], bounds[1:],
        page.folded[:folded], page.kinds[:folded], page.place[:folded], page.at,
    )  # fmt: skip
    return whole, met[:0], 0


@kernel
def write_texts(content: Any, ends: Any, known: Characters, page: Page, met: Any, counts: Any) -> None:
    """Write the texts of a column, as they are and folded.

    `counts` has the original characters so far, the folded ones, the texts, the unknown characters (written to `met`,
    and left out), and by how many characters at most folded texts are longer than their UTF-8.
    """
    original, original_kinds, bounds, at = page.original, page.original_kinds, page.last, page.at
    folded, kinds, place = page.folded, page.kinds, page.place
    kinds_of, folds, begins, parts = known.kinds, known.folds, known.bounds, known.parts
    one = np.uint64(1)  # for an index without a sign numba looks at no negative ones
    n, m = np.uint64(counts[0]), np.uint64(counts[1])
    text, unknown, longer = counts[2], counts[3], counts[4]
    room = len(folded) - len(original)
    for i in range(len(ends) - 1):
        k, stop = np.uint64(ends[i]), np.uint64(ends[i + 1])
        first = n
        while k < stop:
            byte = content[k]
            k += one
            if byte < _ASCII:
                fold = np.uint32(folds[byte])
                original[n] = byte
                original_kinds[n] = kinds_of[byte]
                folded[m] = fold
                kinds[m] = kinds_of[fold]
                place[m] = n - first
                n += one
                m += one
                continue
            code, size = wide_code(content, k, byte)
            k += np.uint64(size)
            if kinds_of[code] == 0:
                if unknown < len(met):
                    met[unknown] = code
                    unknown += 1
                continue
            original[n] = code
            original_kinds[n] = kinds_of[code]
            change = np.int64(folds[code])
            if change >= 0:
                folded[m] = change
                kinds[m] = kinds_of[change]
                place[m] = n - first
                m += one
            else:
                longer += max(0, begins[~change + 1] - begins[~change] - size - 1)
                for part in range(begins[~change], begins[~change + 1] if longer <= room else 0):
                    folded[m] = parts[part]
                    kinds[m] = kinds_of[parts[part]]
                    place[m] = n - first
                    m += one
            n += one
        bounds[text] = n
        text += 1
        at[text] = m
    counts[0], counts[1], counts[2], counts[3], counts[4] = n, m, text, unknown, longer


@kernel
def wide_code(content: Any, k: Any, byte: Any) -> Any:
    """Return the character that begins with a byte beyond ASCII, before place k, and how many bytes it goes on for."""
    code = ((np.uint32(byte) & _SIX) << _SHIFT) | (np.uint32(content[k]) & _SIX)  # of two bytes: five bits, six
    if byte < _THREE_BYTES:
        return code & _ELEVEN, 1
    size = 2 if byte < _FOUR_BYTES else 3
    code = (code & _TEN) if size == 2 else (code & _NINE)
    for more in range(1, size):
        code = (code << _SHIFT) | (np.uint32(content[k + np.uint64(more)]) & _SIX)
    return code, size


def text_of(page: Page, text: int) -> str:
    """Return the folded form of one text of a page as a string."""
    return page.folded[page.at[text] : page.at[text + 1]].tobytes().decode("utf-32-le", "surrogatepass")


def original_of(page: Page, text: int) -> str:
    """Return one text of a page as it was."""
    return page.original[page.first[text] : page.last[text]].tobytes().decode("utf-32-le", "surrogatepass")
