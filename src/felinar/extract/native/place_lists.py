"""Towns beside towns in a text: the last loops of `native/place.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.characters import SPACE
from felinar.extract.native.page import Page
from felinar.extract.native.place_choose import NO_COUNTRY, Rules, chosen
from felinar.extract.native.place_hits import (
    AGREES,
    CODED,
    COUNTRY,
    CUED,
    END,
    IS_WORD,
    SPELLING,
    STANDS,
    START,
    TEXT,
    TOWN,
)
from felinar.extract.native.table import find_word
from felinar.extract.native.town_loops import Towns
from felinar.extract.place_around import _LONGEST_JOINT
from felinar.extract.place_town import _SMALL, LARGE
from felinar.kernels.compile import kernel

_BLANK, _COMMA, _OPEN, _CLOSE = 32, 44, 40, 41


@kernel
def join_neighbours(  # type: ignore[no-untyped-def]
    page: Page, found: Towns, rules: Rules, about, cues, rows, count, joint, wanted
) -> None:
    """Let towns stand that are joined to one that stands: first from left to right, then from right to left.

    `joint` is room for what parts two towns, `wanted` for four countries.
    """
    none: Any = np.int64(0)
    for k in range(count - 1):
        if rows[k, TEXT] == rows[k + 1, TEXT] and rows[k, STANDS] and not rows[k + 1, STANDS]:
            size = write_joint(page.folded, page.kinds, rows[k, END], rows[k + 1, START], rows[k, CODED] != 0, joint)
            between = find_word(rules.joints, joint, none, size)
            join(found, rules, about[rows[k, TEXT], COUNTRY] == NO_COUNTRY, cues, rows, k + 1, k, between, wanted)
    for k in range(count - 2, -1, -1):
        if rows[k, TEXT] == rows[k + 1, TEXT] and rows[k + 1, STANDS] and not rows[k, STANDS]:
            size = write_joint(page.folded, page.kinds, rows[k, END], rows[k + 1, START], rows[k, CODED] != 0, joint)
            between = find_word(rules.joints, joint, none, size)
            join(found, rules, about[rows[k, TEXT], COUNTRY] == NO_COUNTRY, cues, rows, k, k + 1, between, wanted)


@kernel
def write_joint(folded: Any, kinds: Any, start: int, end: int, coded: bool, joint: Any) -> int:
    """Write what stands between two towns, without the code of the left one, with single blanks; return its length."""
    k = np.int64(start)
    stop = min(np.int64(end), k + _LONGEST_JOINT)
    if coded:
        while k < stop and (folded[k] == _COMMA or folded[k] == _BLANK or folded[k] == _OPEN):
            k += 1
        k = min(k + 2, stop)
        while k < stop and folded[k] == _CLOSE:
            k += 1
    size = 0
    parted = False
    while k < stop:
        if kinds[k] & SPACE:
            parted = size > 0
        else:
            if parted:
                joint[size] = _BLANK
                size += 1
            joint[size] = folded[k]
            size += 1
            parted = False
        k += 1
    return size


@kernel
def join(  # type: ignore[no-untyped-def]
    found: Towns, rules: Rules, free, cues, rows, k, other, joint, wanted
) -> None:
    """Let a town stand for its neighbour's sake, and where no country is known let the neighbour choose it."""
    is_word = rows[k, IS_WORD] != 0
    if joint < 0 or (is_word and rules.weak[joint]):
        return
    if free and not rows[k, AGREES]:
        wanted[:] = -1
        wanted[0] = found.country[rows[other, TOWN]]
        spelling = rows[k, SPELLING]
        pair = chosen(
            found.town,
            found.country,
            found.population,
            found.at[spelling],
            found.at[spelling + 1],
            wanted,
            np.int64(-1),
        )
        rows[k, TOWN] = pair >> 1
        rows[k, AGREES] = pair & 1
    people = found.population[rows[k, TOWN]]
    large = people >= LARGE if is_word else people >= _SMALL
    rows[k, STANDS] = rows[k, AGREES] != 0 or (large and (free or not is_word))
    if rows[k, CUED] < 0:
        rows[k, CUED] = cues


@kernel
def keep_standing(place: Any, population: Any, rows: Any, count: int, kept: Any) -> int:
    """Write (text, start, end, town, cue or -1, agrees, confidence) of the rows that stand; return how many."""
    n = 0
    for k in range(count):
        if not rows[k, STANDS]:
            continue
        agrees = rows[k, AGREES]
        sure = 75 if agrees else 60
        if rows[k, CUED] >= 0 and (agrees or population[rows[k, TOWN]] >= LARGE):
            sure = 85
        kept[n, 0] = rows[k, TEXT]
        kept[n, 1] = place[rows[k, START]]
        kept[n, 2] = place[rows[k, END] - 1] + 1
        kept[n, 3] = rows[k, TOWN]
        kept[n, 4] = rows[k, CUED]
        kept[n, 5] = agrees
        kept[n, 6] = 60 if rows[k, IS_WORD] else sure
        n += 1
    return n
