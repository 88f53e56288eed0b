"""What is typed as words: phrases, beginnings, slips, filters; and what is never searched for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from felinar.errors import FelinarError
from felinar.search.query import is_filtered, read_query
from felinar.search.refused import Refused, refuse_young
from felinar.store.index_query import KIND, LANGUAGE, PLACE, SITE, Clause, Filter, How


def test_every_sign_of_the_query_language_is_read():
    query = read_query(
        'massage "Quiet Flat" masaj* masage~ -agency place:"San Diego" site:www.Ads.example lang:RO'
    ).query
    assert query.clauses == (
        Clause(("massage",)),
        Clause(("quiet", "flat")),
        Clause(("masaj",), How.PREFIX),
        Clause(("masage",), How.TYPO),
        Clause(("agency",), excluded=True),
        Clause(("san", "diego"), field=PLACE),
    )
    assert query.filters == (Filter(SITE, "ads.example"), Filter(LANGUAGE, "ro"))


@pytest.mark.parametrize(
    ("typed", "days"),
    [("after:1970-01-03", (2, None)), ("before:1971", (None, 365)), ("after:1970-02 before:1970-03-01", (31, 59))],
)
def test_a_day_a_month_or_a_year_bounds_the_time(typed, days):
    query = read_query(typed).query
    assert (query.first_day, query.end_day) == days


def test_a_filter_may_be_denied_and_a_kind_asked_for():
    assert read_query("-kind:job").query.filters == (Filter(KIND, "job", True),)
    assert read_query("-kind:job").query.is_empty


def test_how_it_was_read_is_said_in_words():
    assert read_query("massage place:leeds after:2026-03").how == (
        "the word 'massage', the place 'leeds' and posted on 2026-03-01 or later"
    )


def test_an_unknown_name_before_a_colon_is_only_words():
    assert read_query("note:this").query.clauses == (Clause(("note", "this")),)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("ma*", "3 letters"),
        ("mas~", "4 letters"),
        ('"two words"~', "one word"),
        ("kind:agency", "service, job"),
        ("after:yesterday", "after:2026-03-09"),
        ("before:2026-13", "is no day"),
        ("place:!", "needs a place"),
        ("x " * 40, "too many"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_what_can(typed, says):
    with pytest.raises(FelinarError, match=says):
        read_query(typed)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_sentence(typed):
    try:
        read = read_query(typed)
    except FelinarError as problem:
        assert str(problem)
    else:
        assert read.query.is_empty or read.how


def test_only_signs_of_the_language_make_a_value_a_query():
    assert not any(map(is_filtered, ("+44 7700 900123", "ana@example.org", "https://a.example/b", "two words")))
    assert all(map(is_filtered, ('"a phrase"', "begin*", "typo~", "a -b", "place:leeds")))


@pytest.mark.parametrize(
    "typed",
    [
        "17 years old",
        "seventeen years old",
        "girl of 16",
        "age 15",
        "8 year old",
        "siebzehn jahre alt",
        "tiene 15 años",
    ],
)
def test_an_age_under_18_is_not_searched_for(typed):
    with pytest.raises(Refused, match="under 18"):
        refuse_young(typed)


@pytest.mark.parametrize("typed", ["18 years old", "25 ans", "massage 17", "10 years experience", "street 16, leeds"])
def test_other_numbers_are(typed):
    refuse_young(typed)
