"""Copies and parts of pictures: found through their middle, mirrored ones too, and nothing else."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from felinar.kernels.pdq import as_hex
from felinar.link.copies import COPIES, RADIUS, copies
from felinar.link.parts import PARTS, parts

HASHES = ("pdq", "pdq_mirrored", "trimmed", "trimmed_mirrored", "canonical", "canonical_mirrored")


def away(words: np.ndarray, bits: int, seed: int = 0) -> np.ndarray:
    unpacked = np.unpackbits(words.view(np.uint8))
    unpacked[np.random.default_rng(seed).choice(256, bits, replace=False)] ^= 1
    return np.packbits(unpacked).view(np.uint64)


def random_hash(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**64, 4, dtype=np.uint64)


def picture(sha256: str, **given: object) -> dict[str, object]:
    empty = dict.fromkeys(HASHES, "")
    return {"sha256": sha256, "state": "read", "quality": 90, "points": b"", "points_mirrored": b"", **empty, **given}


def table(*rows: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist(list(rows))


def test_copies_are_those_within_the_radius_of_their_middle() -> None:
    middle = random_hash(1)
    near, far = away(middle, RADIUS, 1), away(middle, RADIUS + 1, 2)
    found = copies(
        table(*(picture(name, pdq=as_hex(words)) for name, words in (("a", middle), ("b", near), ("c", far))))
    )
    assert found.to_pylist() == [
        {"sha256": "a", "medoid": "a", "distance": 0, "mirrored": False},
        {"sha256": "b", "medoid": "a", "distance": RADIUS, "mirrored": False},
    ]


def test_mirrored_and_trimmed_copies_are_found() -> None:
    one, other, mirror = (as_hex(random_hash(seed)) for seed in (1, 2, 3))
    rows = [
        picture("a", pdq=one, pdq_mirrored=mirror),
        picture("b", pdq=mirror, pdq_mirrored=one),
        picture("c", pdq=other, trimmed=one),
    ]
    found = {row["sha256"]: row for row in copies(table(*rows)).to_pylist()}
    assert {row["medoid"] for row in found.values()} == {"a"}
    assert (found["b"]["mirrored"], found["c"]["mirrored"]) == (True, False)


def test_a_chain_of_copies_is_not_one_group() -> None:
    chain = [random_hash(1)]
    bits = np.random.default_rng(5).permutation(256)
    for step in range(4):
        unpacked = np.unpackbits(chain[-1].view(np.uint8))
        unpacked[bits[30 * step : 30 * step + 30]] ^= 1
        chain.append(np.packbits(unpacked).view(np.uint64))
    found = copies(table(*(picture(f"{k}", pdq=as_hex(words)) for k, words in enumerate(chain))))
    assert len(set(found["medoid"].to_pylist())) == 2
    assert max(found["distance"].to_pylist()) <= RADIUS


def test_what_shows_little_or_was_not_read_has_no_copies() -> None:
    same = as_hex(random_hash(1))
    rows = [picture("a", pdq=same), picture("b", pdq=same, quality=49), picture("c", pdq=same, state="known")]
    assert copies(table(*rows)).num_rows == 0
    assert copies(table(*rows).slice(0, 0)).schema == COPIES


def points(seed: int, scale: float = 1.0, count: int = 40) -> bytes:
    random = np.random.default_rng(seed)
    words = random.integers(0, 2**64, (count, 4), dtype=np.uint64)
    places = random.uniform(0, 390, (count, 2)) * scale
    return words.astype("<u8").tobytes() + np.rint(places * 4).astype("<u2").tobytes()


def test_a_part_of_a_picture_is_found_in_other_sizes_and_mirrored() -> None:
    rows = [
        picture("a", points=points(1), points_mirrored=points(11)),
        picture("b", points=points(1, 0.5), points_mirrored=points(12)),
        picture("c", points=points(2), points_mirrored=points(1)),
        picture("d", points=points(3), points_mirrored=points(13)),
    ]
    found = {row["sha256"]: row for row in parts(table(*rows)).to_pylist()}
    assert set(found) == {"a", "b", "c"}
    assert {row["medoid"] for row in found.values()} == {"a"}
    assert found["c"]["mirrored"]
    assert found["b"]["agreeing"] == 40


def test_without_pictures_there_are_no_parts() -> None:
    empty = table(picture("a")).slice(0, 0)
    assert parts(empty).schema == PARTS
    assert parts(table(picture("a"))).num_rows == 0
