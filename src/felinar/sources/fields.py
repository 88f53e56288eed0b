"""The fields of adverts from rows that have the same columns: what the plan says, column by column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from felinar.sources.columns import Cells, as_json, bodies, degrees, extras, joined, texts, times
from felinar.sources.contract import Problems
from felinar.sources.countries import country_code, country_of_place
from felinar.sources.identity import advert_id_of, site_of
from felinar.sources.languages import language_code
from felinar.sources.names import category_of
from felinar.sources.pictures import picture_names
from felinar.sources.plan import Plan

JOINTS = {"place_text": ", ", "contact_text": " | ", "price_text": " "}
STRIPPED = ("source_id", "url", "account")
_ITSELF = ("source_id", "url", "site", "title", "body", "contact_text")
LIMITS = {"latitude": 90, "longitude": 180}
Fields = dict[str, list[Any]]


@dataclass(frozen=True)
class Rows:
    """Rows with the same columns: their numbers in the file, their cells, and the plan for them."""

    plan: Plan
    numbers: list[int]
    cells: Cells
    problems: Problems

    def odd(self, field: str) -> Callable[[int, str, str], None]:
        """Return the function that reports what is wrong with a field of a row."""
        column = self.plan.column(field)
        return lambda place, reason, text: self.problems.warning(self.numbers[place], column, reason, text)


def fields_of(rows: Rows, source: str, order: str) -> Fields:
    """Return the columns of ADVERTS by name, and `captured_at` and `images` (names of pictures); a value a row."""
    plan, cells, blank = rows.plan, rows.cells, [""] * len(rows.cells)
    given = {name: texts(cells, column) for name, column in plan.one}
    given.update((name, joined(cells, columns, JOINTS[name])) for name, columns in plan.several)
    found: Fields = {name: given.get(name, blank) for name in ("title", "place_text", "contact_text", "price_text")}
    found.update((name, [text.strip() for text in given.get(name, blank)]) for name in STRIPPED)
    found["body"], found["body_parts"] = bodies(cells, plan.body)
    for number, title, body in zip(rows.numbers, found["title"], found["body"], strict=True):
        if not body and not title:
            rows.problems.warning(number, "", "the advert has no text")
    found["site"] = [site_of(site or url) for site, url in zip(given.get("site", blank), found["url"], strict=True)]
    found["posted_at"], posted = times(given.get("posted_at", blank), order, rows.odd("posted_at"))
    itself = zip(repeat(source, len(cells)), *(found[name] for name in _ITSELF), posted, strict=True)
    found["advert_id"] = [advert_id_of(*what) for what in itself]
    for name, limit in LIMITS.items():
        found[name] = degrees(given.get(name, blank), limit, rows.odd(name))
    found["captured_at"], _ = times(given.get("captured_at", blank), order, rows.odd("captured_at"))
    found.update(_stated(plan, given, found["place_text"], extras(cells, plan.rest)))
    found["images"] = _image_names(cells, plan.images)
    return found


def _image_names(cells: Cells, columns: tuple[str, ...]) -> list[list[str]]:
    """Return the names of each row's pictures."""
    if len(columns) == 1:
        return [picture_names(row[columns[0]]) for row in cells]
    return [[name for column in columns for name in picture_names(row[column])] for row in cells]


def _stated(plan: Plan, given: dict[str, list[str]], places: list[str], extra: list[dict[str, Any]]) -> Fields:
    """Return country code, language code and category; a word that we do not know is kept in `extra`."""
    blank = [""] * len(places)
    words = {name: given.get(name, blank) for name in ("country_hint", "language", "category")}
    named = zip(words["country_hint"], places, strict=True)
    known: Fields = {
        "country_hint": [country_code(c) if c else country_of_place(p) if p else "" for c, p in named],
        "language": [language_code(word) if word else "" for word in words["language"]],
        "category": [category_of(word) if word else "" for word in words["category"]],
    }
    for name in words:
        for kept, word, code in zip(extra, words[name], known[name], strict=True):
            if word and not code:
                kept[plan.column(name)] = word
    known["category"] = [kind or plan.category for kind in known["category"]]
    known["extra"] = as_json(extra)
    return known
