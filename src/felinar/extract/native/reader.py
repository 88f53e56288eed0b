"""A batch of adverts read natively: the same mentions as `extract/reader.py`, some ten times as fast.

Each kind has a native reader or none; what a native reader declines, and kinds without one, the plain readers read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.contract import Extractor, Found
from felinar.extract.native import native_reader
from felinar.extract.native.page import original_of, page_of
from felinar.extract.native.phone_split import split_numbers
from felinar.extract.native.readings import FIELDS, About, Readings
from felinar.extract.native.rows import Part, joined, readings_of, table_of
from felinar.extract.native.signs import signs_of
from felinar.extract.reader import READS, country_of_advert
from felinar.kernels.fold import Folded, fold
from felinar.tables import MENTIONS

_BODY, _TITLE = FIELDS.index("body"), FIELDS.index("title")


def mentions_of(extractors: Sequence[Extractor], adverts: pa.Table, kinds: Collection[str]) -> pa.Table:
    """Return the MENTIONS of these kinds, sorted by their key; `extractors` are those that are needed for them."""
    if not adverts.num_rows:
        return MENTIONS.empty()
    return _Batch(extractors, adverts).table(frozenset(kinds))


class _Batch:
    """One batch while it is read: its page, what is known around each text, and texts folded for plain readers."""

    def __init__(self, extractors: Sequence[Extractor], adverts: pa.Table) -> None:
        self._extractors, self._rows = extractors, adverts.num_rows
        self._ids = adverts["advert_id"].to_numpy()
        self.page = page_of([adverts[field] for field in FIELDS])
        self.signs = signs_of(self.page)
        self._folds: dict[int, Folded] = {}
        self._of_fields: dict[tuple[str, ...], NDArray[np.int32]] = {}
        self._spoken, languages = self._languages(numbered(adverts["language"]))
        self.about = _about(_countries(adverts, languages), languages)

    def table(self, kinds: frozenset[str]) -> pa.Table:
        """Return the mentions of these kinds.

        Kinds that only say what is a misreading of them are read where something was found.
        """
        readers = [e for e in self._extractors if e.kind != "language"]
        parts = [Part(e, self._read(e)) for e in readers if e.kind in kinds]
        phones = next((part for part in parts if part.extractor.kind == "phone"), None)
        if phones is not None:
            parts.append(Part(phones.extractor, self._split(phones.readings)))
        found = np.zeros(len(self.page.first), dtype=np.bool_)
        for part in parts:
            found[part.readings.text] = True
        parts += [Part(e, self._read(e, found)) for e in readers if e.kind not in kinds]
        if self._spoken is not None:
            parts.append(self._spoken)
        return table_of(self.page, self._ids, parts, kinds)

    def _languages(self, stated: Numbered) -> tuple[Part | None, Numbered]:
        """Return what was read of languages, and of each advert the language stated, else the first one read."""
        found = next((e for e in self._extractors if e.kind == "language"), None)
        if found is None:
            return None, stated
        rows = self._rows
        advert = np.arange(rows, dtype=np.int32)
        body = advert + np.int32(_BODY * rows)
        size = self.page.last - self.page.first
        source = np.where(size[body] > 0, body, advert + np.int32(_TITLE * rows)).astype(np.int32)
        about = _about(Numbered(("",), np.zeros(rows, dtype=np.int32)), stated)
        about = about._replace(field=np.full(len(about.field), _BODY, dtype=np.int8))
        texts = np.sort(source[size[source] > 0])
        readings = self._of_kind(found, texts, about)
        readings = readings._replace(text=(readings.text % rows + _BODY * rows).astype(np.int32))
        first, at = np.unique(readings.text % rows, return_index=True)
        read = numbered(readings.value.take(pa.array(at)))
        number = stated.number.copy()
        number[first] = np.where(number[first] == 0, read.number + np.int32(len(stated.names)), number[first])
        return Part(found, readings), numbered_again((*stated.names, *read.names), number)

    def _read(self, extractor: Extractor, where: NDArray[np.bool_] | None = None) -> Readings:
        texts = self._texts(READS[extractor.kind])
        return self._of_kind(extractor, texts if where is None else texts[where[texts]], self.about)

    def _texts(self, fields: tuple[str, ...]) -> NDArray[np.int32]:
        """Return the numbers of the texts of these fields in which something stands."""
        if fields not in self._of_fields:
            there = np.diff(self.page.at) > 0
            starts = sorted(FIELDS.index(field) * self._rows for field in fields)
            parts = [np.flatnonzero(there[start : start + self._rows]) + start for start in starts]
            self._of_fields[fields] = np.concatenate(parts).astype(np.int32)
        return self._of_fields[fields]

    def _of_kind(self, extractor: Extractor, texts: NDArray[np.int32], about: About) -> Readings:
        """Return the readings of one kind, natively where there is a reader, in the order of the texts."""
        native = native_reader(extractor.name)
        if native is None:
            return readings_of(list(self._plain(extractor, texts.tolist(), about)))
        readings, declined = native(self.page, texts, about, self.signs)
        if not len(declined):
            return readings
        return joined([readings, readings_of(list(self._plain(extractor, declined.tolist(), about)))])

    def _plain(self, extractor: Extractor, texts: Iterable[int], about: About) -> Iterable[tuple[int, Found]]:
        for text in texts:
            for found in extractor.find(self._folded(text), about.context(text)):
                yield text, found

    def _folded(self, text: int) -> Folded:
        """Return a text folded for a plain reader; they share what they note about it."""
        if text not in self._folds:
            self._folds[text] = fold(original_of(self.page, text))
        return self._folds[text]

    def _split(self, phones: Readings) -> Readings:
        """Return the numbers that stand half in the title and half in the body."""
        advert = np.arange(self._rows, dtype=np.int32)
        titles, bodies = advert + np.int32(_TITLE * self._rows), advert + np.int32(_BODY * self._rows)
        found = split_numbers(self.page, titles, bodies, self.about, phones)
        return readings_of(sorted(found, key=lambda pair: pair[0]))


class Numbered(NamedTuple):
    """Different strings, "" first, and which of them each row has."""

    names: tuple[str, ...]
    number: NDArray[np.int32]


def numbered(column: pa.ChunkedArray | pa.Array) -> Numbered:
    """Return the strings of a column, a null as an empty one."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = array.fill_null("").dictionary_encode()
    return numbered_again(encoded.dictionary.to_pylist(), encoded.indices.to_numpy())


