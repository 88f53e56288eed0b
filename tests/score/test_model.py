"""The additive model, the gate, what is recognised, and determinism."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from felinar.score.contract import Found
from felinar.score.counting import Ties, count_distinct, distinct, join, tie
from felinar.score.explain import because_of_hit, registry
from felinar.score.model import LEAST_SCORE, Hit, add_up, points
from felinar.tables import HITS, LEADS


def test_empty_tables_give_empty_tables(pile: Any) -> None:
    hits, leads = pile.score()
    assert hits.equals(HITS.empty())
    assert leads.equals(LEADS.empty())


def test_shuffled_rows_give_the_same_tables(crew: Any) -> None:
    first = crew.score()
    for seed in range(3):
        again = crew.score(shuffle=seed)
        assert first[0].equals(again[0])
        assert first[1].equals(again[1])


def test_the_score_is_the_sum_of_its_terms_and_ranks_follow_score_then_id(crew: Any) -> None:
    leads = crew.score()[1].to_pylist()
    for lead in leads:
        assert lead["score"] == sum(r["points"] for r in lead["reasons_for"] + lead["reasons_against"])
    assert [lead["rank"] for lead in leads] == list(range(1, len(leads) + 1))
    assert leads == sorted(leads, key=lambda lead: (-lead["score"], lead["operation_id"]))
    assert leads[0]["operation_id"] == 7


def _hit(indicator: str, share: int = 1000) -> Hit:
    known = registry()[indicator]
    return Hit(known, Found(0, share, {}, np.array([0])), points(known.weight, share))


def test_at_most_the_two_strongest_of_a_family_count() -> None:
    family = ["OP_MANY_NAMES_PER_CONTACT", "OP_SHARED_TEMPLATE", "ADV_ROTATING_STAFF", "ADV_THIRD_PERSON"]
    assert {registry()[i].family for i in family} == {"third party control"}
    terms = add_up([_hit(i) for i in family])
    assert [hit.indicator.id for hit in terms.speaks_for] == family[:2]
    assert terms.score == 700 + 500


def test_what_speaks_against_lowers_and_does_not_veto() -> None:
    strong = [_hit("OP_MANY_NAMES_PER_CONTACT"), _hit("OP_CIRCUIT")]
    terms = add_up([*strong, _hit("CTR_INDEPENDENT_SIGNS"), _hit("RECOGNISED_SPAM")])
    assert terms.score == 700 + 1300 - 800 - 1500
    assert terms.speaks_for == add_up(strong).speaks_for
    assert add_up([*strong, _hit("CTR_INDEPENDENT_SIGNS")]).is_lead


def test_where_nothing_remains_after_what_speaks_against_there_is_no_lead() -> None:
    strong = [_hit("OP_MANY_NAMES_PER_CONTACT"), _hit("OP_CIRCUIT")]
    assert add_up(strong).is_lead
    outweighed = add_up([*strong, _hit("RECOGNISED_SPAM"), _hit("CTR_INDEPENDENT_SIGNS")])
    assert outweighed.score < LEAST_SCORE
    assert not outweighed.is_lead


def test_a_structural_sign_of_a_few_hundredths_makes_no_lead() -> None:
    said = [_hit("ADV_OBSCURED_CONTACT"), _hit("ADV_TRUST_LANGUAGE")]
    assert not add_up([*said, _hit("OP_MULTI_SITE", share=200)]).is_lead
    assert add_up([*said, _hit("OP_MULTI_SITE", share=1000)]).is_lead


@given(st.integers(-3000, 3000), st.integers(0, 1000))
def test_points_never_exceed_the_weight_and_keep_its_sign(weight: int, share: int) -> None:
    assert 0 <= abs(points(weight, share)) <= abs(weight)
    assert points(weight, share) * weight >= 0


def test_a_stated_age_under_18_gates_a_single_advert_and_adds_no_point(pile: Any) -> None:
    pile.advert(1, age=["17"], phone=["+447700900123"])
    lead = pile.lead(1)
    assert (lead["gate"], lead["score"]) == ("possible_minor", 0)
    assert (lead["reasons_for"], lead["reasons_against"], lead["recognised_as"]) == ([], [], "")
    hit = pile.hit(1, "POSSIBLE_MINOR")
    assert hit["advert_ids"] == [1]
    assert because_of_hit(hit["indicator"], hit["evidence"]) == (
        "1 advert states an age under 18: follow the national reporting route first. This raises no score."
    )


def test_of_three_adverts_only_the_sure_age_of_a_person_gates_and_shows_nothing_but_the_gate(pile: Any) -> None:
    pile.mention(pile.advert(1, phrase=["ADV_TRUST_LANGUAGE"]), "age", "17", confidence=50, evidence={"role": "person"})
    pile.mention(pile.advert(2), "age", "17", confidence=49, evidence={"role": "person"})
    pile.mention(pile.advert(3, job=True), "age", "17", evidence={"role": "demand"})
    leads = pile.score()[1].to_pylist()
    assert [(lead["operation_id"], lead["gate"]) for lead in leads] == [(1, "possible_minor")]
    assert (leads[0]["score"], leads[0]["reasons_for"], leads[0]["reasons_against"]) == (0, [], [])


def test_the_gate_leaves_the_score_of_a_lead_as_it_is(crew: Any) -> None:
    before = crew.lead(7)["score"]
    crew.mention(81, "age", "16")
    assert (crew.lead(7)["gate"], crew.lead(7)["score"]) == ("possible_minor", before)


@pytest.mark.parametrize("age", ["18", "23", "0", "n/a"])
def test_other_ages_do_not_gate(pile: Any, age: str) -> None:
    pile.advert(1, age=[age])
    assert pile.lead(1) is None


def test_an_age_that_is_a_demand_or_a_childs_in_care_does_not_gate(pile: Any) -> None:
    pile.advert(1, job=True, age=["16"])
    for role in ("demand", "child"):
        pile.mention(pile.advert(2), "age", "16", evidence={"role": role})
    assert pile.score()[1].num_rows == 0


def _kind(pile: Any, operation: int) -> dict[str, Any] | None:
    rows = pile.score()[0].to_pylist()
    return next((r for r in rows if r["operation_id"] == operation and r["indicator"].startswith("RECOGNISED_")), None)


def test_one_nameless_text_in_many_towns_is_spam(pile: Any) -> None:
    for i in range(20):
        pile.advert(1, day=i * 2, near_duplicate=["a"], place=[f"Town{i % 6}, GB"], url=["https://buy.example/"])
    hit = _kind(pile, 1)
    assert (hit["indicator"], hit["weight"], len(hit["advert_ids"])) == ("RECOGNISED_SPAM", -1500, 20)
    assert because_of_hit(hit["indicator"], hit["evidence"]) == (
        "Looks like advertising spam: one text on 100 % of 20 adverts, in 6 places and on 1 site at once, "
        "with no first name."
    )


def test_one_text_that_stays_for_a_while_in_each_town_is_no_spam(pile: Any) -> None:
    for i in range(20):
        pile.advert(1, day=i, near_duplicate=["a"], place=[f"Town{i // 4}, GB"], phone=["+447700900123"])
    assert _kind(pile, 1) is None


def test_job_offers_of_one_firm_with_one_number_in_one_town_are_a_regular_employers(pile: Any) -> None:
    for i in range(4):
        given = {"place": ["Leeds, GB"], "phone": ["+447700900123"], "job": True, "day": i}
        pile.advert(1, **given)
        pile.advert(2, phrase=["JOB_FEE"], **given)
    assert because_of_hit((hit := _kind(pile, 1))["indicator"], hit["evidence"]) == (
        "Looks like a regular employer: 4 adverts, only job offers, in 1 place; "
        "one contact is on 100 % of the adverts with a contact and was kept for 3 days."
    )
    assert _kind(pile, 2) is None


def test_two_names_that_change_their_number_are_not_recognised_as_independent(pile: Any) -> None:
    for i in range(6):
        pile.advert(1, day=i * 5, name=["ana"], phone=[f"+4477009001{i // 2:02d}"], place=["Leeds, GB"])
    assert _kind(pile, 1) is None


def test_one_text_in_many_towns_that_wants_money_is_a_scam(pile: Any) -> None:
    for i in range(6):
        pile.advert(1, job=True, near_duplicate=["a"], place=[f"Town{i}, GB"], phrase=["JOB_FEE"])
    assert _kind(pile, 1)["indicator"] == "RECOGNISED_SCAM"


def test_a_team_with_one_number_in_one_town_for_months_is_an_agency(pile: Any) -> None:
    for i, name in enumerate(("ana", "bea", "cora", "dina")):
        given = {"name": [name], "phone": ["+447700900123"], "place": ["Leeds, GB"], "phrase": ["ADV_THIRD_PERSON"]}
        pile.advert(1, day=i * 30, **given)
    assert _kind(pile, 1)["indicator"] == "RECOGNISED_AGENCY"


def test_a_team_with_one_number_in_three_towns_side_by_side_is_an_agency_and_one_that_moves_on_is_none(
    pile: Any,
) -> None:
    towns = ("Leeds, GB", "Hull, GB", "York, GB")
    for step in range(18):
        for operation, town in ((1, towns[step % 3]), (2, towns[step // 6])):
            name = ("ana", "bea", "cora", "dina")[step % 4]
            phone = [f"+44770090012{operation}"]
            pile.advert(operation, day=step * 4, phone=phone, name=[name], place=[town], obscured=True)
    assert pile.hit(1, "RECOGNISED_AGENCY") is not None
    assert pile.hit(2, "RECOGNISED_AGENCY") is None


def test_a_team_with_a_number_for_each_town_is_an_agency_and_one_that_changes_its_number_on_tour_is_none(
    pile: Any,
) -> None:
    for step in range(18):
        for operation, stop in ((1, step % 3), (2, step // 6)):
            given = {"phone": [f"+44770090{operation}{stop:03d}"], "place": [f"Town{stop}, GB"]}
            pile.advert(operation, day=step, name=[("ana", "bea", "cora", "dina")[step % 4]], **given)
    assert because_of_hit((hit := _kind(pile, 1))["indicator"], hit["evidence"]) == (
        "Looks like an open agency or venue: 4 first names in 3 places; 3 of them have a contact of their own, "
        "in use side by side."
    )
    assert _kind(pile, 2) is None


def test_one_name_with_one_number_is_independent_even_when_touring(pile: Any) -> None:
    for i in range(4):
        pile.advert(1, day=i * 10, name=["ana"], phone=["+447700900123"], place=[f"Town{i}, GB"])
    assert _kind(pile, 1)["indicator"] == "RECOGNISED_INDEPENDENT"


def test_the_crew_is_recognised_as_nothing(crew: Any) -> None:
    assert crew.lead(7)["recognised_as"] == ""


def test_evidence_is_canonical_json(crew: Any) -> None:
    for row in crew.score()[0].to_pylist():
        assert row["evidence"] == json.dumps(
            json.loads(row["evidence"]), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )


def test_at_most_twenty_adverts_stand_behind_a_term_and_they_are_the_smallest(pile: Any) -> None:
    for _ in range(30):
        pile.advert(1, phrase=["ADV_TRUST_LANGUAGE"])
        pile.advert(2)
    assert pile.hit(1, "ADV_TRUST_LANGUAGE")["advert_ids"] == list(range(1, 41, 2))


def test_an_advert_with_thousands_of_values_costs_no_more_than_fifty(pile: Any) -> None:
    many = np.repeat(np.int64(0), 5000)
    assert len(tie(many, np.arange(5000), [])) == 50


PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30)


@given(PAIRS, PAIRS)
def test_the_fast_join_and_counts_agree_with_loops(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> None:
    def ties(pairs: list[tuple[int, int]]) -> Ties:
        rows = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
        return Ties(*distinct(rows[:, 0], rows[:, 1]), [])

    joined = sorted(zip(*(column.tolist() for column in join(ties(left), ties(right))), strict=True))
    assert joined == sorted((a, x, y) for a, x in set(left) for b, y in set(right) if a == b)
    group = np.array([a for a, _ in left], dtype=np.int64)
    value = np.array([x for _, x in left], dtype=np.int64)
    assert count_distinct(group, value, 6).tolist() == [len({x for b, x in left if b == a}) for a in range(6)]


def test_distinct_rows_of_very_wide_columns_do_not_overflow() -> None:
    wide = np.array([1 << 40, 1 << 40, 5], dtype=np.int64)
    assert [column.tolist() for column in distinct(wide, wide)] == [[5, 1 << 40]] * 2


def test_the_outputs_have_the_schema_of_the_tables(crew: Any) -> None:
    hits, leads = crew.score()
    assert (hits.schema, leads.schema) == (HITS.schema, LEADS.schema)
    assert isinstance(hits, pa.Table)
