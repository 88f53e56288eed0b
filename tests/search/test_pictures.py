"""A picture or a hash finds the stored pictures that are alike, in the order of how sure that is."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from felinar.cli.search_pictures import asks_for_a_picture
from felinar.kernels.pdq import as_hex
from felinar.pictures.looked import Looked
from felinar.search.pictures import by_file, by_hash
from felinar.store.lake import Lake
from felinar.store.picture_hashes import PictureHashes
from felinar.store.thumbnails import publish_thumbnails
from felinar.tables import PICTURES


def hash_of(seed, changed=0):
    bits = np.random.default_rng(seed).integers(0, 2, 256)
    bits[np.random.default_rng(changed).permutation(256)[:changed]] ^= 1
    return as_hex(np.packbits(bits.astype(np.uint8)).view(">u8").astype(np.uint64))


def points_of(seed, share=40):
    own, other = np.random.default_rng(seed), np.random.default_rng(1000 + seed + share)
    words = np.concatenate([own.integers(0, 2**63, (40, 4))[:share], other.integers(0, 2**63, (40 - share, 4))])
    places = np.concatenate([own.uniform(0, 390, (40, 2))[:share], other.uniform(0, 390, (40 - share, 2))])
    return words.astype("<u8").tobytes() + np.rint(places * 4).astype("<u2").tobytes()


@pytest.fixture
def stored(tmp_path):
    """Return a function that stores pictures with these fields, in two files, and returns what is published of them."""

    def store(*rows):
        empty = {c.name: b"" if pa.types.is_binary(c.type) else "" for c in PICTURES.columns}
        empty |= {"state": "read", "quality": 90, "size": 1, "width": 9, "height": 9}
        lake = Lake(tmp_path / "tables")
        halves = [[{**empty, **row} for row in half] for half in (rows[::2], rows[1::2])]
        lake.commit({"pictures": [lake.write_part("pictures", PICTURES.from_rows(half)) for half in halves]})
        publish_thumbnails(tmp_path / "thumbnails.sqlite", lake)
        return PictureHashes(tmp_path / "thumbnails.sqlite")

    return store


def test_a_picture_finds_its_file_copies_small_copies_and_parts_the_surest_first(stored):
    there = stored(
        {"sha256": "part", "points": points_of(3, 30)},
        {"sha256": "small", "canonical": hash_of(2, 3)},
        {"sha256": "copy", "pdq": hash_of(1, 20)},
        {"sha256": "mirrored", "trimmed": hash_of(7, 30)},
        {"sha256": "same", "pdq": hash_of(1), "points": points_of(3)},
        {"sha256": "other", "pdq": hash_of(1, 32), "canonical": hash_of(9), "points": points_of(5)},
        {"sha256": "dark", "pdq": hash_of(1), "quality": 49},
    )
    asked = Looked("read", sha256="same", quality=80, pdq=hash_of(1), pdq_mirrored=hash_of(7), canonical=hash_of(2))
    asked.points, asked.points_mirrored = points_of(3), points_of(33)
    assert [(match.sha256, match.how) for match in by_file(there, asked)] == [
        ("same", "the same file"),
        ("copy", "a copy, 20 of 256 bits differ"),
        ("mirrored", "a copy, mirrored, 30 of 256 bits differ"),
        ("small", "a copy in another size, 3 of 256 bits differ"),
        ("part", "a part, 30 points lie alike"),
    ]


def test_what_shows_little_finds_only_its_own_file(stored):
    there = stored({"sha256": "same", "pdq": hash_of(1)}, {"sha256": "copy", "pdq": hash_of(1)})
    asked = Looked("read", sha256="same", quality=49, pdq=hash_of(1))
    assert [match.sha256 for match in by_file(there, asked)] == ["same"]


def test_a_hash_of_any_kind_and_case_finds_its_pictures(stored):
    row = {"sha256": "ab" * 32, "md5": "cd" * 16, "sha1": "ef" * 20, "pdq": hash_of(1), "trimmed": hash_of(1, 9)}
    there = stored(row, {"sha256": "12" * 32, "pdq": hash_of(1, 31)}, {"sha256": "34" * 32, "pdq": hash_of(1, 33)})
    for kind in ("sha256", "md5", "sha1"):
        assert by_hash(there, f" {row[kind].upper()} ") == [(0, "ab" * 32, "the same file")]
    assert [(m.sha256[:2], m.how) for m in by_hash(there, hash_of(1))] == [
        ("ab", "a copy, 0 of 256 bits differ"),
        ("12", "a copy, 31 of 256 bits differ"),
    ]


def test_nothing_stored_finds_nothing(tmp_path):
    nothing = PictureHashes(tmp_path / "thumbnails.sqlite")
    assert by_hash(nothing, "ab" * 32) == []
    assert by_file(nothing, Looked("read", sha256="a", quality=90, pdq=hash_of(1), points=points_of(1))) == []


def test_only_hashes_and_files_are_asked_for_as_pictures(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jpg").write_bytes(b"")
    asked = ["a.jpg", "AB" * 16, "b.jpg", "07700900123", "ab" * 17, "g" * 32, "x" * 5000]
    assert [asks_for_a_picture(what) for what in asked] == [True, True, *[False] * 5]
