"""Compile all native readers on the extractors' own examples."""

from __future__ import annotations

from collections.abc import Sequence

from felinar.extract.contract import Extractor
from felinar.extract.native import note_compiled
from felinar.extract.native.reader import mentions_of
from felinar.tables import ADVERTS


def compile_readers(extractors: Sequence[Extractor]) -> int:
    """Return how many mentions were read in the examples, each of them as a title, as a body and in the other fields.

    Every kernel is compiled by that, and kept for later runs; a mark says so from then on (`native.is_worth_it`).
    """
    texts = [text for extractor in extractors for text, _ in extractor.examples]
    halves = [(text[: len(text) // 2], text[len(text) // 2 :]) for text in texts]
    rows = [
        {"advert_id": i, "title": title, "body": body, "contact_text": text, "url": text, "country_hint": country}
        | {"place_text": "Leeds", "price_text": text}
        for i, (title, body, text, country) in enumerate(
            (*pair, text, country)
            for country in ("GB", "")
            for text, half in zip(texts, halves, strict=True)
            for pair in (half, (text, text))
        )
    ]
    found = mentions_of(extractors, ADVERTS.from_rows(rows), {e.kind for e in extractors})
    note_compiled()
    return int(found.num_rows)
