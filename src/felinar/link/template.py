"""The common text of each near-duplicate group, its slots, and what every advert puts into them.

A group whose template does not save bits against writing its adverts out stays a group, without a template.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.link.fitting import Corpus, Fits, corpus_of, fit, refit
from felinar.link.slots import slot_kinds
from felinar.link.text import comparable, title_lengths
from felinar.tables import SLOT, SLOT_VALUES, TEMPLATES

BLOCK = 20_000  # adverts whose tokens are held at a time
MOST_BITS = 2**31 - 1

R = TypeVar("R")
Numbers = NDArray[np.int64]


class Before(NamedTuple):
    """What the run before made, in the same epoch: the groups, and both tables."""

    groups: pa.Table
    templates: pa.Table
    slot_values: pa.Table
    epoch_groups: Numbers  # ids of the groups that were found when the epoch began


class Grouped(NamedTuple):
    """Groups by ascending id: group i has adverts[bounds[i]:bounds[i + 1]], which ascend."""

    ids: Numbers
    bounds: Numbers
    adverts: Numbers
    medoids: Numbers

    def some(self, chosen: NDArray[np.bool_], members: NDArray[np.bool_] | None = None) -> Grouped:
        """Return these groups, with these of their adverts only."""
        sizes = np.diff(self.bounds)
        rows = np.repeat(chosen, sizes) if members is None else np.repeat(chosen, sizes) & members
        left = np.add.reduceat(rows.astype(np.int64), self.bounds[:-1]) if len(self.ids) else sizes
        bounds = np.concatenate(([0], np.cumsum(left[chosen]))).astype(np.int64)
        return Grouped(self.ids[chosen], bounds, self.adverts[rows], self.medoids[chosen])


def templates(
    adverts: pa.Table, groups: pa.Table, mentions: pa.Table, *, before: Before | None = None, threads: int = 1
) -> tuple[pa.Table, pa.Table]:
    """Return the tables TEMPLATES and SLOT_VALUES of these groups; the mentions say what kind of thing fills a slot.

    template_id is the group_id, which is the id of the near-duplicate key. With `before`, groups whose adverts and
    medoid are the same keep their rows. A group that was found when the epoch began keeps its template and its kinds of
    slots, too, when adverts join it; these are only aligned to it.
    """
    now = grouped(groups, adverts)
    if before is None:
        return made_anew(adverts, now, mentions, threads)
    old = grouped(before.groups)
    kept, is_new, lost = compared(now, old)
    frozen = np.isin(now.ids, before.epoch_groups)
    fresh = made_anew(adverts, now.some(~kept & ~frozen), mentions, threads)
    stays = pc.is_in(before.templates["template_id"], pa.array(now.ids[kept]))
    whole = now.some(frozen & ~kept & lost)
    grown = now.some(frozen & ~kept & ~lost, is_new)
    again = [
        aligned(adverts, some, before, anew=some is whole, threads=threads) for some in (whole, grown) if len(some.ids)
    ]
    sizes = dict(zip(now.ids.tolist(), np.diff(now.bounds).tolist(), strict=True))
    unchanged = pc.is_in(before.slot_values["template_id"], pa.array(np.concatenate((now.ids[kept], grown.ids))))
    tables = [before.templates.filter(stays), fresh[0], *(resized(rows, sizes) for rows, _ in again)]
    values = [before.slot_values.filter(unchanged), fresh[1], *(values for _, values in again)]
    return TEMPLATES.sort(pa.concat_tables(tables)), SLOT_VALUES.sort(pa.concat_tables(values))


def grouped(groups: pa.Table, adverts: pa.Table | None = None) -> Grouped:
    """Return the groups in order; adverts that are not in the pile are left out."""
    if adverts is not None:
        groups = groups.filter(pc.is_in(groups["advert_id"], pa.array(adverts["advert_id"].to_numpy())))
    group, advert, medoid = (groups[name].to_numpy() for name in ("group_id", "advert_id", "medoid_id"))
    order = np.lexsort((advert, group))
    group, advert, medoid = group[order], advert[order], medoid[order]
    firsts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1]))) if len(group) else np.zeros(0, np.int64)
    return Grouped(group[firsts], np.append(firsts, len(group)).astype(np.int64), advert, medoid[firsts])


def compared(now: Grouped, old: Grouped) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which groups are as before, which of their adverts are new to them, and which groups lost one."""
    sizes = np.diff(now.bounds)
    old_group = np.repeat(old.ids, np.diff(old.bounds))
    order = np.argsort(old.adverts)
    at = np.minimum(np.searchsorted(old.adverts, now.adverts, sorter=order), max(0, len(order) - 1))
    if not len(order):
        nothing = np.zeros(len(now.ids), dtype=np.bool_)
        return nothing, np.ones(len(now.adverts), dtype=np.bool_), nothing
    was = order[at]
    stayed = (old.adverts[was] == now.adverts) & (old_group[was] == np.repeat(now.ids, sizes))
    place = np.minimum(np.searchsorted(old.ids, now.ids), len(old.ids) - 1)
    known = old.ids[place] == now.ids
    staying = np.add.reduceat(stayed.astype(np.int64), now.bounds[:-1]) if len(now.ids) else sizes
    lost = known & (staying < np.diff(old.bounds)[place])
    kept = known & ~lost & (staying == sizes) & (old.medoids[place] == now.medoids)
    return kept, ~stayed, lost


