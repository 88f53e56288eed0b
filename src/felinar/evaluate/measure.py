"""Measure exports against a truth: memberships against true operations, mentions against numbers, leads against kinds.

Files in (CSV, JSONL or Parquet, matched by `source_id`), a `Scorecard` out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.evaluate.measure_leads import measure_leads
from felinar.evaluate.numbers import PhoneScore, score_phones
from felinar.evaluate.partition import (
    Labels,
    adjusted_rand,
    b_cubed,
    contingency,
    largest_false_component,
    pairwise,
)
from felinar.evaluate.read import read_columns
from felinar.evaluate.scorecard import LinkScore, Scorecard


def evaluate(
    truth: Path, clusters: Path | None = None, phones: Path | None = None, leads: Path | None = None
) -> Scorecard:
    """Return the scorecard of an export of memberships, of mentions and of leads; any of them may be missing."""
    rows = read_columns(truth, ("source_id", "operation_id"), ("kind", "coerced", "phones", "language"))
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
    lead_score, language_score = None, None
    if leads and predicted is None:
        notes.append("The leads were not measured: give --clusters as well, it says which adverts a lead holds.")
    elif leads and synthetic and "kind" in rows.column_names and predicted is not None:
        lead_score, language_score = measure_leads(rows, predicted, names, leads, phones)
    elif leads:
        notes.append("The leads were not measured: the truth has no columns kind and coerced.")
    phone_score = _phones(rows, phones) if phones and "phones" in rows.column_names else None
    if phones and phone_score is None:
        notes.append("The phones were not measured: the truth has no column phones.")
    if unknown:
        notes.append(f"{unknown:,} rows of the clusters name adverts that the truth does not know; they were left out.")
    return Scorecard(synthetic, rows.num_rows, operations, links, phone_score, lead_score, language_score, notes)


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
        int(table.true_sizes.max(initial=0)),
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
