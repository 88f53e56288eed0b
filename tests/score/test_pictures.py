"""Copies of one picture count as one."""

import numpy as np

from felinar.score.counting import Ties
from felinar.score.pictures import widest


def ties(*rows):
    """Ties of (advert, value, kind)."""
    named = sorted({(value, kind) for _, value, kind in rows})
    pairs = sorted((advert, named.index((value, kind))) for advert, value, kind in rows)
    advert, code = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Ties(advert, code, [value for value, _ in named], tuple(kind for _, kind in named))


def left(found):
    return sorted((a, found.values[c], found.kinds[c]) for a, c in zip(found.advert, found.code, strict=True))


def test_files_inside_a_group_of_copies_go_and_others_stay():
    group = [(0, "a", "picture_copy"), (1, "a", "picture_copy")]
    alone = [(1, "z", "picture"), (2, "z", "picture")]
    assert left(widest(ties((0, "a", "picture"), (1, "b", "picture"), *group, *alone))) == sorted(group + alone)


def test_a_group_inside_a_wider_one_goes():
    rows = [(n, "a", kind) for n in range(3) for kind in ("picture_copy", "picture_small")]
    assert {kind for _, _, kind in left(widest(ties(*rows)))} == {"picture_small"}


def test_without_copies_everything_stays():
    rows = ties((0, "a", "picture"), (1, "a", "picture"))
    assert widest(rows) is rows
    assert len(widest(ties())) == 0
