"""What resolving and scoring read comes back from its files as the adverts and mentions say it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.pipeline.mentions import Mentions
from felinar.pipeline.signs import TABLE, read_signs
from felinar.score.reading import CODED, MENTION_COLUMNS, slim
from felinar.store.lake import Lake
from felinar.tables import ADVERTS, MENTIONS

SAID = st.tuples(
    st.sampled_from(("phone", "url", "place", "name", "phrase", "language")),
    st.sampled_from(("", "leeds", "york")),
    st.sampled_from(("body", "url")),
    st.none() | st.integers(0, 9),
    st.sampled_from((49, 50, 90)),
)
ADVERT = st.tuples(
    st.text("ab", max_size=3), st.sampled_from(("{}", '{"company":"Bakery"}')), st.lists(SAID, max_size=4)
)


def rows_of(number, body, extra, said):
    """Return the row of an advert and those of its mentions."""
    advert = {"advert_id": number, "site": f"{number % 2}.example", "body": body, "extra": extra, "category": "job"}
    columns = ("kind", "value", "field", "start", "confidence")
    rows = ({**dict(zip(columns, one, strict=True)), "advert_id": number, "display": body} for one in said)
    return advert, list(rows)


def kept(lake, files):
    """Write a file of adverts and a file of mentions for each list of (id, body, extra, said)."""
    written = []
    for adverts in files:
        rows = [rows_of(*advert) for advert in adverts]
        mentions = MENTIONS.sort(MENTIONS.from_rows([row for _, said in rows for row in said]))
        table = ADVERTS.from_rows([advert for advert, _ in rows])
        written.append((lake.write_part("adverts", table), lake.write_part("cache-mentions-x", mentions)))
    return Mentions(lake, [adverts for adverts, _ in written], [mentions for _, mentions in written])


def plain(rows):
    """Return the rows as sorted tuples of (column, value), whatever the order of rows and columns."""
    return sorted((sorted(row.items()) for row in rows), key=repr)


def expected(adverts, kind):
    """Return what the rows of these adverts say of a kind, the obvious way."""
    said = [row for advert in adverts for row in rows_of(*advert)[1]]
    wanted = [row for row in said if row["kind"] == kind and row["confidence"] >= 50]
    wanted = [row for row in wanted if kind != "url" or row["field"] != "url"]
    more = ("display", "confidence", "value") if kind in ("place", "name") else ()
    return [{name: row.get(name) for name in {*MENTION_COLUMNS[kind], *more}} for row in wanted]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(ADVERT, min_size=1, max_size=4), min_size=1, max_size=3), st.data())
def test_some_adverts_have_the_signs_that_their_rows_say_from_new_and_kept_files(tmp_path_factory, files, data):
    lake = Lake(tmp_path_factory.mktemp("tables"))
    number = iter(range(100, 200))
    files = [[(next(number), *advert) for advert in adverts] for adverts in files]
    mentions = kept(lake, [adverts[::-1] for adverts in files])
    adverts = [advert for of_file in files for advert in of_file]
    wanted = data.draw(st.lists(st.sampled_from(adverts), unique_by=lambda advert: advert[0])) if adverts else []
    wanted.sort()
    ids = np.array([advert[0] for advert in wanted], dtype=np.int64)
    anew = read_signs(mentions)
    lake.commit({TABLE: anew.files})
    for signs in (anew.of(ids), read_signs(mentions).of(ids)):
        slimmed = slim(ADVERTS.from_rows([rows_of(*advert)[0] for advert in wanted]))
        assert signs.adverts.select(slimmed.column_names).to_pylist() == slimmed.to_pylist()
        for kind in MENTION_COLUMNS:
            assert plain(signs.mentions[kind].to_pylist()) == plain(expected(wanted, kind))
            texts = {*CODED, "display"}.intersection(signs.mentions[kind].column_names)
            assert all(pa.types.is_dictionary(signs.mentions[kind][name].type) for name in texts)


def test_only_the_signs_of_new_adverts_are_read_and_without_adverts_there_are_none(tmp_path, monkeypatch):
    lake = Lake(tmp_path)
    both = kept(lake, [[(1, "a", "{}", [])], [(2, "b", "{}", [])]])
    lake.commit({TABLE: read_signs(both.of(both.adverts[:1])).files})
    read = []
    monkeypatch.setattr("felinar.pipeline.signs._read", lambda mentions: read.append(mentions) or pytest.fail())
    assert len(read_signs(both.of(both.adverts[:1])).files) == 1
    with pytest.raises(pytest.fail.Exception):
        read_signs(both)
    assert [mentions.adverts for mentions in read] == [both.adverts[1:]]
    monkeypatch.undo()
    nothing = read_signs(both.of([])).of(np.zeros(0, dtype=np.int64))
    assert (nothing.adverts.num_rows, nothing.described().num_rows) == (0, 0)
