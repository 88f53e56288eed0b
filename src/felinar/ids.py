"""Ids made from content: the same advert has the same id on every machine, on every day."""

from __future__ import annotations

import hashlib
import json
from typing import Any

_SIXTY_THREE_BITS = (1 << 63) - 1


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys, no blanks and no escapes: one text for one value (RFC 8785, without floats)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def id_of_bytes(content: bytes) -> int:
    """Return the first 63 bits of the SHA-256 of the content, as a non-negative integer."""
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big") & _SIXTY_THREE_BITS


def id_of(*parts: str | int | None) -> int:
    """Return the 63-bit id of a list of parts; `id_of("phone", "+4420…")` is the id of that key."""
    return id_of_bytes(canonical_json(list(parts)).encode("utf-8", "surrogatepass"))


def key_id(key_kind: str, value: str) -> int:
    """Return the id of the key with this kind and this value."""
    return id_of(key_kind, value)


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of the content as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
