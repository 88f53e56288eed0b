"""Many texts as one page of arrays: original code points, folded code points with their places, kinds of characters.

Everything native readers do begins here: UTF-8 from Arrow is decoded, folded and classed in three passes without one
Python object per text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.native.characters import Characters, characters
from felinar.kernels.compile import kernel
from felinar.kernels.utf8 import code_points


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
    parts = [_decoded(column, plain) for column in columns]
    original = np.concatenate([codes for codes, _ in parts]) if parts else np.zeros(0, dtype=np.uint32)
    shifts = np.cumsum([0, *(len(codes) for codes, _ in parts)])
    bounds = [ends + shift for (_, ends), shift in zip(parts, shifts[:-1], strict=True)]
    first = np.concatenate([b[:-1] for b in bounds]) if bounds else np.zeros(0, dtype=np.int64)
    last = np.concatenate([b[1:] for b in bounds]) if bounds else np.zeros(0, dtype=np.int64)
    return _page(original, first, last, plain)


def page_of_texts(texts: Sequence[str], *, plain: bool = False) -> Page:
    """Return the page of these texts."""
    return page_of([pa.array(texts, pa.string())], plain=plain)


def _page(original: NDArray[np.uint32], first: NDArray[np.int64], last: NDArray[np.int64], plain: bool) -> Page:
    known = characters(np.zeros(0, dtype=np.uint32))
    new = (unknown.plain if plain else unknown)(original, known.kinds)
    if len(new):
        known = characters(np.unique(new))
    size = (folded_size.plain if plain else folded_size)(original, known)
    folded, kinds = np.empty(size, dtype=np.uint32), np.empty(size, dtype=np.uint16)
    place, at = np.empty(size, dtype=np.int32), np.zeros(len(first) + 1, dtype=np.int64)
    original_kinds = np.empty(len(original), dtype=np.uint16)
    run = write_folded.plain if plain else write_folded
    run(original, first, last, known, original_kinds, folded, kinds, place, at)
    return Page(original, original_kinds, first, last, folded, kinds, place, at)


def _decoded(column: pa.ChunkedArray | pa.Array, plain: bool) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the code points of a column of strings and its n + 1 bounds."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):  # more than two gigabytes of text
        array = pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in array.chunks])
    return code_points(array, plain=plain)


@kernel
def unknown(original: Any, kinds: Any) -> Any:
    """Return the code points that the tables do not know yet, some of them more than once."""
    n = 0
    for code in original:
        if kinds[code] == 0:
            n += 1
    found = np.empty(n, dtype=np.uint32)
    n = 0
    for code in original:
        if kinds[code] == 0:
            found[n] = code
            n += 1
    return found


@kernel
def folded_size(original: Any, known: Characters) -> int:
    """Return how many characters the folded texts have together."""
    size = 0
    for code in original:
        fold = known.folds[code]
        size += 1 if fold >= 0 else known.bounds[~fold + 1] - known.bounds[~fold]
    return size


@kernel
def write_folded(  # type: ignore[no-untyped-def]
    original, first, last, known, original_kinds, folded, kinds, place, at
) -> None:
    """Write every text in folded form, with the kinds of its characters and their places in the original."""
    n = 0
    for text in range(len(first)):
        at[text] = n
        for k in range(first[text], last[text]):
            code = original[k]
            original_kinds[k] = known.kinds[code]
            fold = known.folds[code]
            if fold >= 0:
                folded[n] = fold
                kinds[n] = known.kinds[fold]
                place[n] = k - first[text]
                n += 1
            else:
                for part in range(known.bounds[~fold], known.bounds[~fold + 1]):
                    folded[n] = known.parts[part]
                    kinds[n] = known.kinds[known.parts[part]]
                    place[n] = k - first[text]
                    n += 1
    at[len(first)] = n


def text_of(page: Page, text: int) -> str:
    """Return the folded form of one text of a page as a string."""
    return page.folded[page.at[text] : page.at[text + 1]].tobytes().decode("utf-32-le", "surrogatepass")


def original_of(page: Page, text: int) -> str:
    """Return one text of a page as it was."""
    return page.original[page.first[text] : page.last[text]].tobytes().decode("utf-32-le", "surrogatepass")
