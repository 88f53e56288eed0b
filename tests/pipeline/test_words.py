"""The index of words after runs: every published advert is found, a batch is added, `full` makes all anew."""

import json

import pytest

from felinar.config import Config, write_config
from felinar.pipeline import ingest, run
from felinar.store.index import FOLDER, WordIndex, state_of
from felinar.store.index_query import Clause, WordQuery
from felinar.store.published import Published
from felinar.store.workspace import Workspace

pytest.importorskip("tantivy", reason="words are searched with the package tantivy (extra desk)")


@pytest.fixture
def made(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    write_config(folder, Config(name="test", purpose="case 1"))
    workspace = Workspace.open(folder)

    def call(first, last, **settings):
        rows = [{"id": f"ad-{n}", "text": f"Cleaning in street number{n}", "city": "Leeds"} for n in range(first, last)]
        path = tmp_path / f"{first}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        with workspace.writing("test"):
            ingest(workspace, [path])
            run(workspace, **settings)
        return workspace

    return call


def found(workspace, word):
    return [i for i, _ in WordIndex.open(workspace.folder).find(WordQuery((Clause((word,)),)), 100).rows]


def test_every_published_advert_is_found_after_each_run(made):
    for first, last in ((0, 20), (20, 30)):
        workspace = made(first, last)
        published = Published.open(workspace.published)
        assert len(found(workspace, "cleaning")) == last == int(published.facts["adverts"])
        (advert_id,) = found(workspace, f"number{last - 1}")
        assert published.advert(advert_id)["source_id"] == f"ad-{last - 1}"
        published.close()


def test_a_run_that_brings_nothing_leaves_the_index_and_a_full_one_makes_the_same_anew(made):
    workspace = made(0, 20)
    before = state_of(workspace.folder / FOLDER)
    marked = workspace.folder / FOLDER / before.folder / "mark"
    marked.write_text("")
    made(0, 20)
    assert marked.exists()
    made(0, 20, full=True)
    assert not marked.exists()
    assert state_of(workspace.folder / FOLDER) == before
    assert len(found(workspace, "cleaning")) == 20
