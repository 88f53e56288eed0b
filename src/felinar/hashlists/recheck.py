"""All that is stored of pictures against all lists: what a list update brings to light among pictures seen before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.hashlists.hash_list import HashList
from felinar.hashlists.hashes import BYTES, EXACT
from felinar.hashlists.known import Lists
from felinar.hashlists.merge import Hashes, words_of
from felinar.hashlists.turns import AS_IT_IS_AND_MIRRORED, turned
from felinar.kernels.multi_index import index_of, search
from felinar.kernels.pdq import QUALITY, RADIUS, TURN_NAMES
from felinar.pictures.looked import MATCH, POSSIBLE, Hit

_PART = 200_000  # queries at once


class StoredHit(NamedTuple):
    """A stored picture, by its row, and the entry that it answers to."""

    row: int
    hit: Hit


class _Pairs(NamedTuple):
    """Rows (row of the stored picture, row of the entry, distance, turn)."""

    stored: NDArray[np.int64]
    entry: NDArray[np.int64]
    distance: NDArray[np.int64]
    turn: NDArray[np.int64]


def hashes_of(column: pa.ChunkedArray | pa.Array, kind: str) -> Hashes:
    """Return the hashes of a column of hexadecimal texts with the rows they stand in; others than of this kind go."""
    import pyarrow.compute as pc

    fits = pc.fill_null(pc.match_substring_regex(column, rf"^[0-9a-fA-F]{{{2 * BYTES[kind]}}}$"), False)
    rows = np.flatnonzero(fits.to_numpy(zero_copy_only=False) if isinstance(fits, pa.Array) else fits.to_numpy())
    texts = column.take(pa.array(rows)).to_pylist()
    return Hashes(words_of(bytes.fromhex("".join(texts)), BYTES[kind]), rows.astype(np.uint32))


def recheck(
    lists: Lists,
    stored: Mapping[str, Hashes],
    qualities: NDArray[np.int64] | None = None,
    *,
    turns: Sequence[int] = AS_IT_IS_AND_MIRRORED,
) -> list[StoredHit]:
    """Return every stored picture that a list knows, in their order; an entry once for each, surest first.

    `stored` holds hashes by kind with the rows of the pictures, of which one may have several. PDQ is compared in the
    given turns, made from the hash alone, which costs some of the 31 bits; of hashes stored of mirrored pictures none
    is lost. Below a quality of 50 a hit by PDQ is only possible.
    """
    found: dict[tuple[int, str, int], tuple[int, Hit]] = {}
    for one in lists.known():
        for rank, kind in enumerate(EXACT):
            if kind in stored:
                _add(found, one, kind, rank, _equal(stored[kind], one.hashes(kind)), None)
        if "pdq" in stored and one.index is not None:
            _add(found, one, "pdq", len(EXACT), _near(stored["pdq"], one, turns), qualities)
    ordered = sorted((row, name, sure, entry) for (row, name, entry), (sure, _) in found.items())
    return [StoredHit(row, found[row, name, entry][1]) for row, name, _, entry in ordered]


def _add(
    found: dict[tuple[int, str, int], tuple[int, Hit]],
    one: HashList,
    kind: str,
    rank: int,
    pairs: _Pairs,
    qualities: NDArray[np.int64] | None,
) -> None:
    """Take in pairs; of one picture and one entry the surest counts: by exact hash, then by distance and turn."""
    for row, entry, distance, turn in zip(*(column.tolist() for column in pairs), strict=True):
        place, sure = (row, one.name, entry), rank * 1_000 + distance * 10 + turn
        if place in found and found[place][0] <= sure:
            continue
        vague = kind == "pdq" and qualities is not None and qualities[row] < QUALITY
        how = TURN_NAMES[turn] if kind == "pdq" else ""
        found[place] = (sure, Hit(one.name, one.entry(entry), kind, distance, POSSIBLE if vague else MATCH, how))


def _equal(stored: Hashes, listed: Hashes) -> _Pairs:
    """Return pairs with the same hash."""
    low = listed.words[0].searchsorted(stored.words[0])
    high = listed.words[0].searchsorted(stored.words[0], "right")
    count = high - low
    left = np.repeat(np.arange(len(count)), count)
    right = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)
    same = (stored.words[:, left] == listed.words[:, right]).all(axis=0)
    left, right = left[same], right[same]
    nothing = np.zeros(len(left), dtype=np.int64)
    return _Pairs(stored.owners[left].astype(np.int64), listed.owners[right].astype(np.int64), nothing, nothing)


def _near(stored: Hashes, one: HashList, turns: Sequence[int]) -> _Pairs:
    """Return pairs within the radius; the side with fewer hashes asks, the other one has an index."""
    listed = one.hashes("pdq")
    listed_asks = len(listed.owners) < len(stored.owners)
    asking, asked = (listed, stored) if listed_asks else (stored, listed)
    index = index_of(stored.words.T, RADIUS) if listed_asks else one.index
    parts = [np.empty((0, 4), dtype=np.int64)]
    for turn in turns:
        for begin in range(0, len(asking.owners), _PART):
            queries = turned(np.ascontiguousarray(asking.words[:, begin : begin + _PART].T), turn)
            hits = search(index, queries)  # type: ignore[arg-type]
            asker, answer = asking.owners[begin + hits.query], asked.owners[hits.row]
            pair = (answer, asker) if listed_asks else (asker, answer)
            parts.append(np.column_stack([*pair, hits.distance, np.full(len(hits.row), turn)]).astype(np.int64))
    return _Pairs(*np.concatenate(parts).T)
