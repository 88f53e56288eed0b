"""What the desk in the browser reads beside `Published`: pages of long lists, and counts over the leads.

Nothing here unpacks mentions where a list needs none: an operation of ten thousand adverts must open in an instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

from felinar.store.published import Published, Row

_LIGHT = "advert_id, operation_id, source_id, posted_at, site, place_text, title, language, country_hint, category"


class DeskReading(Published):
    """The published rows as the pages of the desk need them. All lists come in a total order."""

    version: tuple[str, int] = ("", 0)
    _closed = False
    reopened: Callable[[], DeskReading]

    @classmethod
    def at(cls, path: Path) -> DeskReading:
        """Return a reader; `version` tells what was published apart from what was before, `reopened` opens anew."""
        reading = cast(DeskReading, cls.open(path))
        reading.version = (reading.facts["generation"], path.stat().st_mtime_ns)
        reading.reopened = lambda: cls.at(path)
        return reading

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        super().close()

    def __del__(self) -> None:
        """Let go of the file; a reader that was closed may end in another thread, where SQLite refuses a second time."""
        if not self._closed:
            super().__del__()

    def lead_rows(self) -> list[Row]:
        """Return every lead with the counts, times and places of its operation, in the order of reading."""
        return self.leads()

    def facets(self) -> list[Row]:
        """Return how many adverts of each lead stand on each site, country, language and category."""
        sql = """SELECT operation_id, site, country_hint AS country, language, category, count(*) AS adverts
                 FROM leads JOIN adverts USING (operation_id) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"""
        return self._all(sql)

    def light_adverts(self, operation_id: int) -> list[Row]:
        """Return the adverts of an operation without text and mentions, oldest first."""
        sql = f"SELECT {_LIGHT} FROM adverts WHERE operation_id = ? ORDER BY posted_at, advert_id"
        return self._all(sql, operation_id)

    def posted(self, operation_id: int) -> list[Row]:
        """Return when each advert of an operation was posted, oldest first."""
        sql = "SELECT advert_id, posted_at FROM adverts WHERE operation_id = ? ORDER BY posted_at, advert_id"
        return self._all(sql, operation_id)

    def some_adverts(self, operation_id: int, start: int, most: int) -> list[Row]:
        """Return a page of an operation's adverts in full, oldest first."""
        sql = "SELECT * FROM adverts WHERE operation_id = ? ORDER BY posted_at, advert_id LIMIT ? OFFSET ?"
        return self._all(sql, operation_id, most, start)

    def where(self, advert_ids: Iterable[int]) -> dict[int, int]:
        """Return the operation of each of these adverts that is there."""
        sql = "SELECT advert_id, operation_id FROM adverts WHERE advert_id IN ({}) ORDER BY advert_id"
        found = self._many(sql, sorted(set(advert_ids)))
        return {row["advert_id"]: row["operation_id"] for row in found if row["operation_id"] is not None}

    def postings_of_key(self, key_no: int, operation_id: int) -> list[Row]:
        """Return when the adverts of an operation that show a key were posted, oldest first."""
        sql = """SELECT advert_id, posted_at FROM links JOIN adverts USING (advert_id)
                 WHERE key_no = ? AND operation_id = ? ORDER BY posted_at, advert_id"""
        return self._all(sql, key_no, operation_id)

    def adverts_showing(self, key_no: int, start: int, most: int) -> list[Row]:
        """Return a page of the adverts that show a key, oldest first, without their texts."""
        names = ", ".join(f"adverts.{name.strip()}" for name in _LIGHT.split(","))
        sql = f"""SELECT {names} FROM links JOIN adverts USING (advert_id)
                  WHERE key_no = ? ORDER BY posted_at, advert_id LIMIT ? OFFSET ?"""
        return self._all(sql, key_no, most, start)

    def hubs(self) -> list[Row]:
        """Return the keys that are hubs, those on most adverts first."""
        return self._all("SELECT * FROM keys WHERE hub ORDER BY adverts DESC, key_kind, key_id")
