"""What offers of work show of who is behind them: recruiters, employers, and services under the same contact."""

from __future__ import annotations

from typing import Any

from felinar.score.explain import because_of_hit

PHONE = "+447700900123"


def test_job_offers_that_move_on_from_town_to_town_are_found_and_branches_side_by_side_are_not(pile: Any) -> None:
    towns = ("Leeds, GB", "Hull, GB", "York, GB")
    for day in range(12):
        pile.advert(1, day=day, job=True, place=[towns[day // 4]])
        pile.advert(2, day=day, job=True, place=[towns[day % 3]])
        pile.advert(3, day=day, job=True, place=[towns[day // 6]])
    hit = pile.hit(1, "JOB_MOVING_OFFER")
    assert (hit["numbers"]["adverts"], hit["numbers"]["places"], hit["numbers"]["stops"]) == (12, 3, 3)
    assert hit["numbers"]["examples"] == list(towns)
    assert [pile.hit(operation, "JOB_MOVING_OFFER") for operation in (2, 3)] == [None, None]


def test_job_offers_in_several_towns_under_one_contact_are_found_and_half_as_strong_side_by_side(pile: Any) -> None:
    towns = ("Leeds, GB", "Hull, GB", "York, GB")
    for day in range(18):
        given = {"day": day, "job": True}
        pile.advert(1, phone=[PHONE], place=[towns[day // 6]], **given)
        pile.advert(2, phone=["+447700900456"], place=[towns[day % 3]], **given)
        pile.advert(3, phone=[f"+4477009007{day % 3:02d}"], place=[towns[day % 3]], **given)
    moving, side = (pile.hit(operation, "JOB_SEVERAL_TOWNS") for operation in (1, 2))
    assert (moving["numbers"]["places"], moving["share"], side["share"]) == (3, 900, 450)
    assert pile.hit(3, "JOB_SEVERAL_TOWNS") is None


def test_one_contact_in_job_offers_and_services_is_found(pile: Any) -> None:
    for job in (True, False):
        pile.advert(1, job=job, phone=[PHONE])
        pile.advert(2, job=job, phone=[f"+44770090010{int(job)}"])
    hit = pile.hit(1, "OP_JOBS_AND_SERVICES")
    assert because_of_hit(hit["indicator"], hit["evidence"]) == (
        f"{PHONE} stands in 1 job offer and in 1 service advert, on 2026-01-01. 50 % of the linked operations show it."
    )
    assert pile.hit(2, "OP_JOBS_AND_SERVICES") is None


def test_messages_only_makes_no_job_offer_of_an_advert_of_unknown_kind(pile: Any) -> None:
    for indicator in ("JOB_CHAT_ONLY", "JOB_FEE"):
        operation = 1 if indicator == "JOB_CHAT_ONLY" else 2
        phone = f"+44770090010{operation}"
        pile.advert(operation, category="", phone=[phone], phrase=[indicator])
        pile.advert(operation, phone=[phone])
    assert pile.hit(1, "OP_JOBS_AND_SERVICES") is None
    assert pile.hit(2, "OP_JOBS_AND_SERVICES") is not None


def test_one_job_text_for_several_employers_is_found(pile: Any) -> None:
    for i in range(3):
        pile.advert(1, job=True, near_duplicate=["a"], extra=f'{{"company":"Firm {i}"}}')
        pile.advert(2, job=True, near_duplicate=["b"], extra='{"company":"Firm"}')
    assert pile.hit(1, "JOB_SAME_TEXT_MANY_EMPLOYERS")["numbers"]["employers"] == 3
    assert pile.hit(2, "JOB_SAME_TEXT_MANY_EMPLOYERS") is None


def test_unknown_category_is_a_job_only_where_a_job_phrase_says_so(pile: Any) -> None:
    for _ in range(2):
        pile.advert(1, category="", phrase=["JOB_FEE"])
        pile.advert(2, category="", phrase=["ADV_TRUST_LANGUAGE"])
    assert pile.hit(1, "JOB_FEE") is not None
    assert pile.hit(2, "ADV_TRUST_LANGUAGE") is not None


def test_a_venue_that_looks_for_staff_in_its_own_town_weighs_less_than_one_that_looks_elsewhere(pile: Any) -> None:
    for _ in range(2):
        for operation, town in ((1, "Leeds, GB"), (2, "Hull, GB")):
            pile.advert(operation, job=True, phone=[f"+44770090012{operation}"], place=[town])
            pile.advert(operation, phone=[f"+44770090012{operation}"], place=["Leeds, GB"])
    own, other = (pile.hit(operation, "OP_JOBS_AND_SERVICES")["share"] for operation in (1, 2))
    assert own * 2 <= other + 1


def test_a_number_that_was_handed_out_again_ties_no_job_to_a_service(pile: Any) -> None:
    for day in (0, 3):
        pile.advert(1, day=day, job=True, phone=[PHONE])
        pile.advert(1, day=200 + day, phone=[PHONE])
    assert pile.hit(1, "OP_JOBS_AND_SERVICES") is None


def test_our_team_makes_no_service_of_an_advert_of_unknown_kind_and_conditions_of_work_make_it_a_job(pile: Any) -> None:
    for _ in range(2):
        pile.advert(1, category="job", phone=[PHONE])
        pile.advert(1, category="", phone=[PHONE], phrase=["ADV_THIRD_PERSON"])
        pile.mention(pile.advert(2, category="", phone=["+447700900124"]), "job", "contract:later")
        pile.advert(2, category="service", phone=["+447700900124"])
    assert pile.hit(1, "OP_JOBS_AND_SERVICES") is None
    assert pile.hit(2, "OP_JOBS_AND_SERVICES") is not None
