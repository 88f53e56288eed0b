"""The gate for possible minors: a duty to report comes before any ranking, and raises no score."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from felinar.score.contract import FULL, Evidence, Found, OperationRule
from felinar.score.counting import Bools, Groups, code_texts
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
    # An age in a job offer is a requirement ("from 16"), in a service advert it is a person's.
    adverts = np.flatnonzero(pile.shows("age", young[code] & ~_requirement(rows)) & ~pile.is_job)
    by_operation = Groups(pile.operation[adverts])
    for operation in np.unique(pile.operation[adverts]).tolist():
        found = adverts[by_operation.rows(operation)]
        yield Found(operation, FULL, {"adverts": len(found)}, found)


def _requirement(rows: object) -> Bools:
    """Return which age mentions the extractor itself calls a requirement."""
    column = rows["evidence"]  # type: ignore[index]
    return np.asarray(pc.match_substring(column, "requirement").to_numpy(zero_copy_only=False), dtype=np.bool_)


def because(evidence: Evidence) -> str:
    """Return the sentence."""
    return (
        f"{evidence['adverts']} advert(s) state an age under {ADULT}: follow the national reporting route first. "
        "This raises no score."
    )


RULE = OperationRule(INDICATOR, find, because)
