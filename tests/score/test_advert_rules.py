"""What a single advert shows, and how often an operation has to show it."""

from __future__ import annotations

from typing import Any

import pytest

from felinar.score.explain import registry
from felinar.score.indicators import ADVERT_RULES

PHONE = "+447700900123"
PHRASES = [rule.indicator for rule in ADVERT_RULES if rule.shows is None]


def test_an_obscured_number_counts_only_where_it_is_obscured(pile: Any) -> None:
    for obscured in (True, True, False):
        pile.advert(1, phone=[PHONE], obscured=obscured)
        pile.advert(2, phone=["+447700900456"])
    hit = pile.hit(1, "ADV_OBSCURED_CONTACT")
    assert (hit["numbers"]["adverts"], hit["numbers"]["of"], hit["advert_ids"]) == (2, 3, [1, 3])
    assert pile.hit(2, "ADV_OBSCURED_CONTACT") is None


def test_a_text_posted_before_by_a_stranger_is_copied_and_the_older_advert_is_not_marked(pile: Any) -> None:
    for day in (0, 1):
        pile.advert(1, day=day, near_duplicate=["a"])
        pile.advert(2, day=day + 30, near_duplicate=["a"])
    assert pile.hit(2, "ADV_COPIED_TEXT")["advert_ids"] == [2, 4]
    assert pile.hit(1, "ADV_COPIED_TEXT") is None


def test_two_names_in_one_advert_are_several_persons(pile: Any) -> None:
    pile.advert(1, name=["ana", "bea"])
    pile.advert(1, name=["ana", "bea"])
    for _ in range(3):
        pile.advert(2, name=["cora"])
    assert pile.hit(1, "ADV_MULTI_PERSON")["numbers"]["adverts"] == 2
    assert pile.hit(2, "ADV_MULTI_PERSON") is None


def test_pay_far_above_the_same_unit_is_too_good(pile: Any) -> None:
    for i in range(20):
        for _ in range(2):
            pile.advert(100 + i, job=True, price=[f"{1000 + i} EUR/month"])
    for _ in range(2):
        pile.advert(1, job=True, price=["9000 EUR/month"])
    assert pile.hit(1, "JOB_PAY_TOO_GOOD")["numbers"]["adverts"] == 2
    assert pile.hit(100, "JOB_PAY_TOO_GOOD") is None


def test_the_form_of_a_job_advert_shows_how_the_employer_can_be_found(pile: Any) -> None:
    for _ in range(2):
        pile.advert(1, job=True, handle=["quick_work"], body="Work.")
        pile.advert(2, job=True, email=["jobs@gmail.com"], body="Work. " * 100)
        pile.advert(3, job=True, email=["jobs@firm.example"], url=["https://firm.example/"], body="Work. " * 100)
    rows = pile.score()[0].to_pylist()
    found = {(row["operation_id"], row["indicator"]) for row in rows}
    expected = {
        (1, "JOB_CHAT_ONLY"),
        (1, "JOB_SHORT_TEXT"),
        (1, "JOB_VAGUE_EMPLOYER"),
        (2, "JOB_FREE_MAIL_OR_MESSENGER"),
        (2, "JOB_VAGUE_EMPLOYER"),
    }
    assert found == expected


def test_the_address_at_which_a_job_advert_stood_does_not_name_the_employer(pile: Any) -> None:
    for _ in range(2):
        pile.mention(pile.advert(1, job=True), "url", "https://site.example/job/1", field="url")
        pile.advert(2, job=True, url=["https://firm.example/"])
    assert pile.hit(1, "JOB_VAGUE_EMPLOYER") is not None
    assert pile.hit(2, "JOB_VAGUE_EMPLOYER") is None


@pytest.mark.parametrize("indicator", PHRASES)
def test_a_phrase_speaks_for_the_indicator_that_it_names_and_only_in_its_domain(pile: Any, indicator: str) -> None:
    jobs = registry()[indicator].domain == "jobs"
    for _ in range(2):
        pile.advert(1, job=jobs, phrase=[indicator])
        pile.advert(2, job=not jobs, phrase=[indicator])
        pile.advert(3, job=jobs)
    assert pile.hit(1, indicator)["numbers"] == {
        "adverts": 2, "of": 2, "usual": 0, "sites": 0, "countries": 0, "peers": 333,
    }  # fmt: skip
    assert pile.hit(2, indicator) is None
    assert pile.hit(3, indicator) is None


def test_a_sign_that_is_as_common_in_the_whole_pile_is_no_hit(pile: Any) -> None:
    for operation in range(10):
        pile.advert(operation, phrase=["ADV_TRUST_LANGUAGE"])
        pile.advert(operation)
        pile.advert(operation)
    assert pile.hit(1, "ADV_TRUST_LANGUAGE") is None


def test_one_advert_alone_in_its_domain_is_no_habit(pile: Any) -> None:
    pile.advert(1, job=True, phrase=["JOB_FEE"])
    pile.advert(1)
    assert pile.hit(1, "JOB_FEE") is None


def test_a_mention_that_the_extractor_doubts_counts_nothing(pile: Any) -> None:
    for name in ("ana", "bea"):
        advert = pile.advert(1)
        pile.mention(advert, "name", name)
        pile.mention(advert, "name", "cora", confidence=40)
    assert pile.hit(1, "ADV_MULTI_PERSON") is None


def test_what_a_site_or_a_country_shows_anyway_is_no_sign_there(pile: Any) -> None:
    for operation in range(100, 160):
        for _ in range(2):
            pile.advert(operation, site="strict.example", phrase=["ADV_TRUST_LANGUAGE"])
            pile.advert(operation + 100, site="free.example")
            pile.advert(operation + 200, site="free.example", place=["Cork, IE"])
    for _ in range(4):
        pile.advert(1, site="strict.example", phrase=["ADV_TRUST_LANGUAGE"])
        pile.advert(2, site="free.example", phrase=["ADV_TRUST_LANGUAGE"])
    assert pile.hit(1, "ADV_TRUST_LANGUAGE") is None
    assert pile.hit(2, "ADV_TRUST_LANGUAGE")["numbers"]["sites"] < 100
