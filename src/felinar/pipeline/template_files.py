"""Templates and what fills their slots: made for groups that a run changed, and written beside the files that stay.

What was put into the slots of a group of the epoch stays while its adverts do; so a batch adds a file with what came,
and writes those rows again that stand in one file with others that go: those of groups found since.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from felinar.link.block import in_order
from felinar.link.groups import among
from felinar.link.planned import Before, Plan, planned
from felinar.link.template import worked_out
from felinar.pipeline.carried import MOST_FILES
from felinar.pipeline.holding import holding
from felinar.pipeline.mentions import Mentions
from felinar.store.lake import Lake, Part

AT_ONCE = 50_000  # adverts whose texts are held at a time
Numbers = npt.NDArray[np.int64]
_COMPARED = ("advert_id", "title", "body")
_SPANS = ("advert_id", "field", "start", "kind", "end")


def template_files(
    mentions: Mentions, groups: pa.Table, groups_before: pa.Table, of_epoch: Numbers, *, goes_on: bool
) -> dict[str, list[Part]]:
    """Return the files of templates and slot values; those are written that are not there.

    `of_epoch` are the groups found when the epoch began: where it goes on, their templates stay.
    """
    lake = mentions.lake
    before = Before(groups_before, lake.read("templates"), of_epoch) if goes_on else None
    plan = planned(groups, before)
    if goes_on:
        mentions = holding(mentions, plan.adverts)
    texts = (table for part in mentions.adverts for table in lake.batches(part, _COMPARED, AT_ONCE))
    found, filled = worked_out(plan, texts, mentions.each(_SPANS, coded=("field", "kind")))
    stay, values = _of_before(lake, plan)
    if filled.num_rows or values or not stay:
        values.append(filled)
        del filled  # large, and held once only
        stay += _written(lake, values, of_epoch)
    return {"templates": [lake.write_part("templates", found)], "slot_values": stay}


def _of_before(lake: Lake, plan: Plan) -> tuple[list[Part], list[pa.Table]]:
    """Return the files of slot values of which every row stays, and the rows that stay of the others."""
    parts = lake.manifest().tables.get("slot_values", []) if plan.before.groups.num_rows else []
    kept, some = [], []
    for part in parts:
        rows = plan.stays(lake.read_part(part, ("template_id",))["template_id"].to_numpy())
        if rows.all() and len(parts) < MOST_FILES:
            kept.append(part)
        else:
            some.append(lake.read_part(part).filter(pa.array(rows)))
    return kept, some


def _written(lake: Lake, values: list[pa.Table], of_epoch: Numbers) -> list[Part]:
    """Write rows of SLOT_VALUES: those of groups of the epoch, which will stay, apart. `values` is emptied."""
    table = pa.concat_tables(values)
    values.clear()
    stays = among(table["template_id"].to_numpy(), of_epoch)
    if stays.all() or not stays.any():
        return [lake.write_part("slot_values", in_order(table))]
    halves = [table.filter(pa.array(rows)) for rows in (stays, ~stays)]
    del table
    return [lake.write_part("slot_values", in_order(halves.pop(0))) for _ in range(2)]
