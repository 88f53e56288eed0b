"""Say in one sentence what an operation hangs on. No heavy imports: commands call this."""

from __future__ import annotations

import json

_NOUNS = {
    "phone": "the telephone number",
    "email": "the e-mail address",
    "handle": "the handle",
    "account": "the site account",
    "picture": "the picture",
    "url": "the link to",
}


def because_of_weakest_link(evidence: str) -> str:
    """Return which keys hold the operation together at its weakest point, and what would split off without them."""
    if not evidence:
        return "a single advert; nothing holds it together"
    facts = json.loads(evidence)
    smaller, larger = facts["splits"]
    named = [
        f"nearly the same text (group {value})" if kind == "near_duplicate" else f"{_NOUNS.get(kind, kind)} {value}"
        for kind, value in facts["keys"]
    ]
    what = " and ".join(named) if named else "a person's judgement"
    times = 1 << (facts["spare_millibits"] // 1000)
    margin = f"would hold if it were {times:,} times weaker" if times > 1 else "is just enough"
    return (
        f"weakest where {what} {'join' if len(named) > 1 else 'joins'} {smaller:,} advert{'s' if smaller != 1 else ''} "
        f"to the other {larger:,}; the evidence there {margin}"
    )
