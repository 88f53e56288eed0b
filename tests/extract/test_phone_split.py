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
