"""`report.html` of a dossier: all that is told of its operations and adverts, on a page that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from felinar.export.dossier.masks import Masks
from felinar.export.highlight import PRECEDENCE
from felinar.export.on_page import FIELDS, advert_on_page, environment, operation_on_page
from felinar.export.sentences import NOT_GUILT, VICTIM_FIRST
from felinar.export.timeline import WIDTH
from felinar.registry import GRADES
from felinar.store.published import Published, Row

PRINTED = 300  # adverts on the page; all of them stand in the files beside it
LONGEST = 20_000  # characters of one text on the page
_TEMPLATES = 10
_SLOT = "<*>"
WHERE_TO_REPORT = (
    "Where to report a possible minor: the police, and the hotline of the country: NCMEC's CyberTipline in the United "
    "States, CEOP of the National Crime Agency in the United Kingdom, else the hotline that INHOPE lists for the "
    "country; 116 000 for missing children in Europe. Where somebody is in danger now: the emergency number."
)
UNKNOWN = (
    "It reads adverts only. It does not know who wrote them, whether what they say is true, or whether anybody is "
    "forced to anything.",
    "Operations are adverts that share contacts, texts or pictures. People may share these for innocent reasons: a "
    "landlord, an agency, a friend, a copied text. The weakest tie is named above so that it can be checked first.",
    "Points order a reading list. They are no probability, and were not learned from outcomes of cases.",
    "A reading may be wrong: a number may be a price or a date. Compare each with the characters it was read from.",
    "Adverts that were never collected, or were removed before, are missing; absence here means nothing.",
)


@dataclass(frozen=True)
class Told:
    """What people wrote about one operation; sentences, and rows with text, actor and made_at."""

    status: Mapping[str, Any] | None = None
    judged: list[str] = field(default_factory=list)
    notes: list[Mapping[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Contents:
    """What goes on the page: operations with what people wrote, adverts in the order of the exhibits, and facts."""

    published: Published
    operations: list[tuple[Row, Told]]
    adverts: list[Row]
    exhibits: list[dict[str, Any]]
    about: Mapping[str, Any]
    made_with: Mapping[str, Any]
    case_notes: list[Mapping[str, Any]]


def page(contents: Contents) -> str:
    """Return the page."""
    published, names = contents.published, {e["advert_id"]: e["exhibit"] for e in contents.exhibits}
    leads = [_lead(published, row, told, contents.adverts, names) for row, told in contents.operations]
    told_fully = {e["advert_id"]: e for e in contents.exhibits if e["fields"]}
    shown = [row for row in contents.adverts if str(row["advert_id"]) in told_fully]
    adverts = [
        {**advert_on_page(published, _cut(row)), **_of_exhibit(told_fully[str(row["advert_id"])])}
        for row in shown[:PRINTED]
    ]
    found = {piece.kind for advert in adverts for one in advert["fields"] for piece in one["pieces"]}
    return (
        environment()
        .get_template("dossier.html")
        .render(
            about=contents.about,
            made_with=contents.made_with,
            case_notes=contents.case_notes,
            leads=leads,
            adverts=adverts,
            more_adverts=max(0, len(shown) - PRINTED),
            kinds=[kind for kind in PRECEDENCE if kind in found],
            not_guilt=NOT_GUILT,
            victim_first=VICTIM_FIRST,
            where_to_report=WHERE_TO_REPORT,
            unknown=UNKNOWN,
            grades=GRADES,
            width=WIDTH,
        )
    )


def _cut(row: Row) -> Row:
    """Return an advert with the beginning of its texts: a page of a megabyte is read by nobody."""
    return row | {name: text[:LONGEST] for name in FIELDS if (text := row[name])}


def _of_exhibit(exhibit: dict[str, Any]) -> dict[str, Any]:
    longest = max(map(len, exhibit["fields"].values()))
    return {"exhibit": exhibit["exhibit"], "records": exhibit["records"], "cut": max(0, longest - LONGEST)}


def _lead(published: Published, row: Row, told: Told, adverts: list[Row], names: dict[str, str]) -> dict[str, Any]:
    own = [advert for advert in adverts if advert["operation_id"] == row["operation_id"]]
    operation = dict(operation_on_page(published, row, own, names))
    for side in ("reasons_for", "reasons_against"):
        operation[side] = [{**reason, "caveat": _caveat(reason["indicator"])} for reason in operation[side]]
    gated = bool(operation["gate"])
    return operation | {
        "status": told.status,
        "hubs": [] if gated else [key for key in operation["keys"] if key["hub"]],
        "templates": [] if gated else _templates(published, operation["keys"], frozenset(a["advert_id"] for a in own)),
        "judged": [] if gated else told.judged,
        "notes": [] if gated else told.notes,
    }


def _caveat(indicator_id: str) -> str:
    from felinar.score.explain import indicator

    return indicator(indicator_id).caveat


def _templates(published: Published, keys: list[dict[str, Any]], own: frozenset[int]) -> list[dict[str, Any]]:
    """Return the common texts of the operation, most adverts first, as pieces of text and slots."""
    texts = [key for key in keys if key["kind"] == "near_duplicate"][:_TEMPLATES]
    found = [_template(published, int(key["key_id"]), int(key["value"]), own) for key in texts]
    return [{"adverts": one["adverts"], "pieces": _pieces(one)} for one in found if one is not None]


def _template(published: Published, template_id: int, medoid: int, own: frozenset[int]) -> Row | None:
    """Return a template; its words are those of one advert, and where that is not of this dossier, nobody is named."""
    found, other = published.template(template_id), published.advert(medoid) if medoid not in own else None
    if found is None or other is None:
        return found
    masks = Masks()
    masks.add_advert(other)
    return masks.row(found)


def _pieces(template: Row) -> list[dict[str, Any]]:
    kinds = {slot["position"]: slot["kind"] for slot in template["slots"]}
    return [
        {"slot": token == _SLOT, "text": kinds.get(at, "text") if token == _SLOT else token, "kind": kinds.get(at, "")}
        for at, token in enumerate(template["tokens"])
    ]
