"""Describe each operation: how many adverts, from when to when, which places and names."""

from __future__ import annotations

import pyarrow as pa

from felinar.engine.duckdb import DuckDB
from felinar.engine.port import Engine, Step

MOST_NAMED = 12
COLUMNS = ["advert_id", "posted_at"]  # of the adverts

DESCRIBED = Step(
    "described",
    """
    SELECT m.operation_id AS operation_id, COUNT(*) AS adverts,
           MIN(a.posted_at) AS first_seen, MAX(a.posted_at) AS last_seen
    FROM memberships AS m JOIN adverts AS a ON a.advert_id = m.advert_id
    GROUP BY m.operation_id
    """,
)
COUNTED = Step(
    "counted",
    """
    SELECT m.operation_id AS operation_id, s.kind AS kind, s.value AS value, COUNT(*) AS adverts
    FROM (SELECT DISTINCT n.advert_id, n.kind, CASE WHEN n.display <> '' THEN n.display ELSE n.value END AS value
          FROM mentions AS n
          WHERE n.kind IN ('place', 'name') AND n.confidence >= 50) AS s
    JOIN memberships AS m ON m.advert_id = s.advert_id
    GROUP BY m.operation_id, s.kind, s.value
    """,
)
RANKED = Step(
    "ranked",
    """
    SELECT c.operation_id, c.kind, c.value,
           ROW_NUMBER() OVER (PARTITION BY c.operation_id, c.kind ORDER BY c.adverts DESC, c.value) AS place
    FROM counted AS c
    """,
)
LISTED = Step(
    "listed",
    """
    SELECT r.operation_id AS operation_id,
           LIST(r.value ORDER BY r.place) FILTER (WHERE r.kind = 'place') AS places,
           LIST(r.value ORDER BY r.place) FILTER (WHERE r.kind = 'name') AS names
    FROM ranked AS r WHERE r.place <= $most_named GROUP BY r.operation_id
    """,
)
OPERATIONS = Step(
    "operations",
    """
    SELECT d.operation_id AS operation_id, d.adverts AS adverts, d.first_seen AS first_seen, d.last_seen AS last_seen,
           COALESCE(l.places, []) AS places, COALESCE(l.names, []) AS names
    FROM described AS d LEFT JOIN listed AS l ON l.operation_id = d.operation_id
    ORDER BY d.operation_id
    """,
)


def describe(adverts: pa.Table, mentions: pa.Table, memberships: pa.Table, engine: Engine | None = None) -> pa.Table:
    """Return operation_id, adverts, first_seen, last_seen, places and names, in the order of the ids."""
    return (
        (engine or DuckDB())
        .run(
            [DESCRIBED, COUNTED, RANKED, LISTED, OPERATIONS],
            {
                "adverts": adverts.select(COLUMNS),
                "mentions": mentions.select(["advert_id", "kind", "value", "display", "confidence"]),
                "memberships": memberships,
            },
            {"most_named": MOST_NAMED},
        )["operations"]
        .sort_by("operation_id")
    )
