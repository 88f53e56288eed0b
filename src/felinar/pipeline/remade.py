"""Resolve and score what a run touched, and carry over the rest; where an epoch begins everything is touched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from felinar.kernels.sorting import places_among, values_of
from felinar.link import Linked
from felinar.pipeline.how_linked import HowLinked, linked_otherwise
from felinar.pipeline.mentions import Mentions
from felinar.pipeline.signs import Held, Signs
from felinar.pipeline.start import Start
from felinar.pipeline.touched import Bools, Ints, touched
from felinar.resolve import Before, Resolved, resolve
from felinar.resolve.again import resolve_again
from felinar.resolve.constraints import among, constraints, members
from felinar.score import score
from felinar.score.again import with_untouched
from felinar.store.lake import Lake
from felinar.tables import BY_NAME

# What is read of keys and links where each link's place among them is known.
_OF_KEYS, _OF_LINKS = ("key_kind", "value", "hub"), ("millibits",)


@dataclass(frozen=True)
class Part:
    """The adverts that are looked at again, as a mark for each of the pile, what links them, and their signs."""

    adverts: Bools
    linked: Linked
    signs: Signs

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole pile."""
        return bool(self.adverts.all())


def touched_by_run(
    start: Start, lake: Lake, mentions: Mentions, linked: Linked, now: HowLinked, before: HowLinked | None
) -> Bools:
    """Return which adverts are looked at again, by their place among the sorted ids: all where nothing is known."""
    ids = now.ids
    if before is None:
        return np.ones(len(ids), dtype=np.bool_)
    seeds = linked_otherwise(linked, now, before)
    new = [part for part in mentions.adverts if part.sha256 not in start.before.read]
    asked = [lake.read_part(part, ("advert_id",))["advert_id"].to_numpy() for part in new]
    latest = (judgement for judgement in start.ever if judgement.judgement_id > start.seen.judgement)
    asked += [np.array(side, dtype=np.int64) for judgement in latest for side in members(judgement)]
    for wanted in asked:
        at = places_among(ids, wanted)
        seeds[at[at >= 0]] = True
    same = among(constraints(start.judged).together, ids, columns=2)
    return touched(ids, linked, seeds, lake.read("memberships"), same)


def part_of(again: Bools, linked: Linked, signs: Held, ids: Ints) -> Part:
    """Return what resolving and scoring are given: of these adverts alone what links them, and their signs."""
    slim = linked._replace(keys=linked.keys.select(_OF_KEYS), links=linked.links.select(_OF_LINKS))
    return Part(again, slim.of(again), signs.of(ids[again]))


def resolved(start: Start, lake: Lake, part: Part) -> Resolved:
    """Return the memberships and what makes the operations, those of touched adverts made again."""
    linked, before = part.linked, _before(lake, same_rules=start.before.holds)
    make = resolve if part.is_whole else resolve_again
    return make(
        start.pile.filter(pa.array(part.adverts)), part.signs.described(), linked.keys, linked.links,
        before=before, judgements=start.judged, places=(linked.advert, linked.key),
    )  # fmt: skip


def scored(start: Start, lake: Lake, part: Part, memberships: pa.Table) -> dict[str, pa.Table]:
    """Return the hits and leads, those of operations with touched adverts made again."""
    memberships, linked = memberships.filter(pa.array(part.adverts)), part.linked
    unused = {name: BY_NAME[name].empty() for name in ("images", "templates", "slot_values", "operations")}
    hits, leads = score(
        adverts=part.signs.adverts, mentions=part.signs.mentions, keys=linked.keys, links=linked.links,
        memberships=memberships, usual=start.usual, places=(linked.advert, linked.key), **unused,
    )  # fmt: skip
    if not part.is_whole:
        advert, operation = (lake.read("memberships")[name].to_numpy() for name in ("advert_id", "operation_id"))
        of_then = operation[places_among(memberships["advert_id"].to_numpy(), advert) >= 0]
        changed = values_of(np.concatenate([memberships["operation_id"].to_numpy(), of_then]))
        before = lake.read("hits"), lake.read("leads")
        hits, leads = with_untouched(hits, leads, before=before, again=pa.array(changed))
    return {"hits": hits, "leads": leads}


def _before(lake: Lake, *, same_rules: bool) -> Before:
    """Return what the run before left; operations written before they had a history have none."""
    parts = lake.manifest().tables.get("operations", [])
    has_history = all("history" in lake.read_part(part, ("operation_id", "history")).column_names for part in parts)
    operations = lake.read("operations") if has_history else BY_NAME["operations"].empty()
    return Before(lake.read("memberships"), operations, same_rules=same_rules and has_history)
