"""The requirements R1 to R4 of the findings: each is held here."""

from __future__ import annotations

import re
from typing import Any

import pytest

from felinar.score.explain import adverts_behind, because_of_hit, reasons, registry
from felinar.score.indicators import ADVERT_RULES, OPERATION_RULES
from felinar.tables import ALL, HITS, LEADS

ACCUSING = re.compile(r"traffick|victim|pimp|criminal|guilty|probab|likelihood|offender|suspect", re.IGNORECASE)
PROTECTED = re.compile(
    r"ethnic|national|\brace\b|racial|gender|religio|skin|hair|tattoo|appearance|good.looking"
    r"|language (quality|mismatch|skill)|origin|migra",
    re.IGNORECASE,
)
NEVER = ("ADV_ETHNICITY", "ADV_LANGUAGE_MISMATCH", "ADV_TATTOO_OR_BRAND", "ADV_YOUTH_LANGUAGE")


def test_r1_nothing_that_is_shown_accuses_anybody(crew: Any) -> None:
    hits, leads = crew.score()
    shown = [*HITS.names, *LEADS.names]
    shown += [because_of_hit(r["indicator"], r["evidence"]) for r in hits.to_pylist()]
    shown += [reason.because for lead in leads.to_pylist() for reason in reasons(lead)]
    assert len(shown) > 30
    assert [text for text in shown if ACCUSING.search(text)] == []


def test_r1_no_title_family_or_caveat_of_the_registry_accuses_anybody() -> None:
    shown = [text for i in registry().values() for text in (i.id, i.title, i.family, i.caveat)]
    assert [text for text in shown if ACCUSING.search(text)] == []


def test_r2_no_single_indicator_of_adverts_makes_a_lead(pile: Any) -> None:
    every = [rule.indicator for rule in ADVERT_RULES]
    for operation, indicator in enumerate(every):
        jobs = registry()[indicator].domain == "jobs"
        for _ in range(2):
            pile.advert(operation, job=jobs, phrase=[indicator], url=["https://firm.example/"])
    assert pile.score()[1].num_rows == 0


def test_r2_many_families_without_a_structural_indicator_are_no_lead(pile: Any) -> None:
    for _ in range(2):
        pile.advert(1, job=True, phrase=["JOB_FEE", "JOB_DOCUMENTS", "JOB_URGENCY"], url=["https://firm.example/"])
        pile.advert(2, job=True, url=["https://firm.example/"])
    assert pile.hit(1, "JOB_FEE") is not None
    assert pile.lead(1) is None


def test_r2_one_structural_family_alone_is_no_lead_and_a_second_family_makes_it_one(pile: Any) -> None:
    for name in ("ana", "bea", "cora"):
        pile.advert(1, name=[name], phone=["+447700900123"], near_duplicate=["a"])
        pile.advert(2, name=[name], phone=["+447700900124"], obscured=True)
    assert pile.hit(1, "OP_MANY_NAMES_PER_CONTACT") is not None
    assert pile.lead(1) is None
    assert pile.lead(2) is not None


def test_r2_an_operation_of_one_advert_is_never_a_lead(pile: Any) -> None:
    pile.bystanders()
    pile.advert(1, name=["ana", "bea", "cora"], phone=["+447700900123"], obscured=True, phrase=["ADV_TRUST_LANGUAGE"])
    assert pile.lead(1) is None
    assert pile.hit(1, "ADV_TRUST_LANGUAGE") is None


def test_r3_every_term_has_its_sentence_its_grade_and_its_adverts(crew: Any) -> None:
    hits, leads = (table.to_pylist() for table in crew.score())
    assert leads
    for lead in leads:
        for reason in reasons(lead, adverts_behind(hits, lead["operation_id"])):
            assert reason.because.endswith(".")
            assert reason.grade in "ABC"
            assert reason.advert_ids
            assert reason.note.startswith(f"Grade {reason.grade}")


def test_r3_what_speaks_against_is_shown_beside_what_speaks_for(crew: Any) -> None:
    for _ in range(12):
        crew.advert(7, day=1, phrase=["CTR_INDEPENDENT_SIGNS"], phone=["+447700900999"])
    told = {reason.indicator: reason for reason in reasons(crew.lead(7))}
    assert told["CTR_INDEPENDENT_SIGNS"].points < 0
    assert "work" in told["CTR_INDEPENDENT_SIGNS"].because


def test_r3_a_refuted_sign_is_shown_with_its_note_and_weighs_nothing(crew: Any) -> None:
    hit = crew.hit(7, "ADV_MOVEMENT")
    assert (hit["weight"], hit["grade"]) == (0, "D")
    note = registry()["ADV_MOVEMENT"].note
    assert "REVERSED" in note
    assert "Not scored" in note
    assert all(reason.indicator != "ADV_MOVEMENT" for reason in reasons(crew.lead(7)))


@pytest.mark.parametrize("indicator", NEVER)
def test_r4_protected_or_refuted_attributes_have_no_rule_and_no_weight(indicator: str) -> None:
    assert registry()[indicator].weight == 0
    assert registry()[indicator].use in ("never_score", "analyst_only")
    assert indicator not in {rule.indicator for rule in (*OPERATION_RULES, *ADVERT_RULES)}


def test_r4_nothing_with_a_weight_names_a_protected_attribute() -> None:
    named = [i.id for i in registry().values() if i.weight and PROTECTED.search(f"{i.id} {i.title} {i.compute}")]
    assert named == []


def test_r4_no_column_of_any_table_stores_a_protected_attribute() -> None:
    assert [c.name for table in ALL for c in table.columns if PROTECTED.search(c.name)] == []


def test_r4_the_language_of_an_advert_changes_nothing(crew: Any) -> None:
    before = crew.score()
    for row in crew.rows["adverts"]:
        row["language"] = "ro"
    for advert in range(1, 40):
        crew.mention(advert, "language", "ro")
    after = crew.score()
    assert before[0].equals(after[0])
    assert before[1].equals(after[1])
