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
        pile.advert(3, day=10 * day, phone=[f"+4477009003{step // 3:02d}"], place=[towns[step % 3]])
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


def test_names_behind_one_contact_count_half_where_all_adverts_are_in_one_town(pile: Any) -> None:
    for i, name in enumerate(("ana", "bea", "cora", "dina")):
        pile.advert(1, day=i, name=[name], phone=[PHONE], place=["Leeds, GB"])
        pile.advert(2, day=i, name=[name], phone=["+447700900456"], place=[("Leeds, GB", "Hull, GB")[i % 2]])
        pile.advert(3, day=i, name=[name], phone=["+447700900789"])
    home, away, unknown = (pile.hit(operation, "OP_MANY_NAMES_PER_CONTACT")["share"] for operation in (1, 2, 3))
    assert 2 * home == away == unknown


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


def test_there_are_eight_structural_and_twelve_advert_indicators_and_each_stands_in_the_registry() -> None:
    rules = [r.indicator for r in (*OPERATION_RULES, *ADVERT_RULES)]
    assert len(rules) == len(set(rules))
    assert sum(registry()[r].structural for r in rules) >= 8
    assert sum(registry()[r].level == "advert" for r in rules) >= 12


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


def test_a_text_that_outlives_a_number_is_not_shared(pile: Any) -> None:
    for day in range(4):
        pile.advert(1, day=day * 10, near_duplicate=["a"], phone=[f"+44770090012{day // 2}"], name=["ana"])
        pile.advert(2, day=day, near_duplicate=["b"], phone=[f"+44770090022{day % 2}"], name=[("ana", "bea")[day % 2]])
    assert pile.hit(1, "OP_SHARED_TEMPLATE") is None
    assert pile.hit(2, "OP_SHARED_TEMPLATE") is not None


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
