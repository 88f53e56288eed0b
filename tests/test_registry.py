"""The registry: what may be weighed, and errors that name the entry."""

from __future__ import annotations

import pytest

from felinar.errors import FelinarError
from felinar.registry import load_registry
from felinar.score.explain import indicator, registry

ENTRY = """
version: 3
indicators:
- {id: A_SIGN, title: A sign, family: f, level: advert, domain: both, structural: false, grade: %s, compute: c,
   evidence: e, caveat: k, source: s, default_use: %s, prior_log_odds: %s}
"""


def test_weights_are_whole_thousandths_and_the_version_is_the_files() -> None:
    sign = load_registry(ENTRY % ("C", "score", "-0.35"))["A_SIGN"]
    assert (sign.weight, sign.version) == (-350, 3)


@pytest.mark.parametrize("use", ["display", "gate", "analyst_only", "never_score"])
def test_only_what_is_meant_to_be_scored_has_a_weight(use: str) -> None:
    assert load_registry(ENTRY % ("A", use, "2.0"))["A_SIGN"].weight == 0


def test_grade_d_never_has_a_weight() -> None:
    assert load_registry(ENTRY % ("D", "score", "2.0"))["A_SIGN"].weight == 0


def test_a_wrong_grade_is_answered_with_the_entry_and_what_is_allowed() -> None:
    with pytest.raises(FelinarError, match=r"Indicator 'A_SIGN' .* grade 'E'. Allowed: A, B, C, D"):
        load_registry(ENTRY % ("E", "score", "1"))


def test_a_missing_field_is_named() -> None:
    with pytest.raises(FelinarError, match=r"'A_SIGN' of the registry has no 'caveat'"):
        load_registry((ENTRY % ("C", "score", "1")).replace("caveat: k,", ""))


def test_two_entries_with_one_id_are_refused() -> None:
    text = ENTRY % ("C", "score", "1")
    with pytest.raises(FelinarError, match="same id"):
        load_registry(text + text.split("indicators:")[1])


def test_the_packages_registry_loads_and_every_note_tells_its_grade() -> None:
    assert len(registry()) >= 52
    assert all(i.note.startswith(f"Grade {i.grade} (") for i in registry().values())


def test_an_unknown_indicator_is_answered_with_the_nearest() -> None:
    with pytest.raises(FelinarError, match="Did you mean 'OP_CIRCUIT'"):
        indicator("OP_CIRCUITS")
