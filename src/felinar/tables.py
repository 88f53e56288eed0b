"""Every table between stages: its columns, Arrow types, meaning and key. Stages meet only here.

`docs/tables.md` is made from this file. Times are UTC; weights are int32 millibits (1,000 = one bit of evidence).
A missing text is the empty string, a missing number or time is null.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

SCHEMA_VERSION = 1

TIME = pa.timestamp("us", tz="UTC")
PART = pa.struct([("name", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
SLOT = pa.struct([("position", pa.int32()), ("kind", pa.string())])
REASON = pa.struct([("indicator", pa.string()), ("points", pa.int32()), ("evidence", pa.string())])


@dataclass(frozen=True)
class Column:
    """One column: its name, Arrow type and meaning."""

    name: str
    type: pa.DataType
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table between stages."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, with each column's meaning in its metadata."""
        return pa.schema([pa.field(c.name, c.type, metadata={"meaning": c.meaning}) for c in self.columns])

    @property
    def names(self) -> list[str]:
        """The column names in order."""
        return [c.name for c in self.columns]

    def empty(self) -> pa.Table:
        """Return the table without rows."""
        return self.schema.empty_table()

    def check(self, table: pa.Table) -> pa.Table:
        """Return the table with exactly these columns and types; extra columns go, a missing one is our fault."""
        missing = [n for n in self.names if n not in table.column_names]
        if missing:
            raise ValueError(
                f"Table '{self.name}' lacks the column(s) {', '.join(missing)}; it has {', '.join(table.column_names)}."
            )
        return table.select(self.names).cast(self.schema)

    def sort(self, table: pa.Table) -> pa.Table:
        """Return the checked table in the order of its key, so that the same rows give the same bytes."""
        checked = self.check(table)
        return checked.sort_by([(name, "ascending") for name in self.key]).combine_chunks()

    def merge(self, *parts: pa.Table) -> pa.Table:
        """Return the rows of all parts in the order of the key, in which each part stands; cheaper than to sort.

        No value of the key's first column stands in two of them.
        """
        rows = pa.concat_tables([self.check(part) for part in parts])
        order = np.argsort(rows[self.key[0]].to_numpy(), kind="stable")
        return rows.take(pa.array(order)).combine_chunks()

    def from_rows(self, rows: list[dict[str, object]]) -> pa.Table:
        """Return a table from a list of rows; for tests and small tables only."""
        return pa.Table.from_pylist(rows, schema=self.schema)


def _table(name: str, meaning: str, key: str, *columns: tuple[str, pa.DataType, str]) -> Table:
    return Table(name, meaning, tuple(key.split()), tuple(Column(*c) for c in columns))


ADVERTS = _table(
    "adverts",
    "one row per advert, however often it was seen",
    "advert_id",
    ("advert_id", pa.int64(), "63 bits of the SHA-256 of what the advert says and where it stood"),
    ("source", pa.string(), "name of the delivery, given by whoever brought it"),
    ("source_id", pa.string(), "the advert's own id as the source gives it"),
    ("url", pa.string(), "address of the advert"),
    ("site", pa.string(), "site that it stood on, lower case, without www."),
    ("account", pa.string(), "the poster's user id on that site"),
    ("posted_at", TIME, "when it was posted"),
    ("title", pa.string(), "title, unchanged"),
    ("body", pa.string(), "text, unchanged; several text columns are joined by a blank line"),
    ("body_parts", pa.list_(PART), "which characters of the body came from which column"),
    ("place_text", pa.string(), "place as the source states it"),
    ("latitude", pa.float64(), "degrees north, as stated"),
    ("longitude", pa.float64(), "degrees east, as stated"),
    ("country_hint", pa.string(), "ISO 3166 code of the country that the source states"),
    ("language", pa.string(), "language that the source states, ISO 639-1"),
    ("category", pa.string(), "service, job or empty"),
    ("contact_text", pa.string(), "contact field, unchanged"),
    ("price_text", pa.string(), "price or pay field, unchanged"),
    ("extra", pa.string(), "all other columns as canonical JSON"),
)

SIGHTINGS = _table(
    "sightings",
    "one row each time that an advert was brought in",
    "advert_id raw_sha256 raw_offset run_id",
    ("advert_id", pa.int64(), "the advert"),
    ("raw_sha256", pa.string(), "chunk of the originals that holds its record"),
    ("raw_offset", pa.int64(), "first byte of its record in that chunk, uncompressed"),
    ("captured_at", TIME, "when the source captured it, else when it was brought in"),
    ("run_id", pa.string(), "the run that brought it in"),
    ("purpose", pa.string(), "the workspace's purpose at that time"),
)

