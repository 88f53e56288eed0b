"""Render what is known about a thing as text for a terminal."""

from __future__ import annotations

from typing import Any

from felinar.cli.search_text import lead_told
from felinar.cli.show_operation import key_line, more, operation_lines
from felinar.export.sentences import count, days, few
from felinar.store.published import Row

_OPERATIONS = 20
_ADVERTS = 10
HUB_MEANS = (
    "A hub is a number, text or picture that many strangers share (a booking line, a site's own footer, a stock "
    "picture). It says nothing about who posted an advert: go on with the advert's other contacts."
)


def as_text(told: dict[str, Any]) -> str:
    """Return the lines for an operation, an advert or a key."""
    lines = {"operation": operation_lines, "advert": _advert, "key": _key}[told["thing"]](told)
    judged = told.get("judgements", [])
    return "\n".join([*lines, *(["Judged:", *(f"  {sentence}" for sentence in judged)] if judged else [])])


def _advert(told: dict[str, Any]) -> list[str]:
    belongs = f"operation {told['operation_id']}" if told["operation_id"] else "in no operation"
    lines = [f"Advert {told['advert_id']} [{told['source_id']}], {belongs}"]
    lines += [f"!! {told['gate']}"] if told["gate"] else []
    names = ("source", "url", "site", "account", "posted_at", "category", "language", "title")
    lines += [f"{name}: {told[name]}" for name in (*names, "place_text", "contact_text", "price_text") if told[name]]
    lines += [told["body"]] if told["body"] else []
    lines += ["Keys:", *(f"{key_line(k)}: {k['because']}" for k in told["keys"])] if told["keys"] else []
    lines += ["Read in it:", *(_mention(m) for m in told["mentions"])] if told["mentions"] else []
    lines += [f"Pictures: {few(told['pictures'])}"] if told["pictures"] else []
    return [*lines, "Seen:", *(_sighting(s) for s in told["sightings"])] if told["sightings"] else lines


def _mention(mention: Row) -> str:
    place = (
        f"{mention['field']} {mention['start']}–{mention['end']}" if mention["start"] is not None else mention["field"]
    )
    raw = f" from '{mention['raw']}'" if mention["raw"] not in ("", mention["value"]) else ""
    hidden = ", obscured" if mention["obscured"] else ""
    return f"  {mention['kind']} {mention['value']}{raw} ({place}, {mention['confidence']} %{hidden})"


def _sighting(sighting: Row) -> str:
    chunk = f"originals {sighting['raw_sha256'][:16]}…, byte {sighting['raw_offset']}"
    return f"  {sighting['captured_at']}  {chunk}  run {sighting['run_id']}  ({sighting['purpose']})"


def _key(told: dict[str, Any]) -> list[str]:
    hub = "a hub, links nothing" if told["hub"] else "links its adverts"
    lines = [f"Key {told['key_id']}: {told['kind']} {told['value']} – {hub}"]
    lines += [f"!! {told['gate']}"] if told["gate"] else []
    lines += [f"Because {told['because']}.", *([HUB_MEANS] if told["hub"] else [])]
    counts = [(told["adverts"], "advert"), (told["texts"], "text"), (told["sites"], "site")]
    spread = [count(number, noun) for number, noun in (*counts, (told["others"], "other contact"))]
    lines += [", ".join(spread), "Operations:"]
    lines += [
        f"  {'!! ' if o['gated'] else ''}{o['operation_id']}{lead_told(o)}: {count(o['adverts'], 'advert')}, {days(o)}"
        for o in told["operations"][:_OPERATIONS]
    ]
    lines += more(told["operations"], _OPERATIONS)
    return [*lines, f"Adverts: {', '.join(told['advert_ids'][:_ADVERTS])}", *more(told["advert_ids"], _ADVERTS)]
