"""Lists as arrays: entries in the order of their keys, hashes in the order of their value; a delivery merged over them.

Of entries with one key the newest counts: by the stated time where all of them state one, else as they were read. An
entry that is gone takes the older ones with it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.hashlists.collect import ABOUT, KEY_BYTES, Collected
from felinar.hashlists.hashes import BYTES

Words = NDArray[np.uint64]  # (words, hashes): word by word, so that the first words lie together for the search


class Hashes(NamedTuple):
    """Hashes of one kind in the order of their value, then of their entry."""

    words: Words
    owners: NDArray[np.uint32]


class Arrays(NamedTuple):
    """One list: keys of its entries in order, when each was changed (0: not stated), the rest, and hashes by kind."""

    keys: Words
    times: NDArray[np.int64]
    about: pa.Table
    hashes: dict[str, Hashes]


def words_of(content: bytes | bytearray, size: int) -> Words:
    """Return values of `size` bytes as words, the last one filled up with zeros; greater bytes are greater words."""
    count, width = len(content) // size, -(-size // 8)
    padded = np.zeros((count, 8 * width), dtype=np.uint8)
    padded[:, :size] = np.frombuffer(bytes(content), dtype=np.uint8).reshape(count, size)
    return np.ascontiguousarray(padded.view(">u8").astype(np.uint64).T)


def nothing() -> Arrays:
    """Return a list without entries."""
    hashes = {kind: Hashes(words_of(b"", size), np.zeros(0, np.uint32)) for kind, size in BYTES.items()}
    return Arrays(words_of(b"", KEY_BYTES), np.zeros(0, np.int64), ABOUT.empty_table(), hashes)


def merged(old: Arrays, new: Collected) -> Arrays:
    """Return the list with a delivery merged over it."""
    keys = np.concatenate([old.keys, words_of(new.keys, KEY_BYTES)], axis=1)
    times = np.concatenate([old.times, np.array(new.times, dtype=np.int64)])
    gone = np.concatenate([np.zeros(len(old.times), bool), np.frombuffer(bytes(new.gone), dtype=np.uint8) > 0])
    newest = _newest(keys, times)
    kept = newest[~gone[newest]]
    place = np.full(len(times), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    about = pa.concat_tables([old.about, new.about()]).take(pa.array(kept)).combine_chunks()
    hashes = {}
    for kind, size in BYTES.items():
        words = np.concatenate([old.hashes[kind].words, words_of(new.digests[kind], size)], axis=1)
        later = np.array(new.owners[kind], dtype=np.int64) + len(old.times)
        owners = place[np.concatenate([old.hashes[kind].owners.astype(np.int64), later])]
        hashes[kind] = _sorted(words[:, owners >= 0], owners[owners >= 0])
    return Arrays(np.ascontiguousarray(keys[:, kept]), times[kept], about, hashes)


def _newest(keys: Words, times: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the row of the newest entry of each key, in the order of the keys."""
    if not len(times):
        return np.zeros(0, np.int64)
    by_key = np.lexsort((keys[1], keys[0]))
    starts = np.flatnonzero(_differs(keys[:, by_key]))
    group = np.empty(len(times), dtype=np.int64)
    group[by_key] = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(times))))
    stated = np.ones(len(starts), bool)
    stated[group[times == 0]] = False
    order = np.lexsort((np.arange(len(times)), np.where(stated[group], times, 0), group))
    return np.asarray(order[np.append(starts[1:], len(times)) - 1], dtype=np.int64)


def _sorted(words: Words, owners: NDArray[np.int64]) -> Hashes:
    """Return the hashes in order, each once for an entry."""
    order = np.lexsort((owners, *words[::-1]))
    words, owners = words[:, order], owners[order]
    first = _differs(np.concatenate([words, owners[None].astype(np.uint64)]))
    return Hashes(np.ascontiguousarray(words[:, first]), owners[first].astype(np.uint32))


def _differs(columns: Words) -> NDArray[np.bool_]:
    """Say of each column whether it is another one than the column before."""
    found = np.ones(columns.shape[1], dtype=bool)
    found[1:] = (columns[:, 1:] != columns[:, :-1]).any(axis=0)
    return found
