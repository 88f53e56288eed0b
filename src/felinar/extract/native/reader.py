"""A batch of adverts read natively: the same mentions as `extract/reader.py`, some ten times as fast.

Each kind has a native reader or none; what a native reader declines, and kinds without one, the plain readers read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

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
        languages = adverts["language"].fill_null("").to_pylist()
        self._spoken, languages = self._languages(languages)
        self.about = _about(_countries(adverts, languages), languages)

    def table(self, kinds: frozenset[str]) -> pa.Table:
        """Return the mentions of these kinds."""
        parts = [] if self._spoken is None else [self._spoken]
        parts += [Part(e, self._read(e)) for e in self._extractors if e.kind != "language"]
        phones = next((part for part in parts if part.extractor.kind == "phone"), None)
        if phones is not None:
            parts.append(Part(phones.extractor, self._split(phones.readings)))
        return table_of(self.page, self._ids, parts, kinds)

    def _languages(self, stated: list[str]) -> tuple[Part | None, list[str]]:
        """Return what was read of languages, and of each advert the language stated, else the first one read."""
        found = next((e for e in self._extractors if e.kind == "language"), None)
        if found is None:
            return None, stated
        rows = self._rows
        advert = np.arange(rows, dtype=np.int32)
        body = advert + np.int32(_BODY * rows)
        size = self.page.last - self.page.first
        source = np.where(size[body] > 0, body, advert + np.int32(_TITLE * rows)).astype(np.int32)
        about = _about([""] * rows, stated)
        about = about._replace(field=np.full(len(about.field), _BODY, dtype=np.int8))
        texts = np.sort(source[size[source] > 0])
        readings = self._of_kind(found, texts, about)
        readings = readings._replace(text=(readings.text % rows + _BODY * rows).astype(np.int32))
        languages = list(stated)
        for text, value in zip(readings.text.tolist(), readings.value.to_pylist(), strict=True):
            languages[text % rows] = languages[text % rows] or value
        return Part(found, readings), languages

    def _read(self, extractor: Extractor) -> Readings:
        return self._of_kind(extractor, self._texts(READS[extractor.kind]), self.about)

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


def _countries(adverts: pa.Table, languages: list[str]) -> list[str]:
    """Return the country of each advert; equal words are asked about once."""
    cells = list(zip(adverts["country_hint"].to_pylist(), adverts["place_text"].to_pylist(), languages, strict=True))
    known = {cell: country_of_advert(*cell) for cell in dict.fromkeys(cells)}
    return [known[cell] for cell in cells]


def _about(countries: list[str], languages: list[str]) -> About:
    """Return what is known around the texts of a batch of adverts."""
    known = tuple(dict.fromkeys(["", *countries])), tuple(dict.fromkeys(["", *languages]))
    numbers = [{code: i for i, code in enumerate(codes)} for codes in known]
    country = np.array([numbers[0][code] for code in countries], dtype=np.int32)
    language = np.array([numbers[1][code] for code in languages], dtype=np.int32)
    field = np.repeat(np.arange(len(FIELDS), dtype=np.int8), len(countries))
    return About(field, np.tile(country, len(FIELDS)), np.tile(language, len(FIELDS)), *known)
