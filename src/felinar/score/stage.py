"""Score: put operations into the order of reading, with every reason for and against. It says nothing of guilt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

import pyarrow as pa

from felinar.registry import Indicator
from felinar.score import gate, recognise
from felinar.score.contract import FULL, Found
from felinar.score.counting import Bools, Ints
from felinar.score.explain import registry
from felinar.score.features import Features
from felinar.score.indicators import ADVERT_RULES, BY_SPELL, OPERATION_RULES
from felinar.score.model import Hit, add_up, by_operation, hits_of
from felinar.score.pile import Pile
from felinar.score.rank import hits_table, leads_table
from felinar.score.reading import Tables
from felinar.score.shares import found_in_operations, grown, shown_by
from felinar.score.spells import Spells
from felinar.score.usual import Usual

Registry: TypeAlias = Mapping[str, Indicator]


def score(
    *,
    adverts: pa.Table,
    mentions: pa.Table | Mapping[str, pa.Table],
    keys: pa.Table,
    links: pa.Table,
    templates: pa.Table,
    slot_values: pa.Table,
    memberships: pa.Table,
    operations: pa.Table,
    images: pa.Table,
    weights: Mapping[str, int] | None = None,
    usual: Usual | None = None,
    places: tuple[Ints, Ints] | None = None,
) -> tuple[pa.Table, pa.Table]:
    """Return (hits, leads). Operations of one advert are no leads, unless the gate for possible minors holds them.

    The mentions may come in one table, or in one for each kind. `weights` are learnt ones, in thousandths by indicator;
    none are in use until somebody decides so. `usual` is what the epoch froze; where it begins, it is counted into it.
    With frozen numbers some operations can be scored by themselves, if none of the others is tied to them. `places`:
    see `reading.Tables`.
    """
    del slot_values, operations, images  # everything that is scored can be read from the other tables
    pile = Pile(Tables(adverts, mentions, keys, links, templates, memberships, places), usual)
    features = Features(pile)
    kinds = recognise.recognised(features)
    known = weighed(weights or {})
    found = with_peers(pile, [*_structural(pile, known), *_by_share(pile, known)])
    hits = [*found, *_recognised(features, kinds, known), *hits_of(known[gate.INDICATOR], gate.find(pile))]
    terms = {operation: add_up(mine) for operation, mine in by_operation(hits).items()}
    return hits_table(pile, hits), leads_table(pile, terms, kinds)


def weighed(weights: Mapping[str, int]) -> Registry:
    """Return the registry with these weights; what weighs nothing there is never scored, whatever was learnt."""
    return {i: replace(k, weight=weights.get(i, k.weight)) if k.weight else k for i, k in registry().items()}


def with_peers(pile: Pile, hits: list[Hit]) -> list[Hit]:
    """Return the hits with the share of the linked operations (two adverts and more) that show the same, in 1,000."""

    def count() -> dict[str, int]:
        linked = max(1, int((pile.size >= 2).sum()))
        return {i: shown * FULL // linked for i, shown in Counter(hit.indicator.id for hit in hits).items()}

    peers = pile.usual.of("peers", count)
    for hit in hits:
        hit.peers = peers.get(hit.indicator.id, 0)
    return hits


def _structural(pile: Pile, known: Registry) -> list[Hit]:
    hits: list[Hit] = []
    spells = Spells(pile)
    for rule in OPERATION_RULES:
        found = spells.strongest(rule.find(spells.pile)) if rule in BY_SPELL else rule.find(pile)
        hits += hits_of(known[rule.indicator], _grown(pile, [f for f in found if pile.size[f.operation] >= 2]))
    return hits


def _grown(pile: Pile, found: list[Found]) -> Iterator[Found]:
    """Yield each with the strength that its number of adverts allows, and with the days from its first to its last."""
    periods = pile.periods([one.adverts for one in found])
    for one, (first, last) in zip(found, periods, strict=True):
        one.share = grown(one.share, len(one.adverts))
        if first:
            one.evidence = {**one.evidence, "first": first, "last": last}
        yield one


def _by_share(pile: Pile, known: Registry) -> list[Hit]:
    hits: list[Hit] = []
    for rule in ADVERT_RULES:
        indicator = known[rule.indicator]
        shown = shown_by(pile, rule, indicator)
        hits += hits_of(indicator, found_in_operations(pile, shown, indicator))
    return hits


def _recognised(features: Features, kinds: dict[str, Bools], known: Registry) -> list[Hit]:
    counts = recognise.numbers(features)
    hits: list[Hit] = []
    for kind, mark in kinds.items():
        hits += hits_of(known[f"RECOGNISED_{kind.upper()}"], recognise.find(features.pile, kind, mark, counts))
    return hits
