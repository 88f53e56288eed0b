"""The stages in order, on one screen; read this first.

files → ingest → adverts → extract → mentions → link → keys, links → resolve → memberships → score → leads → publish

Every stage takes Arrow tables and returns Arrow tables; they are described in `tables.py`. A run writes all derived
tables as new files and makes them current in one step, so whoever is killed leaves the old state or the new one.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

import pyarrow as pa

from felinar.config import threads
from felinar.engine.duckdb import DuckDB
from felinar.link import Epoch, link
from felinar.link.template import templates
from felinar.link.text import near_duplicates
from felinar.pipeline.epoch import epoch_of
from felinar.pipeline.ingest import Ingested, ingest
from felinar.pipeline.progress import Progress, Silent
from felinar.pipeline.read import forget_old_caches, mentions_of_new_adverts
from felinar.resolve import resolve
from felinar.score import score
from felinar.store.judgements import Judgement, judgements
from felinar.store.lake import Lake
from felinar.store.publish import publish
from felinar.store.workspace import Workspace
from felinar.tables import BY_NAME

__all__ = ["Ingested", "RunDone", "ingest", "run"]


@dataclass
class RunDone:
    """What one run made: rows per table."""

    rows: dict[str, int] = field(default_factory=dict)
    epoch: int = 0


def run(workspace: Workspace, *, full: bool = False, progress: Progress | None = None) -> RunDone:
    """Make all derived tables from the workspace's adverts and judgements, and publish them for reading.

    The caller holds the workspace for writing. `full` begins a new epoch: all statistics are computed afresh.
    """
    show = progress or Silent()
    lake = Lake(workspace.tables)
    mentions = mentions_of_new_adverts(lake, show)
    adverts = lake.read("adverts").sort_by("advert_id").combine_chunks()
    try:
        made = derive(workspace, lake, adverts, mentions, full=full, show=show)
    except BaseException:
        with contextlib.suppress(OSError):
            lake.forget_unfinished()
        raise
    step = show.begin("publishing")
    published = {**made, "adverts": adverts, "sightings": lake.read("sightings"), "images": lake.read("images")}
    publish(workspace.published, published, generation=lake.generation)
    step(1)
    forget_old_caches(lake)
    return RunDone({name: table.num_rows for name, table in published.items()}, lake.manifest().epoch)


def derive(
    workspace: Workspace, lake: Lake, adverts: pa.Table, mentions: pa.Table, *, full: bool, show: Progress
) -> dict[str, pa.Table]:
    """Return all derived tables by name, and make them current."""
    judged = judgements(workspace.desk)
    epoch = epoch_of(lake.manifest(), adverts.num_rows, full=full)
    engine = DuckDB(spill_folder=workspace.tables / "spill")
    made: dict[str, pa.Table] = {"mentions": mentions}

    step = show.begin("comparing texts", adverts.num_rows)
    groups = near_duplicates(adverts, threads=threads())
    step(adverts.num_rows)
    show.begin("templates")
    made["templates"], made["slot_values"] = templates(adverts, groups, mentions)

    show.begin("linking")
    images = lake.read("images")
    made["keys"], made["links"] = link(
        adverts, mentions, images, groups, epoch=Epoch(*epoch), verdicts=_on_keys(judged), engine=engine
    )

    show.begin("resolving")
    made["memberships"], made["operations"] = resolve(
        adverts, mentions, made["keys"], made["links"],
        before=lake.read("memberships"), judgements=judged, engine=engine,
    )  # fmt: skip

    step = show.begin("scoring")
    made["hits"], made["leads"] = score(adverts=adverts, images=images, **made)
    step(1)

    parts = {name: [lake.write_part(name, BY_NAME[name].check(table))] for name, table in made.items()}
    lake.commit(parts, epoch=epoch)
    return made


def _on_keys(judged: list[Judgement]) -> dict[tuple[str, str], bool]:
    """Return what people judged of keys: (kind, value) to hub or not."""
    on_keys = (j for j in judged if j.scope == "key" and j.verdict != "unsure")
    return {(j.left, j.right): j.verdict == "hub" for j in on_keys}
