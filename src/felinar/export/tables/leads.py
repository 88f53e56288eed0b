"""Leads with their reasons as sentences; behind the gate neither reasons nor places are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import looked_up
from felinar.export.sentences import points, reasons

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per lead."""
    import pyarrow as pa

    rows = looked_up(
        tables.read("leads"), "operation_id", tables.read("operations"), "adverts", "first_seen", "last_seen", "places"
    )
    hits = _by_operation(tables.read("hits"))
    leads = [_told(lead, hits.get(lead["operation_id"], [])) for lead in rows.to_pylist()]
    texts = pa.list_(pa.string())
    for name in ("reasons_for", "reasons_against", "places"):
        place = rows.column_names.index(name)
        rows = rows.set_column(place, name, pa.array([lead[name] for lead in leads], texts))
    return rows


def _told(lead: dict[str, Any], hits: list[dict[str, Any]]) -> dict[str, Any]:
    sides = ("reasons_for", "reasons_against")
    if lead["gate"]:
        return {"places": [], **{side: [] for side in sides}}
    return {
        "places": lead["places"] or [],
        **{side: [f"{points(r['points'])} {r['because']}" for r in reasons(lead, hits, side)] for side in sides},
    }


def _by_operation(hits: pa.Table) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for hit in hits.to_pylist():
        found.setdefault(hit["operation_id"], []).append(hit)
    return found


LEADS = Exporter(
    "leads",
    "operations in the order of reading, with the reasons",
    (
        "operation_id",
        "rank",
        "score",
        "recognised_as",
        "gate",
        "adverts",
        "first_seen",
        "last_seen",
        "places",
        "reasons_for",
        "reasons_against",
    ),
    ("rank",),
    make,
)
