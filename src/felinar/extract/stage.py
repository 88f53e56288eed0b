"""The extract stage: adverts in, mentions out. Every text is folded once; all extractors read the same folded text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from felinar.errors import unknown_name
from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.precedence import ORDER, Mention, without_misreadings
from felinar.kernels.fold import Folded, fold
from felinar.tables import MENTIONS

FIELDS = ("title", "body", "contact_text", "place_text", "price_text", "url")
_TEXTS = ("title", "body", "contact_text")
# Which fields make sense for a kind; in a url field only what stands in a link is read.
READS: dict[str, tuple[str, ...]] = {
    "phone": (*_TEXTS, "url"),
    "email": _TEXTS,
    "handle": (*_TEXTS, "url"),
    "url": (*_TEXTS, "url"),
    "wallet": _TEXTS,
    "iban": _TEXTS,
    "price": ("title", "body", "price_text"),
    "age": ("title", "body"),
    "name": _TEXTS,
    "place": ("title", "body", "place_text"),
    "language": ("body",),
    "phrase": ("title", "body"),
    "masked": _TEXTS,
}
BATCH = 2_000
_COLUMNS = ("advert_id", *FIELDS, "country_hint", "language")
# Short fields of which few differ: each text is read once in a batch.
_REPEATED = ("place_text", "price_text")

# A row of MENTIONS without its advert.
Row = tuple[Any, ...]


def chosen(extractors: Sequence[Extractor], kinds: Collection[str] | None) -> list[Extractor]:
    """Return the extractors of these kinds, all without a choice; an unknown kind is an error with the nearest name."""
    known = {e.kind for e in extractors}
    for kind in kinds or ():
        if kind not in known:
            raise unknown_name("kind of mention", kind, known)
    return [e for e in extractors if kinds is None or e.kind in kinds]


def needed(extractors: Sequence[Extractor], kinds: Collection[str]) -> list[Extractor]:
    """Return the extractors to run for these kinds: also those that decide what is a misreading, and the language.

    So a kind has the same mentions alone as together with the others.
    """
    weakest = max((ORDER.index(kind) for kind in kinds if kind in ORDER), default=-1)
    also = {*ORDER[: weakest + 1], *(("language",) if set(kinds) - {"language", "masked"} else ())}
    return [e for e in extractors if e.kind in kinds or e.kind in also]


def extract_with(
    extractors: Sequence[Extractor],
    adverts: pa.Table,
    *,
    kinds: Collection[str] | None,
    workers: int,
    progress: Callable[[int], None] | None,
) -> pa.Table:
    """Return the MENTIONS of the adverts; more than one worker gives the same bytes, only sooner."""
    wanted = sorted(e.kind for e in chosen(extractors, kinds))
    batches = [adverts.select(_COLUMNS).slice(i, BATCH) for i in range(0, adverts.num_rows, BATCH)]
    tables: list[pa.Table] = []
    for part in _parts(extractors, batches, wanted, workers):
        tables.append(part)
        if progress is not None:
            progress(batches[len(tables) - 1].num_rows)
    return MENTIONS.sort(pa.concat_tables([MENTIONS.empty(), *tables]))


def _parts(
    extractors: Sequence[Extractor], batches: list[pa.Table], kinds: list[str], workers: int
) -> Iterator[pa.Table]:
    """Return the mentions batch by batch: from worker processes, and where there are none, from this process."""
    done = 0
    if workers > 1 and len(batches) > 1:
        from felinar.extract.pool import mentions_of

        for part in mentions_of(batches, kinds, [e.name for e in extractors], workers):
            done += 1
            yield part
    for batch in batches[done:]:
        yield of_batch(extractors, batch, kinds)


def of_batch(extractors: Sequence[Extractor], adverts: pa.Table, kinds: Collection[str]) -> pa.Table:
    """Return the mentions of one batch, in the order of the adverts, not sorted."""
    reader = _Reader(needed(extractors, kinds), kinds)
    rows: list[Row] = []
    for advert_id, *texts, country, language in zip(*(adverts[c].to_pylist() for c in _COLUMNS), strict=True):
        for row in reader.advert(dict(zip(FIELDS, texts, strict=True)), country or "", language or ""):
            rows.append((advert_id, *row))
    columns = zip(*rows, strict=True) if rows else ((),) * len(MENTIONS.names)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, MENTIONS.schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=MENTIONS.schema)


class _Reader:
    """Reads adverts field by field with the extractors that make sense for each field."""

    def __init__(self, extractors: Sequence[Extractor], kinds: Collection[str]) -> None:
        self._languages = [e for e in extractors if e.kind == "language"]
        rest = [e for e in extractors if e.kind != "language"]
        self._of_field = {field: [e for e in rest if field in READS[e.kind]] for field in FIELDS}
        self._labels = {e.name: f"{e.name}/{e.version}" for e in extractors}
        self._kinds = frozenset(kinds)
        self._read: dict[tuple[str, str, str, str], list[Row]] = {}

    def advert(self, texts: dict[str, str | None], country_hint: str, language: str) -> Iterator[Row]:
        """Return the rows of one advert."""
        country = _country(country_hint, texts["place_text"])
        folded = {field: fold(text) for field, text in texts.items() if text and field not in _REPEATED}
        main = folded.get("body") or folded.get("title")
        for extractor in self._languages:
            for found in () if main is None else extractor.find(main, _context("body", country, language)):
                language = language or found.value
                if "language" in self._kinds:
                    yield self._row("body", "", extractor, found)
        for field, text in folded.items():
            yield from self._rows(text, _context(field, country, language))
        for field in _REPEATED:
            if texts[field]:
                yield from self._repeated(field, texts[field] or "", country, language)

    def _repeated(self, field: str, text: str, country: str, language: str) -> list[Row]:
        key = (field, text, country, language)
        if key not in self._read:
            self._read[key] = self._rows(fold(text), _context(field, country, language))
        return self._read[key]

    def _rows(self, text: Folded, context: Context) -> list[Row]:
        found = _read(self._of_field[context.field], text, context)
        return [self._row(context.field, text.original, e, f) for e, f in found if e.kind in self._kinds]

    def _row(self, field: str, original: str, extractor: Extractor, found: Found) -> Row:
        raw = "" if found.start is None else original[found.start : found.end]
        return (
            field, found.start, extractor.kind, found.end, raw, found.value, found.display or found.value,
            found.region, self._labels[extractor.name], found.confidence, found.obscured, found.evidence,
        )  # fmt: skip


@lru_cache(maxsize=4096)
def _context(field: str, country: str, language: str) -> Context:
    return Context(field, country, "", language)


def read(extractors: Iterable[Extractor], text: Folded, context: Context) -> list[Mention]:
    """Return what the extractors read in one text, without the misreadings and without doubles."""
    return _read([e for e in extractors if context.field in READS[e.kind]], text, context)


def _read(extractors: Sequence[Extractor], text: Folded, context: Context) -> list[Mention]:
    if not text.text:
        return []
    found = [(e, f) for e in extractors for f in e.find(text, context)]
    return without_misreadings(text.original, found) if len(found) > 1 else found


def _country(hint: str, place_text: str | None) -> str:
    if hint or not place_text:
        return hint.upper()
    from felinar.extract.place import country_of

    return country_of(place_text)
