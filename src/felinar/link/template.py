"""The common text of each near-duplicate group, its slots, and what every advert puts into them.

A group whose template does not save bits against writing its adverts out stays a group, without a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.ranges import in_blocks
from felinar.link.block import Block, block_of, in_order
from felinar.link.fitting import Fits, fit
from felinar.link.groups import Grouped, texts_of_blocks, unpacked
from felinar.link.planned import Before, Plan, planned
from felinar.link.slots import Kinds, slot_kinds
from felinar.link.standing import MOST_BITS
from felinar.tables import SLOT, SLOT_VALUES, TEMPLATES

Work = Callable[[Block], tuple[Any, pa.Table]]


def templates(
    adverts: Iterable[pa.Table],
    groups: pa.Table,
    mentions: Iterable[pa.Table],
    *,
    before: Before | None = None,
    values: pa.Table | None = None,
    threads: int = 1,
) -> tuple[pa.Table, pa.Table]:
    """Return the tables TEMPLATES and SLOT_VALUES of these groups; the mentions say what kind of thing fills a slot.

    Tables are read once, one after the other; all mentions of an advert stand in one of them. template_id is the
    group_id, which is the id of the near-duplicate key. With `before`, and the `values` of then, groups whose adverts
    and medoid are the same keep their rows. A group that was found when the epoch began keeps its template and its
    kinds of slots, too, when adverts join it; these are only aligned to it.
    """
    plan = planned(groups, before)
    rows, new = worked_out(plan, adverts, mentions, threads=threads)
    old = SLOT_VALUES.empty() if values is None else values
    old = old.filter(pa.array(plan.stays(old["template_id"].to_numpy())))
    return rows, in_order(pa.concat_tables([old, new]))


def worked_out(
    plan: Plan, adverts: Iterable[pa.Table], mentions: Iterable[pa.Table], *, threads: int = 1
) -> tuple[pa.Table, pa.Table]:
    """Return TEMPLATES, and those rows of SLOT_VALUES that are new, in any order.

    The tables hold the plan's adverts and their mentions at least.
    """
    tasks: list[tuple[Grouped, Work]] = [(plan.fresh, made), *((some.groups, some.aligned) for some in plan.standing)]
    found = worked(adverts, tasks, threads)
    new = pa.concat_tables([SLOT_VALUES.empty(), *(values for _, values in found[0])])
    rows = pa.concat_tables([TEMPLATES.empty(), *(rows for rows, _ in found[0])])
    tables = [some.with_bits([saved for saved, _ in part]) for some, part in zip(plan.standing, found[1:], strict=True)]
    tables += [with_kinds(rows, slot_kinds(new, mentions)), plan.same_templates()]
    values = pa.concat_tables([new, *(values for part in found[1:] for _, values in part)])
    return TEMPLATES.sort(pa.concat_tables(tables)), values


def worked(
    adverts: Iterable[pa.Table], tasks: Sequence[tuple[Grouped, Work]], threads: int
) -> list[list[tuple[Any, pa.Table]]]:
    """Return for each task what its work gives for its blocks, in order; texts go when their block is done."""
    blocks = [(groups, number) for number, (some, _) in enumerate(tasks) for groups in some.blocks()]
    texts = texts_of_blocks(adverts, [groups for groups, _ in blocks])

    def one(place: int, _: int) -> tuple[Any, pa.Table]:
        groups, number = blocks[place]
        block = block_of(groups, [unpacked(table) for table in texts[place]])
        texts[place].clear()
        return tasks[number][1](block)

    found = in_blocks(len(blocks), 1, threads, one) if blocks else []
    return [
        [part for part, (_, of_task) in zip(found, blocks, strict=True) if of_task == number]
        for number in range(len(tasks))
    ]


def made(block: Block) -> tuple[pa.Table, pa.Table]:
    """Return both tables of groups whose templates are made now; what kind of thing fills a slot is not known yet."""
    fits = fit(block.corpus, block.members, block.groups.bounds, block.medoids)
    worth = fits.saved > 0
    rows = template_rows(block.groups, fits, block.corpus.template_words(fits)).filter(pa.array(worth))
    return rows, block.slot_values(fits.fillers, worth)


def template_rows(groups: Grouped, fits: Fits, words: pa.Array) -> pa.Table:
    """Return a row of TEMPLATES for each group."""
    slots = pa.StructArray.from_arrays(
        [pa.array(fits.positions().astype(np.int32)), pa.array([""] * len(fits.gaps), pa.string())], fields=list(SLOT)
    )
    columns = {
        "template_id": groups.ids,
        "tokens": words,
        "slots": pa.ListArray.from_arrays(pa.array(fits.gap_bounds.astype(np.int32)), slots),
        "adverts": np.diff(groups.bounds).astype(np.int32),
        "bits_saved": np.minimum(fits.saved, MOST_BITS).astype(np.int32),
    }
    return TEMPLATES.check(pa.table(columns))


def with_kinds(rows: pa.Table, kinds: Kinds) -> pa.Table:
    """Return the rows of TEMPLATES with the kinds of their slots, `text` where there is none."""
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
