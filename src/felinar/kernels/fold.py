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

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

_DROPPED = ("Cf", "Mn", "Me")


@dataclass(frozen=True)
class Folded:
    """A text in folded form; `starts[i]` and `ends[i]` are the original characters behind folded character i.

    `notes` is for its readers: what one of them found out about the text and another one needs too.
    """

    original: str
    text: str
    starts: list[int] | range
    ends: list[int] | range
    notes: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original characters behind folded[start:end]; marks that were dropped inside stay inside."""
        if start >= end:
            raise ValueError(f"an empty span has no place in the original: {start}..{end}")
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def is_identity(self) -> bool:
        """Whether folded and original characters correspond one to one."""
        return isinstance(self.starts, range)


def fold_character(character: str) -> str:
    """Return what one character folds to: nothing, one character or a few."""
    return _TABLE[ord(character)]


def fold(original: str) -> Folded:
    """Return the folded text with its map to the original; ASCII text costs one lower-casing."""
    if original.isascii():
        return Folded(original, original.lower(), range(len(original)), range(1, len(original) + 1))
    text = original.translate(_TABLE)
    if len(text) == len(original) and _not_one(len(_NOT_ONE)).search(original) is None:
        return Folded(original, text, range(len(original)), range(1, len(original) + 1))
    starts = _starts(original)
    return Folded(original, text, starts, [i + 1 for i in starts])


def _starts(original: str) -> list[int]:
    """Return the original character behind each folded one; stretches that fold one to one are copied whole."""
    starts: list[int] = []
    done = 0
    for i in [match.start() for match in _not_one(len(_NOT_ONE)).finditer(original)]:
        starts.extend(range(done, i))
        starts.extend([i] * len(_TABLE[ord(original[i])]))
        done = i + 1
    starts.extend(range(done, len(original)))
    return starts


@lru_cache(maxsize=1)
def _not_one(known: int) -> re.Pattern[str]:
    """Return a pattern for the characters met so far, `known` many, that do not fold to one character."""
    return re.compile(f"[{re.escape(''.join(sorted(_NOT_ONE)))}]" if known else r"(?!)")


def _fold_one(character: str) -> str:
    if unicodedata.category(character) in _DROPPED:
        return ""
    plain = "".join(map(_plain, unicodedata.normalize("NFKD", character)))
    folded = unicodedata.normalize("NFC", plain).casefold()
    # Some case foldings bring marks of their own, or characters that fold further: fold until it stays.
    return folded if folded == character else "".join(map(_fold_one, folded))


def _plain(part: str) -> str:
    digit = unicodedata.decimal(part, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(part) in _DROPPED else part


class _Table(dict[int, str]):
    """Code point to folded text, filled as characters are met; those that do not fold to one are kept aside."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        if len(folded) != 1:
            _NOT_ONE.add(chr(code))
        self[code] = folded
        return folded


# At most one entry per Unicode character, so neither can grow without end.
_NOT_ONE: set[str] = set()
_TABLE = _Table()
