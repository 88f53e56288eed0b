"""Link: tie adverts to keys (selectors, near-duplicate texts, pictures), weigh the ties, refuse the hubs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from felinar.engine.port import Engine
from felinar.ids import canonical_json
from felinar.kernels.sorting import distinct_in_groups, places_among
from felinar.link.alike import WIDER, Alike
from felinar.link.graph import Bools, Codes, Graph, build
from felinar.link.hubs import Diversity, diversity
from felinar.link.picture import medoids_now, picture_names
from felinar.link.selector import selectors
from felinar.link.shown import KINDS, Shown, added
from felinar.link.weigh import millibits, of_alike_pictures, of_likeness
from felinar.tables import KEYS, LINKS

Verdicts = Mapping[tuple[str, str], bool]
JUDGED = canonical_json({"judged": True})
ALIKE = 1002  # sentences on alike texts, and none; those on alike pictures follow
BLANK_PICTURE = canonical_json({"blank": True})


@dataclass(frozen=True)
class Epoch:
    """The number under which statistics are frozen, and how many adverts the pile had then."""

    number: int
    adverts: int


class Linked(NamedTuple):
    """KEYS and LINKS, of which kinds and sentences are dictionary-encoded, so that a row costs a number for each.

    `advert` is the place of each link's advert among the sorted ids, `key` the row of its key.
    """

    keys: pa.Table
    links: pa.Table
    advert: Codes
    key: Codes

    def of(self, adverts: Bools) -> Linked:
        """Return what is linked of these adverts alone, given as a mark for each place."""
        if adverts.all():
            return self
        rows = np.flatnonzero(adverts[self.advert])
        advert, key = self.advert[rows], self.key[rows]
        shown = np.bincount(key, minlength=self.keys.num_rows) > 0
        keys, links = self.keys.filter(pa.array(shown)), self.links.take(pa.array(rows))
        return Linked(keys, links, (np.cumsum(adverts) - 1)[advert], (np.cumsum(shown) - 1)[key])


def link(
    adverts: pa.Table,
    mentions: pa.Table,
    images: pa.Table,
    groups: pa.Table,
    *,
    epoch: Epoch,
    verdicts: Verdicts | None = None,
    pictures: Alike | None = None,
    engine: Engine | None = None,
) -> tuple[pa.Table, pa.Table]:
    """Return (KEYS, LINKS) of the pile, read from its mentions; see `link_shown`."""
    shown = added(Shown.nothing(), selectors(adverts, mentions, images, engine))
    linked = link_shown(adverts, shown, images, groups, epoch=epoch, verdicts=verdicts, pictures=pictures)
    return linked.keys, LINKS.check(linked.links)


def link_shown(
    adverts: pa.Table,
    shown: Shown,
    images: pa.Table,
    groups: pa.Table,
    *,
    epoch: Epoch,
    verdicts: Verdicts | None = None,
    pictures: Alike | None = None,
) -> Linked:
    """Return KEYS and LINKS of what these adverts show; rows come in the order of their table's key.

    Of the adverts advert_id and site are read, of the images sha256 and path. `groups` are the near-duplicate groups
    (advert_id, group_id, medoid_id, similarity). `verdicts` are judgements on keys: (kind, value) to hub or not.
    `pictures` is what is alike among them.
    """
    pictures = pictures or Alike.nothing()
    graph = build(np.sort(adverts["advert_id"].to_numpy()), shown, groups, pictures)
    judged = _judged(graph, verdicts or {}, _groups_now({kind for kind, _ in verdicts or {}}, groups, pictures))
    blank = np.zeros(graph.keys, bool)
    shown_blank = graph.codes_of("picture", pictures.blank)
    blank[shown_blank[shown_blank >= 0]] = True
    found = diversity(graph, judged, blank)
    weights = millibits(graph, epoch.adverts, picture_names=picture_names(images))
    keys = _keys(graph, found, adverts, epoch, judged, blank)
    weights = of_alike_pictures(graph, weights, pictures.groups["millibits"].to_numpy(), found.hub)
    rows = graph.by_advert
    advert, key = np.repeat(np.arange(len(graph.advert_ids)), np.diff(graph.advert_starts)), graph.key[rows]
    links = _links(graph, advert, key, weights[rows], graph.alike[rows], groups, pictures.groups["evidence"])
    return Linked(keys, links, advert, key)


def _judged(graph: Graph, verdicts: Verdicts, now: Mapping[str, Mapping[str, str]]) -> dict[int, bool]:
    """Return the verdicts by key code. One on a group holds for the group that its medoid of then is in `now`."""
    judged: dict[int, bool] = {}
    for kind in sorted({kind for kind, _ in verdicts} & set(KINDS)):
        said = sorted((value, verdict) for (k, value), verdict in verdicts.items() if k == kind)
        values = [now.get(kind, {}).get(value, value) for value, _ in said]
        for code, (_, verdict) in zip(graph.codes_of(kind, values).tolist(), said, strict=True):
            if code >= 0:
                judged[code] = verdict
    return judged


def _groups_now(kinds: set[str], groups: pa.Table, pictures: Alike) -> dict[str, dict[str, str]]:
    """Return for each of these kinds of groups the medoid now of what was a medoid once: a text, a picture."""
    now = {kind: medoids_now(pictures, kind) for kind in sorted(kinds.intersection(WIDER))}
    if "near_duplicate" in kinds:
        members, medoids = (groups[name].to_pylist() for name in ("advert_id", "medoid_id"))
        now["near_duplicate"] = dict(zip(map(str, members), map(str, medoids), strict=True))
    return now


def _keys(
    graph: Graph, found: Diversity, adverts: pa.Table, epoch: Epoch, judged: dict[int, bool], blank: Bools
) -> pa.Table:
    count = graph.adverts_per_key
    text = _text_of_advert(graph)
    site = _site_of_advert(graph, adverts)
    return KEYS.check(
        pa.table(
            {
                "key_kind": graph.kind_names(np.arange(graph.keys)),
                "key_id": graph.key_ids,
                "value": graph.values,
                "adverts": count,
                "contexts": found.contexts,
                "texts": distinct_in_groups(graph.starts, text[graph.advert]),
                "others": found.others,
                "sites": distinct_in_groups(graph.starts, site[graph.advert]),
                "epoch": np.full(graph.keys, epoch.number),
                "hub": found.hub,
                "evidence": _evidence(found, count, judged, blank),
            }
        )
    )


def _evidence(found: Diversity, adverts: Codes, judged: dict[int, bool], blank: Bools) -> pa.Array:
    """Return the numbers behind each hub; ordinary keys carry none, since there are very many of them."""
    sentences, said = ["", BLANK_PICTURE, JUDGED], np.zeros(len(adverts), dtype=np.int64)
    for code in np.flatnonzero(found.hub & ~blank).tolist():
        why = found.because[code]
        facts = {"adverts": adverts[why], "pieces": found.contexts[why], "owned": found.owned[why]}
        of_copies = {"copies": True} if why != code else {}
        said[code] = len(sentences)
        sentences.append(canonical_json({name: int(number) for name, number in facts.items()} | of_copies))
    said[blank & found.hub] = 1
    said[sorted(judged)] = 2
    return pa.array(sentences, pa.string()).take(pa.array(said))


def _text_of_advert(graph: Graph) -> Codes:
    """Return a code of each advert's text: its near-duplicate group, or its own."""
    text = np.arange(len(graph.advert_ids), dtype=np.int64)
    rows = np.flatnonzero(graph.is_kind("near_duplicate")[graph.key])
    text[graph.advert[rows]] = len(graph.advert_ids) + graph.key[rows]
    return text


