"""How a run linked the adverts, short enough to be kept: the next run compares, and looks at what is linked otherwise.

| kept                    | what it is                                                                  |
|-------------------------|-----------------------------------------------------------------------------|
| carried_linked          | a number for each advert that stands for all of its links: kind, key, weight |
| carried_hubs            | the keys that are hubs                                                      |

Reading the links themselves would cost as much as a tenth of making them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.sorting import places_among
from felinar.link.shown import KINDS
from felinar.link.stage import Linked
from felinar.store.lake import Lake, Part

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Prints = npt.NDArray[np.uint64]
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying by it loses nothing
_SHIFT = np.uint64(29)
LINKED, HUBS = TABLES = ("carried_linked", "carried_hubs")
_LINKED = pa.schema([("advert_id", pa.int64()), ("print", pa.uint64())])
_HUBS = pa.schema([("key_kind", pa.string()), ("key_id", pa.int64())])


@dataclass(frozen=True)
class HowLinked:
    """The number that stands for all links of each of these adverts, which ascend, and the hubs."""

    ids: Ints
    prints: Prints
    hubs: pa.Table

    def of(self, ids: Ints) -> Prints:
        """Return the numbers of these adverts, which ascend; 0, which is that of no links, for one that is not here."""
        prints = np.zeros(len(ids), dtype=np.uint64)
        at = places_among(ids, self.ids)
        prints[at[at >= 0]] = self.prints[at >= 0]
        return prints

    def named_hubs(self) -> set[tuple[str, int]]:
        """Return the hubs by kind and id."""
        return set(zip(*(self.hubs[name].to_pylist() for name in _HUBS.names), strict=True))


def how_linked(ids: Ints, linked: Linked) -> HowLinked:
    """Return how these adverts, which ascend, are linked."""
    kind = pc.index_in(linked.keys["key_kind"], pa.array(KINDS)).to_numpy().astype(np.uint64)
    of_key = linked.keys["key_id"].to_numpy().astype(np.uint64) * _MIX + kind
    said = of_key[linked.key] + linked.links["millibits"].to_numpy().astype(np.uint64) * np.uint64(len(KINDS))
    for _ in range(2):
        said = (said ^ (said >> _SHIFT)) * _MIX
    prints = np.zeros(len(ids), dtype=np.uint64)
    np.add.at(prints, linked.advert, said)
    return HowLinked(ids, prints, linked.keys.select(_HUBS.names).filter(linked.keys["hub"]).cast(_HUBS))


def linked_otherwise(linked: Linked, now: HowLinked, before: HowLinked) -> Bools:
    """Return which adverts show other keys than in the run before, or keys that say more or less now."""
    changed = np.asarray(before.of(now.ids) != now.prints, dtype=np.bool_)
    flipped = now.named_hubs() ^ before.named_hubs()
    if flipped:
        ids_of = pa.array(sorted({key_id for _, key_id in flipped}), pa.int64())
        keys_now = pc.is_in(linked.keys["key_id"], ids_of).to_numpy(zero_copy_only=False)
        changed[linked.advert[keys_now[linked.key]]] = True
    return changed


def kept(lake: Lake, now: HowLinked) -> dict[str, list[Part]]:
    """Write how the adverts are linked, for the next run, and return the files by table."""
    linked = pa.table([pa.array(now.ids), pa.array(now.prints)], schema=_LINKED)
    return {
        LINKED: [lake.write_part(LINKED, linked, mapped=True)],
        HUBS: [lake.write_part(HUBS, now.hubs)],
    }


def linked_before(lake: Lake) -> HowLinked | None:
    """Return how the run before linked the adverts; None where it did not keep it."""
    parts = lake.manifest().tables
    if not all(parts.get(name) for name in TABLES):
        return None
    linked, hubs = (lake.read_part(parts[name][0]) for name in TABLES)
    return HowLinked(linked["advert_id"].to_numpy(), linked["print"].to_numpy(), hubs)