def made_anew(adverts: pa.Table, groups: Grouped, mentions: pa.Table, threads: int) -> tuple[pa.Table, pa.Table]:
    """Return both tables of groups whose templates are made now."""

    def one(block: Grouped) -> tuple[pa.Table, pa.Table]:
        corpus, members, medoids, titles = corpus_for(adverts, block)
        fits = fit(corpus, members, block.bounds, medoids)
        worth = fits.saved > 0
        rows = template_rows(block, fits, corpus.template_words(fits)).filter(pa.array(worth))
        return rows, slot_values(corpus, block, members, titles, fits.fillers, worth)

    made = in_blocks(groups, one, threads)
    rows = pa.concat_tables([TEMPLATES.empty(), *(rows for rows, _ in made)])
    values = pa.concat_tables([SLOT_VALUES.empty(), *(values for _, values in made)])
    return TEMPLATES.sort(with_kinds(rows, slot_kinds(values, mentions))), SLOT_VALUES.sort(values)


def template_rows(block: Grouped, fits: Fits, words: pa.Array) -> pa.Table:
    """Return a row of TEMPLATES for each group; what kind of thing fills its slots is not known yet."""
    slots = pa.StructArray.from_arrays(
        [pa.array(fits.positions().astype(np.int32)), pa.array([""] * len(fits.gaps), pa.string())], fields=list(SLOT)
    )
    columns = {
        "template_id": block.ids,
        "tokens": words,
        "slots": pa.ListArray.from_arrays(pa.array(fits.gap_bounds.astype(np.int32)), slots),
        "adverts": np.diff(block.bounds).astype(np.int32),
        "bits_saved": np.minimum(fits.saved, MOST_BITS).astype(np.int32),
    }
    return TEMPLATES.check(pa.table(columns))


def with_kinds(rows: pa.Table, kinds: dict[tuple[int, int], str]) -> pa.Table:
    """Return the rows of TEMPLATES with the kinds of their slots: (template_id, slot) -> kind, else text."""
    lists = pa.concat_arrays([*rows["slots"].chunks, pa.array([], pa.list_(SLOT))])
    sizes = pc.list_value_length(lists).to_pylist()
    named = [
        kinds.get((template, slot), "text")
        for template, size in zip(rows["template_id"].to_pylist(), sizes, strict=True)
        for slot in range(size)
    ]
    flat = pc.list_flatten(lists)
    slots = pa.StructArray.from_arrays([flat.field("position"), pa.array(named, pa.string())], fields=list(SLOT))
    bounds = pa.array(np.cumsum([0, *sizes], dtype=np.int32))
    return rows.set_column(rows.column_names.index("slots"), "slots", pa.ListArray.from_arrays(bounds, slots))


