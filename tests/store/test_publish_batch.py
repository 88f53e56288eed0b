"""A batch that is added to what is published leaves the rows that a publication from nothing leaves."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from felinar.store.lake import Lake
from felinar.store.publish import publish
from felinar.store.publish_changes import COMPARED, GROWING, changes_since
from felinar.tables import BY_NAME

ROWS = {
    "adverts": "SELECT * FROM adverts", "keys": "SELECT * FROM keys", "links": "SELECT * FROM links",
    "weak": "SELECT * FROM weak_mentions", "operations": "SELECT * FROM operations", "leads": "SELECT * FROM leads",
    "hits": "SELECT * FROM hits", "templates": "SELECT * FROM templates", "facets": "SELECT * FROM facets",
    "facts": "SELECT * FROM facts", "parts": "SELECT * FROM parts", "slots": "SELECT * FROM filled",
}  # fmt: skip


def rows(path):
    """Return all rows of a published file, table by table, in an order of their own."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = {name: sorted(connection.execute(sql).fetchall(), key=repr) for name, sql in ROWS.items()}
        found["links by advert"] = connection.execute(
            "SELECT advert_id, key_no FROM links INDEXED BY links_by_advert WHERE advert_id > 0 ORDER BY 1, 2"
        ).fetchall()
    return found


def committed(folder, *deliveries):
    """Return a lake whose growing tables have a file per delivery, all others one file of the last delivery's."""
    lake = Lake(folder)
    files = {}
    for tables in deliveries:
        for name, table in tables.items():
            if name in GROWING and not table.num_rows:
                continue
            part = lake.write_part(name, BY_NAME[name].sort(table))
            files[name] = [*(files.get(name, []) if name in GROWING else []), part]
    lake.commit(files)
    return lake


def some(table, kept):
    return table.filter(pa.array([kept(i) for i in range(table.num_rows)], pa.bool_()))


def split(tables, kept):
    """Return the growing tables in two: adverts that are kept come first, with some of their sightings."""
    ids = tables["adverts"]["advert_id"].to_pylist()
    early = {one for i, one in enumerate(ids) if kept(i)}
    first, second = {}, {}
    for name in GROWING:
        mine = [one in early for one in tables[name]["advert_id"].to_pylist()]
        if name in ("sightings", "images"):
            mine = [is_mine and kept(i + 7) for i, is_mine in enumerate(mine)]
        first[name] = tables[name].filter(pa.array(mine, pa.bool_()))
        second[name] = tables[name].filter(pa.array([not is_mine for is_mine in mine], pa.bool_()))
    return first, second


COMPARED_TABLES = sorted({one.table for one in COMPARED.values()})
CHANGED = {
    "memberships": "operation_id", "links": "millibits", "keys": "adverts", "operations": "adverts", "hits": "share",
    "templates": "bits_saved", "slot_values": "end",
}  # fmt: skip


def changed_in(table, column, which):
    """Return the table with other numbers in one column, in the rows that `which` says."""
    at = table.column_names.index(column)
    numbers = [n + 1 if which(i) and n is not None else n for i, n in enumerate(table[column].to_pylist())]
    return table.set_column(at, table.schema.field(at), pa.array(numbers, table.schema.field(at).type))


@settings(
    max_examples=20, phases=[Phase.generate], deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.randoms(use_true_random=False), st.integers(1, 9), st.integers(0, 10))
