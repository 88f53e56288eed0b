"""What a run begins with: the pile, what people judged, and what the run before left that still holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pyarrow as pa

from felinar.pipeline.carried import Carried, carried
from felinar.pipeline.epoch import epoch_of
from felinar.pipeline.usual import Seen, seen, usual
from felinar.score.usual import Usual
from felinar.store.judgements import Judgement, all_judgements, judgements
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace


@dataclass(frozen=True)
class Start:
    """What a run begins with: the adverts by id, what people judged (`ever`: withdrawn too), and what is carried over.

    `goes_on`: the epoch goes on and its rules hold, so only what was touched since the run before is made again.
    """

    pile: pa.Table
    judged: list[Judgement]
    ever: list[Judgement]
    before: Carried
    epoch: tuple[int, int]
    seen: Seen
    usual: Usual
    goes_on: bool


def begin(workspace: Workspace, lake: Lake, *, full: bool) -> Start:
    """Return what the run begins with; where nothing can be carried over, or the pile has grown, an epoch begins."""
    ever = all_judgements(workspace.desk)  # read first: what is judged from now on is for the next run
    judged = judgements(workspace.desk)
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(lake.read_sorted, "adverts", ("advert_id", "site", "posted_at"))
        then = seen(lake, ever)
        before = carried(lake, anew=full or not then.holds)
        pile = reading.result()
    epoch = epoch_of(lake.manifest(), pile.num_rows, full=not before.holds)
    goes_on = epoch[0] == lake.manifest().epoch
    before = before if goes_on else replace(before, texts=None)
    return Start(pile, judged, ever, before, epoch, then, usual(lake) if goes_on else Usual(), goes_on)
