"""Measure a reading list against the truth: what it finds, whom it exposes, how it treats the languages of the pile."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.evaluate.languages import LanguageScore, Seen, score_languages
from felinar.evaluate.leads import LeadScore, group_of, judge_leads, score_leads
from felinar.evaluate.partition import Labels
from felinar.evaluate.read import read_columns

_YES = ("1", "true", "True")


def measure_leads(
    rows: pa.Table, predicted: Labels, names: dict[str, int], leads: Path, mentions: Path | None
) -> tuple[LeadScore, LanguageScore | None]:
    """Return the measures of the list and of its languages.

    `rows` is the truth, `predicted` the cluster of each of its adverts, `names` the number of each cluster's name. The
    language is the truth's own column, else the one that was read first in the advert.
    """
    order = _in_order(leads)
    true = rows["operation_id"].to_pylist()
    kinds = dict(zip(true, rows["kind"].to_pylist(), strict=True))
    sizes = Counter(true)
    planted = np.isin(np.array(rows["coerced"].to_pylist(), dtype=np.str_), _YES)
    coerced = {name for name, flag in zip(true, planted.tolist(), strict=True) if flag}
    lead = _lead_of_adverts(order, predicted, names)
    members: list[Counter[str]] = [Counter() for _ in order]
    for at in np.flatnonzero(lead >= 0).tolist():
        members[lead[at]][true[at]] += 1
    verdicts = judge_leads(members, sizes, kinds, coerced)
    score = score_leads(verdicts, {name: group_of(kinds[name], sizes[name]) for name in sorted(coerced)})
    false = np.array([not verdict.credited for verdict in verdicts], dtype=np.bool_)
    operation = np.unique(np.array(true, dtype=np.str_), return_inverse=True)[1].astype(np.int64)
    return score, score_languages(Seen(_languages(rows, mentions), operation, planted, lead, false))


def _in_order(leads: Path) -> list[str]:
    listed = read_columns(leads, ("operation_id",), ("rank",))
    order: list[str] = listed["operation_id"].to_pylist()
    if "rank" not in listed.column_names:
        return order
    ranks = [int(rank) for rank in listed["rank"].to_pylist()]
    return [name for _, name in sorted(zip(ranks, order, strict=True))]


def _lead_of_adverts(order: list[str], predicted: Labels, names: dict[str, int]) -> Labels:
    """Return the place in the list of each advert's cluster, -1 where it is no lead."""
    place = np.full(int(predicted.max(initial=-1)) + 1, -1, dtype=np.int64)
    for at, name in enumerate(order):
        if names.get(name, len(place)) < len(place):
            place[names[name]] = at
    return place[predicted]


def _languages(rows: pa.Table, mentions: Path | None) -> list[str]:
    if "language" in rows.column_names:
        return list(rows["language"].to_pylist())
    if mentions is None:
        return [""] * rows.num_rows
    read = read_columns(mentions, ("source_id", "value"), ("kind",))
    if "kind" not in read.column_names:
        return [""] * rows.num_rows
    read = read.filter(pc.equal(read["kind"], "language"))
    where = pc.index_in(rows["source_id"], value_set=read["source_id"])
    return list(pc.fill_null(read["value"].take(where), "").to_pylist())
