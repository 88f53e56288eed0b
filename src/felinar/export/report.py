"""`report.html`: the top leads on one page that needs nothing else, on screen and on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from felinar.export import told
from felinar.export.highlight import PRECEDENCE
from felinar.export.on_page import advert_on_page, environment, operation_on_page
from felinar.export.sentences import NOT_GUILT, VICTIM_FIRST, gate_below
from felinar.export.timeline import WIDTH
from felinar.store.durable import write_text
from felinar.store.published import Published, Row

ADVERTS_SHOWN = 5


def write_report(
    published: Path,
    out: Path,
    *,
    top: int = 20,
    purpose: str,
    demo: bool = False,
    hidden: frozenset[int] = frozenset(),
) -> None:
    """Write the report of the first leads to `out`; the same published file and purpose give the same bytes.

    Whoever calls this logs it first: the page shows texts and contacts. `demo` says that the adverts are made up;
    `hidden` are operations that a suppression keeps out.
    """
    reader = Published.open(published)
    try:
        page = _render(reader, top=top, purpose=purpose, demo=demo, hidden=hidden)
    finally:
        reader.close()
    write_text(out, page)


def _render(published: Published, *, top: int, purpose: str, demo: bool, hidden: frozenset[int]) -> str:
    listed = [lead for lead in published.leads(top + len(hidden)) if lead["operation_id"] not in hidden]
    leads = [_lead(published, lead) for lead in listed[:top]]
    facts = {name: int(value) if value.isdigit() else value for name, value in published.facts.items()}
    below = gate_below(told.gated_below(published, top))
    constants = {"not_guilt": NOT_GUILT, "victim_first": VICTIM_FIRST, "gate_below": below, "width": WIDTH}
    kinds = [kind for kind in PRECEDENCE if any(kind in lead["kinds"] for lead in leads)]
    template = environment().get_template("report.html")
    return template.render(leads=leads, facts=facts, purpose=purpose, demo=demo, kinds=kinds, **constants)


def _lead(published: Published, lead: Row) -> Mapping[str, Any]:
    """Return what the page says of a lead, with a few typical adverts; none of them behind the gate."""
    row = published.operation(lead["operation_id"])
    if row is None:
        raise ValueError(f"lead {lead['rank']} has no operation {lead['operation_id']}")
    adverts = published.adverts_of_operation(lead["operation_id"])
    operation = operation_on_page(published, row, adverts)
    shown = [] if operation["gate"] else [advert_on_page(published, advert) for advert in _typical(adverts)]
    kinds = {piece.kind for advert in shown for field in advert["fields"] for piece in field["pieces"]}
    return {**operation, "anchor": lead["rank"], "adverts_shown": shown, "kinds": kinds}


def _typical(adverts: list[Row]) -> list[Row]:
    """Return up to five adverts with different texts, from all along the time; always the same ones."""
    firsts: dict[str, Row] = {}
    for advert in adverts:
        text = "".join(c for c in advert["body"].casefold() if c.isalpha())[:200]
        firsts.setdefault(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), advert)
    different = list(firsts.values())
    step = max(1, len(different) / ADVERTS_SHOWN)
    return [different[int(i * step)] for i in range(min(ADVERTS_SHOWN, len(different)))]
