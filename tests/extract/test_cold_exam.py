"""Four exams of the readers: disguises, languages and negatives that nobody looked at while the rules were written.

The bounds are what was measured after mending; docs/extract.md tells what was read at first sight.
"""

import re
from pathlib import Path

import phonenumbers
import pytest

from felinar.extract import extract
from felinar.extract.phone_reserved import is_reserved
from felinar.tables import ADVERTS

DATA = Path(__file__).parent / "data"
PHONE_GROUPS = """
    plain words mixed misspelt glued glyph lookalike sep between reversed lines title zerowidth bracket link keypad two
    noise neg code extension
"""
EXAMS = ["cold_exam.tsv", "cold_exam_second.tsv", "cold_exam_third.tsv", "cold_exam_fourth.tsv"]
PHONES = frozenset(PHONE_GROUPS.split())
FIELDS = frozenset(("email", "handle", "url", "wallet", "iban", "price", "age", "name", "place", "phone"))
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|n|r|\\)")
_SIGNS = {"n": "\n", "r": "\r", "\\": "\\"}


def cases(name):
    """Return (group, country, title, body, expected (kind, value) pairs) of an exam."""
    rows = []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        group, country, text, *expected = line.split("\t")
        text = _ESCAPE.sub(lambda m: _SIGNS.get(m[1]) or chr(int(m[1][1:], 16)), text)
        title, _, body = text.rpartition(" ## ")
        rows.append((group, country, title, body, [tuple(e.split("=", 1)) for e in expected if e]))
    return rows


def adverts(rows):
    return ADVERTS.from_rows(
        [{"advert_id": i, "country_hint": r[1], "title": r[2], "body": r[3]} for i, r in enumerate(rows)]
    )


def same_number(a, b):
    a, b = a.lstrip("+"), b.lstrip("+")
    return any(a[i:] == b[j:] for i in range(4) for j in range(4))


def same(expected, found):
    kind, value = expected
    return kind == found[0] and (same_number(value, found[1]) if kind == "phone" else value == found[1])


def score(rows):
    """Return (right, wrong, missed, texts without a mistake) for the groups of phones and for the other fields."""
    found = [dict.fromkeys(()) for _ in rows]
    for mention in extract(adverts(rows)).to_pylist():
        kinds = {"phone"} if rows[mention["advert_id"]][0] in PHONES else FIELDS
        if mention["kind"] in kinds:
            found[mention["advert_id"]][mention["kind"], mention["value"]] = None
    totals = {True: [0, 0, 0, 0], False: [0, 0, 0, 0]}
    for (group, _, _, _, expected), got in zip(rows, found, strict=True):
        left, wrong = list(expected), 0
        for one in got:
            match = next((e for e in left if same(e, one)), None)
            if match is None:
                wrong += not any(same(e, one) for e in expected)
            else:
                left.remove(match)
        counts = (len(expected) - len(left), wrong, len(left), not wrong and not left)
        totals[group in PHONES] = [a + b for a, b in zip(totals[group in PHONES], counts, strict=True)]
    return totals[True], totals[False]


@pytest.mark.parametrize("name", EXAMS)
def test_native_and_plain_readers_give_the_same_mentions(name):
    table = adverts(cases(name))

    assert extract(table, native=True).equals(extract(table, native=False))


@pytest.mark.parametrize("name", EXAMS)
def test_all_numbers_are_reserved_for_fiction_or_no_valid_ones(name):
    for *_, expected in cases(name):
        for value in (v for kind, v in expected if kind == "phone"):
            number = phonenumbers.parse(value)
            region = phonenumbers.region_code_for_country_code(number.country_code)
            reserved = is_reserved(region, str(number.national_number))
            assert reserved or not phonenumbers.is_valid_number(number), value


def test_the_first_exam_is_read_as_well_as_when_its_gaps_were_mended():
    phones, fields = score(cases("cold_exam.tsv"))

    assert phones[0] >= 309 and phones[1] <= 5 and phones[3] >= 381
    assert fields[0] >= 146 and fields[1] <= 4 and fields[3] >= 118


def test_the_second_exam_is_read_as_well_as_when_its_gaps_were_mended():
    phones, fields = score(cases("cold_exam_second.tsv"))

    assert phones[0] >= 114 and phones[1] == 0 and phones[3] >= 134
    assert fields[0] >= 20 and fields[1] == 0 and fields[3] >= 19


def test_the_third_exam_is_read_as_well_as_when_its_gaps_were_mended():
    phones, _ = score(cases("cold_exam_third.tsv"))

    assert phones[0] >= 204 and phones[1] <= 3 and phones[3] >= 257


def test_the_fourth_exam_is_read_as_well_as_when_its_gaps_were_mended():
    phones, fields = score(cases("cold_exam_fourth.tsv"))

    assert phones[0] >= 198 and phones[1] <= 7 and phones[3] >= 226
    assert fields[0] >= 90 and fields[1] <= 3 and fields[3] >= 56
