"""Links: which advert shows which key, what sharing it says, and why."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import with_source_id, with_text

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per advert and key."""
    keys = tables.read("keys", ["key_kind", "key_id", "value", "adverts", "hub", "evidence"])
    keys = keys.rename_columns(["key_kind", "key_id", "value", "adverts", "hub", "key_evidence"])
    joined = tables.read("links").join(keys, keys=["key_kind", "key_id"], join_type="inner")
    pile = tables.read("adverts", ["advert_id"]).num_rows
    return with_source_id(with_text(joined, "because", _because(joined, pile)), tables)


def _because(joined: pa.Table, pile: int) -> list[str]:
    from felinar.link.explain import because_of_hub, because_of_link

    @lru_cache(maxsize=100_000)
    def sentence(kind: str, value: str, adverts: int, hub: bool, evidence: str) -> str:
        return because_of_hub(kind, value, evidence) if hub else because_of_link(kind, value, adverts, pile, evidence)

    names = ("key_kind", "value", "adverts", "hub", "evidence", "key_evidence")
    rows = zip(*(joined[name].to_pylist() for name in names), strict=True)
    return [sentence(kind, value, n, hub, on_key if hub else own) for kind, value, n, hub, own, on_key in rows]


LINKS = Exporter(
    "links",
    "one row per advert and key, with the bits that sharing the key says",
    ("source_id", "advert_id", "key_kind", "key_id", "value", "millibits", "hub", "because", "evidence"),
    ("advert_id", "key_kind", "key_id"),
    make,
)
