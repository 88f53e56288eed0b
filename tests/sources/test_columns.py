"""Columns at a time give what a row at a time gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.sources import batches_of, dates, piece, pieces, read
from felinar.sources.columns import bodies, times
from felinar.sources.encoding import Encoding, split
from felinar.sources.pictures import picture_names

File = Callable[[str, bytes], Path]

_iso = st.datetimes().map(lambda t: t.replace(microsecond=0).isoformat() + "Z")
_odd = st.sampled_from(
    ["", " ", "2024-02-30T00:00:00Z", "2024-01-31T24:00:00Z", "2024-01-31T23:59:60Z", "0000-01-01T00:00:00Z",
     "9999-12-31T23:59:59Z", "2024-01-31", "31/12/2024", "2024-01-31T08:00:00+02:00", "1706688000", "yesterday",
     "٢٠٢٤-٠١-٣١T٠٨:٠٠:٠٠Z", "2024-01-31T08:00:00Z\n"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.one_of(_iso, _odd), max_size=8))
def test_a_column_of_times_is_read_as_each_text_by_itself(column: list[str]) -> None:
    told: list[tuple[int, str, str]] = []
    micros, forms = times(column, dates.DAY_FIRST, lambda *what: told.append(what))
    alone = [dates.parse(text, dates.DAY_FIRST) for text in column]
    assert micros == [time.micros for time in alone]
    assert forms == [time.iso for time in alone]
    assert told == [
        (i, time.problem, text) for i, (time, text) in enumerate(zip(alone, column, strict=True)) if time.problem
    ]


@settings(deadline=None)
@given(st.lists(st.lists(st.text("ab \n", max_size=3), min_size=3, max_size=3), max_size=4))
def test_every_part_of_a_body_is_the_text_of_its_column(rows: list[list[str]]) -> None:
    cells = [dict(zip("xyz", row, strict=True)) for row in rows]
    for row, body, parts in zip(cells, *bodies(cells, ("x", "y", "z")), strict=True):
        assert {name: body[start:end] for name, start, end in parts} == {n: t for n, t in row.items() if t}
        assert body == "\n\n".join(text for text in row.values() if text)


@settings(deadline=None)
@given(st.lists(st.text("a.,;|/[ \n'\"]", max_size=6), max_size=3))
def test_a_list_of_picture_names_is_read_as_each_by_itself(value: list[str]) -> None:
    assert picture_names(value) == [name for one in value for name in picture_names(one)]


_rows = st.lists(
    st.dictionaries(
        st.sampled_from(["id", "text", "title", "url", "city", "images", "phone", "latitude", "colour", "date"]),
        st.one_of(
            st.text("ab1 ,", max_size=4),
            st.none(),
            st.integers(0, 200),
            st.lists(st.text("ab.", min_size=1), max_size=2),
        ),
        min_size=1,
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_rows)
def test_a_row_is_read_alike_among_rows_of_other_columns_and_alone(file: File, rows: list[dict[str, object]]) -> None:
    rows = [{"text": "cleaning"}, *rows]
    together = list(read(file("all.jsonl", "".join(json.dumps(r) + "\n" for r in rows).encode()), order=""))
    alone = [b for row in rows for b in batches_of(_lines(file, rows[0], row))]
    adverts = [a for b in together for a in b.adverts.to_pylist()]
    assert adverts == [a for b in alone for a in b.adverts.to_pylist()][1::2]
    images = [i for b in together for i in b.images.to_pylist()]
    assert images == [i for b in alone for i in b.images.to_pylist()]


def _lines(file: File, first: dict[str, object], row: dict[str, object]) -> piece.Piece:
    path = file("one.jsonl", (json.dumps(first) + "\n" + json.dumps(row) + "\n").encode())
    [found] = pieces(path, order="")
    assert isinstance(found, piece.Piece)
    return found


def test_pieces_end_at_lines_and_number_the_rows_as_in_the_file(file: File, monkeypatch) -> None:
    monkeypatch.setattr(piece, "PIECE_LINES", 2)
    path = file("a.jsonl", b'{"text": "one"}\n\n{"text": "two"}\nbad\n{"text": "four"}\n{"text": "five", "truth": 1}\n')
    found = list(pieces(path, order=""))
    assert [len(split(p.block)) for p in found if isinstance(p, piece.Piece)] == [2, 2, 1]
    assert [r.decode() for b in read(path, order="") for r in b.records][1] == '{"text": "two"}'
    rejects = [(r.severity, r.row) for b in read(path, order="") for r in b.rejects]
    assert rejects == [("error", 2), ("note", 0)]


_lines_of_files = st.lists(
    st.sampled_from(
        [b'{"text": "one"}\n', b'{"text": "two", "id": 2}\r\n', b'{"text": {"a": "three"}}\n',
         b'{"text": "a\\u0000"}\n',
         b'{"text": "\\ud800"}\n', b'{"text": NaN}\n', b"[1]\n", b"7\n", b"bad\n", b'{"text": "\xff"}\n',
         b'{"text": 1}, {"text": 2}\n']
    ),
    max_size=14,
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_lines_of_files, st.integers(1, 5))
def test_lines_taken_at_once_give_the_batches_of_lines_taken_one_by_one(
    monkeypatch, lines: list[bytes], size: int
) -> None:
    monkeypatch.setattr(piece, "BATCH_RECORDS", size)
    how = piece.How("s", None, "", Path("a.jsonl"), 0)
    given = piece.Piece("a.jsonl", Encoding("utf-8"), 5, b"".join(lines), [], 99, how)
    together = list(batches_of(given))
    with monkeypatch.context() as one_by_one:
        one_by_one.setattr(piece, "plain_objects", lambda lines, encoding: None)
        alone = list(batches_of(given))
    assert [(b.records, b.rejects, b.bytes_read) for b in together] == [
        (b.records, b.rejects, b.bytes_read) for b in alone
    ]
    assert all(b.adverts.equals(other.adverts) for b, other in zip(together, alone, strict=True))
