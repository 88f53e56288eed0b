"""Texts to tokens: 64-bit hashes and spans in flat arrays, no Python object per token.

A token is a run of letters, one character of a script without blanks, or all digits up to the next letter: a changed
telephone number or price changes no token. Python's own `hash` is never used: it differs from process to process.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock
from typing import Any, ClassVar, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.fold import fold
from felinar.kernels.utf8 import Texts, beyond_ascii, code_points

R = TypeVar("R")

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


class CharacterTable(NamedTuple):
    """What characters fold to: row rows[c] (-1: not met) of offsets into folded code points and their kinds."""

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


class _Met:
    """The characters that this process has met; the table only ever grows."""

    lock = Lock()
    rows = np.full(sys.maxunicode + 1, -1, dtype=np.int32)
    folded: ClassVar[list[tuple[tuple[int, int], ...]]] = []
    table: CharacterTable | None = None


def table_for_utf8(content: NDArray[np.uint8], ends: NDArray[np.int64], *, plain: bool) -> tuple[CharacterTable, int]:
    """Return the table of all characters met so far, those of these texts and of ASCII among them; and a count.

    The count: how many characters of these texts are beyond ASCII.
    """
    run = beyond_ascii.plain if plain else beyond_ascii
    first, last = int(ends[0]), int(ends[-1])
    beyond, unknown = run(content, first, last, _Met.rows, np.zeros(0, dtype=np.uint32))
    found = np.zeros(unknown, dtype=np.uint32)
    if unknown:  # another thread may have met some of them in the meantime
        _, unknown = run(content, first, last, _Met.rows, found)
    return character_table(np.concatenate((np.arange(128, dtype=np.uint32), found[:unknown])), plain=plain), beyond


def character_table(codes: NDArray[np.uint32], *, plain: bool = False) -> CharacterTable:
    """Return the table of all characters met so far, these code points among them."""
    with _Met.lock:
        new = np.unique((not_met.plain if plain else not_met)(codes, _Met.rows))
        if len(new) or _Met.table is None:
            _Met.rows[new] = np.arange(len(new), dtype=np.int32) + len(_Met.folded)
            _Met.folded += [folded_character(int(code)) for code in new]
            pairs = np.array([pair for some in _Met.folded for pair in some], dtype=np.uint32).reshape(-1, 2)
            offsets = np.cumsum([0, *map(len, _Met.folded)], dtype=np.int64)
            _Met.table = CharacterTable(_Met.rows, offsets, pairs[:, 0].copy(), pairs[:, 1].astype(np.uint8))
        return _Met.table


def room_for(codes: NDArray[np.uint32], table: CharacterTable) -> int:
    """Return how many tokens these characters make at most."""
    longest = int(np.diff(table.offsets).max(initial=1))
    return len(codes) if longest <= 1 else int(np.diff(table.offsets)[table.rows[codes]].sum())


def tokens_of(texts: Texts, *, plain: bool = False, threads: int = 1) -> Tokens:
    """Return the tokens of all texts; `plain` runs without numba; threads change the time only."""
    parts = in_chunks(texts, lambda chunk: tokens_of_chunk(chunk, plain=plain), threads)
    counts = np.concatenate([np.diff(part.offsets) for part in parts])
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Tokens(
        offsets,
        np.concatenate([part.hashes for part in parts]),
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.ends for part in parts]),
        np.concatenate([part.kinds for part in parts]),
    )


def in_chunks(texts: Texts, work: Callable[[Texts], R], threads: int) -> list[R]:
    """Return what the work gives for each chunk of the texts, in order; at least one chunk, if an empty one."""
    chunks = [texts[i : i + CHUNK] for i in range(0, max(1, len(texts)), CHUNK)]
    if threads == 1 or len(chunks) == 1:
        return list(map(work, chunks))
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, chunks))


def tokens_of_chunk(texts: Texts, *, plain: bool) -> Tokens:
    """Return the tokens of a few thousand texts."""
    codes, bounds = code_points(texts, plain=plain)
    table = character_table(codes, plain=plain)
    room = room_for(codes, table)
    hashes, kinds = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.uint8)
    starts, ends = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    run = tokenise.plain if plain else tokenise
    run(codes, bounds, *table, offsets, hashes, starts, ends, kinds)
    n = offsets[-1]
    return Tokens(offsets, hashes[:n].copy(), starts[:n].copy(), ends[:n].copy(), kinds[:n].copy())


@kernel
def mixed(state: Any, value: Any) -> Any:
    """Return the state with one more 64-bit value mixed in (a Murmur-style step)."""
    state = (state ^ value) * STEP
    return state ^ (state >> SHIFT)


@kernel
def not_met(codes: Any, rows: Any) -> Any:
    """Return the code points without a row, some of them more than once."""
    n = 0
    for code in codes:
        if rows[code] < 0:
            n += 1
    found = np.empty(n, dtype=np.uint32)
    n = 0
    for code in codes:
        if rows[code] < 0:
            found[n] = code
            n += 1
    return found


@kernel
def tokenise(codes, bounds, rows, fold_offsets, fold_codes, fold_kinds, offsets, hashes, starts, ends, kinds):  # type: ignore[no-untyped-def]
    """Write the tokens of every text one after the other."""
    n = 0
    for text in range(len(bounds) - 1):
        first, last = bounds[text], bounds[text + 1]
        n = tokenise_text(
            codes, first, last, rows, fold_offsets, fold_codes, fold_kinds, hashes, starts, ends, kinds, n
        )
        offsets[text + 1] = n


@kernel
def tokenise_text(codes, first, last, rows, fold_offsets, fold_codes, fold_kinds, hashes, starts, ends, kinds, n):  # type: ignore[no-untyped-def]
    """Write the tokens of one text from place n on and return the end.

    A digit token swallows the digit runs that follow it without a letter between.
    """
    begin = n
    open_kind = GAP
    for place in range(first, last):
        row = rows[codes[place]]
        for part in range(fold_offsets[row], fold_offsets[row + 1]):
            kind = fold_kinds[part]
            if kind == DIGIT:
                if n == begin or kinds[n - 1] != DIGIT:
                    hashes[n] = mixed(SEED, NUMBER)
                    starts[n] = place - first
                    kinds[n] = DIGIT
                    n += 1
                ends[n - 1] = place - first + 1
            elif kind != GAP:
                if kind != open_kind or kind == SIGN:
                    hashes[n] = SEED
                    starts[n] = place - first
                    kinds[n] = kind
                    n += 1
                hashes[n - 1] = mixed(hashes[n - 1], np.uint64(fold_codes[part]))
                ends[n - 1] = place - first + 1
            open_kind = kind
    return n
