"""The gate for possible minors: a duty to report comes before any ranking, and raises no score."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from felinar.kernels.sorting import values_of
from felinar.score.contract import FULL, Found, OperationRule
from felinar.score.counting import Groups, code_texts
from felinar.score.pile import Pile

GATE = "possible_minor"
INDICATOR = "POSSIBLE_MINOR"
ADULT = 18


def find(pile: Pile) -> Iterator[Found]:
    """Return the operations, of one advert too, in which an advert states an age under 18 for a person."""
    rows = pile.mention_rows("age")
    code, values = code_texts(rows["value"])
    young = np.array([v.isdigit() and 0 < int(v) < ADULT for v in values], dtype=np.bool_)
    if not len(young):
        return
    why, evidence = code_texts(rows["evidence"])
    own = np.array([_of_a_person(text) for text in evidence], dtype=np.bool_)
    # In a job offer an age is a requirement ("from 16"), whatever the words around it.
    adverts = np.flatnonzero(pile.shows("age", young[code] & own[why]) & ~pile.is_job)
    by_operation = Groups(pile.operation[adverts])
    for operation in values_of(pile.operation[adverts]).tolist():
        found = adverts[by_operation.rows(operation)]
        yield Found(operation, FULL, {"adverts": len(found)}, found)


def _of_a_person(evidence: str) -> bool:
    """Return whether an age is the person's own: no demand on applicants or guests, no child in somebody's care."""
    try:
        content = json.loads(evidence)
    except ValueError:
        return True
    return not isinstance(content, dict) or content.get("role", "person") == "person"


RULE = OperationRule(INDICATOR, find)
