"""The two tables that leave the stage: what was found, and the order of reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from felinar.score.counting import Bools
from felinar.score.gate import GATE
from felinar.score.model import Hit, Terms
from felinar.score.pile import Pile
from felinar.score.sorting import order_of
from felinar.tables import HITS, LEADS

MOST_ADVERTS = 20  # enough to check a reason by hand


def hits_table(pile: Pile, hits: Sequence[Hit]) -> pa.Table:
    """Return every hit, those without weight too, by operation and indicator."""
    indicators = [known for _, known in sorted({hit.indicator.id: hit.indicator for hit in hits}.items())]
    number = {known.id: place for place, known in enumerate(indicators)}
    operation = np.array([hit.found.operation for hit in hits], dtype=np.int64)
    indicator = np.array([number[hit.indicator.id] for hit in hits], dtype=np.int64)
    of = pa.array(indicator)
    columns = {
        "operation_id": pile.operation_ids[operation],
        "indicator": pa.array([known.id for known in indicators], pa.string()).take(of),
        "version": pa.array([known.version for known in indicators], pa.int32()).take(of),
        "grade": pa.array([known.grade for known in indicators], pa.string()).take(of),
        "weight": pa.array([known.weight for known in indicators], pa.int32()).take(of),
        "share": [hit.found.share for hit in hits],
        "evidence": pa.array([hit.evidence for hit in hits], pa.string()),
        "advert_ids": _first_adverts(pile, hits),
    }
    return HITS.check(pa.table(columns)).take(pa.array(order_of(operation, indicator))).combine_chunks()


def _first_adverts(pile: Pile, hits: Sequence[Hit]) -> pa.ListArray:
    """Return the ids of the first adverts of each hit."""
    first = [hit.found.adverts[:MOST_ADVERTS] for hit in hits]
    ends = np.cumsum([0, *map(len, first)], dtype=np.int32)
    positions = np.concatenate([np.zeros(0, dtype=np.int64), *first])
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(pile.advert_ids[positions]))


def leads_table(pile: Pile, terms: Mapping[int, Terms], kinds: Mapping[str, Bools]) -> pa.Table:
    """Return the leads by score, then by operation id; an operation with the gate is always among them (R15).

    What stands there for the gate alone shows only the gate: no points, no reasons.
    """
    listed = [
        (operation, t if t.is_lead else Terms(gate=True)) for operation, t in terms.items() if t.is_lead or t.gate
    ]
    listed.sort(key=lambda pair: (-pair[1].score, int(pile.operation_ids[pair[0]])))
    columns = {
        "operation_id": [int(pile.operation_ids[operation]) for operation, _ in listed],
        "score": [t.score for _, t in listed],
        "rank": list(range(1, len(listed) + 1)),
        "recognised_as": [next((k for k, mark in kinds.items() if mark[o]), "") for o, _ in listed],
        "gate": [GATE if t.gate else "" for _, t in listed],
        "reasons_for": [[hit.reason for hit in t.speaks_for] for _, t in listed],
        "reasons_against": [[hit.reason for hit in t.speaks_against] for _, t in listed],
    }
    return LEADS.sort(pa.table(columns, schema=LEADS.schema))
