"""What makes an advert itself: its id, and the site that it stood on."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from urllib.parse import urlsplit

import orjson

_BITS = (1 << 63) - 1


def advert_id_of(
    source: str, source_id: str, url: str, site: str, title: str, body: str, contact_text: str, posted_at: str
) -> int:
    """Return 63 bits of the SHA-256 of the canonical JSON of what makes an advert itself."""
    content = {
        "body": body,
        "contact_text": contact_text,
        "posted_at": posted_at,
        "site": site,
        "source": source,
        "source_id": source_id,
        "title": title,
        "url": url,
    }  # in the order of the keys: for texts, orjson then writes the same bytes as ids.canonical_json
    return int.from_bytes(hashlib.sha256(orjson.dumps(content)).digest()[:8], "big") & _BITS


@lru_cache(maxsize=65_536)
def site_of(text: str) -> str:
    """Return the host in lower case without www., from a site's name or an address; empty if there is none."""
    stripped = text.strip().lower()
    if not stripped:
        return ""
    try:
        host = urlsplit(stripped if "//" in stripped else f"//{stripped}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".")
