"""Selectors: the contact details, accounts and pictures that adverts show, as (advert, key) rows.

| advert shows                       | key                          |
|------------------------------------|------------------------------|
| +44 7700 900123, read as E.164     | phone +447700900123          |
| 07700 900123, region unknown       | phone 07700900123; `completed.py` says which number it may be |
| the poster's account on its site   | account example.org/4711     |
| a link to its own site             | none                         |
"""

from __future__ import annotations

import pyarrow as pa

from felinar.engine.duckdb import DuckDB
from felinar.engine.port import Engine, Step

RULES = "selectors/2"  # counted on when another rule makes keys of the same mentions
# A mention below this confidence is shown to people but ties nothing together.
LEAST_CONFIDENCE = 50

CONTACT_KINDS = ("phone", "email", "handle", "url", "wallet", "iban", "masked")

SHOWN = Step(
    "shown",
    """
    SELECT DISTINCT m.advert_id AS advert_id, m.kind AS key_kind, m.value AS value
    FROM mentions AS m
    WHERE m.kind IN ('phone', 'email', 'handle', 'url', 'wallet', 'iban', 'masked')
      AND m.confidence >= $least_confidence AND m.value <> ''
    """,
)
OF_OWN_SITE = Step(
    "own_site",
    """
    SELECT s.advert_id AS advert_id, s.value AS value
    FROM shown AS s JOIN adverts AS a ON a.advert_id = s.advert_id
    WHERE s.key_kind = 'url' AND a.site <> ''
      AND (s.value IN (a.site, a.url) OR LEFT(s.value, LENGTH(a.site) + 1) = a.site || '/')
    """,
)
SELECTORS = Step(
    "selectors",
    """
    SELECT s.advert_id AS advert_id, s.key_kind AS key_kind, s.value AS value
    FROM shown AS s
    ANTI JOIN own_site AS o ON o.advert_id = s.advert_id AND o.value = s.value AND s.key_kind = 'url'
    UNION ALL
    SELECT a.advert_id, 'account', COALESCE(NULLIF(a.site, ''), a.source) || '/' || a.account
    FROM adverts AS a WHERE a.account <> ''
    UNION ALL
    SELECT DISTINCT i.advert_id, 'picture', CASE WHEN i.sha256 <> '' THEN i.sha256 ELSE i.path END FROM images AS i
    """,
)


def selectors(adverts: pa.Table, mentions: pa.Table, images: pa.Table, engine: Engine | None = None) -> pa.Table:
    """Return the distinct (advert_id, key_kind, value) that these adverts show, in no particular order.

    Each advert's rows depend on that advert alone, so those of an advert that was read before never change.
    """
    return (engine or DuckDB()).run(
        [SHOWN, OF_OWN_SITE, SELECTORS],
        {
            "adverts": adverts.select(["advert_id", "source", "site", "url", "account"]),
            "mentions": mentions.select(["advert_id", "kind", "value", "confidence"]),
            "images": images.select(["advert_id", "sha256", "path"]),
        },
        {"least_confidence": LEAST_CONFIDENCE},
    )["selectors"]
