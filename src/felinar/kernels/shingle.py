"""Tokens to shingles: the distinct runs of a few tokens, as sorted 64-bit hashes in one flat array.

A text under 8 tokens has shingles of 2 tokens, one in a script without blanks of 5 signs, any other of 3 tokens.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.tokens import SEED, SIGN, Tokens, character_table, in_chunks, mixed, room_for, tokenise_text
from felinar.kernels.utf8 import Texts, code_points


class Shingles(NamedTuple):
    """Distinct shingles of many texts in ascending order: text i has hashes[offsets[i]:offsets[i + 1]]."""

    offsets: NDArray[np.int64]
    hashes: NDArray[np.uint64]


def shingles_of_texts(texts: Texts, *, plain: bool = False, threads: int = 1) -> tuple[NDArray[np.uint64], Shingles]:
    """Return one hash per text over all its tokens, and every text's shingles; tokens live for a chunk only."""

    whole, parts = zip(*in_chunks(texts, lambda chunk: _of_chunk(chunk, plain), threads), strict=True)
    sizes = np.concatenate([np.diff(part.offsets) for part in parts])
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    return np.concatenate(whole), Shingles(offsets, np.concatenate([part.hashes for part in parts]))


def _of_chunk(texts: Texts, plain: bool) -> tuple[NDArray[np.uint64], Shingles]:
    codes, bounds = code_points(texts, plain=plain)
    table = character_table(codes, plain=plain)
    whole = np.empty(len(bounds) - 1, dtype=np.uint64)
    offsets, hashes = np.zeros(len(bounds), dtype=np.int64), np.empty(room_for(codes, table), dtype=np.uint64)
    (shingle_texts.plain if plain else shingle_texts)(codes, bounds, *table, whole, offsets, hashes)
    return whole, Shingles(offsets, hashes[: offsets[-1]].copy())


def of_rows(shingles: Shingles, rows: NDArray[np.int64], *, plain: bool = False) -> Shingles:
    """Return the shingles of these texts, in this order."""
    sizes = np.diff(shingles.offsets)[rows]
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    if len(rows) == len(shingles.offsets) - 1 and np.array_equal(rows, np.arange(len(rows))):
        return shingles
    hashes = np.empty(int(offsets[-1]), dtype=np.uint64)
    (take_rows.plain if plain else take_rows)(shingles.offsets, shingles.hashes, rows, offsets, hashes)
    return Shingles(offsets, hashes)


def whole_text_hashes(tokens: Tokens, *, plain: bool = False) -> NDArray[np.uint64]:
    """Return one hash per text over all its tokens: equal for texts that differ in digits and signs at most."""
    out = np.empty(len(tokens.offsets) - 1, dtype=np.uint64)
    (hash_texts.plain if plain else hash_texts)(tokens.hashes, tokens.offsets, out)
    return out


@kernel
def take_rows(offsets, hashes, rows, out_offsets, out):  # type: ignore[no-untyped-def]
    """Write the shingles of these texts one after the other."""
    for i in range(len(rows)):
        first = offsets[rows[i]]
        for place in range(out_offsets[i + 1] - out_offsets[i]):
            out[out_offsets[i] + place] = hashes[first + place]


@kernel
def hash_texts(hashes, offsets, out):  # type: ignore[no-untyped-def]
    """Write one hash per text."""
    for text in range(len(out)):
        out[text] = hash_of_tokens(hashes, offsets[text], offsets[text + 1])


@kernel
def hash_of_tokens(hashes, first, last):  # type: ignore[no-untyped-def]
    """Return one hash over all tokens of a text."""
    state = SEED
    for token in range(first, last):
        state = mixed(state, hashes[token])
    return state


@kernel
def width_for(kinds, first, last):  # type: ignore[no-untyped-def]
    """Return how many tokens make a shingle of this text."""
    signs = 0
    for token in range(first, last):
        if kinds[token] == SIGN:
            signs += 1
    if 2 * signs > last - first and last - first >= 12:
        return 5
    return 3 if last - first >= 8 else 2


@kernel
def shingle_text(hashes, kinds, first, last, out, n):  # type: ignore[no-untyped-def]
    """Write the distinct shingles of one text in ascending order from place n on, and return the end."""
    width = width_for(kinds, first, last)
    begin = n
    for token in range(first, last - width + 1):
        state = SEED
        for part in range(width):
            state = mixed(state, hashes[token + part])
        out[n] = mixed(state, np.uint64(width))
        n += 1
    out[begin:n].sort()
    kept = begin
    for place in range(begin, n):
        if place == begin or out[place] != out[kept - 1]:
            out[kept] = out[place]
            kept += 1
    return kept


@kernel
def shingle_texts(codes, bounds, rows, fold_offsets, fold_codes, fold_kinds, whole, offsets, out):  # type: ignore[no-untyped-def]
    """Write the hash and the shingles of every text; its tokens are forgotten at once."""
    room = 64
    hashes, kinds = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint8)
    starts, ends = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    n = 0
    for text in range(len(bounds) - 1):
        first, last = bounds[text], bounds[text + 1]
        size = 0
        for place in range(first, last):
            row = rows[codes[place]]
            size += fold_offsets[row + 1] - fold_offsets[row]
        if size > room:
            room = 2 * size
            hashes, kinds = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint8)
            starts, ends = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
        tokens = tokenise_text(
            codes, first, last, rows, fold_offsets, fold_codes, fold_kinds, hashes, starts, ends, kinds, 0
        )
        whole[text] = hash_of_tokens(hashes, 0, tokens)
        n = shingle_text(hashes, kinds, 0, tokens, out, n)
        offsets[text + 1] = n
