"""Which reading of the same characters holds: the stronger kind drops the weaker mention that overlaps it."""

from __future__ import annotations

import re
from itertools import pairwise

from felinar.extract.contract import Extractor, Found

# Strongest first. What has a checksum beats what has a shape, and a shape beats a plain number.
ORDER = ("masked", "iban", "wallet", "email", "url", "handle", "phone", "price", "age", "place", "name")
_RANK = {kind: rank for rank, kind in enumerate(ORDER)}
# A phone or a handle inside such a link is no misreading: the link is made of it.
CONTACT_LINK = re.compile(r"wa\.me|whatsapp|viber|signal\.me|tel:|t\.me|phone", re.IGNORECASE)
INTRODUCED = 80
LINK = 100

Mention = tuple[Extractor, Found]


def without_misreadings(original: str, found: list[Mention]) -> list[Mention]:
    """Return the mentions without doubles and without those that overlap a stronger one; phrases overlap freely."""
    ranked = [m for m in found if m[1].start is not None and m[0].kind in _RANK]
    if not _overlap(ranked):  # most texts: nothing to decide, and two equal mentions would overlap
        return found
    kept = _strongest(original, ranked)
    free = [m for m in found if m[1].start is None or m[0].kind not in _RANK]
    return _without_doubles([*kept, *free])


def _overlap(ranked: list[Mention]) -> bool:
    """Whether any two mentions share a character."""
    spans = sorted([(f.start or 0, f.end or 0) for _, f in ranked])
    return any(left[1] > right[0] for left, right in pairwise(spans))


def _strongest(original: str, ranked: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    owners = bytearray(len(original))  # whose character it is: 0 for nobody's, so that the work is linear in the text
    for mention in sorted(ranked, key=_strength):
        start, end = mention[1].start or 0, mention[1].end or 0
        owner = _owner(mention[0].kind, original[start:end])
        if all(_may_share(mention[0].kind, other, owner) for other in set(owners[start:end])):
            kept.append(mention)
            owners[start:end] = bytes([owner]) * (end - start)
    return kept


def _strength(mention: Mention) -> tuple[int, int, int, str]:
    kind, found = mention[0].kind, mention[1]
    # A name that is introduced as one ("my name is Florence") beats the place of the same spelling.
    rank = _RANK["place"] - 0.5 if kind == "name" and found.confidence >= INTRODUCED else _RANK[kind]
    return int(rank * 2), found.start or 0, -(found.end or 0), found.value


def _owner(kind: str, raw: str) -> int:
    return _RANK[kind] + 1 + (LINK if kind in ("url", "handle") and CONTACT_LINK.search(raw) else 0)


def _may_share(kind: str, other: int, owner: int) -> bool:
    if other in (0, owner) or other % LINK == _RANK[kind] + 1:
        return True
    if kind == "handle":
        return other % LINK == _RANK["url"] + 1
    return kind == "phone" and other > LINK


def _without_doubles(found: list[Mention]) -> list[Mention]:
    best: dict[tuple[str, int | None, int | None, str], Mention] = {}
    for mention in found:
        key = (mention[0].kind, mention[1].start, mention[1].end, mention[1].value)
        best.setdefault(key, mention)
    return list(best.values()) if len(best) < len(found) else found
