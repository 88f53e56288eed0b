"""Texts with rare ways of writing a number are read natively, whole, and as the plain reader reads them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract import phone_marks
from felinar.extract.contract import Context, Found
from felinar.extract.native import phone_rare_ways
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.phone import read
from felinar.extract.native.phone_rare import IN_LETTERS, M_END, M_START, M_WAY
from felinar.extract.native.phone_scan import scan_texts
from felinar.extract.native.readings import about_of
from felinar.extract.phone import find
from felinar.extract.phone_vanity import VANITY_GATE
from felinar.kernels.fold import fold

_RARE = (
    "my number backwards: 321 009 00770", "321-009-00770 (read it from the right)", "à l’envers : 4321899360",
    "three two one zero zero nine double zero seven seven zero reversed", "321009007744+ reversed", "reversed",
    "0113-4960-ABC", "1-800-JKL-0142", "call 713-JKL-0142", "713 JKL 0142", "07700 900123 x12", "x 12", "ext",
    "(07700 900123), ext. 45", "0171 3920045 Durchwahl 12", "07700 900123 доб. 31", "wa . me / 44 7700 900123",
    "t . me / +44 7700 900123", "tel%3A%2B44%207700%20900123", "signal (dot) me / #p/+447700900123", "tel: 07700900123",
    "0➆➆00 9⓪⓪ ➀➁➂", "⓿❼❼⓿⓿ ❾⓿⓿ ❶❷❸ x 7", "+4+4+7+7+0+0+9+0+0+1+2+3", "077+009+001+23",
    "нуль сім сім нуль нуль дев'ять нуль нуль один два п'ять", "wa.me/447700900123",
    "à¤¸à¤®à¤¯ 07700 900123 à¤¾à¤¹à¤²", "Ð½Ð¾Ð¼ÐµÑ€ Ð³Ð¹", "2½ rooms 1⁄4",
    "o77oo 9oo |23", "07700 9OO !23",
)  # fmt: skip
_OTHERS = (
    "call 07700 900123", "+33 6 39 98 12 34", "www.example.com/713-jkl", "2 rooms, 45 euro, 10 to 18", "\n", " ", "é",
    " or ", "\u200b", "ﬁ", "x", "massage from 9 to 20 in the old town, ask for Anna", "０７７００ 900 123", "ref 12345",
)  # fmt: skip
pieces = st.one_of(st.sampled_from(_RARE), st.sampled_from(_OTHERS))
texts = st.lists(pieces, max_size=6).map(" ".join) | st.lists(pieces, max_size=6).map("".join)
contexts = st.builds(
    Context, st.sampled_from(["body", "contact_text", "url"]), st.sampled_from(["", "GB", "US", "DE", "BR", "zz"])
)


def read_natively(written: list[str], about: list[Context]) -> list[list[Found]]:
    """Return the numbers of each text, none of which may be declined."""
    numbers = np.arange(len(written), dtype=np.int32)
    readings, declined = read(page_of_texts(written), numbers, about_of(about))
    assert not len(declined)
    found: list[list[Found]] = [[] for _ in written]
    numeric = [column.tolist() for column in readings.numbers()]
    for text, start, end, sure, obscured, *said in zip(
        *numeric, *(column.to_pylist() for column in readings.strings()), strict=True
    ):
        found[text].append(Found(start, end, said[0], said[1], said[2], sure, obscured, said[3]))
    return found


def compare(written: list[str], about: list[Context]) -> list[list[Found]]:
    found = read_natively(written, about)
    for text, context, numbers in zip(written, about, found, strict=True):
        assert numbers == [f._replace(display=f.display or f.value) for f in find(fold(text), context)], (text, context)
    return found


@pytest.mark.parametrize("country", ["", "GB", "US", "FR"])
def test_every_rare_way_is_read_alone_and_among_others(country: str) -> None:
    context = Context("body", country)
    compare(list(_RARE), [context] * len(_RARE))
    compare([" and ".join(_RARE), "\n".join(reversed(_RARE)), "".join(_RARE)], [context] * 3)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(texts, contexts), min_size=1, max_size=5))
def test_random_texts_with_rare_ways_are_read_as_by_the_plain_reader(rows: list[tuple[str, Context]]) -> None:
    compare([text for text, _ in rows], [context for _, context in rows])


_NUMBERS = ("800", "1800", "0808", "(800)", "1-(888)", "713", "1-713", "0113", "12", "river3739", "@", "+1 (800)")
_SIGNS = ("-", ".", " ", ") ", "-", "--", "@", "")
_LETTERS = ("jkl", "flow", "abcdefg", "a", "0142", "7abc", "-", "mail.example.com", "42-abc")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_NUMBERS + _SIGNS + _LETTERS), max_size=14).map("".join))
def test_every_place_at_which_the_gate_of_numbers_in_letters_matches_is_marked(text: str) -> None:
    gate, places, at = re.compile(VANITY_GATE), set(), 0
    while match := gate.search(text, at):
        places.add(match.span())
        at = match.start() + 1
    about = about_of([Context("body", "US")])
    rare = scan_texts(page_of_texts([text]), np.zeros(1, dtype=np.int32), about, as_it_is=True, plain=True).rare
    marks = {(int(row[M_START]), int(row[M_END])) for row in rare if row[M_WAY] == IN_LETTERS}
    assert places <= marks, (text, places - marks)


def test_a_long_text_with_one_rare_way_is_read_whole() -> None:
    plain = "call 07700 900123 or wa.me/447700900456, massage from 9 to 20 in the old town. " * 40
    (found,) = compare([f"{plain}0113-4960-ABC or 07700 900123 x12, {plain}"], [Context("body", "GB")])
    assert len(found) == 162
    assert sum('"letters"' in one.evidence for one in found) == sum("extension" in one.evidence for one in found) == 1


def test_of_each_rare_way_the_first_marks_of_a_text_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (phone_marks, phone_rare_ways):
        monkeypatch.setattr(module, "MOST_MARKS", 3)
    apart = ", massage from 9 to 20 in the old town, ask for Anna, the first house behind the long wooden bridge; "
    texts = [apart.join(f"{way} {i}" for i in range(5)) for way in ("0113-4960-ABC", "wa . me / 44 7700 900123 or")]
    found = compare([*texts, texts[0] + apart + texts[1]], [Context("body", "GB")] * 3)
    letters = [sum('"letters"' in one.evidence for one in numbers) for numbers in found]
    assert letters == [3, 0, 3]
