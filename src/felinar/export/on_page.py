"""What pages that leave the house say of an operation and of an advert: data for the templates in this folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import jinja2

from felinar.export import told
from felinar.export.highlight import pieces
from felinar.export.sentences import day, days, few, points
from felinar.export.timeline import by_day, timeline
from felinar.store.published import Published, Row

FIELDS = ("title", "body", "contact_text", "price_text")
_CONTACTS_SHOWN = 12
_PLACES_SHOWN = 12
_NAMED = 3
_SIDES = ("reasons_for", "reasons_against")


def environment() -> jinja2.Environment:
    """Return the environment of the templates: everything is escaped, and a name that is missing is our fault."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("felinar.export", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(day=day, points=points, few=few, n=lambda number: f"{number:,}")
    return made


def operation_on_page(
    published: Published, row: Row, adverts: list[Row], names: dict[str, str] | None = None
) -> Mapping[str, Any]:
    """Return what a page says of an operation; behind the gate only its number, its size and its adverts' ids.

    `names` says how the page calls an advert, by its id; without it by the id that its source gave.
    """
    operation = told.operation(published, row)
    called = names or {str(a["advert_id"]): a["source_id"] or str(a["advert_id"]) for a in adverts}
    said = {**operation, "adverts_count": row["adverts"], "period": days(row)}
    if operation["gate"]:
        return {**said, "raised_by": _called(operation["gate_advert_ids"], called)}
    contacts = [key for key in operation["keys"] if not key["kind"].startswith(("near_duplicate", "picture"))]
    return {
        **said,
        "why": operation["reasons_for"][0]["because"] if operation["reasons_for"] else "",
        "places": operation["places"][:_PLACES_SHOWN],
        "contacts": contacts[:_CONTACTS_SHOWN],
        **{side: [_with_adverts(reason, called) for reason in operation[side]] for side in _SIDES},
        "weakest_shown_by": _called(operation["weakest_link_check"].get("shown_by", []), called),
        "more_contacts": max(0, len(contacts) - _CONTACTS_SHOWN),
        "timeline": timeline(_rows(adverts, contacts)),
    }


def advert_on_page(published: Published, advert: Row) -> dict[str, Any]:
    """Return an advert with its texts in pieces, its template and its first sighting."""
    fields = []
    for name in FIELDS:
        if advert[name]:
            mentions = [m for m in advert["mentions"] if m["field"] == name]
            slots = [s for s in advert["slots"] if s["field"] == name]
            fields.append({"name": name, "pieces": pieces(advert[name], mentions, slots)})
    template_id = advert["slots"][0]["template_id"] if advert["slots"] else None
    template = published.template(template_id) if template_id is not None else None
    seen = advert["sightings"][0] if advert["sightings"] else None
    return {**advert, "fields": fields, "template": template, "seen": seen}


def _with_adverts(reason: dict[str, Any], called: dict[str, str]) -> dict[str, Any]:
    """Return a reason with the adverts that show it."""
    return {**reason, "such_as": _called([str(i) for i in reason["advert_ids"]], called)}


def _called(advert_ids: list[str], called: dict[str, str]) -> str:
    """Return how the page calls the first of these adverts, and that there are more."""
    more = ", …" if len(advert_ids) > _NAMED else ""
    return ", ".join(called.get(i, i) for i in advert_ids[:_NAMED]) + more


def _rows(adverts: list[Row], contacts: list[dict[str, Any]]) -> list[tuple[str, Counter[str]]]:
    """Return the rows of the timeline: one per contact that links, and one for the adverts that show none."""
    by_contact: dict[tuple[str, str], list[Row]] = {}
    for advert in adverts:
        for said in dict.fromkeys((mention["kind"], mention["value"]) for mention in advert["mentions"]):
            by_contact.setdefault(said, []).append(advert)
    rows, shown = [], set()
    for contact in contacts:
        showing = by_contact.get((contact["kind"], contact["value"]), [])
        if showing and not contact["hub"]:
            rows.append((contact["value"], _by_day(showing)))
            shown |= {advert["advert_id"] for advert in showing}
    rest = [advert for advert in adverts if advert["advert_id"] not in shown]
    return rows + ([("no contact read" if rows else "all adverts", _by_day(rest))] if rest else [])


def _by_day(adverts: list[Row]) -> Counter[str]:
    return by_day(advert["posted_at"] for advert in adverts)
