"""Keys with the sentence that says why each ties adverts together, or why it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import with_text

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per key."""
    from felinar.link.explain import because_of_hub, because_of_link

    keys, pile = tables.read("keys"), tables.read("adverts", ["advert_id"]).num_rows
    names = ("key_kind", "value", "adverts", "hub", "evidence")
    rows = zip(*(keys[name].to_pylist() for name in names), strict=True)
    because = [
        because_of_hub(kind, value, evidence) if hub else because_of_link(kind, value, adverts, pile, "{}")
        for kind, value, adverts, hub, evidence in rows
    ]
    return with_text(keys, "because", because)


KEYS = Exporter(
    "keys",
    "one row per thing that can tie adverts together",
    tuple("key_kind key_id value adverts contexts texts others sites hub because epoch evidence".split()),  # noqa: SIM905
    ("key_kind", "key_id"),
    make,
)
