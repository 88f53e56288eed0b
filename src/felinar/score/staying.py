"""Whether adverts are all in one place, stay in a place and move on, or stand in all their places side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from felinar.score.contract import FULL
from felinar.score.counting import Bools, Ints, count_distinct
from felinar.score.pile import Pile
from felinar.score.sorting import cells_of, order_of

# Standard deviations fewer changes of place than a random order of the same adverts has: by chance 2 in 100 do.
STAYS = 2
# A tour of the same adverts would lie so many below a random order: then there are enough adverts to tell.
TOLD = 3
ONE_PLACE = 800  # thousandths of the adverts with a place: now and then the next town is named


def one_place(pile: Pile) -> Ints:
    """Return the share of each operation's adverts with a place that are in its most named place, in thousandths."""
    at = np.flatnonzero(pile.place >= 0)
    named = cells_of(pile.operation[at], pile.place[at])
    most = np.zeros(pile.m, dtype=np.int64)
    np.maximum.at(most, named.columns[0], named.rows)
    return most * FULL // np.maximum(np.bincount(pile.operation[at], minlength=pile.m), 1)


def at_home(pile: Pile) -> Bools:
    """Return which operations are in one place; one whose place nobody knows is not."""
    return np.asarray(one_place(pile) >= ONE_PLACE, dtype=np.bool_)


@dataclass(frozen=True)
class Stays:
    """For each operation: dated adverts with a place, changes of place in the order of time, and what the test says.

    One that `stays` stays in one place and moves on; one `side_by_side` does not, and has adverts enough to tell.
    `advert` are these adverts, operation by operation in the order of time; `moved` marks those in another place than
    the advert before.
    """

    adverts: Ints
    moves: Ints
    stays: Bools
    side_by_side: Bools
    advert: Ints
    moved: Bools


def stays(pile: Pile, chosen: Bools) -> Stays:
    """Return which operations stay in one place and move on, by those of their adverts that are chosen.

    The runs of one place are counted and compared with what any order of the same adverts would show (Wald and
    Wolfowitz 1940, Mood 1940): a tour has few and long runs, branches that stand side by side have many.
    """
    advert = np.flatnonzero(chosen & (pile.place >= 0) & (pile.day >= 0))
    advert = advert[order_of(pile.operation[advert], pile.second[advert], advert)]
    operation, place = pile.operation[advert], pile.place[advert]
    moved = np.zeros(len(advert), dtype=np.bool_)
    moved[1:] = (operation[1:] == operation[:-1]) & (place[1:] != place[:-1])
    adverts, moves = (np.bincount(rows, minlength=pile.m) for rows in (operation, operation[moved]))
    places = count_distinct(operation, place, pile.m)
    few = _fewer_runs(pile.m, operation, place, adverts, moves + 1, STAYS)
    enough = _fewer_runs(pile.m, operation, place, adverts, places, TOLD)
    return Stays(adverts, moves, few, np.asarray(enough & ~few, dtype=np.bool_), advert, moved)


def _fewer_runs(m: int, operation: Ints, place: Ints, adverts: Ints, runs: Ints, deviations: int) -> Bools:
    """Return which operations would have so many standard deviations fewer runs of one place than a random order."""
    cells = cells_of(operation, place)
    n, squares, cubes = adverts.astype(np.float64), np.zeros(m), np.zeros(m)
    np.add.at(squares, cells.columns[0], cells.rows.astype(np.float64) ** 2)
    np.add.at(cubes, cells.columns[0], cells.rows.astype(np.float64) ** 3)
    fewer = n * (n + 1) - squares - n * runs  # n times the expected runs less those seen
    spread = squares * (squares + n * (n + 1)) - 2 * n * cubes - n**3  # their variance, times n² (n - 1)
    return np.asarray((fewer > 0) & (spread > 0) & (fewer**2 * (n - 1) >= deviations**2 * spread), dtype=np.bool_)
