"""Templates that stay: those of groups that were found when the epoch began. Adverts that come are aligned to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.link.block import Block
from felinar.link.fitting import refit
from felinar.link.groups import Bools, Grouped, among

MOST_BITS = 2**31 - 1

Numbers = NDArray[np.int64]


class Standing(NamedTuple):
    """Groups, their rows of TEMPLATES, and how many adverts each has, those included that are aligned already.

    `anew`: none of them is.
    """

    groups: Grouped
    rows: pa.Table
    adverts: Numbers
    anew: bool

    def aligned(self, block: Block) -> tuple[Numbers, pa.Table]:
        """Return the bits that the members of a block save, and what they put into the slots."""
        place = np.searchsorted(self.groups.ids, block.groups.ids)
        rows = self.rows.select(["tokens", "slots"]).take(pa.array(place))
        words, slots = (column.combine_chunks() for column in rows.columns)
        bounds = np.cumsum([0, *pc.list_value_length(slots).to_pylist()], dtype=np.int32)
        positions = pa.ListArray.from_arrays(pa.array(bounds), pc.struct_field(pc.list_flatten(slots), "position"))
        saved, fillers = refit(block.corpus, block.members, block.groups.bounds, words, positions, anew=self.anew)
        return saved, block.slot_values(fillers, np.ones(len(words), dtype=np.bool_))

    def with_bits(self, saved: Sequence[Numbers]) -> pa.Table:
        """Return the rows with the bits that they save now, and with the number of adverts that their groups have."""
        bits = np.concatenate([np.zeros(0, dtype=np.int64), *saved])
        if not self.anew:
            bits = bits + self.rows["bits_saved"].to_numpy()
        rows = _with(self.rows, "bits_saved", np.minimum(bits, MOST_BITS).astype(np.int32))
        return _with(rows, "adverts", self.adverts.astype(np.int32))


def standing(groups: Grouped, chosen: Bools, templates: pa.Table, members: Bools | None = None) -> Standing:
    """Return those of the chosen groups that have a template, with it; only `members` are to be aligned (None: all)."""
    rows = templates.filter(pa.array(among(templates["template_id"].to_numpy(), groups.ids[chosen])))
    rows = rows.sort_by("template_id")
    chosen = among(groups.ids, rows["template_id"].to_numpy())
    return Standing(groups.some(chosen, members), rows, np.diff(groups.bounds)[chosen], anew=members is None)


def _with(rows: pa.Table, name: str, column: NDArray[np.int32]) -> pa.Table:
    return rows.set_column(rows.column_names.index(name), name, pa.array(column))
