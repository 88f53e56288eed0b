"""Whether what somebody typed can be the hash of a picture: MD5, SHA-1, SHA-256 or PDQ."""

from __future__ import annotations

import re

_HASH = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}").fullmatch


def is_hash(text: str) -> bool:
    """Return whether this can be the hash of a picture."""
    return _HASH(text.strip()) is not None