def numbered_again(names: Sequence[str], number: Any) -> Numbered:
    """Return the same with each string once, and "" first."""
    numbers = {name: i for i, name in enumerate(dict.fromkeys(["", *names]))}
    return Numbered(tuple(numbers), np.array([numbers[name] for name in names], dtype=np.int32)[number])


def _countries(adverts: pa.Table, languages: Numbered) -> Numbered:
    """Return the country of each advert; equal words are asked about once."""
    hints = numbered(adverts["country_hint"])
    names, number = [hint.upper() for hint in hints.names], hints.number.copy()
    places = numbered(adverts["place_text"])
    unknown = np.flatnonzero((number == 0) & (places.number > 0))
    cells = list(zip(places.number[unknown].tolist(), languages.number[unknown].tolist(), strict=True))
    known = {cell: len(names) + i for i, cell in enumerate(dict.fromkeys(cells))}
    names += [country_of_advert("", places.names[place], languages.names[language]) for place, language in known]
    number[unknown] = [known[cell] for cell in cells]
    return numbered_again(names, number)


def _about(countries: Numbered, languages: Numbered) -> About:
    """Return what is known around the texts of a batch of adverts."""
    fields = len(FIELDS)
    field = np.repeat(np.arange(fields, dtype=np.int8), len(countries.number))
    country, language = np.tile(countries.number, fields), np.tile(languages.number, fields)
    return About(field, country, language, countries.names, languages.names)
