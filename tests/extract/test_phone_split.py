import json

import pytest

from felinar.extract.contract import Context
from felinar.extract.phone_split import across
from felinar.kernels.fold import fold


def split(title, body, country=""):
    return list(across({"title": fold(title), "body": fold(body)}, Context(country=country)))


@pytest.mark.parametrize(
    ("country", "title", "body", "value"),
    [
        ("GB", "Cleaner, start in 05/2026 01174 …", "For bookings … 960360 Written contract", "+441174960360"),
        ("FR", "Ménage à domicile 0536 …", "Contact … 497249 11:00-20:00 Bien à vous", "+33536497249"),
        ("GB", "Massage 07700...", "...900 123 call me", "+447700900123"),
    ],
)
def test_joins_a_number_that_the_title_begins_and_the_body_ends(country, title, body, value):
    ((_, mention),) = split(title, body, country)
    assert mention.value == value


@pytest.mark.parametrize(
    ("country", "title", "body", "value"),
    [
        ("PL", "Sprzątanie Tychy 70584", "Masaż od 8 do 16. Proszę pisać na 8325. Zapraszam", "+48705848325"),
        ("GB", "Massage 07700", "Clean towels, 2 rooms.\nTel. 900123", "+447700900123"),
        ("FR", "Ménage 0639", "De 8 h à 20 h. ☎ 981234, Leeds 2024", "+33639981234"),
        ("NL", "Ramen lappen 31601", "Appen kan op 909633", "+31601909633"),
    ],
)
def test_joins_the_end_of_a_title_with_what_is_given_out_as_a_number_anywhere_in_the_body(country, title, body, value):
    ((_, mention),) = split(title, body, country)
    assert mention.value == value


@pytest.mark.parametrize(
    ("country", "title", "body"),
    [
        ("PL", "Mieszkanie 1500", "Oferta nr 12345"),
        ("PL", "Telefon Tychy 70584", "telefon 8325 zł"),
        ("PL", "Masaż, ref 70584", "Tel. 8325"),
        ("PL", "Sprzątanie Tychy 70584", "W pokoju 8325"),
        ("PL", "Sprzątanie Tychy 70584", "Tel. 8325 albo +48 512 739 316"),
        ("GB", "Massage 4413", "Tel. 4960"),
        ("US", "Wrenches 450", "Call 555-0142"),
    ],
)
def test_joins_nothing_behind_a_cue_that_is_a_price_a_reference_or_a_local_number(country, title, body):
    assert split(title, body, country) == []


def test_stands_on_the_field_with_more_digits_and_names_the_other_part():
    title, body = "Massage 0770 …", "Call … 0900123 now"
    ((field, mention),) = split(title, body, "GB")
    evidence = json.loads(mention.evidence)
    assert (field, body[mention.start : mention.end]) == ("body", "0900123")
    assert evidence["field"] == "title"
    assert title[evidence["start"] : evidence["end"]] == evidence["digits"] == "0770"
    assert mention.obscured


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Massage 07700 900123", "… 900124"),
        ("Massage 0770 …", "call 07700 900123"),
        ("Open since 2019 …", "… 900123"),
        ("Massage £140 …", "… 4960360"),
        ("Massage", "… 900123"),
        ("Massage 0770 …", "no digits"),
        ("", ""),
    ],
)
def test_joins_nothing_where_the_parts_make_no_number_or_one_is_a_number_alone(title, body):
    assert split(title, body, "GB") == []


def test_needs_a_title_and_a_body():
    assert list(across({"title": fold("0770 …")}, Context(country="GB"))) == []
