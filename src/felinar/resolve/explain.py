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
        "nearly the same text" if kind == "near_duplicate" else f"{_NOUNS.get(kind, kind)} {value}"
        for kind, value in facts["keys"]
    ]
    what = " and ".join(named) if named else "a person's judgement"
    bits = facts["spare_millibits"] / 1000
    return (
        f"weakest where {what} joins {smaller:,} advert{'s' if smaller != 1 else ''} to the other {larger:,}; "
        f"the evidence there exceeds the least that is asked by {bits:.1f} bits"
    )
