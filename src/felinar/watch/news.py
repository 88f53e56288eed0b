"""What is new in the adverts that a watch found: a contact, a place, a site or a text that it has not seen before.

An advert that brings none of these is a re-post: it is counted and makes no alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

KINDS = ("contact", "place", "site", "text")
Features = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Seen:
    """One advert as a watch sees it: its id, when it was posted, and its (kind, value) of `KINDS`."""

    advert_id: int
    posted_at: str
    features: Features


@dataclass(frozen=True)
class News:
    """Adverts that bring something new, re-posts, and the new values by kind, each in the order of its first advert."""

    adverts: tuple[int, ...] = ()
    reposts: tuple[int, ...] = ()
    values: dict[str, list[str]] = field(default_factory=dict)


def news(known: Iterable[Seen], coming: Sequence[Seen]) -> News:
    """Return what the coming adverts bring that the known ones do not have, oldest advert first."""
    have = {feature for advert in known for feature in advert.features}
    adverts: list[int] = []
    reposts: list[int] = []
    values: dict[str, list[str]] = {}
    for advert in sorted(coming, key=lambda one: (one.posted_at, one.advert_id)):
        new = sorted(advert.features - have)
        (adverts if new else reposts).append(advert.advert_id)
        have |= advert.features
        for kind, value in new:
            values.setdefault(kind, []).append(value)
    return News(tuple(adverts), tuple(reposts), {kind: values[kind] for kind in KINDS if kind in values})