def aligned(
    adverts: pa.Table, groups: Grouped, before: Before, *, anew: bool, threads: int
) -> tuple[pa.Table, pa.Table]:
    """Return both tables of groups whose templates stay; `anew`: none of their adverts has been aligned yet."""
    rows = before.templates.filter(pc.is_in(before.templates["template_id"], pa.array(groups.ids))).sort_by(
        "template_id"
    )
    groups = groups.some(np.isin(groups.ids, rows["template_id"].to_numpy()))
    marked = [
        [None if i in {slot["position"] for slot in slots} else word for i, word in enumerate(words)]
        for words, slots in zip(rows["tokens"].to_pylist(), rows["slots"].to_pylist(), strict=True)
    ]
    template_of = dict(zip(groups.ids.tolist(), marked, strict=True))

    def one(block: Grouped) -> tuple[Numbers, pa.Table]:
        corpus, members, _, titles = corpus_for(adverts, block)
        saved, fillers = refit(corpus, members, block.bounds, [template_of[i] for i in block.ids.tolist()], anew=anew)
        everything = np.ones(len(block.ids), dtype=np.bool_)
        return saved, slot_values(corpus, block, members, titles, fillers, everything)

    made = in_blocks(groups, one, threads)
    saved = np.concatenate([np.zeros(0, dtype=np.int64), *(part for part, _ in made)])
    if not anew:
        saved = saved + rows["bits_saved"].to_numpy()
    bits = pa.array(np.minimum(saved, MOST_BITS).astype(np.int32))
    rows = rows.set_column(rows.column_names.index("bits_saved"), "bits_saved", bits)
    return rows, pa.concat_tables([SLOT_VALUES.empty(), *(values for _, values in made)])


def resized(rows: pa.Table, sizes: dict[int, int]) -> pa.Table:
    """Return the rows of TEMPLATES with the number of adverts that their groups have now."""
    adverts = pa.array([sizes[i] for i in rows["template_id"].to_pylist()], pa.int32())
    return rows.set_column(rows.column_names.index("adverts"), "adverts", adverts)


def in_blocks(groups: Grouped, work: Callable[[Grouped], R], threads: int) -> list[R]:
    """Return what the work gives for blocks of whole groups, in order."""
    block_of = groups.bounds[:-1] // BLOCK
    blocks = [groups.some(block_of == number) for number in np.unique(block_of)]
    if threads == 1 or len(blocks) < 2:
        return list(map(work, blocks))
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, blocks))


def corpus_for(adverts: pa.Table, groups: Grouped) -> tuple[Corpus, Numbers, Numbers, Numbers]:
    """Return the texts of the groups' adverts, members and medoids as rows of them, and the lengths of their titles.

    Where the medoid is gone from the pile, the smallest member stands for it.
    """
    ids = adverts["advert_id"].to_numpy()
    order = np.argsort(ids) if np.any(ids[1:] < ids[:-1]) else np.arange(len(ids))
    wanted = np.union1d(groups.adverts, groups.medoids)
    at = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    chosen = adverts.select(["advert_id", "title", "body"]).take(pa.array(order[at[ids[order[at]] == wanted]]))
    found, texts = comparable(chosen)
    members = np.searchsorted(found, groups.adverts)
    medoids = np.minimum(np.searchsorted(found, groups.medoids), len(found) - 1)
    medoids = np.where(found[medoids] == groups.medoids, medoids, members[groups.bounds[:-1]])
    return corpus_of(texts), members, medoids, title_lengths(chosen)


def slot_values(
    corpus: Corpus, block: Grouped, members: Numbers, titles: Numbers, fillers: Numbers, wanted: NDArray[np.bool_]
) -> pa.Table:
    """Return a row of SLOT_VALUES for each slot that a member of the wanted groups fills, not sorted."""
    texts = len(corpus.bounds) - 1
    group_of, advert_of = np.zeros((2, texts), dtype=np.int64)
    group_of[members] = np.repeat(np.arange(len(block.ids)), np.diff(block.bounds))
    advert_of[members] = block.adverts
    text, slot, first, last = fillers[wanted[group_of[fillers[:, 0]]]].T
    begin = corpus.rows.offsets[text]
    start = corpus.starts[begin + first].astype(np.int64)
    end = corpus.ends[begin + last - 1].astype(np.int64)
    # The text is title, line break, body: a value that begins in the title ends with it.
    title = titles[text]
    in_title = start < title
    end = np.where(in_title, np.minimum(end, title - 1), end)
    shift = np.where(in_title, 0, title)
    columns = {
        "template_id": block.ids[group_of[text]],
        "advert_id": advert_of[text],
        "slot": slot,
        "field": pa.array(["body", "title"]).take(pa.array(in_title.astype(np.int8))),
        "start": start - shift,
        "end": end - shift,
        "value": corpus.strings(text, start, end),
    }
    return SLOT_VALUES.check(pa.table(columns))
