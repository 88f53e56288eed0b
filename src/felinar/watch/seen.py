"""Adverts as a watch sees them, read from what is published."""

from __future__ import annotations

from collections.abc import Iterable

from felinar.ids import id_of
from felinar.search.words import gated_operations
from felinar.store.index_words import words_of
from felinar.store.published import Published, Row
from felinar.store.published_schema import CONTACT_KINDS
from felinar.watch.news import Seen


def seen(published: Published, advert_ids: Iterable[int]) -> tuple[list[Seen], set[int]]:
    """Return these adverts, those that are published; and which of them stand behind the gate possible minor.

    Of the latter nothing is told but that they are there.
    """
    rows = published.plain_adverts(advert_ids)
    gated = gated_operations(published, (row["operation_id"] for row in rows))
    behind = {row["advert_id"] for row in rows if row["operation_id"] in gated}
    return [_seen(published, row, row["advert_id"] in behind) for row in rows], behind


def _seen(published: Published, row: Row, gated: bool) -> Seen:
    if gated:
        # One feature of its own: it is news, whatever it says.
        return Seen(row["advert_id"], row["posted_at"] or "", frozenset([("advert", str(row["advert_id"]))]))
    keys = published.keys_of_advert(row["advert_id"])
    features = {("contact", key["value"]) for key in keys if key["key_kind"] in CONTACT_KINDS and not key["hub"]}
    features |= {("text", _text(row, keys))}
    features |= {(kind, row[name]) for kind, name in (("place", "place_text"), ("site", "site")) if row[name]}
    return Seen(row["advert_id"], row["posted_at"] or "", frozenset(features))


def _text(row: Row, keys: list[Row]) -> str:
    """Return a name for the text: that of its near-duplicates, else of its own words, digits left out."""
    for key in keys:
        if key["key_kind"] == "near_duplicate":
            return str(key["key_id"])
    words = [word for word in words_of(row["body"] or "") if not any(map(str.isdigit, word))]
    return f"alone {id_of(*words)}"
