"""Lists that are asked: equal to a plain look through all entries, exact first, never by lists of known files."""

from __future__ import annotations

import json

import numpy as np
import pytest

from felinar.hashlists.hash_list import MOST_NAMED
from felinar.hashlists.hashes import EXACT
from felinar.hashlists.known import Lists, signature
from felinar.kernels.pdq import TURN_NAMES, from_hex
from felinar.pictures.looked import MATCH, POSSIBLE


@pytest.fixture
def lists(take, made, as_vics, tmp_path):
    """Two lists of known material, which share an entry, and one of known files."""
    rng = np.random.default_rng(4)
    media = [
        {"MediaID": n, "Category": n % 3, **{k.upper(): made.hash(k, n) for k in ("md5", "sha1")}} for n in range(300)
    ]
    for n, one in enumerate(media):
        one["AlternativeHashes"] = [{"HashName": "PDQ", "HashValue": rng.bytes(32).hex()}]
        one["Series"] = "é" * (n % 5)
    take({"vics.json": as_vics(*media)})
    take({"other.txt": "\n".join([made.hash("md5", 7), made.hash("sha256", 7) + " é", "x"])}, kind="sha256")
    known = f'"SHA-1","MD5","CRC32","FileName"\n"{made.hash("sha1", 9)}","{made.hash("md5", 900)}","","a.jpg"\n'
    take({"nsrl.csv": known})
    return Lists.load(tmp_path / "hashlists"), media


def test_every_entry_is_found_by_each_of_its_hashes_and_no_other(lists, made):
    asked, media = lists
    (vics,) = [one for one in asked.all if one.name == "vics"]
    for n, one in enumerate(media):
        for kind in ("md5", "sha1"):
            assert [vics.entry(row) for row in vics.rows(kind, bytes.fromhex(one[kind.upper()]))] == [str(n)]
    assert [vics.rows("md5", bytes.fromhex(made.hash("md5", f"no {n}"))) for n in range(50)] == [[]] * 50


def test_an_entry_is_named_once_by_its_surest_hash_in_every_list(lists, made):
    asked, _ = lists
    hits = asked.exact(md5=made.hash("md5", 7), sha1=made.hash("sha1", 7).upper(), sha256=made.hash("sha256", 7))
    named = [(hit.list_name, hit.hash_kind, hit.verdict, hit.distance) for hit in hits]
    assert named == [("other", "sha256", MATCH, 0), ("other", "md5", MATCH, 0), ("vics", "sha1", MATCH, 0)]
    assert asked.detail(hits[-1]) == {"category": "1", "series": "éé", "status": ""}


def test_a_list_of_known_files_never_makes_a_hit(lists, made):
    asked, _ = lists
    assert asked.exact(md5=made.hash("md5", 900)) == []
    assert asked.is_known_file(md5=made.hash("md5", 900)) == "nsrl"
    assert asked.is_known_file(sha1=made.hash("sha1", 9)) == "nsrl"
    assert asked.is_known_file(sha1=made.hash("sha1", 10), sha256=made.hash("sha256", 1)) == ""


@pytest.mark.parametrize("away", [0, 1, 31, 32])
def test_pdq_is_near_up_to_31_bits(lists, away):
    asked, media = lists
    words = from_hex(media[42]["AlternativeHashes"][0]["HashValue"])
    other = words ^ np.array([(1 << min(away, 16)) - 1, 0, 0, (1 << max(0, away - 16)) - 1], dtype=np.uint64)
    turns = np.concatenate([np.random.default_rng(1).integers(0, 2**64, (2, 4), dtype=np.uint64), other[None]])
    hits = asked.near(turns, TURN_NAMES, 50)
    assert [(h.list_name, h.entry, h.distance, h.verdict, h.how) for h in hits] == (
        [("vics", "42", away, MATCH, TURN_NAMES[2])] if away <= 31 else []
    )
    assert [h.verdict for h in asked.near(turns, TURN_NAMES, 49)] == [POSSIBLE] * len(hits)


def test_of_many_near_entries_the_nearest_are_named(take, made, tmp_path):
    base = int(made.hash("pdq", 1), 16)
    lines = [f"pdq {base ^ ((1 << n % 30) - 1) << 3 * (n // 30):064x}" for n in range(60)]
    take({"a.txt": "\n".join(lines)})
    hits = Lists.load(tmp_path / "hashlists").near(from_hex(f"{base:064x}")[None], TURN_NAMES, 90)
    assert len(hits) == MOST_NAMED
    assert [hit.distance for hit in hits] == sorted(hit.distance for hit in hits)
    assert hits[0].distance == 0


def test_without_lists_nothing_is_known(tmp_path, made):
    asked = Lists.load(tmp_path / "hashlists")
    assert asked.exact(**{kind: made.hash(kind, 1) for kind in EXACT}) == []
    assert asked.near(np.zeros((8, 4), np.uint64), TURN_NAMES, 90) == []
    assert asked.is_known_file(sha1=made.hash("sha1", 1)) == ""
    assert signature(tmp_path / "hashlists") == ()


def test_what_changes_a_list_changes_the_signature(take, made, tmp_path):
    seen = set()
    for n in range(3):
        take({"a.txt": made.hash("md5", n)})
        seen.add(signature(tmp_path / "hashlists"))
    assert len(seen) == 3
    assert json.dumps(Lists.load(tmp_path / "hashlists").state) == '{"a": 3}'
