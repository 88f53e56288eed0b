"""The scorecard: everything measured against a truth, as numbers and as a page of text."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.evaluate.leads import TOPS, LeadScore, judge_leads, score_leads
from felinar.evaluate.numbers import PhoneScore, score_phones
from felinar.evaluate.partition import (
    Agreement,
    Labels,
    adjusted_rand,
    b_cubed,
    contingency,
    largest_false_component,
    pairwise,
)
from felinar.evaluate.read import read_columns

SYNTHETIC = "Synthetic world: this measures agreement with its author, not trafficking."


@dataclass(frozen=True)
class LinkScore:
    """How well predicted operations agree with the true ones; `missing` adverts stood in no cluster."""

    b_cubed: Agreement
    by_kind: dict[str, Agreement]
    pairwise: Agreement
    adjusted_rand: float
    false_component: int
    false_component_share: float
    largest_cluster: int
    clusters: int
    missing: int
    unknown: int


@dataclass(frozen=True)
class Scorecard:
    """What was measured; a part is None when its file was not given."""

    synthetic: bool
    adverts: int
    operations: int
    links: LinkScore | None = None
    phones: PhoneScore | None = None
    leads: LeadScore | None = None
    notes: list[str] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """Return the numbers as plain data for JSON."""
        data = asdict(self)
        return {"note": SYNTHETIC, **data} if self.synthetic else data

    def text(self) -> str:
        """Return a page for people."""
        lines = [SYNTHETIC] if self.synthetic else []
        lines.append(f"{self.adverts:,} adverts of {self.operations:,} operations in the truth.")
        lines += _links_text(self.links, self.adverts) if self.links else []
        lines += _phones_text(self.phones) if self.phones else []
        lines += _leads_text(self.leads) if self.leads else []
        return "\n".join(lines + self.notes)


def evaluate(
    truth: Path, clusters: Path | None = None, phones: Path | None = None, leads: Path | None = None
) -> Scorecard:
    """Return the scorecard of an export of memberships, of mentions and of leads; any of them may be missing."""
    rows = read_columns(truth, ("source_id", "operation_id"), ("kind", "coerced", "phones"))
    notes = []
    ids = pc.dictionary_encode(rows["source_id"]).combine_chunks()
    if len(ids.dictionary) < rows.num_rows:
        first = np.unique(np.asarray(ids.indices), return_index=True)[1]
        notes.append(f"The truth names {rows.num_rows - len(first):,} adverts more than once; the first row counts.")
        rows = rows.take(pa.array(np.sort(first)))
    synthetic = "coerced" in rows.column_names
    operations = len(pc.unique(rows["operation_id"]))
    predicted, names, unknown, missing = _predicted(rows["source_id"], clusters) if clusters else (None, {}, 0, 0)
    links = _links(rows, predicted, missing, unknown) if predicted is not None else None
    lead_score = None
    if leads and predicted is None:
        notes.append("The leads were not measured: give --clusters as well, it says which adverts a lead holds.")
    elif leads and synthetic and "kind" in rows.column_names and predicted is not None:
        lead_score = _leads(rows, predicted, names, leads)
    elif leads:
        notes.append("The leads were not measured: the truth has no columns kind and coerced.")
    phone_score = _phones(rows, phones) if phones and "phones" in rows.column_names else None
    if phones and phone_score is None:
        notes.append("The phones were not measured: the truth has no column phones.")
    if unknown:
        notes.append(f"{unknown:,} rows of the clusters name adverts that the truth does not know; they were left out.")
    return Scorecard(synthetic, rows.num_rows, operations, links, phone_score, lead_score, notes)


def _codes(column: pa.ChunkedArray) -> Labels:
    encoded = pc.dictionary_encode(column)
    return np.asarray(encoded.combine_chunks().indices, dtype=np.int64)


def _predicted(ids: pa.ChunkedArray, path: Path) -> tuple[Labels, dict[str, int], int, int]:
    """Return a label per advert of the truth, the label of each name, unknown and missing rows."""
    table = read_columns(path, ("source_id", "operation_id"))
    encoded = pc.dictionary_encode(table["operation_id"]).combine_chunks()
    names = {name: code for code, name in enumerate(encoded.dictionary.to_pylist())}
    codes = np.asarray(encoded.indices, dtype=np.int64)
    where = pc.index_in(ids, value_set=table["source_id"])
    missing = np.asarray(pc.is_null(where))
    rows = np.asarray(where.fill_null(0), dtype=np.int64)
    labels = codes[rows] if len(codes) else np.zeros(len(rows), dtype=np.int64)
    labels = np.where(missing, len(names) + np.arange(len(labels)), labels)
    unknown = int(pc.sum(pc.is_null(pc.index_in(table["source_id"], value_set=ids))).as_py() or 0)
    return labels, names, unknown, int(missing.sum())


def _links(rows: pa.Table, predicted: Labels, missing: int, unknown: int) -> LinkScore:
    table = contingency(_codes(rows["operation_id"]), predicted)
    false, largest = largest_false_component(table)
    by_kind = {}
    if "kind" in rows.column_names:
        for kind in sorted(pc.unique(rows["kind"]).to_pylist()):
            by_kind[kind] = b_cubed(table, np.asarray(pc.equal(rows["kind"], kind)))
    share = false / rows.num_rows if rows.num_rows else 0.0
    clusters = len(table.predicted_sizes) if rows.num_rows else 0
    return LinkScore(
        b_cubed(table),
        by_kind,
        pairwise(table),
        adjusted_rand(table),
        false,
        share,
        largest,
        clusters,
        missing,
        unknown,
    )


def _phones(rows: pa.Table, path: Path) -> PhoneScore:
    read = read_columns(path, ("source_id", "value"), ("kind",))
    if "kind" in read.column_names:
        read = read.filter(pc.equal(read["kind"], "phone"))
    shown = {
        source_id: phones.split(";") if phones else []
        for source_id, phones in zip(rows["source_id"].to_pylist(), rows["phones"].to_pylist(), strict=True)
    }
    return score_phones(shown, zip(read["source_id"].to_pylist(), read["value"].to_pylist(), strict=True))


def _leads(rows: pa.Table, predicted: Labels, names: dict[str, int], path: Path) -> LeadScore:
    listed = read_columns(path, ("operation_id",), ("rank",))
    order = listed["operation_id"].to_pylist()
    if "rank" in listed.column_names:
        ranks = [int(rank) for rank in listed["rank"].to_pylist()]
        order = [name for _, name in sorted(zip(ranks, order, strict=True))]
    true = rows["operation_id"].to_pylist()
    sizes = Counter(true)
    kinds = dict(zip(true, rows["kind"].to_pylist(), strict=True))
    coerced = {
        name for name, flag in zip(true, rows["coerced"].to_pylist(), strict=True) if flag in ("1", "true", "True")
    }
    wanted = {names[name]: place for place, name in enumerate(order) if name in names}
    members: list[Counter[str]] = [Counter() for _ in order]
    for at in np.flatnonzero(np.isin(predicted, np.fromiter(wanted, dtype=np.int64, count=len(wanted)))):
        members[wanted[int(predicted[at])]][true[at]] += 1
    return score_leads(judge_leads(members, sizes, kinds, coerced), len(coerced))


def _three(score: Agreement) -> str:
    return f"F1 {score.f1:.3f} (precision {score.precision:.3f}, recall {score.recall:.3f})"


def _links_text(links: LinkScore, adverts: int) -> list[str]:
    lines = [
        f"Operations: B-cubed {_three(links.b_cubed)}",
        f"  pairwise {_three(links.pairwise)}; ARI {links.adjusted_rand:.3f}",
        f"  largest false component {links.false_component:,} adverts ({links.false_component_share:.2%}); "
        f"largest cluster {links.largest_cluster:,} of {adverts:,}; {links.clusters:,} clusters; "
        f"{links.missing:,} adverts in none",
    ]
    return lines + [f"  {kind:<20} B-cubed {_three(score)}" for kind, score in links.by_kind.items()]


def _phones_text(phones: PhoneScore) -> list[str]:
    return [
        f"Phones: {_three(phones.score)}; {phones.matched:,} of {phones.shown:,} shown numbers read; "
        f"junk {phones.junk:.2%} of {phones.read:,} readings"
    ]


def _leads_text(leads: LeadScore) -> list[str]:
    lines = [
        f"Leads: {leads.leads:,}; {leads.planted:,} operations planted; average precision {leads.average_precision:.3f}"
    ]
    for top in TOPS:
        false = ", ".join(f"{kind} {count}" for kind, count in leads.false_by_kind[top].items()) or "none"
        lines.append(
            f"  top {top}: precision {leads.precision[top]:.2f}, planted found {leads.found[top]}, "
            f"independents and duos {leads.private_share[top]:.0%}; false: {false}"
        )
    return lines
