"""Texts to shingles: the distinct runs of a few tokens, as sorted 32-bit hashes in one flat array.

One pass over the UTF-8 bytes; tokens are those of `tokens.py`, but nothing of them is kept. A text under 12 tokens has
shingles of 2 tokens, one in a script without blanks of 5 signs, any other of 3 tokens. 32 bits are enough: that two of
the fifty shingles of two texts are equal by chance happens once in two million comparisons.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.tokens import DIGIT, GAP, LETTER, NUMBER, SEED, SIGN, Tokens, in_chunks, mixed, table_for_utf8
from felinar.kernels.utf8 import Texts, code_at, utf8

ASCII = 0x80
BEYOND = 255  # in place of the kind of a byte that is no character by itself
LOW = np.uint64(0xFFFFFFFF)
BUCKETS, HIGH = 64, np.uint32(26)  # the high bits that choose one of so many buckets
MOST_DEALT = 256


class Shingles(NamedTuple):
    """Distinct shingles of many texts in ascending order: text i has hashes[offsets[i]:offsets[i + 1]]."""

    offsets: NDArray[np.int64]
    hashes: NDArray[np.uint32]


def shingles_of_texts(texts: Texts, *, plain: bool = False, threads: int = 1) -> tuple[NDArray[np.uint64], Shingles]:
    """Return one hash per text over all its tokens, and every text's shingles; threads change the time only."""
    whole, parts = zip(*in_chunks(texts, lambda chunk: _of_chunk(chunk, plain), threads), strict=True)
    sizes = np.concatenate([np.diff(part.offsets) for part in parts])
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    return np.concatenate(whole), Shingles(offsets, np.concatenate([part.hashes for part in parts]))


def _of_chunk(texts: Texts, plain: bool) -> tuple[NDArray[np.uint64], Shingles]:
    content, ends = utf8(texts)
    table, beyond = table_for_utf8(content, ends, plain=plain)
    longest = int(np.diff(table.offsets).max())
    whole = np.empty(len(ends) - 1, dtype=np.uint64)
    room = int(ends[-1] - ends[0]) + beyond * longest
    offsets, hashes = np.zeros(len(ends), dtype=np.int64), np.empty(room, dtype=np.uint32)
    (shingle_texts.plain if plain else shingle_texts)(content, ends, *table, longest, whole, offsets, hashes)
    return whole, Shingles(offsets, hashes[: offsets[-1]].copy())


def of_rows(shingles: Shingles, rows: NDArray[np.int64], *, plain: bool = False) -> Shingles:
    """Return the shingles of these texts, in this order."""
    sizes = np.diff(shingles.offsets)[rows]
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    if len(rows) == len(shingles.offsets) - 1 and np.array_equal(rows, np.arange(len(rows))):
        return shingles
    hashes = np.empty(int(offsets[-1]), dtype=np.uint32)
    (put_rows.plain if plain else put_rows)(shingles.offsets, shingles.hashes, rows, offsets, hashes)
    return Shingles(offsets, hashes)


def whole_text_hashes(tokens: Tokens, *, plain: bool = False) -> NDArray[np.uint64]:
    """Return one hash per text over all its tokens: equal for texts that differ in digits and signs at most."""
    out = np.empty(len(tokens.offsets) - 1, dtype=np.uint64)
    (hash_texts.plain if plain else hash_texts)(tokens.hashes, tokens.offsets, out)
    return out


def hash_slices(data: NDArray[np.uint8], bounds: NDArray[np.int64], *, plain: bool = False) -> NDArray[np.uint64]:
    """Return a hash of the bytes data[bounds[i]:bounds[i + 1]] for every i, never 0."""
    out = np.empty(len(bounds) - 1, dtype=np.uint64)
    (hash_bytes.plain if plain else hash_bytes)(data, bounds, out)
    return out


@kernel
def hash_bytes(data, bounds, out):  # type: ignore[no-untyped-def]
    """Write one hash per slice."""
    for i in range(len(out)):
        state = SEED
        for place in range(bounds[i], bounds[i + 1]):
            state = mixed(state, np.uint64(data[place]))
        out[i] = max(np.uint64(1), state)


@kernel
def put_rows(offsets, hashes, rows, places, out):  # type: ignore[no-untyped-def]
    """Write the shingles of these texts, each from its place on."""
    for i in range(len(rows)):
        first = offsets[rows[i]]
        for at in range(offsets[rows[i] + 1] - first):
            out[places[i] + at] = hashes[first + at]


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
def width_for(tokens, signs):  # type: ignore[no-untyped-def]
    """Return how many tokens make a shingle of a text of so many tokens, so many of them signs."""
    if 2 * signs > tokens and tokens >= 12:
        return 5
    return 3 if tokens >= 12 else 2


