"""Render what is known about a thing as text for a terminal."""

from __future__ import annotations

from typing import Any

from felinar.export.sentences import NOT_GUILT, day, days, few, points

_ADVERTS = 20
_KEYS = 20


def as_text(told: dict[str, Any]) -> str:
    """Return the lines for an operation, an advert or a key."""
    return "\n".join({"operation": _operation, "advert": _advert, "key": _key}[told["thing"]](told))


def _operation(told: dict[str, Any]) -> list[str]:
    rank = f"rank {told['rank']}, score {points(told['score'])} ({NOT_GUILT})" if told["rank"] else "not a lead"
    recognised = f", recognised as {told['recognised_as']}" if told["recognised_as"] else ""
    lines = [f"Operation {told['operation_id']}: {rank}{recognised}"]
    lines += [f"!! {told['gate']}"] if told["gate"] else []
    lines.append(f"{told['adverts']:,} adverts, {days(told)}")
    lines += [
        f"{title}: {few(told[name], 8)}" for title, name in (("Places", "places"), ("Names", "names")) if told[name]
    ]
    for title, side in (("For reading it", "reasons_for"), ("Against", "reasons_against")):
        lines += [f"{title}:", *map(_reason, told[side])] if told[side] else []
    if told["other_explanations"]:
        lines += ["What else explains it:", *(f"  {sentence}" for sentence in told["other_explanations"])]
    lines += [f"Weakest link: {told['weakest_link']}"] if told["weakest_link"] else []
    lines += ["Keys:", *(_key_line(k) for k in told["keys"][:_KEYS]), *_more(told["keys"], _KEYS)]
    lines += ["Adverts:", *(_advert_line(a) for a in told["advert_list"][:_ADVERTS])]
    return lines + _more(told["advert_list"], _ADVERTS)


def _reason(reason: dict[str, Any]) -> str:
    seen = f" [{', '.join(map(str, reason['advert_ids'][:3]))}]" if reason["advert_ids"] else ""
    return f"  {points(reason['points'])}  grade {reason['grade'] or '–'}  {reason['because']}{seen}"


def _key_line(key: dict[str, Any]) -> str:
    hub = "hub, " if key["hub"] else ""
    shown = f"on {key['shown']:,} here, " if "shown" in key else ""
    return f"  {key['kind']} {key['value']} ({hub}{shown}{key['adverts']:,} in all): {key['because']}"


def _advert_line(advert: dict[str, Any]) -> str:
    about = f"{day(advert['posted_at'])}  {advert['site']}  {advert['place_text']}  {advert['title']}"
    return f"  {advert['advert_id']} [{advert['source_id']}]  {about}"


def _more(things: list[Any], most: int) -> list[str]:
    return [f"  … and {len(things) - most:,} more; all of them with --json"] if len(things) > most else []


def _advert(told: dict[str, Any]) -> list[str]:
    lines = [f"Advert {told['advert_id']} [{told['source_id']}], operation {told['operation_id']}"]
    lines += [f"!! {told['gate']}"] if told["gate"] else []
    names = ("source", "url", "site", "account", "posted_at", "category", "language", "title")
    lines += [f"{name}: {told[name]}" for name in (*names, "place_text", "contact_text", "price_text") if told[name]]
    lines += [told["body"]] if told["body"] else []
    lines += ["Keys:", *(_key_line(k) for k in told["keys"])] if told["keys"] else []
    lines += ["Read in it:", *(_mention(m) for m in told["mentions"])] if told["mentions"] else []
    lines += [f"Pictures: {few(told['pictures'])}"] if told["pictures"] else []
    return [*lines, "Seen:", *(_sighting(s) for s in told["sightings"])] if told["sightings"] else lines


def _mention(mention: dict[str, Any]) -> str:
    place = (
        f"{mention['field']} {mention['start']}–{mention['end']}" if mention["start"] is not None else mention["field"]
    )
    raw = f" from '{mention['raw']}'" if mention["raw"] != mention["value"] else ""
    hidden = ", obscured" if mention["obscured"] else ""
    return f"  {mention['kind']} {mention['value']}{raw} ({place}, {mention['confidence']} %{hidden})"


def _sighting(sighting: dict[str, Any]) -> str:
    chunk = f"originals {sighting['raw_sha256'][:16]}…, byte {sighting['raw_offset']}"
    return f"  {sighting['captured_at']}  {chunk}  run {sighting['run_id']}  ({sighting['purpose']})"


def _key(told: dict[str, Any]) -> list[str]:
    hub = "a hub, links nothing" if told["hub"] else "links its adverts"
    lines = [f"Key {told['key_id']}: {told['kind']} {told['value']} – {hub}", f"Because {told['because']}."]
    spread = f"{told['texts']:,} texts, {told['sites']:,} sites, {told['others']:,} other contacts"
    lines += [f"{told['adverts']:,} adverts, {spread}", "Operations:"]
    lines += [f"  {o['operation_id']}: {o['adverts']:,} adverts, {days(o)}" for o in told["operations"][:_KEYS]]
    return lines + _more(told["operations"], _KEYS)
