"""An advert as a document of the index: its words, places, site, languages, kind and time, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from felinar.store.index_words import words_text

if TYPE_CHECKING:
    import pyarrow as pa
    from tantivy import IndexWriter, Schema

ADVERT_COLUMNS = ("advert_id", "site", "posted_at", "title", "body", "place_text", "language", "category")
MENTION_COLUMNS = ("advert_id", "kind", "value")
_SECONDS_A_DAY = 86_400
_FIRST_SECOND = -(1 << 33)  # with the 30 bits of an id this fills a signed number of 64 bits


def schema() -> Schema:
    """Return the fields of the index."""
    import tantivy

    build = tantivy.SchemaBuilder()
    for name in ("text", "place"):
        build.add_text_field(name, tokenizer_name="whitespace")
    for name in ("site", "language", "kind"):
        build.add_text_field(name, tokenizer_name="raw", index_option="basic")
    build.add_integer_field("day", indexed=True, fast=True)
    for name in ("advert_id", "newest"):
        build.add_integer_field(name, fast=True)
    return build.build()


def add_adverts(writer: IndexWriter, adverts: pa.Table, mentions: pa.Table) -> None:
    """Give the writer a document for each advert (ADVERT_COLUMNS), with its MENTION_COLUMNS."""
    from tantivy import Document

    said = _by_advert(mentions)
    for row in _rows(adverts):
        document = Document()
        advert_id, site, seconds, title, body, place, language, kind = row
        mine = said.get(advert_id, [])
        for text in (title, place, body):
            if text:
                document.add_text("text", words_text(text))
        named = [value.partition(",")[0] for found, value in mine if found == "place"]
        for text in dict.fromkeys(filter(None, (place, *named))):
            document.add_text("place", words_text(text))
        for code in sorted({language, *(value for found, value in mine if found == "language")} - {"", None}):
            document.add_text("language", str(code))
        for suffix in _suffixes(site or ""):
            document.add_text("site", suffix)
        if kind:
            document.add_text("kind", kind)
        if seconds is not None:
            document.add_integer("day", seconds // _SECONDS_A_DAY)
        document.add_integer("advert_id", advert_id)
        document.add_integer("newest", newest(seconds, advert_id))
        writer.add_document(document)


def newest(seconds: int | None, advert_id: int) -> int:
    """Return a number that is larger for a later advert, and among those of one second for a smaller id.

    Times before 1698 and after 2242 count as those years, so that the number fits into 64 bits; none comes first.
    """
    known = _FIRST_SECOND if seconds is None else min(max(seconds, _FIRST_SECOND), -_FIRST_SECOND - 1)
    return (known << 30) | (((1 << 63) - 1 - advert_id) >> 33)


def _by_advert(mentions: pa.Table) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    columns = (mentions[name].to_pylist() for name in MENTION_COLUMNS)
    for advert_id, kind, value in zip(*columns, strict=True):
        found.setdefault(advert_id, []).append((kind, value))
    return found


def _rows(adverts: pa.Table) -> Iterator[tuple[Any, ...]]:
    import pyarrow as pa

    for batch in adverts.to_batches(max_chunksize=5_000):
        table = pa.table(batch)
        columns = [table[name].to_pylist() for name in ADVERT_COLUMNS if name != "posted_at"]
        seconds = table["posted_at"].cast(pa.timestamp("s", tz="UTC"), safe=False).cast(pa.int64()).to_pylist()
        yield from zip(columns[0], columns[1], seconds, *columns[2:], strict=True)


def _suffixes(site: str) -> list[str]:
    """Return the names under which a site is asked for: leeds.ads.example, ads.example."""
    labels = site.split(".")
    return [".".join(labels[first:]) for first in range(max(1, len(labels) - 1))] if site else []
