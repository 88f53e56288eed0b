"""`report.html`: the top leads on one page that needs nothing else, on screen and on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from felinar.export import told
from felinar.export.highlight import PRECEDENCE, pieces
from felinar.export.sentences import NOT_GUILT, VICTIM_FIRST, day, days, few, gate_below, points
from felinar.export.timeline import WIDTH, timeline
from felinar.store.durable import write_text
from felinar.store.published import Published, Row

ADVERTS_SHOWN = 5
_CONTACTS_SHOWN = 12
_PLACES_SHOWN = 12
_NAMED = 3
_SIDES = ("reasons_for", "reasons_against")


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
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("felinar.export", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, points=points, few=few)
    listed = [lead for lead in published.leads(top + len(hidden)) if lead["operation_id"] not in hidden]
    leads = [_lead(published, lead) for lead in listed[:top]]
    facts = {name: int(value) if value.isdigit() else value for name, value in published.facts.items()}
    below = gate_below(told.gated_below(published, top))
    constants = {"not_guilt": NOT_GUILT, "victim_first": VICTIM_FIRST, "gate_below": below, "width": WIDTH}
    kinds = [kind for kind in PRECEDENCE if any(kind in lead["kinds"] for lead in leads)]
    template = environment.get_template("report.html")
    return template.render(leads=leads, facts=facts, purpose=purpose, demo=demo, kinds=kinds, **constants)


def _lead(published: Published, lead: Row) -> Mapping[str, Any]:
    """Return what the page says of a lead; behind the gate only its number, its size and its adverts' ids."""
    row = published.operation(lead["operation_id"])
    if row is None:
        raise ValueError(f"lead {lead['rank']} has no operation {lead['operation_id']}")
    operation = told.operation(published, row)
    adverts = published.adverts_of_operation(lead["operation_id"])
    source_ids = {str(advert["advert_id"]): advert["source_id"] or str(advert["advert_id"]) for advert in adverts}
    if operation["gate"]:
        return {
            **operation,
            "anchor": lead["rank"],
            "adverts_count": row["adverts"],
            "period": days(row),
            "kinds": set(),
            "raised_by": _sources(operation["gate_advert_ids"], source_ids),
        }
    contacts = [key for key in operation["keys"] if not key["kind"].startswith(("near_duplicate", "picture"))]
    shown = [_advert(published, advert) for advert in _typical(adverts)]
    return {
        **operation,
        "anchor": lead["rank"],
        "adverts_count": row["adverts"],
        "why": operation["reasons_for"][0]["because"] if operation["reasons_for"] else "",
        "period": days(row),
        "places": operation["places"][:_PLACES_SHOWN],
        "contacts": contacts[:_CONTACTS_SHOWN],
        **{side: [_named(reason, source_ids) for reason in operation[side]] for side in _SIDES},
        "weakest_shown_by": _sources(operation["weakest_link_check"].get("shown_by", []), source_ids),
        "more_contacts": max(0, len(contacts) - _CONTACTS_SHOWN),
        "timeline": timeline(_rows(published, adverts, contacts)),
        "adverts_shown": shown,
        "kinds": {piece.kind for advert in shown for field in advert["fields"] for piece in field["pieces"]},
    }


def _named(reason: dict[str, Any], source_ids: dict[str, str]) -> dict[str, Any]:
    """Return a reason with the adverts that show it, by the ids that their sources gave."""
    return {**reason, "such_as": _sources([str(i) for i in reason["advert_ids"]], source_ids)}


def _sources(advert_ids: list[str], source_ids: dict[str, str]) -> str:
    """Return the first adverts by the ids that their sources gave, and that there are more."""
    more = ", …" if len(advert_ids) > _NAMED else ""
    return ", ".join(source_ids.get(i, i) for i in advert_ids[:_NAMED]) + more


def _typical(adverts: list[Row]) -> list[Row]:
    """Return up to five adverts with different texts, from all along the time; always the same ones."""
    firsts: dict[str, Row] = {}
    for advert in adverts:
        text = "".join(c for c in advert["body"].casefold() if c.isalpha())[:200]
        firsts.setdefault(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), advert)
    different = list(firsts.values())
    step = max(1, len(different) / ADVERTS_SHOWN)
    return [different[int(i * step)] for i in range(min(ADVERTS_SHOWN, len(different)))]


def _rows(published: Published, adverts: list[Row], contacts: list[dict[str, Any]]) -> list[tuple[str, list[Row]]]:
    """Return the rows of the timeline: one per contact that links, and one for the adverts that show none."""
    by_contact: dict[tuple[str, str], list[Row]] = {}
    for advert in adverts:
        for said in dict.fromkeys((mention["kind"], mention["value"]) for mention in advert["mentions"]):
            by_contact.setdefault(said, []).append(advert)
    rows, shown = [], set()
    for contact in contacts:
        showing = by_contact.get((contact["kind"], contact["value"]), [])
        if showing and not contact["hub"]:
            rows.append((contact["value"], showing))
            shown |= {advert["advert_id"] for advert in showing}
    rest = [advert for advert in adverts if advert["advert_id"] not in shown]
    return rows + ([("no contact read" if rows else "all adverts", rest)] if rest else [])


def _advert(published: Published, advert: Row) -> dict[str, Any]:
    fields = []
    for name in ("title", "body", "contact_text", "price_text"):
        if advert[name]:
            mentions = [m for m in advert["mentions"] if m["field"] == name]
            slots = [s for s in advert["slots"] if s["field"] == name]
            fields.append({"name": name, "pieces": pieces(advert[name], mentions, slots)})
    template_id = advert["slots"][0]["template_id"] if advert["slots"] else None
    template = published.template(template_id) if template_id is not None else None
    seen = advert["sightings"][0] if advert["sightings"] else None
    return {**advert, "fields": fields, "template": template, "seen": seen}
