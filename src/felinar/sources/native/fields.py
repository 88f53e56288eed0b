"""Cells -> the columns of ADVERTS: what `sources/fields.py` does, for thousands of rows without an object for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.sources.columns import as_json, degrees
from felinar.sources.contract import Problems
from felinar.sources.countries import country_code, country_of_place
from felinar.sources.fields import JOINTS, LIMITS, STRIPPED
from felinar.sources.identity import site_of
from felinar.sources.languages import language_code
from felinar.sources.names import category_of
from felinar.sources.native.hashes import advert_ids
from felinar.sources.native.rows import Cells
from felinar.sources.native.texts import Picks, Texts, bodies_of, extras_of, picks_of, texts_of
from felinar.sources.native.times import times_of
from felinar.sources.plan import Plan
from felinar.tables import PART

Columns = dict[str, pa.Array]
_PLAIN = ("title", "place_text", "contact_text", "price_text")
_NOTHING = pa.scalar("", pa.string())


@dataclass(frozen=True)
class Rows:
    """Ordinary rows: their cells, the plan of each state, their numbers in the file."""

    cells: Cells
    plans: dict[int, Plan]
    numbers: NDArray[np.int64]
    problems: Problems

    def picks(self, field: str) -> Picks:
        """Return which columns fill this field in the rows of each state."""
        return picks_of(self.cells, {state: plan.columns(field) for state, plan in self.plans.items()})

    def plan(self, row: int) -> Plan:
        """Return the plan for a row."""
        return self.plans[int(self.cells.state[row])]

    def odd(self, field: str) -> Callable[[int, str, str], None]:
        """Return the function that reports what is wrong with a field of a row."""

        def told(row: int, reason: str, text: str) -> None:
            self.problems.warning(int(self.numbers[row]), self.plan(row).column(field), reason, text)

        return told


def columns_of(rows: Rows, source: str, order: str) -> Columns:
    """Return the columns of ADVERTS by name, and `captured_at`."""
    cells, count = rows.cells, len(rows.cells.state)
    texts = {name: texts_of(cells, rows.picks(name), JOINTS.get(name, "")) for name in _PLAIN}
    texts.update((name, texts_of(cells, rows.picks(name), strip=True)) for name in STRIPPED)
    texts["body"], parts = _bodies(rows)
    found: Columns = {name: text.array() for name, text in texts.items()}
    found["body_parts"], found["source"] = parts, pa.repeat(pa.scalar(source, pa.string()), count)
    _tell_empty(rows, found)
    found["site"] = _sites(texts_of(cells, rows.picks("site")).array(), found["url"])
    posted = texts_of(cells, rows.picks("posted_at"))
    found["posted_at"], forms = times_of(posted, order, rows.odd("posted_at"))
    texts |= {"site": Texts.of(found["site"]), "posted_at": Texts.of(forms)}
    found["advert_id"] = pa.array(advert_ids(texts, source))
    for name, limit in LIMITS.items():
        found[name] = _degrees(rows, name, limit)
    found["captured_at"], _ = times_of(texts_of(cells, rows.picks("captured_at")), order, rows.odd("captured_at"))
    found.update(_stated(rows, found["place_text"]))
    return found


def _bodies(rows: Rows) -> tuple[Texts, pa.Array]:
    """Return the bodies and their parts."""
    body, counts, parts = bodies_of(rows.cells, rows.picks("body"))
    names = pa.array(rows.cells.columns, pa.string()).take(pa.array(parts[:, 0]))
    columns = [names, *(pa.array(np.ascontiguousarray(parts[:, i])) for i in (1, 2))]
    fields = pa.StructArray.from_arrays(columns, fields=list(PART))
    return body, pa.ListArray.from_arrays(pa.array(counts), fields, type=pa.list_(PART))


def _tell_empty(rows: Rows, found: Columns) -> None:
    nothing = pc.and_(pc.equal(found["body"], ""), pc.equal(found["title"], ""))
    for row in np.flatnonzero(nothing.to_numpy(zero_copy_only=False)).tolist():
        rows.problems.warning(int(rows.numbers[row]), "", "the advert has no text")


def _sites(sites: pa.Array, urls: pa.Array) -> pa.Array:
    return _each(pc.if_else(pc.equal(sites, ""), urls, sites), site_of)


def _each(texts: pa.Array, function: Callable[[str], str]) -> pa.Array:
    """Return what the function says of each text; it is asked once for equal ones, and not of empty ones."""
    coded = texts.dictionary_encode()
    known = [function(text) if text else "" for text in coded.dictionary.to_pylist()]
    return pa.array(known, pa.string()).take(coded.indices)


def _degrees(rows: Rows, name: str, limit: int) -> pa.Array:
    picks = rows.picks(name)
    if not picks.shape[1]:
        return pa.nulls(len(rows.cells.state), pa.float64())
    column = texts_of(rows.cells, picks).array().to_pylist()
    return pa.array(degrees(column, limit, rows.odd(name)), pa.float64())


def _stated(rows: Rows, places: pa.Array) -> Columns:
    """Return country code, language code and category, and `extra`: there, a word that we do not know is kept."""
    names = ("country_hint", "language", "category")
    words = {name: texts_of(rows.cells, rows.picks(name)).array() for name in names}
    none = pc.equal(words["country_hint"], "")
    codes = {
        "country_hint": _each(words["country_hint"], country_code),
        "language": _each(words["language"], language_code),
        "category": _each(words["category"], category_of),
    }
    by_place = _each(pc.if_else(none, places, _NOTHING), country_of_place)
    codes["country_hint"] = pc.if_else(none, by_place, codes["country_hint"])
    unknown = [(name, row) for name in names for row in _unknown(words[name], codes[name])]
    extra = extras_of(rows.cells, {state: plan.rest for state, plan in rows.plans.items()}).array()
    if unknown:
        extra = _with_words(rows, extra, [(row, name, words[name][row].as_py()) for name, row in unknown])
    named = pa.array([rows.plans[s].category if s in rows.plans else "" for s in range(max(rows.plans, default=0) + 1)])
    by_plan = named.cast(pa.string()).take(pa.array(rows.cells.state))
    codes["category"] = pc.if_else(pc.equal(codes["category"], ""), by_plan, codes["category"])
    return {**codes, "extra": extra}


def _unknown(words: pa.Array, codes: pa.Array) -> list[int]:
    """Return the rows that have a word and no code."""
    found = pc.and_(pc.not_equal(words, ""), pc.equal(codes, ""))
    return [int(row) for row in np.flatnonzero(found.to_numpy(zero_copy_only=False))]


def _with_words(rows: Rows, extra: pa.Array, words: list[tuple[int, str, str]]) -> pa.Array:
    """Return `extra` with these words under the names of their columns."""
    texts = extra.to_pylist()
    for row, field, word in words:
        texts[row] = as_json([{**orjson.loads(texts[row]), rows.plan(row).column(field): word}])[0]
    return pa.array(texts, pa.string())
