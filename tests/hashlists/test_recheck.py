"""All that is stored against all lists: the same as asking for one picture after the other."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.audit import events
from felinar.hashlists import recheck as rechecking
from felinar.hashlists.hashes import BYTES, EXACT
from felinar.hashlists.intake import Order, take_in
from felinar.hashlists.known import Lists
from felinar.hashlists.merge import Hashes
from felinar.hashlists.recheck import hashes_of, recheck
from felinar.hashlists.stored import purge
from felinar.hashlists.turns import turned
from felinar.kernels.pdq import MIRRORED, as_hex, from_hex
from felinar.pictures.looked import MATCH, POSSIBLE
from felinar.store.lake import Lake, Part
from felinar.tables import IMAGES, PICTURES


@pytest.fixture(scope="module")
def lists(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    lines = [f"{kind} {made.hash(kind, n)}" for n in range(30) for kind in BYTES]
    (folder / "a.txt").write_text("\n".join(lines))
    take_in(folder / "hashlists", [folder / "a.txt"], Order(), "2026-01-01")
    return Lists.load(folder / "hashlists")


def stored(**columns):
    return {kind: hashes_of(pa.array(values, pa.string()), kind) for kind, values in columns.items()}


@pytest.mark.parametrize("others", [0, 200])
def test_stored_pictures_are_found_as_when_asked_one_by_one(lists, made, others):
    count = 60 + others  # fewer or more than the list has: each side asks once
    columns = {kind: [made.hash(kind, n) if n % 7 else "" for n in range(count)] for kind in BYTES}
    found = recheck(lists, stored(**columns))
    expected = []
    for row in range(count):
        exact = lists.exact(**{kind: columns[kind][row] for kind in EXACT})
        near = lists.near(from_hex(columns["pdq"][row])[None], ("as it is",), 100) if columns["pdq"][row] else []
        expected += [(row, hit) for hit in exact + near]
    assert [(row, hit) for row, hit in found] == expected
    assert len({row for row, _ in found}) == 25


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 29), st.lists(st.integers(0, 255), max_size=40, unique=True), st.booleans(), st.booleans())
def test_a_stored_picture_within_the_radius_is_found_mirrored_or_not(lists, made, n, bits, mirrored, few):
    value = int(made.hash("pdq", n), 16)
    for bit in bits:
        value ^= 1 << bit
    words = from_hex(f"{value:064x}")[None]
    words = turned(words, MIRRORED) if mirrored else words
    fill = [made.hash("pdq", f"other {k}") for k in range(0 if few else 50)]
    found = recheck(lists, stored(pdq=[*fill, as_hex(words[0])]))
    there = [(row, hit.entry, hit.distance) for row, hit in found]
    assert there == ([(len(fill), f"pdq:{made.hash('pdq', n)}", len(bits))] if len(bits) <= 31 else [])


def test_a_hit_by_pdq_alone_of_low_quality_is_only_possible(lists, made):
    columns = stored(pdq=[made.hash("pdq", 1), made.hash("pdq", 2)])
    found = recheck(lists, columns, np.array([49, 50]))
    assert [hit.verdict for _, hit in found] == [POSSIBLE, MATCH]


def test_hashes_that_are_no_hashes_are_passed_over():
    found = hashes_of(pa.array(["", None, "zz", "AB" * 16, "ab" * 20]), "md5")
    assert found.owners.tolist() == [3]
    assert found.words.tolist() == [[0xABABABABABABABAB], [0xABABABABABABABAB]]
    assert hashes_of(pa.array([], pa.string()), "md5").words.shape == (2, 0)


def test_nothing_stored_and_no_lists_give_nothing(lists, tmp_path):
    empty = {
        kind: Hashes(np.zeros((-(-size // 8), 0), np.uint64), np.zeros(0, np.uint32)) for kind, size in BYTES.items()
    }
    assert recheck(lists, empty) == []
    assert recheck(lists, {}) == []
    assert recheck(Lists.load(tmp_path / "none"), empty) == []


def test_questions_in_parts_are_questions_at_once(lists, made, monkeypatch):
    columns = stored(pdq=[made.hash("pdq", n) for n in range(70)])
    whole = recheck(lists, columns)
    monkeypatch.setattr(rechecking, "_PART", 7)
    assert recheck(lists, columns) == whole
    assert len(whole) == 30


def stored_picture(made, n, **given):
    """A row of PICTURES with everything that is kept of a picture."""
    row = {c.name: b"" if c.name in ("thumbnail", "points", "points_mirrored") else "" for c in PICTURES.columns}
    row |= {
        "size": 9,
        "width": 3,
        "height": 3,
        "quality": 80,
        "state": "read",
        "thumbnail": b"THUMBNAIL",
        "about": "{}",
    }
    return row | {kind: made.hash(kind, n) for kind in ("md5", "sha1", "sha256", "pdq")} | given


def store(workspace, pictures):
    """Commit pictures twice, as two runs would; picture n is shown by adverts n and n + 100."""
    lake = Lake(workspace.tables)
    images = [
        {"image_id": row["sha256"], "sha256": row["sha256"], "advert_id": n + more, "position": 0, "path": f"{n}.jpg"}
        for n, row in enumerate(pictures)
        for more in (0, 100)
    ]
    parts = {
        "pictures": [lake.write_part("pictures", PICTURES.sort(PICTURES.from_rows(pictures)))],
        "images": [lake.write_part("images", IMAGES.sort(IMAGES.from_rows(images)))],
    }
    lake.commit(parts)
    lake.commit({})
    return lake


def test_a_stored_picture_on_a_list_is_logged_named_and_deleted_but_for_its_exact_hashes(
    call, workspace, made, tmp_path
):
    (tmp_path / "a.txt").write_text(made.hash("md5", 1))
    call("import", tmp_path / "a.txt")
    assert call("recheck").data == {"hits": 0, "pictures": []}  # nothing is stored yet
    lake = store(workspace, [stored_picture(made, n) for n in range(3)])
    data = call("recheck").data
    assert data["hits"] == 1
    assert (data["pictures"][0]["path"], data["pictures"][0]["adverts"]) == ("1.jpg", ["1", "101"])
    assert "stored_hit" in events(workspace.desk)[-1].details
    rows = {row["md5"]: row for row in lake.read("pictures").to_pylist()}
    gone = rows.pop(made.hash("md5", 1))
    kept = {"sha256", "sha1", "md5", "size", "quality", "state", "reason"}
    assert not any(value for name, value in gone.items() if name not in kept)
    assert (gone["state"], gone["sha256"]) == ("known", made.hash("sha256", 1))
    assert all(row["thumbnail"] == b"THUMBNAIL" and row["pdq"] for row in rows.values())
    assert call("recheck").data["hits"] == 0  # what is known already is not told again


def test_an_import_is_held_against_what_is_stored_and_no_generation_keeps_a_hit(call, workspace, made, tmp_path):
    turned_over = stored_picture(made, 5, pdq=made.hash("pdq", 77), pdq_mirrored=made.hash("pdq", 6))
    lake = store(workspace, [stored_picture(made, 4), turned_over])
    (tmp_path / "a.txt").write_text(f"pdq {made.hash('pdq', 6)}")
    (hit,) = call("import", tmp_path / "a.txt").data["stored_hits"]
    assert (hit["kind"], hit["distance"], hit["how"], hit["sha256"]) == ("pdq", 0, "mirrored", turned_over["sha256"])
    for path in workspace.tables.glob("pictures-*.parquet"):
        assert made.hash("pdq", 77) not in str(lake.read_part(Part(path.name, "", 0)).to_pylist())


def test_the_surest_hash_of_a_stored_picture_names_the_hit(call, workspace, made, tmp_path):
    store(workspace, [stored_picture(made, 1, trimmed=made.hash("pdq", 2), quality=30)])
    lines = [f"sha1 {made.hash('sha1', 1)}", f"pdq {made.hash('pdq', 2)}"]
    (tmp_path / "a.txt").write_text("\n".join(lines))
    hits = call("import", tmp_path / "a.txt").data["stored_hits"]
    assert [(hit["kind"], hit["verdict"], hit["how"]) for hit in hits] == [
        ("pdq", POSSIBLE, "without its border"),
        ("sha1", MATCH, ""),
    ]


def test_a_file_of_pictures_that_an_older_version_wrote_is_purged_as_well(tmp_path):
    lake = Lake(tmp_path)
    rows = [{"sha256": name, "state": "read", "thumbnail": b"thumb", "pdq": "0" * 64, "about": "{}"} for name in "ab"]
    older = pa.schema([field for field in PICTURES.schema if field.name != "text"])
    lake.commit({"pictures": [lake.write_part("pictures", pa.Table.from_pylist(rows, schema=older))]})
    purge(lake, {"a"})
    kept = {row["sha256"]: row for row in lake.read("pictures").to_pylist()}
    assert (kept["a"]["state"], kept["a"]["thumbnail"], kept["a"]["about"]) == ("known", b"", "")
    assert (kept["b"]["state"], kept["b"]["thumbnail"], kept["b"]["text"]) == ("read", b"thumb", "")
