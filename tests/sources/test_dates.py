from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sources_samples import as_csv

from felinar.sources import read
from felinar.sources.dates import DAY_FIRST, MONTH_FIRST, parse, shows_order

READ = {
    "2024-01-05": "2024-01-05T00:00:00Z",
    "2024-01-05 13:00": "2024-01-05T13:00:00Z",
    "2024-01-05T13:00:00+02:00": "2024-01-05T11:00:00Z",
    "2024-01-05T13:00:00Z": "2024-01-05T13:00:00Z",
    "2024-01-05 13:00:00 UTC": "2024-01-05T13:00:00Z",
    "2024-01-05 13:00:00 +0100": "2024-01-05T12:00:00Z",
    "20240105": "2024-01-05T00:00:00Z",
    "2024/1/5": "2024-01-05T00:00:00Z",
    "5.1.2024": "2024-01-05T00:00:00Z",
    "05.01.24 13:30": "2024-01-05T13:30:00Z",
    "5/1/2024": "2024-01-05T00:00:00Z",
    "5-1-2024 1:05 pm": "2024-01-05T13:05:00Z",
    "1/25/2024": "2024-01-25T00:00:00Z",
    "1704459600": "2024-01-05T13:00:00Z",
    "1704459600000": "2024-01-05T13:00:00Z",
    "45296": "2024-01-05T00:00:00Z",
    "45296.5": "2024-01-05T12:00:00Z",
    "5 January 2024": "2024-01-05T00:00:00Z",
    "January 5th, 2024": "2024-01-05T00:00:00Z",
    "5 ianuarie 2024": "2024-01-05T00:00:00Z",
    "5 de enero de 2024": "2024-01-05T00:00:00Z",
    "1er février 2024": "2024-02-01T00:00:00Z",
    "5. März 2024": "2024-03-05T00:00:00Z",
    "5 gennaio 2024, 13:00": "2024-01-05T13:00:00Z",
    "5 de março de 2024": "2024-03-05T00:00:00Z",
    "5 января 2024": "2024-01-05T00:00:00Z",
    "5 мая 2024": "2024-05-05T00:00:00Z",
    "Fri, 05 Jan 2024 13:00:00 GMT": "2024-01-05T13:00:00Z",
}


@pytest.mark.parametrize("text", READ)
def test_reads_a_date(text: str) -> None:
    assert parse(text, DAY_FIRST).iso == READ[text]
    assert parse(text, DAY_FIRST).problem == ""


@pytest.mark.parametrize("text", ["0000-01-01", "31/02/2024", "2024", "soon", "13/13/2024", "9999-12-31T23:00:00-05:00", "7", "5 foo 2024", "1" * 18, "-5"])  # fmt: skip  # noqa: E501
def test_refuses_what_is_no_date(text: str) -> None:
    time = parse(text, DAY_FIRST)
    assert time.micros is None
    assert time.problem


def test_the_order_decides_only_what_is_open() -> None:
    assert parse("3/4/2024", DAY_FIRST).iso[:10] == "2024-04-03"
    assert parse("3/4/2024", MONTH_FIRST).iso[:10] == "2024-03-04"
    assert parse("3.4.2024", MONTH_FIRST).iso[:10] == "2024-04-03"
    assert parse("25/4/2024", MONTH_FIRST).iso[:10] == "2024-04-25"
    assert [shows_order(t) for t in ("25/4/2024", "4/25/2024", "3/4/2024", "3.4.2024", "x")] == [DAY_FIRST, MONTH_FIRST, "open", "", ""]  # fmt: skip  # noqa: E501


@given(st.datetimes(dt.datetime(1, 1, 1), dt.datetime(9998, 12, 31)))  # noqa: DTZ001
def test_every_iso_time_comes_back(moment: dt.datetime) -> None:
    time = parse(moment.isoformat(), DAY_FIRST)
    assert time.iso == moment.isoformat() + "Z"
    assert time.micros is not None
    assert dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=time.micros) == moment  # noqa: DTZ001


@given(st.text("0123456789/.-: TZapm+janvмая", max_size=24))
def test_no_text_breaks_the_reader(text: str) -> None:
    time = parse(text, MONTH_FIRST)
    assert (time.micros is None) == (time.iso == "")


def _posted(path: Path) -> tuple[list[str], list[str]]:
    batches = list(read(path))
    days = [str(t.date()) for b in batches for t in b.adverts["posted_at"].to_pylist()]
    return days, [r.reason for b in batches for r in b.rejects]


def test_one_clear_date_decides_for_its_column(file: Callable[[str, bytes], Path]) -> None:
    rows = [{"text": "a", "date": "03/04/2024"}, {"text": "b", "date": "04/25/2024"}]
    assert _posted(file("a.csv", as_csv(rows))) == (["2024-03-04", "2024-04-25"], [])


def test_else_the_country_decides_and_a_note_says_so(file: Callable[[str, bytes], Path]) -> None:
    rows = [{"text": "a", "date": "03/04/2024", "location": "US, IL, Chicago"}]
    days, notes = _posted(file("a.csv", as_csv(rows)))
    assert days == ["2024-03-04"]
    assert notes == ["dates such as 03/04/2024 can be read in two ways; they were read month first"]
    assert _posted(file("b.csv", as_csv([{"text": "a", "date": "03/04/2024"}])))[0] == ["2024-04-03"]
