"""Fold a text to the one form in which all rules read it, with a map back to the original characters.

Digits of every script become 0-9, case and combining marks go, zero-width characters and soft hyphens go,
compatibility forms (full-width, circled, mathematical, keycaps) become plain; non-ASCII letters stay letters.

| original   | folded     |
|------------|------------|
| Nouă Șapte | noua sapte |
| ０７\u200b００ | 0700     |
| Ёлка       | елка       |
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class Folded:
    """A text in folded form; `starts[i]` and `ends[i]` are the original characters behind folded character i."""

    original: str
    text: str
    starts: list[int] | range
    ends: list[int] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original characters behind folded[start:end]; marks that were dropped inside stay inside."""
        if start >= end:
            raise ValueError(f"an empty span has no place in the original: {start}..{end}")
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def is_identity(self) -> bool:
        """Whether folded and original characters correspond one to one."""
        return isinstance(self.starts, range)


@lru_cache(maxsize=None)
def fold_character(character: str) -> str:
    """Return what one character folds to: nothing, one character or a few."""
    if unicodedata.category(character) in ("Cf", "Mn", "Me") or character in "\ufe0f\u20e3":
        return ""
    plain = []
    for part in unicodedata.normalize("NFKD", character):
        digit = unicodedata.decimal(part, None)
        if digit is not None:
            plain.append(str(digit))
        elif unicodedata.category(part) not in ("Mn", "Me", "Cf"):
            plain.append(part)
    return unicodedata.normalize("NFC", "".join(plain)).casefold()


def fold(original: str) -> Folded:
    """Return the folded text with its map to the original; ASCII text costs one lower-casing."""
    if original.isascii():
        span = range(len(original))
        return Folded(original, original.lower(), span, range(1, len(original) + 1))
    pieces = [fold_character(c) for c in original]
    text = "".join(pieces)
    if len(text) == len(original) and all(len(p) == 1 for p in pieces):
        return Folded(original, text, range(len(original)), range(1, len(original) + 1))
    starts = [i for i, piece in enumerate(pieces) for _ in piece]
    return Folded(original, text, starts, [i + 1 for i in starts])
