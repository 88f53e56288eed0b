"""The stages in order, on one screen; read this first.

files → ingest → adverts → extract → mentions → link → keys, links → resolve → memberships → score → leads → publish

Every stage takes Arrow tables and returns Arrow tables; they are described in `tables.py`. A run writes all derived
tables as new files and makes them current in one step, so whoever is killed leaves the old state or the new one.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from felinar.pipeline.ingest import Ingested, ingest
from felinar.pipeline.memory import Frugal
from felinar.pipeline.progress import Progress, Silent
from felinar.pipeline.read import mentions_of_new_adverts
from felinar.pipeline.stages import derive
from felinar.pipeline.words import words_beside
from felinar.store.lake import Lake
from felinar.store.publish import publish
from felinar.store.thumbnails import publish_thumbnails
from felinar.store.workspace import Workspace
from felinar.tables import BY_NAME
from felinar.watch.check import check as check_watches

__all__ = ["Ingested", "RunDone", "ingest", "run"]


@dataclass
class RunDone:
    """What one run made: rows per table, and the alerts that the watches give."""

    rows: dict[str, int] = field(default_factory=dict)
    epoch: int = 0
    alerts: int = 0


def run(workspace: Workspace, *, full: bool = False, progress: Progress | None = None) -> RunDone:
    """Make all derived tables from the workspace's adverts and judgements, and publish them for reading.

    The caller holds the workspace for writing. `full` begins a new epoch: all statistics are computed afresh.
    """
    show = Frugal(progress or Silent())
    lake = Lake(workspace.tables)
    mentions = mentions_of_new_adverts(lake, show)
    try:
        derive(workspace, lake, mentions, full=full, show=show)
    except BaseException:
        with contextlib.suppress(OSError):
            lake.forget_unfinished()
        raise
    manifest = lake.manifest()
    step = show.begin("publishing")
    with words_beside(workspace, mentions, anew=full) as words:
        publish_thumbnails(workspace.thumbnails, lake)
        publish(workspace.published, lake, generation=manifest.generation, epoch=manifest.epoch, anew=full)
        words.result()
    step(1)
    lake.forget_caches()
    rows = {name: sum(part.rows for part in manifest.tables.get(name, [])) for name in BY_NAME}
    return RunDone(rows, manifest.epoch, len(check_watches(workspace)))
