"""Numbers over title and body: the native pairs, with the numbers already found, give what the plain reader gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract import phone
from felinar.extract.contract import Context, Found
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.phone_split import split_numbers
from felinar.extract.native.readings import about_of
from felinar.extract.native.rows import readings_of
from felinar.extract.phone_split import across
from felinar.kernels.fold import fold

EXAMPLES = (
    ("Massage in Leeds 0113 …", "… 496 0123, ask for Ana", "GB"),
    ("Massage in Leeds 01134 >", "> 960123", "GB"),
    ("Cleaning +44 7700", "text me ... 900 123 thanks", "GB"),
    ("Cleaning +44 7700 ...", "900 123 thanks", ""),
    ("Cleaning from 2024 …", "… 900123", "GB"),
    ("Call 07700 900123 …", "… 900 456", "GB"),
    ("Salle 06 39 ->", "~98 12 34 €", "FR"),
    ("713-555-", "…  01 42\n", "US"),
    ("", "… 900123", "GB"),
    ("Sprzątanie Tychy 70584", "Proszę pisać na 8325", "PL"),
    ("Sprzątanie, ref 70584", "Proszę pisać na 8325", "PL"),
    ("Sprzątanie Tychy 70584", "telefon 8325  zł", "PL"),
    ("Massage 07700", "Room nr 900123, tel: 900 123 min, ☎900123", "GB"),
    ("Ramen lappen 31601", "Appen kan op 909633", "NL"),
    ("Wrenches 450", "Call 5550142", "US"),
    ("Massage 07700", "order no 900123 call on 900123 or 07700 900456", "GB"),
)


def compare(titles: list[str], bodies: list[str], countries: list[str], plain: bool) -> int:
    """Compare both readers over these adverts; return how many numbers there are."""
    n = len(titles)
    texts = titles + bodies
    contexts = [Context(field, country) for field in ("title", "body") for country in countries]
    page = page_of_texts(texts, plain=True)
    found = [(i, f) for i, text in enumerate(texts) if text for f in phone.find(fold(text), contexts[i])]
    numbers = np.arange(2 * n, dtype=np.int32)
    got = split_numbers(page, numbers[:n], numbers[n:], about_of(contexts), readings_of(found), plain=plain)
    want: list[tuple[int, Found]] = []
    for i in range(n):
        texts_of = {"title": fold(titles[i]), "body": fold(bodies[i])}
        want += [(i if field == "title" else n + i, f) for field, f in across(texts_of, Context("", countries[i]))]
    assert got == sorted(want, key=lambda pair: pair[0])
    return len(got)


@pytest.mark.parametrize("plain", [True, False])
def test_numbers_split_over_title_and_body_are_the_plain_ones(plain: bool) -> None:
    titles, bodies, countries = (list(column) for column in zip(*EXAMPLES, strict=True))
    assert compare(titles, bodies, countries, plain) >= 3


def test_no_adverts_have_no_split_numbers() -> None:
    assert compare([], [], [], False) == 0


ENDS = st.lists(
    st.sampled_from(
        (
            "0770",
            "0113",
            "+44",
            "7700 9",
            "713 55",
            "2024",
            "06 39",
            " ",
            "…",
            "...",
            ">",
            "→",
            "-",
            "/",
            "$",
            ":",
            "a",
            "\n",
        )
    )
    | st.from_regex(r"[0-9]{1,5}", fullmatch=True),
    max_size=7,
).map("".join)
BEGINNINGS = st.lists(
    st.sampled_from(
        (
            "900 123",
            "0900123",
            "4960123",
            "5 0142",
            "98 12 34",
            "…",
            "...",
            ".",
            ">",
            "~",
            " ",
            "€",
            "%",
            ":",
            "call ",
            "\n",
            "2024",
            " tel ",
            "numer na ",
            "order no ",
            " nr ",
            "☎",
            " zl",
            " on ",
        )
    )
    | st.from_regex(r"[0-9]{1,7}", fullmatch=True),
    max_size=9,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ENDS, BEGINNINGS, st.sampled_from(("", "GB", "US", "FR", "PL"))), min_size=1, max_size=25))
def test_random_ends_and_beginnings_are_read_as_the_plain_reader_reads_them(rows: list[tuple[str, str, str]]) -> None:
    titles, bodies, countries = (list(column) for column in zip(*rows, strict=True))
    compare(["Ana " + title for title in titles], bodies, countries, False)


def test_without_current_tables_the_plain_reader_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("felinar.extract.native.phone_split.is_current", lambda: False)
    titles, bodies, countries = (list(column) for column in zip(*EXAMPLES, strict=True))
    assert compare(titles, bodies, countries, False) >= 3
