"""Rows of any format -> adverts, column by column; a thousand at a time.

An advert's id is made from what it says and where it stood: not from its file, its neighbours or its place among them.
"""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

import orjson
import pyarrow as pa

from felinar.sources import dates
from felinar.sources.contract import Batch, Problems, Row
from felinar.sources.countries import country_code, country_of_place
from felinar.sources.flatten import flat, text_of
from felinar.sources.languages import language_code
from felinar.sources.mapping import Mapping
from felinar.sources.names import category_of
from felinar.sources.pictures import Pictures, picture_names
from felinar.sources.plan import Plan, make_plan
from felinar.tables import ADVERTS, IMAGES, TIME

_JOINTS = {"place_text": ", ", "contact_text": " | ", "price_text": " "}
_BITS = (1 << 63) - 1


class Builder:
    """Gathers rows and turns them into a batch. `order` is how this file writes its dates."""

    def __init__(
        self, source: str, mapping: Mapping | None, order: str, pictures: Pictures, problems: Problems
    ) -> None:
        self._source, self._mapping, self._order = source, mapping, order
        self._pictures, self._problems = pictures, problems
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._begin()

    def _begin(self) -> None:
        self.records: list[bytes] = []
        self.size = 0
        self._adverts: list[tuple[Any, ...]] = []
        self._captured: list[int | None] = []
        self._images: list[tuple[str, int, int, str, str]] = []

    def add(self, row: Row) -> None:
        """Turn one row into an advert of the batch."""
        cells, number = flat(row.cells), row.number
        plan = self._plan(tuple(cells))
        text = {name: text_of(cells[column]) for name, column in plan.one}
        get = text.get
        joined = {name: _joined(cells, columns, _JOINTS[name]) for name, columns in plan.several}
        body, parts = _body(cells, plan.body)
        title, url = get("title", ""), get("url", "").strip()
        if not body and not title:
            self._problems.warning(number, "", "the advert has no text")
        posted = self._time(number, plan, "posted_at", get("posted_at"))
        contact, place = joined.get("contact_text", ""), joined.get("place_text", "")
        source_id, site = get("source_id", "").strip(), site_of(get("site") or url)
        advert_id = advert_id_of(self._source, source_id, url, site, title, body, contact, posted.iso)
        extra = {c: v for c in plan.rest if (v := _extra(cells[c]))}
        stated = self._stated(plan, get("category"), get("country_hint"), get("language"), place, extra)
        latitude = self._degrees(number, plan, "latitude", get("latitude"), 90)
        longitude = self._degrees(number, plan, "longitude", get("longitude"), 180)
        extra_text = orjson.dumps(extra, option=orjson.OPT_SORT_KEYS).decode() if extra else "{}"
        source, price, account = self._source, joined.get("price_text", ""), get("account", "").strip()
        head = (advert_id, source, source_id, url, site, account, posted.micros, title, body, parts, place)
        self._adverts.append((*head, latitude, longitude, *stated, contact, price, extra_text))  # as in ADVERTS
        self._captured.append(self._time(number, plan, "captured_at", get("captured_at")).micros)
        for position, name in enumerate(_pictures(cells, plan.images)):
            image_id, sha256 = self._pictures.digest(name)
            self._images.append((image_id, advert_id, position, name, sha256))
        self.records.append(row.record)
        self.size += len(row.record)

    def _plan(self, columns: tuple[str, ...]) -> Plan:
        plan = self._plans.get(columns)
        if plan is None:
            if len(self._plans) >= 10_000:
                self._plans.clear()
            plan = self._plans[columns] = make_plan(columns, self._mapping, self._problems)
        return plan

    def _stated(
        self,
        plan: Plan,
        category: str | None,
        country: str | None,
        language: str | None,
        place: str,
        extra: dict[str, Any],
    ) -> tuple[str, str, str]:
        """Return (country code, language code, category); a word that we do not know is kept in `extra`."""
        code = country_code(country) if country else country_of_place(place) if place else ""
        tongue = language_code(language) if language else ""
        kind = category_of(category) if category else ""
        for field, given, known in (
            ("country_hint", country, code),
            ("language", language, tongue),
            ("category", category, kind),
        ):
            if given and not known:
                extra[plan.column(field)] = given
        return code, tongue, kind or plan.category

    def batch(self, bytes_read: int) -> Batch:
        """Return what was gathered, and begin anew."""
        values = list(zip(*self._adverts, strict=True)) or [()] * len(ADVERTS.columns)
        columns = [pa.array(v, type=c.type) for v, c in zip(values, ADVERTS.columns, strict=True)]
        done = Batch(
            records=self.records,
            adverts=pa.Table.from_arrays(columns, schema=ADVERTS.schema),
            captured_at=pa.array(self._captured, type=TIME),
            images=self._image_table(),
            rejects=self._problems.take(),
            bytes_read=bytes_read,
        )
        self._begin()
        return done

    def _image_table(self) -> pa.Table:
        if not self._images:
            return IMAGES.empty()
        ids, adverts, positions, paths, sha256s = zip(*self._images, strict=True)
        given = {"image_id": ids, "advert_id": adverts, "position": positions, "path": paths, "sha256": sha256s}
        texts = {"md5", "sha1", "pdq"}
        blank = {c.name: [""] * len(ids) if c.name in texts else [None] * len(ids) for c in IMAGES.columns}
        columns = [pa.array(list(given.get(c.name, blank[c.name])), type=c.type) for c in IMAGES.columns]
        return pa.Table.from_arrays(columns, schema=IMAGES.schema)

    def _time(self, number: int, plan: Plan, field: str, text: str | None) -> dates.Time:
        if not text:
            return dates.NO_TIME
        time = dates.parse(text, self._order)
        if time.problem:
            self._problems.warning(number, plan.column(field), time.problem, text)
        return time

    def _degrees(self, number: int, plan: Plan, field: str, text: str | None, limit: int) -> float | None:
        if not text or not text.strip():
            return None
        try:
            degrees = float(text.replace(",", "."))
        except ValueError:
            degrees = float("nan")
        if -limit <= degrees <= limit:
            return degrees
        reason = f"this is not a number of degrees up to {limit}; the field was left empty"
        self._problems.warning(number, plan.column(field), reason, text)
        return None


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


def _joined(cells: dict[str, Any], columns: tuple[str, ...], joint: str) -> str:
    if len(columns) == 1:
        return text_of(cells[columns[0]])
    return joint.join(text for c in columns if (text := text_of(cells[c])).strip())


def _body(cells: dict[str, Any], columns: tuple[str, ...]) -> tuple[str, list[dict[str, Any]]]:
    """Return the text columns joined by blank lines, and which characters came from which column."""
    texts, parts, at = [], [], 0
    for column in columns:
        text = text_of(cells[column])
        if text:
            parts.append({"name": column, "start": at, "end": at + len(text)})
            texts.append(text)
            at += len(text) + 2
    return "\n\n".join(texts), parts


def _extra(value: Any) -> Any:
    if isinstance(value, list):
        return [text for one in value if (text := text_of(one))]
    return text_of(value)


def _pictures(cells: dict[str, Any], columns: tuple[str, ...]) -> list[str]:
    return [name for column in columns for name in picture_names(cells[column])]
