"""Link: tie adverts to keys (selectors, near-duplicate texts, pictures), weigh the ties, refuse the hubs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.engine.port import Engine
from felinar.ids import canonical_json
from felinar.link.graph import Codes, Graph, build, distinct_per_group
from felinar.link.hubs import Diversity, diversity
from felinar.link.picture import picture_names
from felinar.link.selector import selectors
from felinar.link.weigh import millibits, of_likeness
from felinar.tables import KEYS, LINKS


@dataclass(frozen=True)
class Epoch:
    """The number under which statistics are frozen, and how many adverts the pile had then."""

    number: int
    adverts: int


def link(
    adverts: pa.Table,
    mentions: pa.Table,
    images: pa.Table,
    groups: pa.Table,
    *,
    epoch: Epoch,
    verdicts: Mapping[tuple[str, str], bool] | None = None,
    engine: Engine | None = None,
) -> tuple[pa.Table, pa.Table]:
    """Return (KEYS, LINKS) of the pile.

    `groups` are the near-duplicate groups (advert_id, group_id, medoid_id, similarity). `verdicts` are judgements on
    keys: (kind, value) to hub or not. Rows come in the order of their table's key.
    """
    shown = pa.concat_tables(
        [selectors(adverts, mentions, images, engine), _text_keys(groups)], promote_options="permissive"
    )
    graph = build(np.sort(adverts["advert_id"].to_numpy()), shown)
    judged = {
        code: (verdicts or {})[(kind, value)]
        for code, (kind, value) in enumerate(zip(graph.kinds, graph.values, strict=True))
        if verdicts and (kind, value) in verdicts
    }
    found = diversity(graph, judged)
    weights = millibits(graph, epoch.adverts, named_pictures=picture_names(images))
    keys = _keys(graph, found, adverts, groups, epoch, frozenset(judged))
    return keys, _links(graph, np.where(found.hub, 0, weights), groups)


def _text_keys(groups: pa.Table) -> pa.Table:
    return pa.table(
        {
            "advert_id": groups["advert_id"],
            "key_kind": pa.array(["near_duplicate"] * groups.num_rows, pa.string()),
            "value": pc.cast(groups["medoid_id"], pa.string()),
            "key_id": groups["group_id"],
        }
    )


def _keys(
    graph: Graph, found: Diversity, adverts: pa.Table, groups: pa.Table, epoch: Epoch, judged: frozenset[int]
) -> pa.Table:
    count = graph.adverts_per_key()
    text = _text_of_advert(graph, groups)
    site = _site_of_advert(graph, adverts)
    return KEYS.check(
        pa.table(
            {
                "key_kind": pa.array(graph.kinds, pa.string()),
                "key_id": graph.key_ids,
                "value": pa.array(graph.values, pa.string()),
                "adverts": count,
                "contexts": found.contexts,
                "texts": distinct_per_group(graph.key, text[graph.advert], graph.keys),
                "others": found.others,
                "sites": distinct_per_group(graph.key, site[graph.advert], graph.keys),
                "epoch": np.full(graph.keys, epoch.number),
                "hub": found.hub,
                "evidence": pa.array(
                    [_evidence(found, count, code, code in judged) for code in range(graph.keys)], pa.string()
                ),
            }
        )
    )


def _evidence(found: Diversity, count: Codes, code: int, judged: bool) -> str:
    """Return the numbers behind a hub; ordinary keys carry none, since there are very many of them."""
    if judged:
        return canonical_json({"judged": True})
    if not found.hub[code]:
        return ""
    facts = {"adverts": int(count[code]), "pieces": int(found.contexts[code]), "owned": int(found.owned[code])}
    return canonical_json(facts)


def _text_of_advert(graph: Graph, groups: pa.Table) -> Codes:
    """Return a code of each advert's text: its near-duplicate group, or its own."""
    text = np.arange(len(graph.advert_ids), dtype=np.int64)
    member = np.searchsorted(graph.advert_ids, groups["advert_id"].to_numpy())
    text[member] = np.searchsorted(graph.advert_ids, groups["group_id"].to_numpy())
    return text


def _site_of_advert(graph: Graph, adverts: pa.Table) -> Codes:
    place = np.searchsorted(graph.advert_ids, adverts["advert_id"].to_numpy())
    site = np.zeros(len(graph.advert_ids), dtype=np.int64)
    site[place] = adverts["site"].combine_chunks().dictionary_encode().indices.to_numpy()
    return site


def _links(graph: Graph, weights: Codes, groups: pa.Table) -> pa.Table:
    """Return LINKS; near-duplicate links carry {"similarity": thousandths}, the evidence of others is their mention."""
    weight = weights[graph.key]
    evidence = np.full(len(graph.key), "", dtype=object)
    rows = np.flatnonzero(graph.is_kind("near_duplicate")[graph.key]) if graph.keys else np.zeros(0, np.int64)
    ids = groups["advert_id"].to_numpy()
    order = np.argsort(ids)
    at = np.searchsorted(ids[order], graph.advert_ids[graph.advert[rows]])
    similarity = groups["similarity"].to_numpy()[order][at].astype(np.int64)
    evidence[rows] = [f'{{"similarity":{s}}}' for s in similarity.tolist()]
    weight[rows] = np.where(weight[rows] > 0, of_likeness(similarity, weight[rows]), 0)
    table = pa.table(
        {
            "advert_id": graph.advert_ids[graph.advert],
            "key_kind": pa.array(graph.kinds, pa.string()).take(pa.array(graph.key)),
            "key_id": graph.key_ids[graph.key],
            "millibits": weight,
            "evidence": pa.array(evidence, pa.string()),
        }
    )
    return LINKS.sort(table)
