"""Read `published.sqlite`: the derived rows that the commands show. Light to import: no Arrow, no engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from felinar.store.publish import publish
from felinar.store.published_rows import PublishedRows, Row

__all__ = ["Published", "Row", "publish"]


class Published(PublishedRows):
    """What the last run published, read-only. All lists come in a total order; an unknown id gives None or []."""

    @cached_property
    def facts(self) -> dict[str, str]:
        """Return the counts, the generation, the epoch, `begins` and `cut_off` (earliest and latest posting, UTC)."""
        return {row["name"]: row["value"] for row in self._all("SELECT * FROM facts")}

    # --- leads and operations
    def leads(self, top: int | None = None) -> list[Row]:
        """Return the leads in the order of reading, each with the counts, times and places of its operation."""
        sql = "SELECT * FROM leads LEFT JOIN operations USING (operation_id) ORDER BY rank"
        return self._all(sql + " LIMIT ?", top) if top is not None else self._all(sql)

    def linked_operations(self) -> list[tuple[int, int]]:
        """Return (id, adverts) of every operation of two adverts and more."""
        rows = self._all("SELECT operation_id, adverts FROM operations WHERE adverts > 1 ORDER BY operation_id")
        return [(row["operation_id"], row["adverts"]) for row in rows]

    def signs(self) -> list[tuple[int, str]]:
        """Return (operation, indicator) of every hit."""
        rows = self._all("SELECT operation_id, indicator FROM hits ORDER BY operation_id, indicator")
        return [(row["operation_id"], row["indicator"]) for row in rows]

    def lead(self, operation_id: int) -> Row | None:
        """Return the lead of this operation, or None when it is none."""
        return self._one("SELECT * FROM leads WHERE operation_id = ?", operation_id)

    def operation(self, operation_id: int) -> Row | None:
        """Return one operation."""
        return self._one("SELECT * FROM operations WHERE operation_id = ?", operation_id)

    def hits(self, operation_id: int) -> list[Row]:
        """Return the indicators that were found on an operation, by name."""
        return self._all("SELECT * FROM hits WHERE operation_id = ? ORDER BY indicator", operation_id)

    def keys_of_operation(self, operation_id: int) -> list[Row]:
        """Return the keys that its adverts show, with `shown`: by how many of them; most shown first."""
        sql = """SELECT keys.*, count(*) AS shown FROM brief JOIN links USING (advert_id) JOIN keys USING (key_no)
                 WHERE operation_id = ? GROUP BY key_no ORDER BY shown DESC, key_kind, key_id"""
        return self._all(sql, operation_id)

    def adverts_of_operation(self, operation_id: int, limit: int = -1) -> list[Row]:
        """Return its adverts, oldest first."""
        sql = "SELECT * FROM adverts WHERE operation_id = ? ORDER BY posted_at, advert_id LIMIT ?"
        return self._all(sql, operation_id, limit)

    # --- adverts
    def advert(self, advert_id: int) -> Row | None:
        """Return one advert with its mentions, slots, sightings and pictures."""
        return self._one("SELECT * FROM adverts WHERE advert_id = ?", advert_id)

    def adverts_by_source_id(self, source_id: str) -> list[Row]:
        """Return the adverts to which their sources gave this id."""
        return self._all("SELECT * FROM adverts WHERE source_id = ? ORDER BY advert_id", source_id)

    def ids_by_source_id(self, source_id: str) -> list[int]:
        """Return the ids of these adverts."""
        sql = "SELECT advert_id FROM brief WHERE source_id = ? ORDER BY advert_id"
        return [row["advert_id"] for row in self._all(sql, source_id)]

    def has_advert(self, advert_id: int) -> bool:
        """Return whether there is an advert with this id."""
        return self._one("SELECT 1 AS there FROM brief WHERE advert_id = ?", advert_id) is not None

    def adverts(self, advert_ids: Iterable[int]) -> list[Row]:
        """Return these adverts, by id."""
        return list(self._many("SELECT * FROM adverts WHERE advert_id IN ({}) ORDER BY advert_id", sorted(advert_ids)))

    def plain_adverts(self, advert_ids: Iterable[int]) -> list[Row]:
        """Return what these adverts say and where, by id, without what was read in them: many are read in no time."""
        sql = """SELECT advert_id, operation_id, source_id, posted_at, site, place_text, title, body FROM adverts
                 WHERE advert_id IN ({}) ORDER BY advert_id"""
        return list(self._many(sql, sorted(advert_ids)))

    def template(self, template_id: int) -> Row | None:
        """Return the template of a near-duplicate group."""
        return self._one("SELECT * FROM templates WHERE template_id = ?", template_id)

    # --- keys
    def keys_of_advert(self, advert_id: int) -> list[Row]:
        """Return the keys that an advert shows, with the millibits and evidence of each link."""
        sql = """SELECT keys.*, links.millibits, links.evidence AS link_evidence FROM links JOIN keys USING (key_no)
                 WHERE advert_id = ? ORDER BY key_kind, key_id"""
        return self._all(sql, advert_id)

    def adverts_of_key(self, key_no: int) -> list[int]:
        """Return the ids of the adverts that show a key."""
        return [row["advert_id"] for row in self._all("SELECT advert_id FROM links WHERE key_no = ?", key_no)]

    def keys_by_value(self, value: str, kind: str = "") -> list[Row]:
        """Return the keys with exactly this value (and kind)."""
        sql = "SELECT * FROM keys WHERE value = ? AND (? = '' OR key_kind = ?) ORDER BY key_kind, key_id"
        return self._all(sql, value, kind, kind)

    def keys_by_id(self, key_id: int) -> list[Row]:
        """Return the keys with this id."""
        return self._all("SELECT * FROM keys WHERE key_id = ? ORDER BY key_kind", key_id)

    def local_phones_ending_in(self, digits: str) -> list[Row]:
        """Return the telephone keys that were read without a country and whose last digits are these."""
        low = digits[::-1]
        sql = """SELECT * FROM keys WHERE backwards IS NOT NULL AND backwards >= ? AND backwards < ?
                 AND substr(value, 1, 1) <> '+' ORDER BY backwards, key_no"""
        return self._all(sql, low, low + ":")

    def contacts(self, kind: str) -> list[Row]:
        """Return number and value of every key of a kind that is no hub, by number."""
        return self._all("SELECT key_no, value FROM keys WHERE key_kind = ? AND NOT hub ORDER BY key_no", kind)

    def phones_ending_in(self, digits: str, limit: int = 100) -> list[Row]:
        """Return the telephone keys whose last digits are these."""
        low = digits[::-1]
        sql = """SELECT * FROM keys WHERE backwards IS NOT NULL AND backwards >= ? AND backwards < ?
                 ORDER BY backwards LIMIT ?"""
        return self._all(sql, low, low + ":", limit)  # ':' follows '9'

    def showing(self, key_no: int) -> list[Row]:
        """Return the operations that show a key, with adverts, first_seen, last_seen; most adverts first."""
        sql = """SELECT operation_id, count(*) AS adverts, min(posted_at) AS first_seen, max(posted_at) AS last_seen
                 FROM links JOIN brief USING (advert_id) WHERE key_no = ?
                 GROUP BY operation_id ORDER BY adverts DESC, operation_id"""
        return self._all(sql, key_no)

    def places_of_key(self, key_no: int) -> list[str]:
        """Return the stated places of the adverts that show a key, most frequent first."""
        sql = """SELECT place_text, count(*) AS n FROM links JOIN brief USING (advert_id)
                 WHERE key_no = ? AND place_text <> '' GROUP BY place_text ORDER BY n DESC, place_text"""
        return [row["place_text"] for row in self._all(sql, key_no)]

    def weak_mentions(self, kind: str, value: str) -> list[int]:
        """Return the adverts where this was read too uncertainly to tie anything together."""
        sql = "SELECT advert_id FROM weak_mentions WHERE kind = ? AND value = ? ORDER BY advert_id"
        return [row["advert_id"] for row in self._all(sql, kind, value)]

    # --- many at once, for lists
    def keys_of_values(self, values: Iterable[str]) -> dict[str, list[Row]]:
        """Return the keys with each of these values, as `keys_by_value`."""
        sql = "SELECT * FROM keys WHERE value IN ({}) ORDER BY value, key_kind, key_id"
        return _by(self._many(sql, sorted(values)), "value")

    def weak_of_values(self, values: Iterable[str]) -> dict[tuple[str, str], list[int]]:
        """Return the adverts of `weak_mentions` by kind and value."""
        sql = "SELECT kind, value, advert_id FROM weak_mentions WHERE value IN ({}) ORDER BY value, kind, advert_id"
        found: dict[tuple[str, str], list[int]] = {}
        for row in self._many(sql, sorted(values)):
            found.setdefault((row["kind"], row["value"]), []).append(row["advert_id"])
        return found

    def ids_of_sources(self, source_ids: Iterable[str]) -> dict[str, list[int]]:
        """Return the adverts to which their sources gave each of these ids."""
        sql = "SELECT source_id, advert_id FROM brief WHERE source_id IN ({}) ORDER BY source_id, advert_id"
        found = _by(self._many(sql, sorted(source_ids)), "source_id")
        return {source_id: [row["advert_id"] for row in rows] for source_id, rows in found.items()}

    # --- walks over the links, hubs left out
    def joining_keys(self, advert_ids: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Return pairs (advert, key number) of the keys that tie these adverts, without hubs."""
        sql = """SELECT advert_id, key_no FROM links JOIN keys USING (key_no)
                 WHERE advert_id IN ({}) AND NOT hub AND millibits > 0 ORDER BY advert_id, key_no"""
        for row in self._many(sql, sorted(advert_ids)):
            yield row["advert_id"], row["key_no"]

    def showing_adverts(self, key_nos: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Return pairs (key number, advert) of the adverts that show these keys with weight."""
        sql = """SELECT key_no, advert_id FROM links WHERE key_no IN ({}) AND millibits > 0
                 ORDER BY key_no, advert_id"""
        for row in self._many(sql, sorted(key_nos)):
            yield row["key_no"], row["advert_id"]

    def key(self, key_no: int) -> Row:
        """Return the key with this number."""
        return self._all("SELECT * FROM keys WHERE key_no = ?", key_no)[0]


def _by(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found
