"""Contact values as lists show them before somebody has said what they work on: enough to tell two apart, no more."""

from __future__ import annotations

import re

_DOTS = "•••"
# Contact values as they stand in a sentence: addresses, numbers with a country, long runs of digits, user names.
_IN_TEXT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d{6,15}|\b(?:[a-z]{2,12}:)[\w.@+-]{3,}|\b\d{8,}\b|@[\w.]{3,}")


def masked(value: str) -> str:
    """Return the first and last characters with dots between; short values show nothing but dots."""
    if len(value) < 8:
        return _DOTS
    network, colon, name = value.partition(":")
    head = network + colon + name[:1] if colon else value[:4]
    return f"{head}{_DOTS}{value[-2:]}"


def masked_text(text: str) -> str:
    """Return a sentence with every contact value in it masked."""
    return _IN_TEXT.sub(lambda found: masked(found[0]), text)
