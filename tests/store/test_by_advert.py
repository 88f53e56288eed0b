"""Tables come slice by slice in the order of the adverts, from memory or from files, and nothing is lost or twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.errors import WorkspaceProblem
from felinar.store import by_advert
from felinar.store.by_advert import FromLake, InMemory
from felinar.store.lake import Lake
from felinar.store.publish import publish
from felinar.tables import BY_NAME, MENTIONS


def mentions(ids):
    return MENTIONS.from_rows([{"advert_id": i, "kind": "phone", "value": f"{i}/{n}"} for n, i in enumerate(ids)])


def drawn(slices, ends):
    return [slices.below(end)["value"].to_pylist() for end in [*ends, None]]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.integers(0, 30), max_size=40), st.integers(1, 4), st.lists(st.integers(0, 30), max_size=4),
    st.integers(1, 5),
)  # fmt: skip
def test_slices_from_files_are_those_of_the_sorted_table(tmp_path, monkeypatch, ids, files, ends, batch):
    monkeypatch.setattr(by_advert, "_BATCH", batch)
    lake = Lake(tmp_path / "tables")
    tables = [mentions(sorted(i for i in ids if i % files == file)) for file in range(files)]
    lake.commit({"mentions": [lake.write_part("mentions", table) for table in tables]})
    whole = InMemory({"mentions": pa.concat_tables(tables)})
    columns, ends = ["advert_id", "value"], sorted(ends)
    found = drawn(FromLake(lake).slices("mentions", columns), ends)
    assert [sorted(part) for part in found] == [sorted(p) for p in drawn(whole.slices("mentions", columns), ends)]
    assert sum(map(len, found)) == len(ids)


def test_a_table_that_is_not_there_gives_empty_slices(tmp_path):
    for source in (InMemory({}), FromLake(Lake(tmp_path))):
        assert source.slices("mentions", ["advert_id", "value"]).below(5).num_rows == 0
        assert source.slices("images", ["advert_id"]).below(None).num_rows == 0
        assert source.read("leads").num_rows == 0


def test_what_is_published_from_files_is_what_is_published_from_memory(tmp_path, small):
    tables = small.world()
    lake = Lake(tmp_path / "tables")
    ordered = {name: BY_NAME[name].sort(table) for name, table in tables.items()}
    lake.commit({name: [lake.write_part(name, table)] for name, table in ordered.items()})
    publish(tmp_path / "memory", tables, generation=1)
    publish(tmp_path / "files", lake, generation=1)
    with closing(sqlite3.connect(tmp_path / "memory")) as one, closing(sqlite3.connect(tmp_path / "files")) as other:
        for name in ("adverts", "keys", "links", "operations", "leads", "hits", "templates", "facts"):
            found = [db.execute(f"SELECT * FROM {name}").fetchall() for db in (one, other)]
            assert found[0] == found[1] != []


def test_a_damaged_file_is_named_when_its_slice_is_asked_for(tmp_path):
    lake = Lake(tmp_path / "tables")
    part = lake.write_part("mentions", mentions([1, 2]))
    lake.commit({"mentions": [part]})
    (lake.folder / part.file).write_bytes(b"PAR1")
    with pytest.raises(WorkspaceProblem, match=f"{part.file} is damaged"):
        FromLake(lake).slices("mentions", ["advert_id"]).below(None)