def test_a_batch_leaves_the_same_rows_as_a_publication_from_nothing(tmp_path_factory, small, chance, kept, other):
    tables = small.world()
    first, second = split(tables, lambda i: chance.random() < kept / 10)

    def drawn():
        left = {name: some(tables[name], lambda i: chance.random() >= other / 20) for name in COMPARED_TABLES}
        named = set(zip(*(left["links"][name].to_pylist() for name in ("key_kind", "key_id")), strict=True))
        keys = zip(*(tables["keys"][name].to_pylist() for name in ("key_kind", "key_id")), strict=True)
        left["keys"] = tables["keys"].filter(pa.array([key in named for key in keys], pa.bool_()))
        return {name: changed_in(t, CHANGED[name], lambda i: chance.random() < other / 10) for name, t in left.items()}

    folder = tmp_path_factory.mktemp("batch")
    before = committed(folder / "tables", {**first, **drawn()})
    publish(folder / "p", before, generation=1)
    now = committed(folder / "tables", {**first, **drawn()}, {**second, **drawn(), "leads": tables["leads"]})
    worth = 2 * second["adverts"].num_rows <= tables["adverts"].num_rows
    assert publish(folder / "p", now, generation=2) == worth
    assert not publish(folder / "anew", now, generation=2, anew=True)
    found, wanted = rows(folder / "p"), rows(folder / "anew")
    for name in wanted:
        assert found[name] == wanted[name], name


@pytest.fixture
def grown(tmp_path, small):
    """Two lakes, the second with adverts that the first does not have, and what is published of the first."""
    tables = small.world()
    first, second = split(tables, lambda i: i != 2)
    rest = {name: table for name, table in tables.items() if name not in GROWING}
    lakes = (
        committed(tmp_path / "one", {**first, **rest}),
        committed(tmp_path / "two", {**first, **rest}, {**second, **rest}),
    )
    publish(tmp_path / "p", lakes[0], generation=1)
    return lakes


def test_a_run_that_changes_nothing_reads_no_table_of_what_is_there(tmp_path, grown):
    changes = changes_since(tmp_path / "p", grown[0])
    assert not any(changes.came.values())
    assert not any(changes.went.values())


def test_where_a_file_of_adverts_is_gone_all_is_published_anew(tmp_path, grown):
    publish(tmp_path / "p", grown[1], generation=2)
    assert changes_since(tmp_path / "p", grown[0]) is None
    assert not publish(tmp_path / "p", grown[0], generation=3)


@pytest.mark.parametrize("content", [b"", b"no database " * 100])
def test_a_file_that_cannot_be_built_upon_is_made_anew(tmp_path, grown, content):
    (tmp_path / "p").write_bytes(content)
    assert not publish(tmp_path / "p", grown[1], generation=2)
    assert rows(tmp_path / "p")["facts"]


def test_a_damaged_page_is_no_obstacle(tmp_path, grown):
    whole = (tmp_path / "p").read_bytes()
    (tmp_path / "p").write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    publish(tmp_path / "p", grown[1], generation=2)
    publish(tmp_path / "anew", grown[1], generation=2, anew=True)
    assert rows(tmp_path / "p") == rows(tmp_path / "anew")


def test_a_reader_keeps_the_file_that_it_opened_while_a_batch_is_added(tmp_path, grown):
    with closing(sqlite3.connect(tmp_path / "p")) as reader:
        before = reader.execute("SELECT count(*) FROM adverts").fetchone()
        assert publish(tmp_path / "p", grown[1], generation=2)
        assert reader.execute("SELECT count(*) FROM adverts").fetchone() == before
    with closing(sqlite3.connect(tmp_path / "p")) as reader:
        assert reader.execute("SELECT count(*) FROM adverts").fetchone() > before


_WRITER = """
import sys
from pathlib import Path
from felinar.store.lake import Lake
from felinar.store.publish import publish
folder = Path(sys.argv[1])
lakes = Lake(folder / "one"), Lake(folder / "two")
print("ready", flush=True)
while True:
    for number, lake in enumerate(lakes, start=1):  # the second as a batch, the first, which holds less, anew
        publish(folder / "p", lake, generation=number)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX matter")
def test_kill_at_any_moment_leaves_the_old_or_the_new_state(tmp_path, grown):
    wanted = {}
    for number, lake in enumerate(grown, start=1):
        publish(tmp_path / "wanted", lake, generation=number, anew=True)
        wanted[("generation", str(number))] = rows(tmp_path / "wanted")
    chance = random.Random(3)
    for _ in range(6):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.4))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        found = rows(tmp_path / "p")
        (generation,) = (fact for fact in found["facts"] if fact[0] == "generation")
        assert found == wanted[generation]
