"""What one delivery brought: in which operations and leads its adverts stand after the run."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.store.lake import Lake

MOST_LEADS = 100


@dataclass(frozen=True)
class Brought:
    """Counts over the adverts that a delivery holds, those that were known too.

    `linked` stand with others in one of so many `operations`, `alone` do not; `in_leads` operations are leads, of which
    `leads` are the first: (operation, rank, adverts of the delivery).
    """

    adverts: int = 0
    linked: int = 0
    alone: int = 0
    operations: int = 0
    in_leads: int = 0
    leads: list[tuple[int, int, int]] = field(default_factory=list)


def brought(lake: Lake, run_id: str) -> Brought:
    """Return where the adverts stand that one ingest has seen."""
    seen = lake.read("sightings", ("advert_id", "run_id"))
    ids = np.unique(seen["advert_id"].filter(pc.equal(seen["run_id"], run_id)).to_numpy())
    members = lake.read("memberships", ("advert_id", "operation_id"))
    here = np.isin(members["advert_id"].to_numpy(), ids)
    operations, came = np.unique(members["operation_id"].to_numpy()[here], return_counts=True)
    described = lake.read("operations", ("operation_id", "adverts"))
    places = pc.index_in(pa.array(operations, pa.int64()), value_set=described["operation_id"])
    alone = described["adverts"].take(places).to_numpy() == 1
    leads = _leads(lake, dict(zip(operations.tolist(), came.tolist(), strict=True)))
    return Brought(
        adverts=len(ids),
        linked=int(came[~alone].sum()),
        alone=int(alone.sum()),
        operations=int((~alone).sum()),
        in_leads=len(leads),
        leads=leads[:MOST_LEADS],
    )


def _leads(lake: Lake, came: dict[int, int]) -> list[tuple[int, int, int]]:
    """Return the leads among these operations in the order of reading."""
    rows = lake.read("leads", ("operation_id", "rank")).sort_by("rank").to_pylist()
    return [
        (one["operation_id"], one["rank"], came[one["operation_id"]]) for one in rows if one["operation_id"] in came
    ]
