"""Render what a search found: lines for one value, a row of a table for each value of a list."""

from __future__ import annotations

from typing import Any

from felinar.cli.search_words import words_text
from felinar.export.sentences import count, day, days, few

COLUMNS = ("value", "hits", "adverts", "first seen", "last seen", "places", "operation", "remark")
_SHOWN = 10
_NEAR = "Numbers one slip of typing away, perhaps meant and perhaps somebody else's:"


def answer_text(data: dict[str, Any]) -> str:
    """Return how the text was read and what was found under it, long lists cut with a count."""
    lines = [data["said"]] if data["said"] else []
    for key in data["keys"]:
        lines += _key(key)
    for name in ("adverts", "uncertain_adverts"):
        lines += [_advert(advert, name) for advert in data[name][:_SHOWN]]
        lines += _more(data[name], "adverts")
    for operation in data["operations_told"]:
        lines.append(f"operation {operation['operation_id']}: {_adverts(operation)}, {days(operation)}")
        lines += [f"  !! {operation['gate']}"] if operation["gate"] else []
    if data["near"]:
        lines += [_NEAR, *(f"  {near['value']}: {_adverts(near)}" for near in data["near"])]
    lines += words_text(data["words"]) if "words" in data else []
    return "\n".join(lines)


def _key(key: dict[str, Any]) -> list[str]:
    hub = " – a hub" if key["hub"] else ""
    lines = [f"{key['kind']} {key['value']} ({key['matched']}){hub}: {_adverts(key)}, {days(key)}"]
    lines += [f"  !! {key['gate']}"] if key["gate"] else []
    lines += [f"  {few(key['places'])}"] if key["places"] else []
    # The first line says it all of a contact; a hub, a text or a picture needs its sentence.
    lines += [f"  {key['because']}"] if key["hub"] or key["kind"].startswith(("near_duplicate", "picture")) else []
    lines += [
        f"  {'!! ' if o['gated'] else ''}operation {o['operation_id']}{lead_told(o)}: {_adverts(o)}"
        for o in key["operations"][:_SHOWN]
    ]
    return lines + ["  " + line for line in _more(key["operations"], "operations")]


def lead_told(operation: dict[str, Any]) -> str:
    """Return the rank of an operation that is a lead, to stand behind its id; else nothing."""
    return f" (lead {operation['rank']})" if operation["rank"] else ""


def _adverts(counted: dict[str, Any]) -> str:
    return count(counted["adverts"] or 0, "advert")


def _more(things: list[Any], noun: str) -> list[str]:
    return [f"… and {len(things) - _SHOWN:,} more {noun}; all of them with --json"] if len(things) > _SHOWN else []


def _advert(advert: dict[str, Any], name: str) -> str:
    unsure = "" if name == "adverts" else " (uncertain reading)"
    about = f"{day(advert['posted_at'])}  {advert['site']}  {advert['title'] or advert['gate']}"
    operation = f"  operation {advert['operation_id']}" if advert["operation_id"] else ""
    return f"advert {advert['advert_id']} [{advert['source_id']}]{unsure}  {about}{operation}"


def table_row(data: dict[str, Any]) -> list[str]:
    """Return the cells of one value, in the order of `COLUMNS`."""
    seen = [*data["keys"], *data["operations_told"]]
    first = [t["first_seen"] for t in seen] + [a["posted_at"] for a in data["adverts"]]
    last = [t["last_seen"] for t in seen] + [a["posted_at"] for a in data["adverts"]]
    places = [p for t in seen for p in t["places"]] + [a["place_text"] for a in data["adverts"] if a["place_text"]]
    found = [o for key in data["keys"] for o in key["operations"]] + data["operations_told"] + data["adverts"]
    operations = list(dict.fromkeys(o["operation_id"] for o in found if o["operation_id"]))
    shown = sum(thing["adverts"] or 0 for thing in seen) + len(data["adverts"])
    hits = len(seen) + len(data["adverts"])
    days_seen = (day(min(filter(None, first), default=None)), day(max(filter(None, last), default=None)))
    cells = (data["what"], str(hits), str(shown), *days_seen, few(list(dict.fromkeys(places))), few(operations, 3))
    return [cell.replace("\t", " ") for cell in (*cells, _remark(data, hits))]


def _remark(data: dict[str, Any], hits: int) -> str:
    if not hits:
        return str(data["said"])
    gated = any(t["gate"] for t in (*data["keys"], *data["operations_told"], *data["adverts"]))
    said = ["possible minor: report first"] if gated else []
    return "; ".join([*said, *(["hub, links nothing"] if any(key["hub"] for key in data["keys"]) else [])])
