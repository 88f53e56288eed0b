"""Cut a text into pieces so that what was read in it can be coloured; the text itself is never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Stronger kinds win where two readings overlap; a phrase gives way to the number inside it.
PRECEDENCE = ("phone", "email", "handle", "url", "wallet", "iban", "masked", "price", "age", "name", "place", "phrase")


@dataclass(frozen=True)
class Piece:
    """Some characters of the text: `kind` of the mention that covers them (or empty), and whether a slot does."""

    text: str
    kind: str = ""
    slot: bool = False
    title: str = ""


def pieces(text: str, mentions: list[dict[str, Any]], slots: list[dict[str, Any]]) -> list[Piece]:
    """Return the pieces in order; joined they give the text. Spans outside the text are cut at its ends."""
    kinds, titles = _painted(len(text), mentions)
    in_slot = [0] * len(text)
    for number, slot in enumerate(slots, start=1):
        for place in _places(slot, len(text)):
            in_slot[place] = number
    cuts = [0, *(i for i in range(1, len(text)) if _state(i, titles, in_slot) != _state(i - 1, titles, in_slot))]
    ends = [*cuts[1:], len(text)] if text else []
    return [Piece(text[a:b], kinds[a], in_slot[a] > 0, titles[a]) for a, b in zip(cuts, ends, strict=False)]


def _state(place: int, titles: list[str], in_slot: list[int]) -> tuple[str, int]:
    return titles[place], in_slot[place]


def _painted(length: int, mentions: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Return for each character the kind that covers it and the words that explain the reading."""
    kinds, titles = [""] * length, [""] * length
    shown = [m for m in mentions if m["kind"] in PRECEDENCE]
    for mention in sorted(shown, key=lambda m: -PRECEDENCE.index(m["kind"])):
        title = f"{mention['kind']} {mention['display'] or mention['value']}, {mention['confidence']} %"
        for place in _places(mention, length):
            kinds[place], titles[place] = mention["kind"], title
    return kinds, titles


def _places(span: dict[str, Any], length: int) -> range:
    if span["start"] is None or span["end"] is None:
        return range(0)
    return range(max(0, span["start"]), min(length, span["end"]))
