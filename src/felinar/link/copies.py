"""Copies of a picture: hashes within 31 bits of the one in their middle, whole or without the border, also mirrored."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.around_medoids import around_medoids
from felinar.kernels.near_pairs import near_pairs
from felinar.kernels.pdq import QUALITY, RADIUS

# The hashes of a picture that are compared with each other; the second of each is that of the mirror image.
Hashes = tuple[tuple[str, str], ...]
LIST_HASHES: Hashes = (("pdq", "pdq_mirrored"), ("trimmed", "trimmed_mirrored"))
SMALL_HASHES: Hashes = (("canonical", "canonical_mirrored"),)

COPIES = pa.schema(
    [("sha256", pa.string()), ("medoid", pa.string()), ("distance", pa.int32()), ("mirrored", pa.bool_())]
)


def copies(pictures: pa.Table, hashes: Hashes = LIST_HASHES, *, threads: int = 1) -> pa.Table:
    """Return the pictures that have copies by these hashes: (sha256, medoid, distance in bits, mirrored), by sha256.

    `pictures` are PICTURES; those that were not read, or in which there is little to see, have none.
    """
    worth = pc.and_(pc.equal(pictures["state"], "read"), pc.greater_equal(pictures["quality"], QUALITY))
    pictures = pictures.filter(worth).sort_by("sha256")
    found = np.unique(_pairs(pictures, hashes, threads), axis=0)
    first = np.flatnonzero(np.concatenate(([True], (found[1:, :2] != found[:-1, :2]).any(axis=1)))[: len(found)])
    nearest = found[first]
    medoid = around_medoids(len(pictures), nearest[:, 0], nearest[:, 1])
    return _table(pictures["sha256"].to_numpy(zero_copy_only=False), medoid, nearest)


def _pairs(pictures: pa.Table, kinds: Hashes, threads: int) -> NDArray[np.int64]:
    """Return rows (left picture, right picture, distance, mirrored), left < right."""
    words, owner, turned = [], [], []
    for kind in kinds:
        for mirrored, name in enumerate(kind):
            hashes, there = _words(pictures[name])
            words.append(hashes)
            owner.append(there)
            turned.append(np.full(len(there), mirrored))
    own, mirror = np.concatenate(owner), np.concatenate(turned)
    distinct, which = np.unique(np.concatenate(words), axis=0, return_inverse=True)
    pairs = near_pairs(distinct, RADIUS, threads=threads)
    left, right, distance = _of_all(which.reshape(-1), pairs.left, pairs.right, pairs.distance)
    one, other, differ = own[left], own[right], mirror[left] ^ mirror[right]
    rows = np.stack([np.minimum(one, other), np.maximum(one, other), distance, differ], axis=1)
    return np.asarray(rows[one != other], dtype=np.int64)


def _of_all(which: NDArray[np.int64], *pairs: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Return the pairs of rows behind pairs of distinct hashes, and the pairs of rows with the same hash.

    Of rows with one hash each is paired with the first of them only: who shares a hash shares all its neighbours.
    """
    order = np.argsort(which, kind="stable")
    first = order[np.searchsorted(which[order], np.arange(which.max(initial=-1) + 1))]
    same = np.flatnonzero(first[which] != np.arange(len(which)))
    left, right, distance = pairs
    return (
        np.concatenate([first[left], first[which[same]]]),
        np.concatenate([first[right], same]),
        np.concatenate([distance, np.zeros(len(same), dtype=np.int64)]),
    )


def _words(column: pa.ChunkedArray) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the hashes that are there as rows of four words, and of which pictures they are."""
    texts: NDArray[Any] = column.to_numpy(zero_copy_only=False)
    there = np.flatnonzero(texts != "")
    data = bytes.fromhex("".join(texts[there].tolist()))
    return np.frombuffer(data, dtype=">u8").astype(np.uint64).reshape(-1, 4), there


def _table(sha256: NDArray[Any], medoid: NDArray[np.int64], nearest: NDArray[np.int64]) -> pa.Table:
    member = np.flatnonzero(medoid >= 0)
    pair = {(a, b): (d, bool(m)) for a, b, d, m in nearest.tolist()}
    own = [(min(i, j), max(i, j)) for i, j in zip(member.tolist(), medoid[member].tolist(), strict=True)]
    about = [pair.get(key, (0, False)) for key in own]
    columns = [sha256[member], sha256[medoid[member]], [d for d, _ in about], [m for _, m in about]]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, COPIES, strict=True)], schema=COPIES)
