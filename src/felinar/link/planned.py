"""What is to be done for templates: which groups get one now, which keep theirs, which rows of the run before stay."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.link.groups import Bools, Grouped, among, changed
from felinar.link.standing import Standing, standing
from felinar.tables import TEMPLATES

Numbers = NDArray[np.int64]


class Before(NamedTuple):
    """What the run before made, in the same epoch: the groups, and their templates."""

    groups: pa.Table
    templates: pa.Table
    epoch_groups: Numbers  # ids of the groups that were found when the epoch began


class Plan(NamedTuple):
    """The groups that get a template now, and those whose template stays but whose adverts are others.

    Of all other groups the rows stay as they are.
    """

    before: Before
    ids: Numbers  # of groups that are other than before, or no more
    fresh: Grouped
    standing: list[Standing]

    @property
    def adverts(self) -> Numbers:
        """The adverts whose texts and mentions are looked at, ascending."""
        return np.sort(np.concatenate((self.fresh.adverts, *(some.groups.adverts for some in self.standing))))

    def stays(self, templates: Numbers) -> Bools:
        """Return which rows of SLOT_VALUES of the run before stay, from their templates' ids."""
        if not self.before.groups.num_rows:
            return np.zeros(len(templates), dtype=np.bool_)
        joined = [some.groups.ids for some in self.standing if not some.anew]
        return ~among(templates, np.setdiff1d(self.ids, np.concatenate(joined)))

    def same_templates(self) -> pa.Table:
        """Return the rows of TEMPLATES that stay as they are."""
        rows = self.before.templates
        if not self.before.groups.num_rows:
            return rows.slice(0, 0)
        return rows.filter(pa.array(~among(rows["template_id"].to_numpy(), self.ids)))


def planned(groups: pa.Table, before: Before | None) -> Plan:
    """Return what is to be done for these groups."""
    before = before or Before(groups.slice(0, 0), TEMPLATES.empty(), np.zeros(0, dtype=np.int64))
    now, is_new, whole, ids = changed(groups, before.groups)
    of_epoch = among(now.ids, before.epoch_groups)
    stay = [
        standing(now, of_epoch & whole, before.templates),
        standing(now, of_epoch & ~whole, before.templates, is_new),
    ]
    return Plan(before, ids, now.some(~of_epoch), stay)
