"""Hashes within 31 bits, searched and all paired, beside faiss flat and MultiHash: queries per CPU second and recall.

`even` hashes are random; `skewed` ones are signs of few random directions, so that their values crowd as those of real
pictures do. Half of the queries lie within 31 bits of a stored hash. Slow rivals are asked fewer queries.
Usage: python benchmarks/picture_search.py [HASHES]
"""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.multi_index import index_of, search
from felinar.kernels.near_pairs import near_pairs

try:
    import faiss
except ImportError:
    sys.exit(print("SKIPPED: faiss is not installed (pip install faiss-cpu)."))

Hashes = NDArray[np.uint64]
RADIUS, QUERIES, DIRECTIONS, PLANTED = 31, 1_000, 60, 50
RESULTS = Path(__file__).parent / "results"


def even(count: int, seed: int = 0) -> Hashes:
    return np.random.default_rng(seed).integers(0, 2**64, (count, 4), dtype=np.uint64)


def skewed(count: int, seed: int = 0) -> Hashes:
    rng = np.random.default_rng(seed)
    weights = rng.normal(size=(DIRECTIONS, 256)) * np.exp(-np.arange(DIRECTIONS) / DIRECTIONS * 3)[:, None]
    parts = [
        np.packbits(rng.normal(size=(min(100_000, count - start), DIRECTIONS)) @ weights > 0, axis=1)
        for start in range(0, count, 100_000)
    ]
    return np.concatenate(parts).view(np.uint64)


def near(hashes: Hashes, seed: int) -> Hashes:
    """Return each hash with 0 to 31 of its bits changed."""
    rng = np.random.default_rng(seed)
    bits = np.unpackbits(hashes.view(np.uint8), axis=1)
    for row in bits:
        row[rng.choice(256, rng.integers(0, RADIUS + 1), replace=False)] ^= 1
    return np.packbits(bits, axis=1).view(np.uint64)


def asked(stored: Hashes, fresh: Hashes) -> Hashes:
    queries = fresh.copy()
    queries[::2] = near(stored[:: max(1, len(stored) // QUERIES)][: len(queries[::2])].copy(), 1)
    return queries


def timed(work):  # type: ignore[no-untyped-def]
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def of_faiss(index, queries: Hashes, count: int) -> tuple[set[tuple[int, int]], float]:  # type: ignore[no-untyped-def]
    """Return the pairs (query, row) that an index finds for the first queries, and the seconds for each query."""
    (limits, _, rows), took = timed(lambda: index.range_search(queries[:count].view(np.uint8), RADIUS + 1))
    return {(q, int(row)) for q in range(count) for row in rows[limits[q] : limits[q + 1]]}, took / count


def search_rows(kind: str, stored: Hashes, queries: Hashes) -> list[tuple[object, ...]]:
    index, built = timed(lambda: index_of(stored, RADIUS))
    search(index, queries[:2])  # compile
    found, took = timed(lambda: search(index, queries))
    mine = set(zip(found.query.tolist(), found.row.tolist(), strict=True))
    size = sum(array.nbytes for array in index[:3]) / 1e6
    flat = faiss.IndexBinaryFlat(256)
    flat.add(stored.view(np.uint8))
    few = min(len(queries), max(20, 200_000_000 // len(stored)))
    truth, flat_each = of_faiss(flat, queries, few)
    told = [
        ("felinar", built, len(queries), took / len(queries), mine, size),
        ("faiss flat", 0, few, flat_each, truth, 0),
    ]
    if len(stored) <= 2_000_000:
        hashed = faiss.IndexBinaryMultiHash(256, 16, 16)
        hashed.nflip = 1
        _, hash_built = timed(lambda: hashed.add(stored.view(np.uint8)))
        theirs, each = of_faiss(hashed, queries, min(few, 200))
        told.append(("faiss MultiHash 16x16, 1 flip", hash_built, min(few, 200), each, theirs, 0))
    rows = []
    for name, seconds, count, each, pairs, megabytes in told:
        wanted = {pair for pair in truth if pair[0] < count}
        recall = len({pair for pair in pairs if pair[0] < few} & wanted) / max(1, len(wanted))
        ratio = flat_each / each
        rows.append((name, kind, len(stored), f"{seconds:.2f}", count, round(1 / each), f"{ratio:.1f}", f"{recall:.4f}",
                     round(megabytes) or ""))  # fmt: skip
        print(*rows[-1], flush=True)
    return rows


def join_rows(kind: str, stored: Hashes) -> list[tuple[object, ...]]:
    planted = near(stored[: len(stored) // PLANTED].copy(), 2)
    both = np.concatenate([stored, planted])
    near_pairs(both[:6_000], RADIUS)  # compile
    pairs, took = timed(lambda: near_pairs(both, RADIUS))
    there = set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    recall = sum((row, len(stored) + row) in there for row in range(len(planted))) / len(planted)
    flat = faiss.IndexBinaryFlat(256)
    flat.add(both.view(np.uint8))
    _, each = of_faiss(flat, both, 100)
    rows = [
        ("felinar", kind, len(both), f"{took:.1f}", f"{recall:.4f}", len(pairs.left), ""),
        ("faiss flat", kind, len(both), f"{each * len(both):.0f}", "1.0000", "", "extrapolated from 100 queries"),
    ]
    for row in rows:
        print(*row, flush=True)
    return rows


def write(name: str, head: str, rows: list[tuple[object, ...]]) -> None:
    with (RESULTS / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([head.split(), *rows])


def main() -> None:
    faiss.omp_set_num_threads(1)
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    makers = {"even": even, "skewed": skewed}
    searched = []
    for kind, make in makers.items():
        for count in sorted({min(most, 1_000_000), most if kind == "even" else min(most, 1_000_000)}):
            stored = make(count)
            searched += search_rows(kind, stored, asked(stored, make(QUERIES, 9)))
    write(
        "picture_search.csv",
        "engine hashes stored build_seconds queries per_cpu_second times_faiss_flat recall megabytes",
        searched,
    )
    joined = [row for kind, make in makers.items() for row in join_rows(kind, make(min(most, 1_000_000)))]
    write("picture_self_join.csv", "engine hashes stored cpu_seconds recall_of_planted pairs remark", joined)


if __name__ == "__main__":
    main()
