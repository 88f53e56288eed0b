"""Say in one sentence what an operation hangs on. No heavy imports: commands call this."""

from __future__ import annotations

import json
from typing import Any

SHA256_DIGITS = 64

_NOUNS = {
    "phone": "the telephone number",
    "email": "the e-mail address",
    "handle": "the handle",
    "account": "the site account",
    "picture": "the picture",
    "picture_copy": "copies of the picture",
    "picture_small": "copies, in other sizes, of the picture",
    "picture_part": "parts of the picture",
    "url": "the link to",
}


def because_of_weakest_link(evidence: str) -> str:
    """Return which keys hold the operation together at its weakest point, and what would split off without them."""
    if not evidence:
        return "a single advert; nothing holds it together"
    facts = json.loads(evidence)
    smaller, larger = facts["splits"]
    named = [_key(kind, value) for kind, value in facts["keys"]]
    what = " and ".join(named) if named else "a person's judgement"
    times = 1 << (facts["spare_millibits"] // 1000)
    margin = f"would hold if it were {times:,} times weaker" if times > 1 else "is just enough"
    return (
        f"weakest where {what} {'join' if len(named) > 1 else 'joins'} {smaller:,} advert{'s' if smaller != 1 else ''} "
        f"to the other {larger:,}; the evidence there {margin}"
    )


def because_of_change(entry: dict[str, Any]) -> str:
    """Return one entry of an operation's history as a sentence: what came or went, and what did it."""
    adverts = f"{entry['adverts']:,} advert{'' if entry['adverts'] == 1 else 's'}"
    other = f"operation {entry['operation']}"
    said = {
        "merged": f"all of {other} ({adverts}) came to this one",
        "taken over": f"{adverts} came from {other}",
        "split": f"{adverts} split off from {other}",
        "lost": f"{adverts} went to {other}",
    }[entry["kind"]]
    return f"{said}, because {_cause(entry['cause'])}"


def _cause(cause: dict[str, Any]) -> str:
    if "judgement" in cause:
        return f"judgement {cause['judgement']} says so"
    if "keys" in cause:
        return f"both show {_list(cause['keys'])}"
    if "hubs" in cause:
        many = len(cause["hubs"]) > 1
        return f"{_list(cause['hubs'])} turned out to be {'hubs, which link' if many else 'a hub, which links'} nothing"
    if "thin" in cause:
        return f"{_list(cause['thin'])} alone {'say' if len(cause['thin']) > 1 else 'says'} too little by now"
    return "what tied them together is no longer there"


def _list(keys: list[list[str]]) -> str:
    return " and ".join(_key(kind, value) for kind, value in keys)


def _key(kind: str, value: str) -> str:
    if kind == "near_duplicate":
        return f"nearly the same text (group {value})"
    is_file = kind.startswith("picture") and len(value) == SHA256_DIGITS
    return f"{_NOUNS.get(kind, kind)} {value[:12] + '…' if is_file else value}"
