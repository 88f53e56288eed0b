"""The store of thumbnails: it follows the tables, and what is known once is never shown again."""

import sqlite3

import pyarrow as pa
import pytest

from felinar.errors import WorkspaceProblem
from felinar.store.lake import Lake
from felinar.store.picture_hashes import NEAR, PictureHashes
from felinar.store.thumbnails import KNOWN, Thumbnail, forget_thumbnails, publish_thumbnails, thumbnails
from felinar.tables import PICTURES

PNG = b"\x89PNG a thumbnail"


def part(lake, **states):
    rows = [
        {c.name: None for c in PICTURES.columns} | {"sha256": name, "state": state, "thumbnail": PNG + name.encode()}
        for name, state in states.items()
    ]
    return lake.write_part("pictures", pa.Table.from_pylist(rows, schema=PICTURES.schema))


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "tables")


@pytest.fixture
def store(tmp_path):
    return tmp_path / "thumbnails.sqlite"


def test_the_store_follows_the_tables_and_no_pictures_make_no_store(lake, store):
    publish_thumbnails(store, lake)
    assert not store.exists()
    assert thumbnails(store, ["a"]) == {}
    first = part(lake, a="read", b="unreadable")
    lake.commit({"pictures": [first]})
    publish_thumbnails(store, lake)
    assert thumbnails(store, ["a", "b", "none"])["a"] == Thumbnail("read", PNG + b"a")
    lake.commit({"pictures": [first, part(lake, c="read")]})
    publish_thumbnails(store, lake)
    assert sorted(thumbnails(store, "abc")) == ["a", "b", "c"]
    lake.commit({"pictures": [part(lake, c="read")]})
    publish_thumbnails(store, lake)
    assert sorted(thumbnails(store, "abc")) == ["c"]


def test_a_purged_thumbnail_is_overwritten_and_never_comes_back(lake, store):
    lake.commit({"pictures": [part(lake, a="read", b="read")]})
    publish_thumbnails(store, lake)
    forget_thumbnails(store, ["a", "never seen"])
    assert PNG + b"a" not in store.read_bytes()
    assert PNG + b"b" in store.read_bytes()
    assert thumbnails(store, "ab") == {"a": Thumbnail(KNOWN, b""), "b": Thumbnail("read", PNG + b"b")}
    lake.commit({"pictures": [part(lake, a="read"), part(lake, b="read", c="read")]})  # killed before the tables' turn
    publish_thumbnails(store, lake)
    assert thumbnails(store, "a") == {"a": Thumbnail(KNOWN, b"")}
    assert len(thumbnails(store, "bc")) == 2


def test_what_a_purged_picture_was_found_by_goes_too_but_its_exact_hashes_stay(lake, store):
    near = {"pdq": "ab" * 32, "trimmed": "cd" * 32, "canonical": "ef" * 32, "points": b"points of it", "quality": 90}
    row = {c.name: None for c in PICTURES.columns} | {"sha256": "a", "state": "read", "md5": "md5 of it"} | near
    table = pa.Table.from_pylist([row], schema=PICTURES.schema)
    lake.commit({"pictures": [lake.write_part("pictures", table)]})
    publish_thumbnails(store, lake)
    hashes = PictureHashes(store)
    assert [hashes.near(kind).words.tobytes()[:1] for kind in NEAR] == [b"\xab", b"\xcd", b"\xef"]
    assert list(hashes.points()) == [[("a", b"points of it")]]
    forget_thumbnails(store, ["a"])
    assert [len(hashes.near(kind).names) for kind in NEAR] == [0, 0, 0]
    assert list(hashes.points()) == []
    assert hashes.exact("md5", "md5 of it") == ["a"]
    kept = store.read_bytes()
    assert not any(gone in kept for gone in (b"\xab" * 32, b"\xcd" * 32, b"\xef" * 32, b"points of it"))


def test_of_very_many_pictures_no_points_are_published_and_those_that_were_go(lake, store, monkeypatch):
    def pointed(name):
        row = {c.name: None for c in PICTURES.columns} | {"sha256": name, "state": "read", "points": name.encode()}
        return lake.write_part("pictures", pa.Table.from_pylist([row], schema=PICTURES.schema))

    monkeypatch.setattr("felinar.store.thumbnails.MOST_WITH_POINTS", 1)
    first = pointed("a")
    lake.commit({"pictures": [first]})
    publish_thumbnails(store, lake)
    assert list(PictureHashes(store).points()) == [[("a", b"a")]]
    lake.commit({"pictures": [first, pointed("b")]})
    publish_thumbnails(store, lake)
    assert list(PictureHashes(store).points()) == []
    assert [PictureHashes(store).exact("sha256", name) for name in "ab"] == [["a"], ["b"]]


def test_a_damaged_store_or_one_of_another_version_is_made_anew(lake, store):
    lake.commit({"pictures": [part(lake, a="read")]})
    store.write_bytes(b"no database at all")
    with pytest.raises(WorkspaceProblem, match="cannot be read"):
        thumbnails(store, ["a"])
    publish_thumbnails(store, lake)
    assert len(thumbnails(store, ["a"])) == 1
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    publish_thumbnails(store, lake)
    assert len(thumbnails(store, ["a"])) == 1


def test_what_is_known_stays_known_when_the_store_is_of_another_version(lake, store):
    lake.commit({"pictures": [part(lake, a="read", b="read")]})
    publish_thumbnails(store, lake)
    forget_thumbnails(store, ["a"])
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA user_version=1")
    connection.close()
    publish_thumbnails(store, lake)
    assert thumbnails(store, "ab") == {"a": Thumbnail(KNOWN, b""), "b": Thumbnail("read", PNG + b"b")}
    assert PictureHashes(store).exact("sha256", "a") == ["a"], "its exact hashes still find it"