def _site_of_advert(graph: Graph, adverts: pa.Table) -> Codes:
    ids = adverts["advert_id"].to_numpy()
    place = slice(None) if np.array_equal(ids, graph.advert_ids) else places_among(graph.advert_ids, ids)
    site = np.zeros(len(graph.advert_ids), dtype=np.int64)
    site[place] = adverts["site"].combine_chunks().dictionary_encode().indices.to_numpy()
    return site


def _links(
    graph: Graph, advert: Codes, key: Codes, weight: Codes, of_pictures: Codes, groups: pa.Table,
    sentences: pa.ChunkedArray,
) -> pa.Table:  # fmt: skip
    """Return LINKS of these rows, in this order; near-duplicate links carry {"similarity": thousandths}, those of alike
    pictures one of the sentences (-1: none), the evidence of others is their mention.
    """
    alike = np.zeros(len(graph.advert_ids), dtype=np.int64)  # thousandths, of each advert to the medoid of its group
    alike[places_among(graph.advert_ids, groups["advert_id"].to_numpy())] = groups["similarity"].to_numpy()
    texts = np.flatnonzero(graph.is_kind("near_duplicate")[key])
    similarity = alike[advert[texts]]
    weight[texts] = np.where(weight[texts] > 0, of_likeness(similarity, weight[texts]), 0)
    said = np.where(of_pictures >= 0, ALIKE + of_pictures, 0).astype(np.int32)
    said[texts] = 1 + similarity
    of_texts = [f'{{"similarity":{thousandths}}}' for thousandths in range(ALIKE - 1)]
    columns = {
        "advert_id": pa.array(np.repeat(graph.advert_ids, np.diff(graph.advert_starts))),
        "key_kind": pa.DictionaryArray.from_arrays(pa.array(graph.kind.astype(np.int8)[key]), pa.array(KINDS)),
        "key_id": pa.array(graph.key_ids[key]),
        "millibits": pa.array(weight.astype(np.int32)),
        "evidence": pa.DictionaryArray.from_arrays(
            pa.array(said), pa.concat_arrays([pa.array(["", *of_texts]), *sentences.chunks])
        ),
    }
    return pa.table(columns)