IMAGES = _table(
    "images",
    "one row per picture of an advert",
    "image_id advert_id position",
    ("image_id", pa.string(), "SHA-256 of the picture file, or of its name where no file was given"),
    ("advert_id", pa.int64(), "the advert"),
    ("position", pa.int32(), "0 for the advert's first picture"),
    ("path", pa.string(), "path or address as given"),
    ("sha256", pa.string(), "SHA-256 of the file; empty when the file was not there"),
)

PICTURES = _table(
    "pictures",
    "one row per picture file that was looked at; of one on a list of known pictures only its exact hashes stay",
    "sha256",
    ("sha256", pa.string(), "SHA-256 of the file"),
    ("state", pa.string(), "read, known (on a list), refused (not opened, by rule) or unreadable"),
    ("reason", pa.string(), "why it is known, refused or unreadable, or what is wrong with it"),
    ("size", pa.int64(), "bytes of the file"),
    ("format", pa.string(), "JPEG, PNG, …"),
    ("width", pa.int32(), "pixels"),
    ("height", pa.int32(), "pixels"),
    ("md5", pa.string(), "for look-ups in lists of known files"),
    ("sha1", pa.string(), "for look-ups in lists of known files"),
    ("quality", pa.int32(), "how much there is to see, by PDQ: 0 to 100; below 50 it is compared with no other"),
    ("pdq", pa.string(), "PDQ hash, 64 hexadecimal digits"),
    ("pdq_mirrored", pa.string(), "PDQ hash of the mirror image"),
    ("trimmed", pa.string(), "PDQ hash without the plain border; empty where there is none"),
    ("trimmed_mirrored", pa.string(), "the same of the mirror image"),
    ("canonical", pa.string(), "hash of the picture made 64 x 64 by averaging areas: for linking, never for lists"),
    ("canonical_mirrored", pa.string(), "the same of the mirror image"),
    ("thumbnail", pa.binary(), "PNG of at most 32 pixels: all that is ever shown of it"),
    ("points", pa.binary(), "up to 320 points for finding parts: how each looks (32 bytes) and where it lies"),
    ("points_mirrored", pa.binary(), "the same of the mirror image"),
    ("about", pa.string(), "canonical JSON: camera, serial number, times, place as the file states them (EXIF)"),
    ("text", pa.string(), "lines that were read in it, where that was asked for"),
)

MENTIONS = _table(
    "mentions",
    "one row per thing that an extractor read, with its place in the unchanged original",
    "advert_id field start kind end value",
    ("advert_id", pa.int64(), "the advert"),
    ("field", pa.string(), "title, body, contact_text, place_text, price_text, url or picture"),
    ("start", pa.int32(), "first character in the original field; null when the mention has no span (language)"),
    ("kind", pa.string(), "phone email handle url wallet iban price age name place language phrase masked job"),
    ("end", pa.int32(), "one past the last character"),
    ("raw", pa.string(), "the original characters from start to end"),
    ("value", pa.string(), "normal form: E.164, lower-case address, digits …; equal values mean the same thing"),
    ("display", pa.string(), "form for people to read"),
    ("region", pa.string(), "ISO 3166 code where it applies, else empty"),
    ("extractor", pa.string(), "name and version of the extractor, as in phone/1"),
    ("confidence", pa.int32(), "0 to 100; below 50 a mention is shown but ties nothing together"),
    ("obscured", pa.bool_(), "whether it was written so that a plain reader would miss it"),
    ("evidence", pa.string(), "canonical JSON: what the reading rests on"),
)

KEYS = _table(
    "keys",
    "one row per thing that can tie adverts together",
    "key_kind key_id",
    ("key_kind", pa.string(), "phone email handle url wallet iban masked near_duplicate picture picture_copy …"),
    (
        "key_id",
        pa.int64(),
        "63 bits of the SHA-256 of kind and value; of the smallest advert id for a near-duplicate group",
    ),
    ("value", pa.string(), "the value of its mentions; the medoid's advert id for a near-duplicate group"),
    ("adverts", pa.int32(), "adverts that show it"),
    ("contexts", pa.int32(), "groups into which its adverts fall when this key is taken away"),
    ("texts", pa.int32(), "distinct texts (near-duplicate groups and single texts) among its adverts"),
    ("others", pa.int32(), "distinct other contact keys among its adverts"),
    ("sites", pa.int32(), "distinct sites among its adverts"),
    ("epoch", pa.int32(), "the epoch by whose size of the pile its weights are measured"),
    ("hub", pa.bool_(), "true: it joins what does not belong together, and links nothing"),
    ("evidence", pa.string(), "canonical JSON: why it is, or is not, a hub"),
)

