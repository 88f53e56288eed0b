"""All stored hashes within a radius of the ones asked for, exactly: a multi-index hash in flat arrays.

Each band has a table: where the hashes with this value begin (`starts`) and which they are (`rows`), nothing else, so
it is made by counting, written as it stands and mapped back into memory. Where the values of a pile crowd together and
the tables would bring a good part of it, all hashes are read one by one instead: slower, never less complete.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.bands import Bands, band_of, bands, distance, seen_before
from felinar.kernels.compile import kernel

Hashes = NDArray[np.uint64]  # (hashes, 4), the first bit is the highest of the first word
# Hashes from which so many bands are best (fewer bands are wider: fewer hashes in each value, more values to ask for).
BEST = ((3_000_000, 11), (300_000, 12), (20_000, 16), (0, 0))
# A hash in a table costs about three times what it costs in the order of the pile.
READ_ALL = 3
_FILES = ("hashes", "starts", "rows")


class MultiIndex(NamedTuple):
    """Hashes with their tables; `bands` for `radius`, 0: few hashes, all are read."""

    hashes: Hashes
    starts: NDArray[np.uint32]
    rows: NDArray[np.uint32]
    bands: int
    radius: int

    def save(self, folder: Path) -> None:
        """Write three arrays into a folder, from which `load` maps them."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            np.save(folder / f"{name}.npy", getattr(self, name))
        np.save(folder / "about.npy", np.array([self.bands, self.radius]))


class Found(NamedTuple):
    """Rows (query, row, distance) in the order of the queries, then of the rows."""

    query: NDArray[np.int64]
    row: NDArray[np.int64]
    distance: NDArray[np.int64]


def load(folder: Path) -> MultiIndex:
    """Return an index that `save` wrote; what is not asked for stays on disk."""
    hashes, starts, rows = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES)
    count, radius = np.load(folder / "about.npy").tolist()
    return MultiIndex(hashes, starts, rows, count, radius)


def index_of(hashes: Hashes, radius: int, count: int | None = None, *, plain: bool = False) -> MultiIndex:
    """Return an index for searches within `radius` bits (0 to 63); `count` bands, by default what is best here."""
    hashes = np.ascontiguousarray(hashes, dtype=np.uint64).reshape(-1, 4)
    count = best(len(hashes), radius) if count is None else count
    if not count:
        return MultiIndex(hashes, np.zeros(0, np.uint32), np.zeros(0, np.uint32), 0, radius)
    about = bands(count, radius)
    starts = np.zeros(int((1 << about.width).sum()) + count, dtype=np.uint32)
    rows = np.empty(count * len(hashes), dtype=np.uint32)
    (write_tables.plain if plain else write_tables)(hashes, about.first, about.width, starts, rows)
    return MultiIndex(hashes, starts, rows, count, radius)


def best(hashes: int, radius: int) -> int:
    """Return how many bands to use for so many hashes."""
    return next(min(count, radius + 1) for least, count in BEST if hashes >= least)


def search(index: MultiIndex, queries: Hashes, *, plain: bool = False) -> Found:
    """Return every stored hash within the radius of each query."""
    queries = np.ascontiguousarray(queries, dtype=np.uint64).reshape(-1, 4)
    about = bands(index.bands, index.radius) if index.bands else _NO_BANDS
    room, parts, done = max(1024, 4 * len(queries)), [], 0
    while done < len(queries):
        out = np.empty((room, 3), dtype=np.int64)
        answered = np.zeros(2, dtype=np.int64)
        (ask.plain if plain else ask)(*index[:3], *about, index.radius, queries, done, out, answered)
        parts.append(out[: answered[1]])
        room = room * 4 if answered[0] == done else room
        done = int(answered[0])
    found = np.concatenate([np.empty((0, 3), dtype=np.int64), *parts])
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    return Found(found[:, 0], found[:, 1], found[:, 2])


_NO_BANDS = Bands(*(np.zeros(0, dtype=np.int64) for _ in range(5)))


@kernel
def write_tables(hashes, first, width, starts, rows):  # type: ignore[no-untyped-def]
    """Write of every band where each value begins, and the hashes in the order of their values."""
    base = 0
    for band in range(len(first)):
        size = np.int64(1) << width[band]
        table = starts[base : base + size + 1]
        for row in range(len(hashes)):
            table[band_of(hashes, row, first[band], width[band]) + 1] += np.uint32(1)
        for value in range(size):
            table[value + 1] += table[value]
        where = rows[band * len(hashes) : (band + 1) * len(hashes)]
        for row in range(len(hashes)):  # `table[value]` runs to where the next value begins …
            value = band_of(hashes, row, first[band], width[band])
            where[table[value]] = row
            table[value] += np.uint32(1)
        for value in range(size, 0, -1):  # … and is moved back here
            table[value] = table[value - 1]
        table[0] = 0
        base += size + 1


@kernel
def ask(hashes, starts, rows, first, width, most, masks, masks_at, radius, queries, done, out, answered):  # type: ignore[no-untyped-def]
    """Write what is found for the queries from `done` on; `answered`: queries that are done, rows that are written."""
    n = 0
    for query in range(done, len(queries)):
        before = n
        n = ask_bands(hashes, starts, rows, first, width, most, masks, masks_at, radius, queries, query, out, n)
        if n < 0:
            n = ask_all(hashes, radius, queries, query, out, before)
        if n > len(out):
            n = before
            break
        done = query + 1
    answered[0], answered[1] = done, n


@kernel
def ask_all(hashes, radius, queries, query, out, n):  # type: ignore[no-untyped-def]
    """Write the hashes within the radius, all of them read; return how many rows would be written."""
    for row in range(len(hashes)):
        away = distance(queries, query, hashes, row, radius)
        if away <= radius:
            if n < len(out):
                out[n, 0], out[n, 1], out[n, 2] = query, row, away
            n += 1
    return n


@kernel
def ask_bands(hashes, starts, rows, first, width, most, masks, masks_at, radius, queries, query, out, n):  # type: ignore[no-untyped-def]
    """Write the hashes within the radius that the tables bring; return how many rows would be written, -1: ask all."""
    base = 0
    left = np.int64(len(hashes) // READ_ALL)
    if not len(first):
        return -1
    for band in range(len(first)):
        value = band_of(queries, query, first[band], width[band])
        offset = band * len(hashes)
        for mask in range(masks_at[band], masks_at[band + 1]):
            at = base + (value ^ masks[mask])
            low, high = np.int64(starts[at]), np.int64(starts[at + 1])
            left -= high - low
            if left < 0:
                return -1
            for k in range(offset + low, offset + high):
                row = np.int64(rows[k])
                away = distance(queries, query, hashes, row, radius)
                if away <= radius and not seen_before(queries, query, hashes, row, first, width, most, band):
                    if n < len(out):
                        out[n, 0], out[n, 1], out[n, 2] = query, row, away
                    n += 1
        base += (np.int64(1) << width[band]) + 1
    return n
