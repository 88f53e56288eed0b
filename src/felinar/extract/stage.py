"""The extract stage: adverts in, mentions out. Every text is folded once; all extractors read the same folded text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from typing import Any

import pyarrow as pa

from felinar.errors import unknown_name
from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.precedence import ORDER, without_misreadings
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
_COLUMNS = ("advert_id", *FIELDS, "country_hint", "language", "site")

Mention = tuple[Extractor, Found]


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
    parts = _in_processes(extractors, batches, wanted, workers) if workers > 1 and len(batches) > 1 else None
    tables = []
    for batch, part in zip(batches, parts or (of_batch(extractors, b, wanted) for b in batches), strict=True):
        tables.append(part)
        if progress is not None:
            progress(batch.num_rows)
    return MENTIONS.sort(pa.concat_tables([MENTIONS.empty(), *tables]))


def of_batch(extractors: Sequence[Extractor], adverts: pa.Table, kinds: Collection[str]) -> pa.Table:
    """Return the mentions of one batch, in the order of the adverts, not sorted."""
    active = needed(extractors, kinds)
    columns: dict[str, list[Any]] = {name: [] for name in MENTIONS.names}
    for advert in adverts.to_pylist():
        for field, original, (extractor, found) in _mentions(active, advert):
            if extractor.kind not in kinds:
                continue
            _append(columns, advert["advert_id"], field, original, extractor, found)
    return pa.table(columns, schema=MENTIONS.schema)


def _mentions(extractors: Sequence[Extractor], advert: dict[str, Any]) -> Iterator[tuple[str, str, Mention]]:
    texts = {field: fold(advert[field]) for field in FIELDS if advert[field]}
    country, language = _country(advert), advert["language"] or ""
    if "body" not in texts and "title" in texts:
        texts["body"] = fold("")
    for extractor in extractors:
        if extractor.kind == "language":
            text = texts.get("body") if advert["body"] else texts.get("title")
            for found in extractor.find(text, Context("body", country, advert["site"] or "", language)) if text else ():
                language = language or found.value
                yield "body", "", (extractor, found)
    rest = [e for e in extractors if e.kind != "language"]
    for field, text in texts.items():
        context = Context(field, country, advert["site"] or "", language)
        for mention in read(rest, text, context):
            yield field, text.original, mention


def read(extractors: Iterable[Extractor], text: Folded, context: Context) -> list[Mention]:
    """Return what the extractors read in one text, without the misreadings and without doubles."""
    if not text.text:
        return []
    found = [(e, f) for e in extractors if context.field in READS[e.kind] for f in e.find(text, context)]
    return without_misreadings(text.original, found) if len(found) > 1 else found


def _country(advert: dict[str, Any]) -> str:
    if advert["country_hint"]:
        return str(advert["country_hint"]).upper()
    if not advert["place_text"]:
        return ""
    from felinar.extract.place import country_of

    return country_of(advert["place_text"])


def _append(
    columns: dict[str, list[Any]], advert_id: int, field: str, original: str, extractor: Extractor, found: Found
) -> None:
    columns["advert_id"].append(advert_id)
    columns["field"].append(field)
    columns["start"].append(found.start)
    columns["kind"].append(extractor.kind)
    columns["end"].append(found.end)
    columns["raw"].append("" if found.start is None else original[found.start : found.end])
    columns["value"].append(found.value)
    columns["display"].append(found.display or found.value)
    columns["region"].append(found.region)
    columns["extractor"].append(f"{extractor.name}/{extractor.version}")
    columns["confidence"].append(found.confidence)
    columns["obscured"].append(found.obscured)
    columns["evidence"].append(found.evidence)


def _in_processes(
    extractors: Sequence[Extractor], batches: list[pa.Table], kinds: list[str], workers: int
) -> Iterator[pa.Table]:
    """Return the mentions batch by batch from worker processes; where none can be started, from this process."""
    import multiprocessing

    done = 0
    try:
        with ProcessPoolExecutor(min(workers, len(batches)), multiprocessing.get_context("spawn")) as pool:
            for part in pool.map(_of_bytes, map(_to_bytes, batches), [kinds] * len(batches)):
                yield _from_bytes(part)
                done += 1
    except BrokenProcessPool:
        # A program without `if __name__ == "__main__"` cannot be started a second time.
        for batch in batches[done:]:
            yield of_batch(extractors, batch, kinds)


def _of_bytes(batch: bytes, kinds: list[str]) -> bytes:
    from felinar.extract import EXTRACTORS

    return _to_bytes(of_batch(EXTRACTORS, _from_bytes(batch), kinds))


def _to_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _from_bytes(content: bytes) -> pa.Table:
    return pa.ipc.open_stream(content).read_all()
