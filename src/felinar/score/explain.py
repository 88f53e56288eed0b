"""Say in a sentence why an operation is on the reading list. Light to import: it needs no table and no stage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from felinar.errors import unknown_name
from felinar.registry import Indicator, load_registry
from felinar.score.says import SAYS, because_of_share
from felinar.score.sentences import BECAUSE
from felinar.score.sentences_recognised import LOOKS_LIKE
from felinar.score.words import percent

_SENTENCES = {**BECAUSE, **LOOKS_LIKE}


@dataclass(frozen=True)
class Reason:
    """One term of a score, ready to be shown: the sentence first, then what it is worth and how well it was tested."""

    indicator: str
    title: str
    points: int
    grade: str
    because: str
    note: str
    advert_ids: tuple[int, ...] = ()


@lru_cache(maxsize=1)
def registry() -> dict[str, Indicator]:
    """Return the indicators of this package by id."""
    return load_registry(resources.files("felinar.score").joinpath("registry.yaml").read_text(encoding="utf-8"))


def indicator(indicator_id: str) -> Indicator:
    """Return one indicator; an unknown id is answered with the nearest known one."""
    if indicator_id not in registry():
        raise unknown_name("indicator", indicator_id, registry())
    return registry()[indicator_id]


def because_of_hit(indicator_id: str, evidence: str, share: int = 0) -> str:
    """Return the sentence for a hit from its indicator and its evidence (JSON); its strength is not told.

    A second sentence says how many operations of the pile show the same, where the evidence tells it.
    """
    del share
    known, numbers = indicator(indicator_id), json.loads(evidence)
    if indicator_id in _SENTENCES:
        sentence = _SENTENCES[indicator_id](numbers)
    else:
        says = SAYS.get(indicator_id, f"show this sign: {known.title.lower()}")
        sentence = because_of_share(says, known.domain, numbers)
    return (
        f"{sentence} {percent(numbers['peers'])} of the linked operations show it." if "peers" in numbers else sentence
    )


def reasons(lead: Mapping[str, Any], adverts: Mapping[str, list[int]] | None = None) -> list[Reason]:
    """Return all terms of a lead's row, first what speaks for it, then what speaks against.

    `adverts` gives the adverts behind each indicator, from `adverts_behind`.
    """
    terms = [*lead["reasons_for"], *lead["reasons_against"]]
    return [_reason(term, tuple((adverts or {}).get(term["indicator"], ()))) for term in terms]


def _reason(term: Mapping[str, Any], adverts: tuple[int, ...]) -> Reason:
    known = indicator(term["indicator"])
    sentence = because_of_hit(known.id, term["evidence"])
    return Reason(known.id, known.title, term["points"], known.grade, sentence, known.note, adverts)


def adverts_behind(hits: list[Mapping[str, Any]], operation_id: int) -> dict[str, list[int]]:
    """Return the adverts behind each indicator of one operation, from rows of the hits table."""
    return {hit["indicator"]: hit["advert_ids"] for hit in hits if hit["operation_id"] == operation_id}
