"""What the desk in the browser reads beside `Published`: pages of long lists, and counts over the leads.

Nothing here unpacks mentions where a list needs none: an operation of ten thousand adverts must open in an instant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from felinar.store.published import Published, Row
from felinar.store.published_schema import CELL, MENTION_CELLS, ROW

Posted = dict[int, str | None]  # when each advert was posted, by its id, oldest first
_LIGHT = "advert_id, operation_id, source_id, posted_at, site, place_text, title, language, country_hint, category"


_NEVER = {"first_seen": None, "last_seen": None}
_A_PLACE, _SURE = f"place{CELL}", 50
_AT_ONCE = 500  # parameters in one IN (…)


@dataclass(frozen=True)
class Spread:
    """Who shows a key: operations (most adverts first), stated places (commonest first), adverts (oldest first)."""

    operations: list[Row]
    places: list[str]
    advert_ids: list[int]


class DeskReading(Published):
    """The published rows as the pages of the desk need them. All lists come in a total order."""

    version: tuple[str, int] = ("", 0)
    reopened: Callable[[], DeskReading]

    @classmethod
    def at(cls, path: Path) -> DeskReading:
        """Return a reader; `version` tells what was published apart from what was before, `reopened` opens anew."""
        reading = cls.open(path)
        reading.version = (reading.facts["generation"], path.stat().st_mtime_ns)
        reading.reopened = lambda: cls.at(path)
        return reading

    def facets(self) -> list[Row]:
        """Return how many adverts of each lead stand on each site, country, language and category."""
        return self._all("SELECT * FROM facets ORDER BY 1, 2, 3, 4, 5")

    def light_adverts(self, operation_id: int) -> list[Row]:
        """Return the adverts of an operation without text and mentions, oldest first."""
        sql = f"SELECT {_LIGHT} FROM adverts WHERE operation_id = ? ORDER BY posted_at, advert_id"
        return self._all(sql, operation_id)

    def posted(self, operation_id: int) -> Posted:
        """Return when each advert of an operation was posted, oldest first."""
        sql = "SELECT advert_id, posted_at FROM brief WHERE operation_id = ? ORDER BY posted_at, advert_id"
        return dict(self._connection.execute(sql, (operation_id,)))

    def where(self, advert_ids: Iterable[int]) -> dict[int, int]:
        """Return the operation of each of these adverts that is there."""
        sql = "SELECT advert_id, operation_id FROM adverts WHERE advert_id IN ({}) ORDER BY advert_id"
        found = self._many(sql, sorted(set(advert_ids)))
        return {row["advert_id"]: row["operation_id"] for row in found if row["operation_id"] is not None}

    def most_shown_keys(self, operation_id: int, most: int) -> list[Row]:
        """Return the keys on most of an operation's adverts, as `keys_of_operation`; for operations of thousands."""
        sql = """WITH counted AS (SELECT key_no, count(*) AS shown FROM brief JOIN links USING (advert_id)
                     WHERE operation_id = ? GROUP BY key_no ORDER BY shown DESC, key_no LIMIT ?)
                 SELECT keys.*, shown FROM counted JOIN keys USING (key_no) ORDER BY shown DESC, key_kind, key_id"""
        return self._all(sql, operation_id, most)

    def spread(self, key_no: int) -> Spread:
        """Return who shows a key, when and where; read in one go."""
        sql = """SELECT advert_id, operation_id, posted_at, place_text FROM links JOIN adverts USING (advert_id)
                 WHERE key_no = ?"""
        operations: dict[int | None, Row] = {}
        places: Counter[str] = Counter()
        posted = []
        for advert_id, operation_id, posted_at, place in self._connection.execute(sql, (key_no,)):
            one = operations.setdefault(operation_id, {"operation_id": operation_id, "adverts": 0, **_NEVER})
            one["adverts"] += 1
            if posted_at:
                one["first_seen"] = min(one["first_seen"] or posted_at, posted_at)
                one["last_seen"] = max(one["last_seen"] or posted_at, posted_at)
            if place:
                places[place] += 1
            posted.append((posted_at or "", advert_id))
        return Spread(
            sorted(operations.values(), key=lambda row: (-row["adverts"], row["operation_id"] or 0)),
            sorted(places, key=lambda place: (-places[place], place)),
            [advert_id for _, advert_id in sorted(posted)],
        )

    def adverts_of_key(self, key_no: int) -> list[int]:
        """Return the ids of the adverts that show a key."""
        sql = "SELECT advert_id FROM links WHERE key_no = ? ORDER BY advert_id"
        return [advert_id for (advert_id,) in self._connection.execute(sql, (key_no,))]

    def one_showing(self, key_no: int, operation_id: int) -> list[int]:
        """Return one advert of an operation that shows a key, as a list; an empty one where none does."""
        # CROSS JOIN: the key's adverts in their order, until one fits; else all of the operation are sorted first.
        sql = """SELECT advert_id FROM links CROSS JOIN brief USING (advert_id)
                 WHERE key_no = ? AND operation_id = ? ORDER BY advert_id LIMIT 1"""
        return [advert_id for (advert_id,) in self._connection.execute(sql, (key_no, operation_id))]

    def some_light(self, advert_ids: list[int]) -> list[Row]:
        """Return these adverts without text and mentions, in the order given."""
        sql = f"SELECT {_LIGHT} FROM adverts WHERE advert_id IN ({{}}) ORDER BY advert_id"
        found = {row["advert_id"]: row for row in self._many(sql, advert_ids)}
        return [found[advert_id] for advert_id in advert_ids if advert_id in found]

    def first_showing(self, key_no: int, most: int) -> list[Row]:
        """Return the adverts with the smallest ids that show a key, without text and mentions."""
        sql = "SELECT advert_id FROM links WHERE key_no = ? ORDER BY advert_id LIMIT ?"
        return self.some_light([row["advert_id"] for row in self._all(sql, key_no, most)])

    def placed(self, advert_ids: Iterable[int]) -> list[Row]:
        """Return `advert_id`, `posted_at` and `place` of these adverts, by id; `place` is "" where none is named.

        The stated place counts first, then the first one in a text. Mentions are not unpacked: thousands are read at
        once.
        """
        sql = "SELECT advert_id, posted_at, mentions FROM adverts WHERE advert_id IN ({}) ORDER BY advert_id"
        return [
            {"advert_id": advert_id, "posted_at": posted_at, "place": _place(mentions or "")}
            for advert_id, posted_at, mentions in self._bare(sql, sorted(advert_ids))
        ]

    def weights(self, advert_ids: Iterable[int]) -> list[tuple[int, int, int]]:
        """Return (key number, advert, millibits) of what ties these adverts, without hubs, in this order."""
        sql = """SELECT key_no, advert_id, millibits FROM links JOIN keys USING (key_no)
                 WHERE advert_id IN ({}) AND NOT hub AND millibits > 0"""
        return sorted(self._bare(sql, sorted(advert_ids)))

    def _bare(self, sql: str, values: list[int]) -> Iterator[tuple[Any, ...]]:
        """Return rows as they come, for lists of thousands; `_many` makes a dictionary of each."""
        for start in range(0, len(values), _AT_ONCE):
            part = values[start : start + _AT_ONCE]
            yield from self._connection.execute(sql.format(",".join("?" * len(part))), part)

    def beside(self, operation_id: int, key_nos: Iterable[int]) -> list[Row]:
        """Return the other operations that show these keys (`key_no`, `operation_id`, `adverts`), in this order."""
        sql = """SELECT key_no, operation_id, count(*) AS adverts FROM links JOIN brief USING (advert_id)
                 WHERE key_no IN ({}) AND operation_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"""
        return [row for row in self._many(sql, sorted(key_nos)) if row["operation_id"] != operation_id]

    def hubs(self) -> list[Row]:
        """Return the keys that are hubs, those on most adverts first."""
        return self._all("SELECT * FROM keys WHERE hub ORDER BY adverts DESC, key_kind, key_id")


def _place(packed: str) -> str:
    """Return the place that an advert names in its packed mentions, or the empty string."""
    found = []
    for row in packed.split(ROW) if _A_PLACE in packed else ():
        if row.startswith(_A_PLACE):
            mention = dict(zip(MENTION_CELLS, row.split(CELL), strict=True))
            if int(mention["confidence"] or 0) >= _SURE:
                field = mention["field"]
                found.append((field != "place_text", field, int(mention["start"] or 0), mention["value"]))
    return min(found)[-1] if found else ""