LINKS = _table(
    "links",
    "one row per advert and key: the only kind of link there is",
    "advert_id key_kind key_id",
    ("advert_id", pa.int64(), "the advert"),
    ("key_kind", pa.string(), "kind of the key"),
    ("key_id", pa.int64(), "the key"),
    ("millibits", pa.int32(), "what sharing this key says against chance; 0 for a hub"),
    ("evidence", pa.string(), "canonical JSON: the mention or the comparison that it rests on"),
)

TEMPLATES = _table(
    "templates",
    "one row per near-duplicate group with its common text",
    "template_id",
    ("template_id", pa.int64(), "the near-duplicate key"),
    ("tokens", pa.list_(pa.string()), "words in order; a slot stands as <*>"),
    ("slots", pa.list_(SLOT), "position in tokens and what fills it: phone, price, name, place, … or text"),
    ("adverts", pa.int32(), "adverts in the group"),
    ("bits_saved", pa.int32(), "description length saved against writing every advert out"),
)

SLOT_VALUES = _table(
    "slot_values",
    "what each advert puts into the slots of its template",
    "template_id advert_id slot",
    ("template_id", pa.int64(), "the template"),
    ("advert_id", pa.int64(), "the advert"),
    ("slot", pa.int32(), "0 for the template's first slot"),
    ("field", pa.string(), "title or body"),
    ("start", pa.int32(), "first character in the original field"),
    ("end", pa.int32(), "one past the last character"),
    ("value", pa.string(), "the original characters"),
)

MEMBERSHIPS = _table(
    "memberships",
    "which operation each advert belongs to; an advert that nothing joins is an operation of one",
    "advert_id",
    ("advert_id", pa.int64(), "the advert"),
    ("operation_id", pa.int64(), "the operation"),
)

OPERATIONS = _table(
    "operations",
    "adverts that hold together",
    "operation_id",
    ("operation_id", pa.int64(), "kept from run to run while the operation stays"),
    ("adverts", pa.int32(), "how many"),
    ("first_seen", TIME, "earliest posting"),
    ("last_seen", TIME, "latest posting"),
    ("places", pa.list_(pa.string()), "places that its adverts name, most frequent first"),
    ("names", pa.list_(pa.string()), "working names that its adverts give, most frequent first"),
    ("weakest_link", pa.string(), "canonical JSON: the join with the least evidence, its keys and what it would split"),
    ("previous_ids", pa.list_(pa.int64()), "operations of the run before whose adverts are now here"),
    ("history", pa.string(), "canonical JSON: its splits and merges, oldest first, each with its cause; or empty"),
)

HITS = _table(
    "hits",
    "one row per operation and indicator that was found on it",
    "operation_id indicator",
    ("operation_id", pa.int64(), "the operation"),
    ("indicator", pa.string(), "id in the registry"),
    ("version", pa.int32(), "version of its rule"),
    ("grade", pa.string(), "A to D: how well it was ever tested"),
    ("weight", pa.int32(), "full weight in thousandths of log-odds; negative speaks against"),
    ("share", pa.int32(), "strength in thousandths: the share of adverts, or the structural measure"),
    ("evidence", pa.string(), "canonical JSON: the numbers behind the sentence"),
    ("advert_ids", pa.list_(pa.int64()), "up to 20 adverts that show it"),
)

LEADS = _table(
    "leads",
    "operations for reading, in the order of reading",
    "rank",
    ("operation_id", pa.int64(), "the operation"),
    ("score", pa.int32(), "sum of the points, in thousandths; orders the reading list, says nothing of guilt"),
    ("rank", pa.int32(), "1 is read first"),
    ("recognised_as", pa.string(), "spam, scam, agency, employer, independent or empty; these step back"),
    ("gate", pa.string(), "possible_minor where the reporting route comes first, else empty"),
    ("reasons_for", pa.list_(REASON), "what speaks for reading it, strongest first"),
    ("reasons_against", pa.list_(REASON), "what speaks against, strongest first"),
)

ALL = (
    ADVERTS, SIGHTINGS, IMAGES, PICTURES, MENTIONS, KEYS, LINKS, TEMPLATES, SLOT_VALUES, MEMBERSHIPS, OPERATIONS, HITS,
    LEADS,
)  # fmt: skip
BY_NAME = {table.name: table for table in ALL}
