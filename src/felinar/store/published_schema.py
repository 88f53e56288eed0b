"""The tables of `published.sqlite`: what the commands read. Made anew by every run, never changed in place."""

from __future__ import annotations

PUBLISHED_VERSION = 2

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

TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE adverts (
    advert_id INTEGER PRIMARY KEY, operation_id INTEGER, source TEXT, source_id TEXT, url TEXT, site TEXT,
    account TEXT, posted_at TEXT, title TEXT, body TEXT, place_text TEXT, latitude REAL, longitude REAL,
    country_hint TEXT, language TEXT, category TEXT, contact_text TEXT, price_text TEXT, extra TEXT,
    mentions TEXT, slots TEXT, sightings TEXT, pictures TEXT);
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
"""

# Made after the rows are in: one sort each instead of a search per row.
INDEXES = """
CREATE INDEX adverts_by_source_id ON adverts (source_id);
CREATE INDEX adverts_by_operation ON adverts (operation_id, posted_at, advert_id);
CREATE INDEX keys_by_value ON keys (value);
CREATE INDEX keys_by_id ON keys (key_id);
CREATE INDEX keys_backwards ON keys (backwards) WHERE backwards IS NOT NULL;
CREATE INDEX links_by_advert ON links (advert_id, key_no);
CREATE INDEX leads_by_operation ON leads (operation_id);
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
