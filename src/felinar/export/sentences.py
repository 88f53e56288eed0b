"""Say why: the sentences behind leads, keys and joins, made from stored evidence when something is shown."""

from __future__ import annotations

import json
from typing import Any

from felinar.store.published import Published, Row

GATE = "possible minor: report first to the national reporting channel; details of the person are withheld here"
GATE_AMONG = (
    "possible minor in the operations marked !!: report these first to the national reporting channel; places are "
    "withheld here"
)
GATE_LONG = (
    "Something in these adverts may speak of a person under 18. Report first, through your national reporting "
    "channel and your supervisor; do not search for, copy or pass on details of the person. They are withheld here."
)
NOT_GUILT = "ranks operations for reading; says nothing about guilt"
VICTIM_FIRST = (
    "Treat every person in these adverts as someone who may need help, never as a suspect. A lead has no effect until "
    "a named person has read it and confirmed it."
)


def reasons(lead: Row, hits: list[Row], side: str) -> list[dict[str, Any]]:
    """Return the reasons of one side ("reasons_for", "reasons_against"): sentence, grade, points, adverts each."""
    from felinar.score.explain import because_of_hit

    found = {hit["indicator"]: hit for hit in hits}
    told = []
    for reason in lead[side]:
        hit = found.get(reason["indicator"], {})
        told.append(
            {
                "indicator": reason["indicator"],
                "because": because_of_hit(reason["indicator"], reason["evidence"], int(hit.get("share") or 0)),
                "points": reason["points"],
                "grade": hit.get("grade", ""),
                "advert_ids": hit.get("advert_ids", []),
            }
        )
    return told


def other_explanations(lead: Row, most: int = 4) -> list[str]:
    """Return what else explains the strongest reasons, from the registry: read it before the reasons are believed."""
    from felinar.score.explain import indicator

    caveats = [indicator(reason["indicator"]).caveat.rstrip(".") for reason in lead["reasons_for"]]
    return [f"{caveat}." for caveat in dict.fromkeys(filter(None, caveats))][:most]


def weakest_link(operation: Row) -> str:
    """Return the sentence on the join that carries the operation with the least evidence; empty for a single advert."""
    from felinar.resolve.explain import because_of_weakest_link

    return because_of_weakest_link(operation["weakest_link"]) if operation["weakest_link"] not in ("", "{}") else ""


def history(operation: Row) -> list[str]:
    """Return what became of an operation from run to run, oldest first, each as a sentence with its cause."""
    from felinar.resolve.explain import because_of_change

    return [because_of_change(entry) for entry in json.loads(operation.get("history") or "[]")]


def key_sentence(key: Row, published: Published) -> str:
    """Return why a key ties adverts together, or why it ties nothing."""
    from felinar.link.explain import because_of_hub, because_of_link

    if key["hub"]:
        return because_of_hub(key["key_kind"], key["value"], key["evidence"])
    evidence = key.get("link_evidence") or "{}"
    return because_of_link(key["key_kind"], key["value"], key["adverts"], int(published.facts["adverts"]), evidence)


def gate_below(operation_ids: list[str]) -> str:
    """Return the sentence on operations behind the gate that stand further down than what is shown; may be empty."""
    if not operation_ids:
        return ""
    stand = "stands" if len(operation_ids) == 1 else "stand"
    which = f"{count(len(operation_ids), 'operation')} with a possible minor {stand} further down"
    return f"{which}; report first, whatever the rank: {few(operation_ids, 10)}."


def count(number: int, noun: str) -> str:
    """Return "1 advert", "0 adverts", "1,200 adverts"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def points(thousandths: int) -> str:
    """Return points as people read them: +0.70."""
    return f"{thousandths / 1000:+.2f}"


def day(time: str | None) -> str:
    """Return the day of a stored time, or a dash where there is none."""
    return time[:10] if time else "–"


def days(operation: Row) -> str:
    """Return from when to when the adverts of an operation run."""
    first, last = day(operation.get("first_seen")), day(operation.get("last_seen"))
    return first if first == last else f"{first} to {last}"


def few(names: list[str], most: int = 4) -> str:
    """Return the first names in a row, and how many more there are."""
    more = len(names) - most
    return "; ".join(names[:most]) + (f" +{more}" if more > 0 else "")
