"""Evidence as canonical JSON, remembered: the same few pieces of evidence stand behind most mentions."""

from __future__ import annotations

from functools import lru_cache

from felinar.ids import canonical_json


@lru_cache(maxsize=8192)
def evidence(*pairs: tuple[str, str | int | tuple[str, ...]]) -> str:
    """Return canonical JSON of (name, value) pairs; pairs with an empty value are left out."""
    return canonical_json({name: value for name, value in pairs if value != ""})
