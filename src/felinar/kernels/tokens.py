"""Texts to tokens: 64-bit hashes and spans in flat arrays, no Python object per token.

A token is a run of letters, one character of a script without blanks, or all digits up to the next letter: a changed
telephone number or price changes no token. Python's own `hash` is never used: it differs from process to process.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.fold import fold

GAP, LETTER, DIGIT, SIGN = 0, 1, 2, 3
# First and last character of blocks written without blanks: Thai to Myanmar, Khmer, kana, Han and its extensions.
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0x20000, 0x3FFFF),
)
CHUNK = 4_000
SEED = np.uint64(0x9E3779B97F4A7C15)
STEP = np.uint64(0xFF51AFD7ED558CCD)
SHIFT = np.uint64(32)
NUMBER = np.uint64(0x23)


class Tokens(NamedTuple):
    """Tokens of many texts: text i has tokens offsets[i] to offsets[i + 1]; spans are characters of the original."""

    offsets: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    kinds: NDArray[np.uint8]


@dataclass(frozen=True)
class CharacterTable:
    """What each character of a pile folds to: row rows[c] of offsets into folded code points and their kinds."""

    rows: NDArray[np.int32]
    offsets: NDArray[np.int64]
    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]


@cache
def folded_character(code: int) -> tuple[tuple[int, int], ...]:
    """Return the (code point, kind) pairs that this code point folds to."""
    return tuple((ord(c), kind_of(c)) for c in fold(chr(code)).text)


def kind_of(character: str) -> int:
    """Return whether a folded character is a letter, a digit, a sign of a script without blanks, or none of them."""
    if any(first <= ord(character) <= last for first, last in UNSPACED) and character.isalpha():
        return SIGN
    if character.isdecimal():
        return DIGIT
    return LETTER if unicodedata.category(character)[0] in "LMN" else GAP


def character_table(codes: NDArray[np.uint32]) -> CharacterTable:
    """Return the table for the characters that occur; characters are few, texts are long."""
    top = int(codes.max(initial=0)) + 1
    seen = np.zeros(top, dtype=np.bool_)
    seen[codes] = True
    present = np.flatnonzero(seen)
    rows = np.zeros(top, dtype=np.int32)
    rows[present] = np.arange(len(present))
    folded = [folded_character(int(code)) for code in present]
    pairs = np.array([pair for some in folded for pair in some], dtype=np.uint32).reshape(-1, 2)
    offsets = np.concatenate(([0], np.cumsum([len(some) for some in folded]))).astype(np.int64)
    return CharacterTable(rows, offsets, pairs[:, 0].copy(), pairs[:, 1].astype(np.uint8))


def tokens_of(texts: Sequence[str], *, plain: bool = False, threads: int = 1) -> Tokens:
    """Return the tokens of all texts; `plain` runs without numba; threads change the time only."""
    chunks = [texts[i : i + CHUNK] for i in range(0, len(texts), CHUNK)]
    if threads > 1 and len(chunks) > 1:
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(_tokens_of_chunk, chunks, repeat(plain)))
    else:
        parts = [_tokens_of_chunk(chunk, plain) for chunk in chunks]
    if not parts:
        return _tokens_of_chunk([], plain)
    counts = np.concatenate([np.diff(part.offsets) for part in parts])
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Tokens(
        offsets,
        np.concatenate([part.hashes for part in parts]),
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.ends for part in parts]),
        np.concatenate([part.kinds for part in parts]),
    )


def _tokens_of_chunk(texts: Sequence[str], plain: bool) -> Tokens:
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bounds = np.concatenate(([0], np.cumsum([len(text) for text in texts]))).astype(np.int64)
    table = character_table(codes)
    room = int(np.diff(table.offsets)[table.rows[codes]].sum()) if len(codes) else 0
    hashes, kinds = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint8)
    starts, ends = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    run = tokenise.plain if plain else tokenise
    run(codes, bounds, table.rows, table.offsets, table.codes, table.kinds, offsets, hashes, starts, ends, kinds)
    n = offsets[-1]
    return Tokens(offsets, hashes[:n].copy(), starts[:n].copy(), ends[:n].copy(), kinds[:n].copy())


@kernel
def mixed(state: Any, value: Any) -> Any:
    """Return the state with one more 64-bit value mixed in (a Murmur-style step)."""
    state = (state ^ value) * STEP
    return state ^ (state >> SHIFT)


@kernel
def tokenise(codes, bounds, rows, fold_offsets, fold_codes, fold_kinds, offsets, hashes, starts, ends, kinds):  # type: ignore[no-untyped-def]
    """Write the tokens of every text; a digit token swallows the digit runs that follow it without a letter between."""
    n = 0
    for text in range(len(bounds) - 1):
        first = n
        open_kind = GAP
        for place in range(bounds[text], bounds[text + 1]):
            row = rows[codes[place]]
            for part in range(fold_offsets[row], fold_offsets[row + 1]):
                kind = fold_kinds[part]
                if kind == DIGIT:
                    if n == first or kinds[n - 1] != DIGIT:
                        hashes[n] = mixed(SEED, NUMBER)
                        starts[n] = place - bounds[text]
                        kinds[n] = DIGIT
                        n += 1
                    ends[n - 1] = place - bounds[text] + 1
                elif kind != GAP:
                    if kind != open_kind or kind == SIGN:
                        hashes[n] = SEED
                        starts[n] = place - bounds[text]
                        kinds[n] = kind
                        n += 1
                    hashes[n - 1] = mixed(hashes[n - 1], np.uint64(fold_codes[part]))
                    ends[n - 1] = place - bounds[text] + 1
                open_kind = kind
        offsets[text + 1] = n
