"""The common text of each near-duplicate group, its slots, and what every advert puts into them.

A group whose template does not save bits against writing its adverts out stays a group, without a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.ranges import in_blocks
from felinar.link.block import Block, block_of, in_order
from felinar.link.fitting import Fits, fit
from felinar.link.groups import Grouped, compared, grouped, texts_of_blocks, unpacked
from felinar.link.slots import Kinds, slot_kinds
from felinar.link.standing import MOST_BITS, Standing, standing
from felinar.tables import SLOT, SLOT_VALUES, TEMPLATES

Work = Callable[[Block], tuple[Any, pa.Table]]


class Before(NamedTuple):
    """What the run before made, in the same epoch: the groups, and both tables."""

    groups: pa.Table
    templates: pa.Table
    slot_values: pa.Table
    epoch_groups: NDArray[np.int64]  # ids of the groups that were found when the epoch began


class Plan(NamedTuple):
    """All groups, which of them keep their rows, those that get a template now, and those whose template stays."""

    before: Before
    now: Grouped
    kept: NDArray[np.bool_]
    fresh: Grouped
    stay: list[Standing]

    @property
    def adverts(self) -> NDArray[np.int64]:
        """The adverts whose texts and mentions are looked at, ascending."""
        return np.sort(np.concatenate((self.fresh.adverts, *(some.groups.adverts for some in self.stay))))


def templates(
    adverts: Iterable[pa.Table],
    groups: pa.Table,
    mentions: Iterable[pa.Table],
    *,
    before: Before | None = None,
    threads: int = 1,
) -> tuple[pa.Table, pa.Table]:
    """Return the tables TEMPLATES and SLOT_VALUES of these groups; the mentions say what kind of thing fills a slot.

    Tables are read once, one after the other; all mentions of an advert stand in one of them. template_id is the
    group_id, which is the id of the near-duplicate key. With `before`, groups whose adverts and medoid are the same
    keep their rows. A group that was found when the epoch began keeps its template and its kinds of slots, too, when
    adverts join it; these are only aligned to it.
    """
    return worked_out(planned(groups, before), adverts, mentions, threads=threads)


def worked_out(
    plan: Plan, adverts: Iterable[pa.Table], mentions: Iterable[pa.Table], *, threads: int = 1
) -> tuple[pa.Table, pa.Table]:
    """Return what `templates` does by a plan, from tables that hold the plan's adverts and their mentions at least."""
    before, now, kept, fresh, stay = plan
    tasks: list[tuple[Grouped, Work]] = [(fresh, made), *((some.groups, some.aligned) for some in stay)]
    found = worked(adverts, tasks, threads)
    new = pa.concat_tables([SLOT_VALUES.empty(), *(values for _, values in found[0])])
    rows = pa.concat_tables([TEMPLATES.empty(), *(rows for rows, _ in found[0])])
    sizes = dict(zip(now.ids.tolist(), np.diff(now.bounds).tolist(), strict=True))
    tables = [some.with_bits([saved for saved, _ in part], sizes) for some, part in zip(stay, found[1:], strict=True)]
    tables += [with_kinds(rows, slot_kinds(new, mentions)), of_groups(before.templates, now.ids[kept])]
    old = of_groups(before.slot_values, np.concatenate((now.ids[kept], stay[1].groups.ids)))
    values = [old, new, *(values for part in found[1:] for _, values in part)]
    return TEMPLATES.sort(pa.concat_tables(tables)), in_order(pa.concat_tables(values))


def planned(groups: pa.Table, before: Before | None) -> Plan:
    """Return what is to be done for these groups."""
    before = before or Before(groups.slice(0, 0), TEMPLATES.empty(), SLOT_VALUES.empty(), np.zeros(0, dtype=np.int64))
    now = grouped(groups)
    kept, is_new, lost = compared(now, grouped(before.groups))
    frozen = np.isin(now.ids, before.epoch_groups)
    stay = [
        standing(now.some(frozen & ~kept & lost), before.templates, anew=True),
        standing(now.some(frozen & ~kept & ~lost, is_new), before.templates, anew=False),
    ]
    return Plan(before, now, kept, now.some(~kept & ~frozen), stay)


def of_groups(table: pa.Table, ids: NDArray[np.int64]) -> pa.Table:
    """Return the rows of these templates."""
    return table.filter(pc.is_in(table["template_id"], pa.array(ids))) if table.num_rows else table


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