@kernel
def shingle_texts(content, ends, rows, fold_offsets, fold_codes, fold_kinds, longest, whole, offsets, out):  # type: ignore[no-untyped-def]
    """Write the hash and the shingles of every text. `longest`: tokens that one character folds to at most."""
    ascii_kinds, ascii_codes = np.full(256, BEYOND, dtype=np.uint8), np.zeros(ASCII, dtype=np.uint64)
    for code in range(ASCII):
        part = fold_offsets[rows[code]]
        ascii_kinds[code] = GAP
        if part < fold_offsets[rows[code] + 1]:
            ascii_kinds[code], ascii_codes[code] = fold_kinds[part], np.uint64(fold_codes[part])
    room = 1024
    hashes, spare = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint32)
    n = 0
    for text in range(len(whole)):
        first, last = ends[text], ends[text + 1]
        if (last - first) * longest > room:
            room = 2 * (last - first) * longest
            hashes, spare = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint32)
        tokens, signs = hash_tokens(
            content, first, last, ascii_kinds, ascii_codes, rows, fold_offsets, fold_codes, fold_kinds, hashes
        )
        whole[text] = hash_of_tokens(hashes, 0, tokens)
        size = hash_shingles(hashes, tokens, width_for(tokens, signs), spare)
        n = write_distinct(spare, size, out, n)
        offsets[text + 1] = n


@kernel
def hash_tokens(  # type: ignore[no-untyped-def]
    content, at, last, ascii_kinds, ascii_codes, rows, fold_offsets, fold_codes, fold_kinds, hashes
):
    """Write the hash of each token of one text, as `tokenise_text` does; return how many, and how many are signs."""
    state, before, newest = SEED, np.uint8(GAP), np.uint8(GAP)
    tokens, signs, parts = 0, 0, 0
    kind, folded = np.uint8(GAP), np.uint64(0)
    while at < last:
        byte = content[at]
        kind = ascii_kinds[byte]
        if kind in (GAP, LETTER):  # most of a text: words at one go
            if kind == LETTER:
                if before != LETTER:
                    state, newest = SEED, kind
                    tokens += 1
                while at < last and ascii_kinds[content[at]] == LETTER:
                    state = mixed(state, ascii_codes[content[at]])
                    at += 1
                hashes[tokens - 1] = state
            else:
                at += 1
            before = kind
            continue
        if byte < ASCII:
            at += 1
            folded = ascii_codes[byte]
            part, parts = 0, 1
        else:
            code, at = code_at(content, at)
            part, parts = fold_offsets[rows[code]], fold_offsets[rows[code] + 1]
        while part < parts:
            if byte >= ASCII:
                kind, folded = fold_kinds[part], np.uint64(fold_codes[part])
            part += 1
            if kind == DIGIT:
                if newest != DIGIT:
                    hashes[tokens] = mixed(SEED, NUMBER)
                    tokens += 1
                    newest = kind
            elif kind != GAP:
                if kind != before or kind == SIGN:
                    state, newest = SEED, kind
                    tokens += 1
                    signs += kind == SIGN
                state = mixed(state, folded)
                hashes[tokens - 1] = state
            before = kind
    return tokens, signs


@kernel
def hash_shingles(hashes, tokens, width, out):  # type: ignore[no-untyped-def]
    """Write the shingles of one text in the order of their tokens, and return how many."""
    size = max(0, tokens - width + 1)
    for token in range(size):
        state = SEED
        for part in range(width):
            state = mixed(state, hashes[token + part])
        out[token] = np.uint32(mixed(state, np.uint64(width)) & LOW)
    return size


@kernel
def write_distinct(spare, size, out, n):  # type: ignore[no-untyped-def]
    """Write the distinct values of spare[:size] in ascending order from place n on, and return the end.

    A few hashes are dealt into buckets by their high bits first: they are spread evenly, so they then stand nearly in
    order, and no comparison has to be foretold.
    """
    if size > MOST_DEALT:
        spare[:size].sort()
        out[n : n + size] = spare[:size]
    else:
        places = np.zeros(BUCKETS + 1, dtype=np.int64)
        for i in range(size):
            places[(spare[i] >> HIGH) + 1] += 1
        for bucket in range(BUCKETS):
            places[bucket + 1] += places[bucket]
        for i in range(size):
            bucket = spare[i] >> HIGH
            out[n + places[bucket]] = spare[i]
            places[bucket] += 1
        for i in range(n + 1, n + size):
            value, at = out[i], i
            while at > n and out[at - 1] > value:
                out[at] = out[at - 1]
                at -= 1
            out[at] = value
    kept = n
    for place in range(n, n + size):
        if place == n or out[place] != out[kept - 1]:
            out[kept] = out[place]
            kept += 1
    return kept
