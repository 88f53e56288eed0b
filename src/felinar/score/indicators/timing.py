"""When an operation posts: in the same minute of every hour, in bursts. Shown for planning only; both weigh nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from felinar.score.contract import FULL, Found, OperationRule
from felinar.score.counting import Groups, median
from felinar.score.pile import Pile
from felinar.score.sorting import cells_of, order_of

LEAST_ADVERTS = 10  # fewer share a minute by chance
LEAST_SAME = 500  # of 1,000: half of the adverts in one of 60 minutes
LEAST_WEEKS = 4  # with fewer there is no usual week
LEAST_BURST = 6  # adverts in one week and place
BURST_TIMES = 3  # the middle week of the operation
_DAY, _HOUR, _MINUTE, _WEEK = 86_400, 3_600, 60, 7
_EPOCH = date(1970, 1, 1).toordinal()


def find_cadence(pile: Pile) -> Iterator[Found]:
    """Return operations of which half the adverts were posted in one minute of the hour; midnight is no time of day."""
    timed = np.flatnonzero((pile.second >= 0) & (pile.second % _DAY != 0) & ~pile.is_job)
    cells = cells_of(pile.operation[timed], pile.second[timed] % _HOUR // _MINUTE)
    count = cells.rows
    of = np.bincount(pile.operation[timed], minlength=pile.m)[cells.columns[0]]
    rows = Groups(cells.of)
    seen: set[int] = set()
    for at in np.flatnonzero((of >= LEAST_ADVERTS) & (count * FULL >= of * LEAST_SAME)).tolist():
        operation, minute = (int(column[at]) for column in cells.columns)
        if operation not in seen:  # two minutes may have half each: the earlier one stands for both
            seen.add(operation)
            evidence = {"same": int(count[at]), "adverts": int(of[at]), "minute": minute}
            yield Found(operation, int(count[at]) * FULL // int(of[at]), evidence, timed[rows.rows(at)])


def find_bursts(pile: Pile) -> Iterator[Found]:
    """Return operations with one week in one place of three times as many adverts as in their middle active week."""
    dated = np.flatnonzero((pile.day >= 0) & (pile.place >= 0) & ~pile.is_job)
    weeks = cells_of(pile.operation[dated], pile.day[dated] // _WEEK)
    active, by_operation = weeks.rows, Groups(weeks.columns[0])
    cells = cells_of(weeks.of, pile.place[dated])
    count, rows = cells.rows, Groups(cells.of)
    order = np.flatnonzero(count >= LEAST_BURST)
    seen: set[int] = set()
    for at in order[order_of(-count[order], order)].tolist():
        operation, in_week = (int(column[cells.columns[0][at]]) for column in weeks.columns)
        usual = active[by_operation.rows(operation)]
        if operation in seen or len(usual) < LEAST_WEEKS or count[at] < BURST_TIMES * median(usual):
            continue
        seen.add(operation)
        evidence = {
            "adverts": int(count[at]),
            "place": pile.place_names[int(cells.columns[1][at])],
            "usual": median(usual),
            "week": date.fromordinal(_EPOCH + in_week * _WEEK).isoformat(),
        }
        yield Found(operation, FULL, evidence, dated[rows.rows(at)])


CADENCE = OperationRule("OP_REGULAR_CADENCE", find_cadence)
BURST = OperationRule("OP_BURST_EVENT", find_bursts)
