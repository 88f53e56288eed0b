"""Selectors: the contact details, accounts and pictures that adverts show, as (advert, key) rows.

| advert shows                       | key                          |
|------------------------------------|------------------------------|
| +44 7700 900123, read as E.164     | phone +447700900123          |
| 07700 900123, region unknown       | the same, where only one number of the pile ends so |
| the poster's account on its site   | account example.org/4711     |
| a link to its own site             | none                         |
"""

from __future__ import annotations

import pyarrow as pa

from felinar.engine.duckdb import DuckDB
from felinar.engine.port import Engine, Step
from felinar.ids import key_id

# A mention below this confidence is shown to people but ties nothing together.
LEAST_CONFIDENCE = 50
# So many last digits name a subscriber almost surely; national and international forms share them.
SAME_LAST_DIGITS = 9

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
# A national number whose last digits stand in exactly one international number of the pile is that number.
COMPLETED = Step(
    "completed",
    """
    SELECT n.value AS value, MIN(i.value) AS full_value
    FROM (SELECT DISTINCT s.value FROM shown AS s
          WHERE s.key_kind = 'phone' AND s.value NOT LIKE '+%' AND LENGTH(s.value) >= $last_digits) AS n
    JOIN (SELECT DISTINCT s.value FROM shown AS s WHERE s.key_kind = 'phone' AND s.value LIKE '+%') AS i
      ON RIGHT(i.value, $last_digits) = RIGHT(n.value, $last_digits)
    GROUP BY n.value
    HAVING COUNT(*) = 1
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
    SELECT DISTINCT s.advert_id AS advert_id, s.key_kind AS key_kind, COALESCE(c.full_value, s.value) AS value
    FROM shown AS s
    LEFT JOIN completed AS c ON c.value = s.value AND s.key_kind = 'phone'
    ANTI JOIN own_site AS o ON o.advert_id = s.advert_id AND o.value = s.value AND s.key_kind = 'url'
    UNION
    SELECT a.advert_id, 'account', COALESCE(NULLIF(a.site, ''), a.source) || '/' || a.account
    FROM adverts AS a WHERE a.account <> ''
    UNION
    SELECT i.advert_id, 'picture', CASE WHEN i.sha256 <> '' THEN i.sha256 ELSE i.path END FROM images AS i
    """,
)


def selectors(adverts: pa.Table, mentions: pa.Table, images: pa.Table, engine: Engine | None = None) -> pa.Table:
    """Return the distinct (advert_id, key_kind, value, key_id) that the adverts show, in that order."""
    results = (engine or DuckDB()).run(
        [SHOWN, COMPLETED, OF_OWN_SITE, SELECTORS],
        {
            "adverts": adverts.select(["advert_id", "source", "site", "url", "account"]),
            "mentions": mentions.select(["advert_id", "kind", "value", "confidence"]),
            "images": images.select(["advert_id", "sha256", "path"]),
        },
        {"least_confidence": LEAST_CONFIDENCE, "last_digits": SAME_LAST_DIGITS},
    )
    shown = results["selectors"].sort_by([(name, "ascending") for name in ("advert_id", "key_kind", "value")])
    return shown.append_column("key_id", _key_ids(shown))


def _key_ids(shown: pa.Table) -> pa.Array:
    """Return the key id of each row; each distinct key is hashed once."""
    both = pa.compute.binary_join_element_wise(shown["key_kind"], shown["value"], "\n").combine_chunks()
    coded = both.dictionary_encode()
    ids = [key_id(*key.split("\n", 1)) for key in coded.dictionary.to_pylist()]
    return pa.array(ids, pa.int64()).take(coded.indices)
