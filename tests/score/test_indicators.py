"""Each indicator on a few adverts: one case that it finds, one that it must not."""

from __future__ import annotations

from typing import Any

import pytest

from felinar.score.explain import because_of_hit, registry
from felinar.score.indicators import ADVERT_RULES, OPERATION_RULES

PHONE = "+447700900123"


def test_three_names_behind_one_number_are_found_and_two_are_not(pile: Any) -> None:
    for name in ("ana", "bea", "cora"):
        pile.advert(1, name=[name], phone=[PHONE])
    for name in ("dina", "eva"):
        pile.advert(2, name=[name], phone=["+447700900456"])
    hit = pile.hit(1, "OP_MANY_NAMES_PER_CONTACT")
    assert because_of_hit(hit["indicator"], hit["evidence"]) == (
        "3 different first names stand behind +447700900123 within 90 days (ana, bea, cora), on 2026-01-01; "
        "contacts with as many adverts show 1 first name as a rule. 50 % of the linked operations show it."
    )
    assert pile.hit(2, "OP_MANY_NAMES_PER_CONTACT") is None


def test_names_spread_over_years_are_not_many_names_at_once(pile: Any) -> None:
    for year, name in enumerate(("ana", "bea", "cora")):
        pile.advert(1, day=400 * year, name=[name], phone=[PHONE])
    assert pile.hit(1, "OP_MANY_NAMES_PER_CONTACT") is None


def test_as_many_names_as_the_pile_usually_shows_are_nothing(pile: Any) -> None:
    for operation in range(30):
        for name in ("ana", "bea", "cora"):
            pile.advert(operation, name=[name], phone=[f"+4477009000{operation:02d}"])
    assert pile.hit(1, "OP_MANY_NAMES_PER_CONTACT") is None


def test_a_hub_is_nobodys_contact(pile: Any) -> None:
    for name in ("ana", "bea", "cora"):
        pile.advert(1, name=[name], phone=[PHONE], hub=True)
    assert pile.hit(1, "OP_MANY_NAMES_PER_CONTACT") is None


def test_contacts_used_one_after_the_other_are_rotation_and_kept_ones_are_not(pile: Any) -> None:
    for day in (0, 5, 20, 25, 40, 45):
        pile.advert(1, day=day, phone=[f"+4477009000{day // 20:02d}"])
        pile.advert(2, day=day, phone=["+447700900111"])
        pile.advert(3, day=day, phone=["+447700900201", "+447700900202", "+447700900203"])
    hit = pile.hit(1, "OP_MANY_CONTACTS_PER_NAMESET")
    assert because_of_hit(hit["indicator"], hit["evidence"]) == (
        "3 different telephone numbers were used within 46 days, between 2026-01-01 and 2026-02-15, one replaced by "
        "the next twice; each of them for less than 14 days. 33 % of the linked operations show it."
    )
    assert pile.hit(2, "OP_MANY_CONTACTS_PER_NAMESET") is None
    assert pile.hit(3, "OP_MANY_CONTACTS_PER_NAMESET") is None


def test_one_new_number_is_ordinary_unless_the_places_change_too_and_slow_changes_weigh_less(pile: Any) -> None:
    towns = ("Leeds, GB", "Hull, GB", "York, GB")
    for step, day in enumerate((0, 4, 8, 12, 16, 20)):
        pile.advert(1, day=day, phone=[f"+4477009001{step // 3:02d}"], place=["Leeds, GB"])
        pile.advert(2, day=day, phone=[f"+4477009002{step // 3:02d}"], place=[towns[step % 3]])
        pile.advert(3, day=20 * day, phone=[f"+4477009003{step // 3:02d}"], place=[towns[step % 3]])
    assert pile.hit(1, "OP_MANY_CONTACTS_PER_NAMESET") is None
    moving, slow = (pile.hit(o, "OP_MANY_CONTACTS_PER_NAMESET")["share"] for o in (2, 3))
    assert slow < moving


