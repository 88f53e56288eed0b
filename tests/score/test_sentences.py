"""The sentences: whole, in the singular and in the plural, with honest percentages, and cheap to import."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from felinar.score.explain import because_of_hit, registry
from felinar.score.indicators import ADVERT_RULES, OPERATION_RULES
from felinar.score.says import SAYS
from felinar.score.sentences import BECAUSE
from felinar.score.sentences_recognised import LOOKS_LIKE
from felinar.score.words import counted, decimal, joined, percent, period, share


def test_every_rule_has_its_words_and_every_word_its_rule() -> None:
    assert {rule.indicator for rule in ADVERT_RULES} == set(SAYS)
    assert {rule.indicator for rule in OPERATION_RULES} == set(BECAUSE)
    assert set(LOOKS_LIKE) == {"POSSIBLE_MINOR"} | {i for i in registry() if i.startswith("RECOGNISED_")}


def test_every_sentence_begins_with_a_capital_or_a_number_and_ends_with_a_full_stop(crew: Any) -> None:
    for hit in crew.score()[0].to_pylist():
        sentence = because_of_hit(hit["indicator"], hit["evidence"])
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "+"
        assert sentence.endswith(".")
        assert "(s)" not in sentence
        assert " 0 " not in sentence


@pytest.mark.parametrize(
    ("indicator", "evidence", "sentence"),
    [
        (
            "OP_SHARED_TEMPLATE",
            {"adverts": 4, "contacts": 2, "names": 0, "keys": 1, "first": "2026-01-05", "last": "2026-02-01"},
            "One text with slots stands on 4 adverts with 2 contacts, between 2026-01-05 and 2026-02-01.",
        ),
        (
            "OP_SHARED_PHOTOS",
            {"adverts": 4, "contacts": 1, "names": 3, "keys": 2},
            "One picture stands on 4 adverts with 1 contact and 3 first names; there are 2 such pictures in all.",
        ),
        (
            "OP_JOBS_AND_SERVICES",
            {"contact": "+447700900123", "jobs": 3, "services": 2},
            "+447700900123 stands in 3 job offers and in 2 service adverts.",
        ),
        (
            "JOB_SAME_TEXT_MANY_EMPLOYERS",
            {"adverts": 3, "employers": 0, "places": 3, "examples": ["Hull", "Leeds", "York"]},
            "One job text stands on 3 adverts in 3 places (Hull, Leeds, York).",
        ),
        (
            "OP_CIRCUIT",
            {"contact": "+447700900123", "names": 3, "places": 2, "examples": ["Hull, GB", "Leeds, GB"]},
            "+447700900123 stands for 3 names in 2 places (Hull, GB; Leeds, GB).",
        ),
        (
            "JOB_SEVERAL_TOWNS",
            {"contact": "+447700900123", "adverts": 5, "places": 2, "examples": ["Hull, GB", "York, GB"]},
            "+447700900123 stands in 5 job offers in 2 places (Hull, GB; York, GB).",
        ),
        (
            "JOB_MOVING_OFFER",
            {"adverts": 9, "places": 3, "stops": 3, "examples": ["Hull", "Leeds", "York"]},
            "9 job offers moved on from place to place: 3 stops in 3 places (first Hull → Leeds → York), "
            "each kept for a while.",
        ),
        (
            "ADV_TRUST_LANGUAGE",
            {"adverts": 5, "of": 12, "usual": 3},
            "5 of 12 service adverts (42 %) claim to be genuine or trustworthy; "
            "of the other service adverts in the pile under 1 % do.",
        ),
        (
            "OP_SIZE",
            {"adverts": 12, "weeks": 1, "usual_hundredths": 250},
            "12 dated adverts in 1 active week, 12 a week; the middle operation of this pile posts 2.5 a week.",
        ),
    ],
)
def test_a_sentence_names_what_there_is_and_leaves_out_what_there_is_not(
    indicator: str, evidence: dict[str, Any], sentence: str
) -> None:
    assert because_of_hit(indicator, json.dumps(evidence)) == sentence


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_is_rounded_to_the_nearest_percent_and_never_to_none_or_all(part: int, whole: int) -> None:
    part = min(part, whole)
    shown = share(part, whole)
    if shown == "under 1 %":
        assert part * 200 < whole
    elif shown == "over 99 %":
        assert whole * 199 <= part * 200 < whole * 200
    else:
        assert abs(int(shown.removesuffix(" %")) * whole - 100 * part) * 2 <= whole
    assert (shown == "100 %") == (part == whole)


def test_small_words() -> None:
    assert [counted(n, "advert") for n in (0, 1, 2000)] == ["no advert", "1 advert", "2,000 adverts"]
    assert [joined(parts) for parts in ("a", "ab", "abc")] == ["a", "a and b", "a, b and c"]
    assert [decimal(n) for n in (200, 250, 225, 30)] == ["2", "2.5", "2.25", "0.3"]
    assert [percent(n) for n in (0, 4, 5, 417, 996, 1000)] == [
        "under 1 %",
        "under 1 %",
        "1 %",
        "42 %",
        "over 99 %",
        "100 %",
    ]
    assert period("", "") == ""


def test_explaining_a_lead_imports_nothing_heavy() -> None:
    code = "import sys, felinar.score.explain as e; e.registry(); print([m for m in sys.modules if m in sys.argv[1:]])"
    heavy = ("numpy", "pyarrow", "duckdb", "numba", "pandas")
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
