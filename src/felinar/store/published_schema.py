"""The tables of `published.sqlite`: what the commands read. Made anew by a run, or copied and changed.

A file that readers have open never changes: see `publish.py`.
"""

from __future__ import annotations

PUBLISHED_VERSION = 3

# Lists per advert (mentions, slots, sightings, pictures) are packed into one text each: a hundred thousand rows
# instead of a million, and no index to build. The separators are control characters that no packed value holds.
ROW = "\x1e"
CELL = "\x1f"

MENTION_CELLS = (
    "kind", "field", "start", "end", "value", "display", "region", "extractor", "confidence", "obscured", "evidence",
)  # fmt: skip
SLOT_CELLS = ("template_id", "slot", "field", "start", "end", "value")
SIGHTING_CELLS = ("raw_sha256", "raw_offset", "captured_at", "run_id", "purpose")
PICTURE_CELLS = ("image_id", "position", "path", "sha256")
NUMBERS = {"start", "end", "confidence", "template_id", "slot", "raw_offset", "position"}

# Kinds of mention that name a way to reach somebody; they are masked in the log.
CONTACT_KINDS = ("phone", "email", "handle", "url", "wallet", "iban", "masked")

# An advert stands in three tables. What lists and maps ask for is narrow, so that an operation of ten thousand adverts
# is read from a few hundred pages; what an advert says never changes and is only ever added at the end.
TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE parts (name TEXT, sha256 TEXT, ids BLOB, sums BLOB);
CREATE TABLE brief (
    advert_id INTEGER PRIMARY KEY, operation_id INTEGER, row INTEGER, source_id TEXT, site TEXT, posted_at TEXT,
    title TEXT, place_text TEXT, country_hint TEXT, language TEXT, category TEXT);
CREATE TABLE texts (
    row INTEGER PRIMARY KEY, source TEXT, url TEXT, account TEXT, body TEXT, latitude REAL, longitude REAL,
    contact_text TEXT, price_text TEXT, extra TEXT, mentions TEXT, sightings TEXT, pictures TEXT);
CREATE TABLE filled (advert_id INTEGER PRIMARY KEY, slots TEXT);
CREATE VIEW adverts AS SELECT
    brief.advert_id, operation_id, source, source_id, url, site, account, posted_at, title, body, place_text, latitude,
    longitude, country_hint, language, category, contact_text, price_text, extra, mentions,
    coalesce(slots, '') AS slots, sightings, pictures
    FROM brief LEFT JOIN texts ON texts.row = brief.row LEFT JOIN filled ON filled.advert_id = brief.advert_id;
CREATE TABLE keys (
    key_no INTEGER PRIMARY KEY, key_kind TEXT, key_id INTEGER, value TEXT, adverts INTEGER, contexts INTEGER,
    texts INTEGER, others INTEGER, sites INTEGER, hub INTEGER, evidence TEXT, backwards TEXT);
CREATE TABLE links (key_no INTEGER, advert_id INTEGER, millibits INTEGER, evidence TEXT,
    PRIMARY KEY (key_no, advert_id)) WITHOUT ROWID;
CREATE TABLE weak_mentions (kind TEXT, value TEXT, advert_id INTEGER, PRIMARY KEY (value, kind, advert_id))
    WITHOUT ROWID;
CREATE TABLE operations (
    operation_id INTEGER PRIMARY KEY, adverts INTEGER, first_seen TEXT, last_seen TEXT, places TEXT, names TEXT,
    weakest_link TEXT, previous_ids TEXT, history TEXT);
CREATE TABLE leads (
    rank INTEGER PRIMARY KEY, operation_id INTEGER, score INTEGER, recognised_as TEXT, gate TEXT,
    reasons_for TEXT, reasons_against TEXT);
CREATE TABLE hits (
    operation_id INTEGER, indicator TEXT, version INTEGER, grade TEXT, weight INTEGER, share INTEGER, evidence TEXT,
    advert_ids TEXT, PRIMARY KEY (operation_id, indicator)) WITHOUT ROWID;
CREATE TABLE templates (
    template_id INTEGER PRIMARY KEY, tokens TEXT, slots TEXT, adverts INTEGER, bits_saved INTEGER);
CREATE TABLE facets (operation_id INTEGER, site TEXT, country TEXT, language TEXT, category TEXT, adverts INTEGER);
"""

# Made after the rows are in: one sort each instead of a search per row.
INDEXES = """
CREATE INDEX adverts_by_source_id ON brief (source_id);
CREATE INDEX adverts_by_operation ON brief (operation_id, posted_at);
CREATE INDEX keys_by_value ON keys (value);
CREATE INDEX keys_by_id ON keys (key_id);
CREATE INDEX keys_backwards ON keys (backwards) WHERE backwards IS NOT NULL;
CREATE INDEX keys_that_are_hubs ON keys (adverts) WHERE hub;
CREATE INDEX links_by_advert ON links (advert_id, key_no);
CREATE INDEX leads_by_operation ON leads (operation_id);
CREATE INDEX operations_of_several ON operations (operation_id, adverts) WHERE adverts > 1;
"""

# What the queue of the desk filters by: on which sites, in which countries … the adverts of each lead stand.
FACETS = """
INSERT INTO facets
SELECT operation_id, site, country_hint, language, category, count(*)
FROM leads JOIN brief USING (operation_id) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
"""


def unpack(packed: str | None, names: tuple[str, ...]) -> list[dict[str, str | int | bool | None]]:
    """Return the rows of a packed text as dictionaries; numbers are int or None, `obscured` is bool."""
    if not packed:
        return []
    return [
        {name: _cell(name, text) for name, text in zip(names, row.split(CELL), strict=True)}
        for row in packed.split(ROW)
    ]


def _cell(name: str, text: str) -> str | int | bool | None:
    if name in NUMBERS:
        return int(text) if text else None
    return text == "true" if name == "obscured" else text