def test_as_many_new_numbers_as_operations_of_that_size_usually_have_are_nothing(pile: Any) -> None:
    for operation in range(30):
        for day in (0, 5, 20, 25):
            pile.advert(operation, day=day, phone=[f"+44770090{operation:02d}{day // 20:02d}"])
    assert pile.hit(1, "OP_MANY_CONTACTS_PER_NAMESET") is None


def test_a_few_adverts_weigh_less_than_many_with_the_same_share(pile: Any) -> None:
    pile.bystanders()
    for _ in range(2):
        pile.advert(1, phrase=["ADV_TRUST_LANGUAGE"])
    for _ in range(20):
        pile.advert(2, phrase=["ADV_TRUST_LANGUAGE"])
    few, many = (pile.hit(operation, "ADV_TRUST_LANGUAGE")["share"] for operation in (1, 2))
    assert few < many * 2 // 3


def test_what_speaks_against_counts_in_full_on_few_adverts_too(pile: Any) -> None:
    for _ in range(2):
        pile.advert(1, phrase=["CTR_INDEPENDENT_SIGNS"])
    assert pile.hit(1, "CTR_INDEPENDENT_SIGNS")["share"] == 1000


def test_posting_in_one_minute_of_the_hour_is_shown_and_weighs_nothing(pile: Any) -> None:
    for day in range(12):
        pile.advert(1, day=day + 0.25)
        pile.advert(2, day=day + day / 100)
    hit = pile.hit(1, "OP_REGULAR_CADENCE")
    assert (hit["numbers"]["same"], hit["weight"], pile.hit(2, "OP_REGULAR_CADENCE")) == (12, 0, None)


def test_a_date_without_a_time_of_day_is_no_cadence(pile: Any) -> None:
    for day in range(12):
        pile.advert(1, day=day + 0.5)  # noon and half a day: midnight
    assert pile.hit(1, "OP_REGULAR_CADENCE") is None


def test_a_week_with_three_times_the_usual_adverts_in_a_town_is_shown_and_weighs_nothing(pile: Any) -> None:
    for week in range(6):
        for _ in range(8 if week == 3 else 2):
            pile.advert(1, day=week * 7, place=["Leeds, GB"])
        for _ in range(8):
            pile.advert(2, day=week * 7, place=["Leeds, GB"])
    hit = pile.hit(1, "OP_BURST_EVENT")
    assert (hit["numbers"]["adverts"], hit["numbers"]["usual"], hit["weight"]) == (8, 2, 0)
    assert pile.hit(2, "OP_BURST_EVENT") is None


def test_three_names_in_three_towns_are_found_even_when_no_order_can_be_seen(pile: Any) -> None:
    for i, (name, town) in enumerate((("ana", "Leeds, GB"), ("bea", "Hull, GB"), ("cora", "York, GB"))):
        pile.advert(1, day=i, name=[name], place=[town])
        pile.advert(2, day=i, name=["dina"], place=[town])
    hit = pile.hit(1, "OP_CIRCUIT")
    assert because_of_hit("OP_CIRCUIT", hit["evidence"]).startswith("The adverts of 3 names stand in 3 places")
    assert pile.hit(2, "OP_CIRCUIT") is None


def test_two_names_in_the_same_three_towns_are_a_weak_circuit_and_one_touring_person_is_not(pile: Any) -> None:
    for stop, town in enumerate(("Leeds, GB", "Hull, GB", "York, GB")):
        for name in ("ana", "bea"):
            pile.advert(1, day=stop * 7, name=[name], place=[town], phone=[PHONE])
        pile.advert(2, day=stop * 7, name=["dina"], place=[town], phone=["+447700900456"])
    hit = pile.hit(1, "OP_CIRCUIT")
    assert "2 names stand in 3 places (Hull, GB; Leeds, GB; York, GB)" in because_of_hit("OP_CIRCUIT", hit["evidence"])
    assert pile.hit(2, "OP_CIRCUIT") is None


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


