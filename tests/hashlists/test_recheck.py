"""All that is stored against all lists: the same as asking for one picture after the other."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.hashlists import recheck as rechecking
from felinar.hashlists.hashes import BYTES, EXACT
from felinar.hashlists.intake import Order, take_in
from felinar.hashlists.known import Lists
from felinar.hashlists.merge import Hashes
from felinar.hashlists.recheck import hashes_of, recheck
from felinar.hashlists.turns import turned
from felinar.kernels.pdq import MIRRORED, as_hex, from_hex
from felinar.pictures.looked import MATCH, POSSIBLE
from felinar.tables import IMAGES


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


def test_the_command_names_stored_pictures_and_their_adverts_and_logs_them(call, workspace, made, tmp_path):
    from felinar.audit import events
    from felinar.store.lake import Lake

    (tmp_path / "a.txt").write_text(made.hash("md5", 1))
    call("import", tmp_path / "a.txt")
    assert call("recheck").data == {"hits": 0, "pictures": []}  # nothing is stored yet
    row = dict.fromkeys(IMAGES.names, "") | {"width": 1, "height": 1, "quality": 80, "position": 0}
    rows = [
        row | {"image_id": f"i{n % 3}", "advert_id": n, "md5": made.hash("md5", n % 3), "path": f"{n}.jpg"}
        for n in range(6)
    ]
    lake = Lake(workspace.tables)
    lake.commit({"images": [lake.write_part("images", IMAGES.from_rows(rows))]})
    data = call("recheck").data
    assert data["hits"] == 1
    assert (data["pictures"][0]["image_id"], data["pictures"][0]["adverts"]) == ("i1", ["1", "4"])
    assert [event.action for event in events(workspace.desk)] == ["hashlists"] * 5
    assert "stored_hit" in events(workspace.desk)[-1].details
