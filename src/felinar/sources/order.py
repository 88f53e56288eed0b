"""How a delivery writes its dates: decided over all rows of all its files, so that their order does not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from felinar.sources import dates
from felinar.sources.contract import Row
from felinar.sources.countries import country_code, country_of_place
from felinar.sources.flatten import flat, text_of
from felinar.sources.mapping import Mapping, from_names

NOTE = "dates such as 03/04/2024 can be read in two ways; they were read {}"

ColumnsOf = Callable[[tuple[str, ...], tuple[str, ...]], tuple[str, ...]]


def order_of(rows: Iterable[Row], mapping: Mapping | None) -> tuple[str, str]:
    """Return (day_first or month_first, a note where nothing but custom decided); both are empty if no date asks.

    A date that can be read in one way only decides (the majority, if they differ); else the countries that the rows
    state (month first if all are the United States); else the day comes first.
    """
    if mapping and mapping.dates != "auto":
        return mapping.dates, ""
    columns = _columns(mapping)
    shown: Counter[str] = Counter()
    stated: set[str] = set()
    for row in rows:
        cells = flat(row.cells)
        names = tuple(cells)
        shown.update(dates.shows_order(text_of(cells[c])) for c in columns(names, ("posted_at", "captured_at")))
        stated.update(text_of(cells[c]) for c in columns(names, ("country_hint", "place_text")))
    days, months = shown[dates.DAY_FIRST], shown[dates.MONTH_FIRST]
    if days or months:
        return dates.MONTH_FIRST if months > days else dates.DAY_FIRST, ""
    if not shown["open"]:
        return "", ""
    countries = {code for text in stated if (code := country_code(text) or country_of_place(text))}
    order = dates.MONTH_FIRST if countries == {"US"} else dates.DAY_FIRST
    return order, NOTE.format(order.replace("_", " "))


def _columns(mapping: Mapping | None) -> ColumnsOf:
    """Return the function that finds, for the columns of a row, those of some fields; it remembers what it found."""

    @lru_cache(maxsize=10_000)
    def columns(there: tuple[str, ...], fields: tuple[str, ...]) -> tuple[str, ...]:
        used = mapping or from_names(there)
        return tuple(c for name in fields for c in used.fields.get(name, ()) if c in there)

    return columns
