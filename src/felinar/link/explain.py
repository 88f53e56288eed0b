"""Say in one sentence why a key ties adverts together, or why it does not. No heavy imports: commands call this."""

from __future__ import annotations

import json

SHA256_DIGITS = 64

_NOUNS = {
    "phone": "the telephone number",
    "email": "the e-mail address",
    "handle": "the handle",
    "url": "the link to",
    "wallet": "the wallet",
    "iban": "the bank account",
    "account": "the site account",
    "masked": "the contact that the data owner masked as",
    "picture": "the picture",
    "picture_copy": "copies of the picture",
    "picture_small": "copies, in other sizes, of the picture",
    "picture_part": "parts of the picture",
}


def because_of_link(key_kind: str, value: str, adverts: int, pile: int, evidence: str) -> str:
    """Return why sharing this key says something: "both show the telephone number +44…, on 2 of 48,210 adverts"."""
    spread = f"on {adverts:,} of {pile:,} adverts"
    if key_kind == "near_duplicate":
        alike = json.loads(evidence or "{}").get("similarity")
        how = f" (this one is {alike // 10} % alike)" if alike else ""
        return f"they carry nearly the same text{how}, which stands {spread}"
    if key_kind == "picture" and len(value) == SHA256_DIGITS:
        return f"they show the same picture file (SHA-256 {value[:12]}…), which stands {spread}"
    if key_kind.startswith("picture_"):
        return f"they show {_NOUNS[key_kind]} {value[:12]}…{_alike(evidence)}, {spread}"
    return f"they show {_NOUNS.get(key_kind, key_kind)} {value}, which stands {spread}"


def _alike(evidence: str) -> str:
    """Return how the picture of this link is alike to the one in the middle of its group, in brackets."""
    facts = json.loads(evidence or "{}")
    said = ["mirrored"] if facts.get("mirrored") else []
    if "distance" in facts:
        said.append(f"{facts['distance']} of 256 bits differ")
    if "agreeing" in facts:
        said.append(f"{facts['agreeing']} points lie alike")
    return f" (this one: {', '.join(said)})" if said else ""


def because_of_hub(key_kind: str, value: str, evidence: str) -> str:
    """Return why this key is refused as a link."""
    facts = json.loads(evidence or "{}")
    named = f"{value[:12]}…" if key_kind.startswith("picture") and len(value) == SHA256_DIGITS else value
    noun = "a copied text" if key_kind == "near_duplicate" else f"{_NOUNS.get(key_kind, key_kind)} {named}"
    if facts.get("judged"):
        return f"{noun} was judged to be shared by unrelated adverts, so it links nothing"
    if facts.get("blank"):
        return f"{noun} shows next to nothing (one colour or a slow shade), so it links nothing"
    if facts.get("copies"):
        noun += ", in all its copies,"
    return (
        f"{noun} stands on {facts.get('adverts', 0):,} adverts that otherwise fall into "
        f"{facts.get('pieces', 0):,} groups, "
        f"{facts.get('owned', 0):,} of them with a contact of their own; so it links nothing"
    )