def test_a_set_that_stays_and_moves_on_is_a_stronger_circuit_than_one_that_stands_side_by_side(pile: Any) -> None:
    for day in range(12):
        name = ("ana", "bea", "cora")[day % 3 if day < 9 else 0]
        pile.advert(1, day=day, name=[name], place=[("Leeds, GB", "Hull, GB", "York, GB")[day // 4]])
        pile.advert(2, day=day, name=[name], place=[("Leeds, GB", "Hull, GB", "York, GB")[day * 5 % 3]])
    assert pile.hit(1, "OP_CIRCUIT")["share"] > pile.hit(2, "OP_CIRCUIT")["share"]


def test_names_behind_one_contact_count_half_where_all_adverts_are_in_one_town(pile: Any) -> None:
    for i, name in enumerate(("ana", "bea", "cora", "dina")):
        pile.advert(1, day=i, name=[name], phone=[PHONE], place=["Leeds, GB"])
        pile.advert(2, day=i, name=[name], phone=["+447700900456"], place=[("Leeds, GB", "Hull, GB")[i % 2]])
        pile.advert(3, day=i, name=[name], phone=["+447700900789"])
    home, away, unknown = (pile.hit(operation, "OP_MANY_NAMES_PER_CONTACT")["share"] for operation in (1, 2, 3))
    assert 2 * home == away == unknown


def test_a_set_of_three_names_that_moves_together_is_a_circuit_and_one_that_stands_everywhere_is_not(pile: Any) -> None:
    towns = ("Leeds, GB", "Hull, GB", "York, GB", "Bath, GB")
    for stop, town in enumerate(towns):
        for i, name in enumerate(("ana", "bea", "cora")):
            if (stop + i) % 3:
                pile.advert(1, day=stop * 7 + i, name=[name], place=[town])
            pile.advert(2, day=stop * 7 + i, name=[name], place=[towns[(stop + i) % 4]])
            pile.advert(3, day=stop * 7 + i, name=[name], place=[towns[0]])
            pile.advert(4, day=stop * 7 + i, name=["dina"], place=[town])
    assert pile.hit(1, "OP_CIRCUIT")["numbers"]["stops"] == 4
    assert [pile.hit(operation, "OP_CIRCUIT") for operation in (3, 4)] == [None, None]
    assert "stops" not in (pile.hit(2, "OP_CIRCUIT") or {"numbers": {}})["numbers"]


def test_one_contact_in_two_towns_within_a_day_is_found_when_it_happens_twice(pile: Any) -> None:
    for day in (0, 10):
        for town in ("Leeds, GB", "Hull, GB"):
            pile.advert(1, day=day, place=[town], phone=[PHONE])
            pile.advert(2, day=day + (5 if town == "Hull, GB" else 0), place=[town], phone=["+447700900456"])
    assert pile.hit(1, "OP_SIMULTANEOUS_CITIES")["numbers"]["times"] == 2
    assert pile.hit(2, "OP_SIMULTANEOUS_CITIES") is None


def test_neighbouring_towns_are_near_when_coordinates_say_so(pile: Any) -> None:
    for day in (0, 10):
        for town, north in (("Leeds, GB", 53.8), ("Bradford, GB", 53.79)):
            pile.advert(1, day=day, place=[town], phone=[PHONE], latitude=north, longitude=-1.6)
    assert pile.hit(1, "OP_SIMULTANEOUS_CITIES") is None


def test_a_text_over_two_contacts_is_shared_and_a_repost_is_not(pile: Any) -> None:
    for i in range(6):
        pile.advert(1, near_duplicate=["a"], phone=[f"+4477009000{i % 3:02d}"])
        pile.advert(2, near_duplicate=["b"], phone=["+447700900456"], name=["ana"])
    assert pile.hit(1, "OP_SHARED_TEMPLATE")["numbers"]["contacts"] == 3
    assert pile.hit(2, "OP_SHARED_TEMPLATE") is None


def test_a_contact_that_stands_on_one_advert_may_be_misread_and_makes_no_text_shared(pile: Any) -> None:
    for i in range(4):
        pile.advert(1, near_duplicate=["a"], phone=[f"+4477009000{i:02d}"])
    assert pile.hit(1, "OP_SHARED_TEMPLATE") is None


def test_a_number_read_with_another_prefix_is_the_same_number(pile: Any) -> None:
    for number in ("+447700900123", "+497700900123", "+447700900123", "+497700900123"):
        pile.advert(1, near_duplicate=["a"], phone=[number])
    assert pile.hit(1, "OP_SHARED_TEMPLATE") is None


@pytest.mark.parametrize(("kind", "indicator"), [("picture", "OP_SHARED_PHOTOS"), ("wallet", "OP_PAYMENT_LINK")])
def test_a_picture_or_a_wallet_over_three_names_is_shared(pile: Any, kind: str, indicator: str) -> None:
    for i, name in enumerate(("ana", "bea", "dina")):
        pile.advert(1, name=[name], **{kind: ["x"]})
        pile.advert(2, name=["cora"], **{kind: [f"y{i}"]})
    assert pile.hit(1, indicator)["numbers"]["names"] == 3
    assert pile.hit(2, indicator) is None


def test_many_adverts_a_week_stand_out_against_the_pile(pile: Any) -> None:
    pile.bystanders()
    for i in range(12):
        pile.advert(1, day=i % 5)
    assert pile.hit(1, "OP_SIZE")["numbers"]["adverts"] == 12
    assert pile.hit(1000, "OP_SIZE") is None


def test_three_sites_in_a_week_are_found_and_three_in_a_year_are_not(pile: Any) -> None:
    for i, site in enumerate(("a.example", "b.example", "c.example")):
        pile.advert(1, day=i, site=site)
        pile.advert(2, day=i * 60, site=site)
    assert pile.hit(1, "OP_MULTI_SITE")["numbers"]["sites"] == 3
    assert pile.hit(2, "OP_MULTI_SITE") is None


def test_one_price_for_three_names_is_found_unless_the_market_asks_it(pile: Any) -> None:
    for name in ("ana", "bea", "cora"):
        pile.advert(1, name=[name], price=["65 USD"])
        pile.advert(2, name=[name], price=["50 USD"])
    pile.bystanders(price=["50 USD"])
    assert pile.hit(1, "OP_PRICE_UNIFORM")["numbers"]["names"] == 3
    assert pile.hit(2, "OP_PRICE_UNIFORM") is None


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


PHRASES = [rule.indicator for rule in ADVERT_RULES if rule.shows is None]


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


def test_unknown_category_is_a_job_only_where_a_job_phrase_says_so(pile: Any) -> None:
    for _ in range(2):
        pile.advert(1, category="", phrase=["JOB_FEE"])
        pile.advert(2, category="", phrase=["ADV_TRUST_LANGUAGE"])
    assert pile.hit(1, "JOB_FEE") is not None
    assert pile.hit(2, "ADV_TRUST_LANGUAGE") is not None


def test_a_mention_that_the_extractor_doubts_counts_nothing(pile: Any) -> None:
    for name in ("ana", "bea"):
        advert = pile.advert(1)
        pile.mention(advert, "name", name)
        pile.mention(advert, "name", "cora", confidence=40)
    assert pile.hit(1, "ADV_MULTI_PERSON") is None


def test_there_are_eight_structural_and_twelve_advert_indicators_and_each_stands_in_the_registry() -> None:
    rules = [r.indicator for r in (*OPERATION_RULES, *ADVERT_RULES)]
    assert len(rules) == len(set(rules))
    assert sum(registry()[r].structural for r in rules) >= 8
    assert sum(registry()[r].level == "advert" for r in rules) >= 12


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


def test_one_contact_in_three_towns_within_a_week_is_found_and_two_towns_are_not(pile: Any) -> None:
    for day, town in enumerate(("Leeds, GB", "Hull, GB", "York, GB")):
        pile.advert(1, day=4 + day * 1.5, phone=[PHONE], place=[town])
        pile.advert(2, day=4 + day * 1.5, phone=["+447700900124"], place=[town if day < 2 else "Leeds, GB"])
        pile.advert(3, day=4 + day * 14, phone=["+447700900125"], place=[town])
    hit = pile.hit(1, "OP_SIMULTANEOUS_CITIES")
    assert because_of_hit(hit["indicator"], hit["evidence"]).startswith(
        "Within 7 days, between 2026-01-05 and 2026-01-08, the contact +447700900123 stood in 3 places "
        "(Hull, GB; Leeds, GB; York, GB)."
    )
    assert pile.hit(2, "OP_SIMULTANEOUS_CITIES") is None
    assert pile.hit(3, "OP_SIMULTANEOUS_CITIES") is None


def test_two_names_in_three_towns_weigh_less_than_three_names_and_one_name_nothing(pile: Any) -> None:
    for step, town in enumerate(("Leeds, GB", "Hull, GB", "York, GB") * 2):
        pile.advert(1, day=10 * step, place=[town], name=["ana"], phone=["+447700900101"])
        pile.advert(2, day=10 * step, place=[town], name=[("ana", "bea")[step % 2]], phone=["+447700900102"])
        pile.advert(3, day=10 * step, place=[town], name=[("ana", "bea", "cora")[step % 3]], phone=["+447700900103"])
    assert pile.hit(1, "OP_CIRCUIT") is None
    assert pile.hit(2, "OP_CIRCUIT")["share"] < pile.hit(3, "OP_CIRCUIT")["share"]


def test_a_text_that_outlives_a_number_is_not_shared(pile: Any) -> None:
    for day in range(4):
        pile.advert(1, day=day * 10, near_duplicate=["a"], phone=[f"+44770090012{day // 2}"], name=["ana"])
        pile.advert(2, day=day, near_duplicate=["b"], phone=[f"+44770090022{day % 2}"], name=[("ana", "bea")[day % 2]])
    assert pile.hit(1, "OP_SHARED_TEMPLATE") is None
    assert pile.hit(2, "OP_SHARED_TEMPLATE") is not None


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


def test_three_contacts_at_one_address_are_a_venue_and_a_town_hall_square_is_none(pile: Any) -> None:
    for flat in range(3):
        for _ in range(2):
            pile.advert(1, place_text="12 Mill Lane, Leeds", phone=[f"+44770090012{flat}"])
            pile.advert(2, place_text="Leeds", phone=[f"+44770090022{flat}"])
            pile.advert(3, latitude=53.8, longitude=-1.55, phone=[f"+44770090032{flat}"])
    hit = pile.hit(1, "OP_VENUE_CLUSTER")
    assert because_of_hit(hit["indicator"], hit["evidence"]).startswith(
        "3 contacts are reached at one address (12 mill lane leeds), on 6 adverts, on 2026-01-01."
    )
    assert pile.hit(2, "OP_VENUE_CLUSTER") is None
    assert pile.hit(3, "OP_VENUE_CLUSTER")["numbers"]["venue"] == "53.8, -1.55"
    for operation in range(10, 14):
        pile.advert(operation, latitude=53.8, longitude=-1.55)
    assert pile.hit(3, "OP_VENUE_CLUSTER") is None


def test_our_team_makes_no_service_of_an_advert_of_unknown_kind_and_conditions_of_work_make_it_a_job(pile: Any) -> None:
    for _ in range(2):
        pile.advert(1, category="job", phone=[PHONE])
        pile.advert(1, category="", phone=[PHONE], phrase=["ADV_THIRD_PERSON"])
        pile.mention(pile.advert(2, category="", phone=["+447700900124"]), "job", "contract:later")
        pile.advert(2, category="service", phone=["+447700900124"])
    assert pile.hit(1, "OP_JOBS_AND_SERVICES") is None
    assert pile.hit(2, "OP_JOBS_AND_SERVICES") is not None
