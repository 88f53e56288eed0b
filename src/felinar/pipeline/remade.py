"""Resolve and score what a run touched, and carry over the rest; where an epoch begins everything is touched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.link import Linked
from felinar.pipeline.mentions import Mentions
from felinar.pipeline.signs import Signs
from felinar.pipeline.start import Start
from felinar.pipeline.touched import KEYS_READ, LINKS_READ, Bools, linked_otherwise, places, touched
from felinar.resolve import Before, resolve
from felinar.resolve.again import resolve_again
from felinar.resolve.constraints import among, constraints, members
from felinar.score import score
from felinar.score.again import with_untouched
from felinar.store.lake import Lake
from felinar.tables import BY_NAME


def touched_by_run(start: Start, lake: Lake, mentions: Mentions, linked: Linked, before: Sequence[pa.Table]) -> Bools:
    """Return which adverts are looked at again, by their place among the sorted ids: all where an epoch begins."""
    ids = start.pile["advert_id"].to_numpy()
    if not start.goes_on:
        return np.ones(len(ids), dtype=np.bool_)
    seeds = linked_otherwise(ids, linked, *before)
    new = [part for part in mentions.adverts if part.sha256 not in start.before.read]
    asked = [lake.read_part(part, ("advert_id",))["advert_id"].to_numpy() for part in new]
    latest = (judgement for judgement in start.ever if judgement.judgement_id > start.seen.judgement)
    asked += [np.array(side, dtype=np.int64) for judgement in latest for side in members(judgement)]
    for wanted in asked:
        at, known = places(ids, wanted)
        seeds[at[known]] = True
    same = among(constraints(start.judged).together, ids, columns=2)
    return touched(ids, linked, seeds, lake.read("memberships"), same)


def linked_before(lake: Lake) -> tuple[pa.Table, pa.Table]:
    """Return what tells whether adverts are linked otherwise than in the run before."""
    return lake.read("links", LINKS_READ), lake.read("keys", KEYS_READ)


def resolved(start: Start, lake: Lake, linked: Linked, again: Bools, signs: Signs) -> dict[str, pa.Table]:
    """Return the memberships and operations, those of touched adverts made again."""
    adverts = start.pile.filter(pa.array(again))
    before = _before(lake, same_rules=start.before.holds)
    make = resolve if again.all() else resolve_again
    memberships, operations = make(
        adverts, signs.described(adverts["advert_id"]), *linked.of(again), before=before, judgements=start.judged
    )
    return {"memberships": memberships, "operations": operations}


def scored(
    start: Start, lake: Lake, linked: Linked, again: Bools, signs: Signs, made: dict[str, pa.Table]
) -> dict[str, pa.Table]:
    """Return the hits and leads, those of operations with touched adverts made again."""
    whole, memberships = bool(again.all()), made["memberships"].filter(pa.array(again))
    part = signs if whole else signs.of(memberships["advert_id"])
    keys, links = linked.of(again)
    unused = {name: BY_NAME[name].empty() for name in ("images", "templates", "slot_values", "operations")}
    hits, leads = score(
        adverts=part.adverts, mentions=part.mentions, keys=keys, links=links, memberships=memberships,
        usual=start.usual, **unused,
    )  # fmt: skip
    if not whole:
        then = lake.read("memberships")
        of_then = then.filter(pc.is_in(then["advert_id"], memberships["advert_id"].combine_chunks()))
        changed = pc.unique(pa.concat_tables([memberships, of_then])["operation_id"])
        hits, leads = with_untouched(hits, leads, before=(lake.read("hits"), lake.read("leads")), again=changed)
    return {"hits": hits, "leads": leads}


def _before(lake: Lake, *, same_rules: bool) -> Before:
    """Return what the run before left; operations written before they had a history have none."""
    parts = lake.manifest().tables.get("operations", [])
    has_history = all("history" in lake.read_part(part).column_names for part in parts)
    operations = lake.read("operations") if has_history else BY_NAME["operations"].empty()
    return Before(lake.read("memberships"), operations, same_rules=same_rules and has_history)
