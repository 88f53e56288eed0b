"""Which town a spelling means, and whether it counts by itself: the third loop of `native/place.py`."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import ALNUM, SPACE
from felinar.extract.native.page import Page
from felinar.extract.native.place_hits import (
    AGREES,
    CODED,
    COUNTRY,
    CUED,
    END,
    HOME,
    IS_WORD,
    LOW,
    PARTICLE,
    SPELLING,
    STANDS,
    START,
    TEXT,
    TOWN,
    WEAK,
    Around,
)
from felinar.extract.native.table import WordTable, find_word
from felinar.extract.native.town_loops import NAMED, ORDINARY, REGION, Towns
from felinar.extract.native.words import among, word_end
from felinar.extract.place_choice import HOME_COUNTS
from felinar.extract.place_town import _MIDDLE, _SMALL, LARGE
from felinar.kernels.compile import kernel

_BLANK, _COMMA, _OPEN, _LOW_LINE = 32, 44, 40, 95
NO_COUNTRY = -2
_GB, _UK = 6 * 26 + 1, 20 * 26 + 10


class Rules(NamedTuple):
    """Codes of countries and states, and the countries of states, by number; signs and endings by their letters.

    `joints` are what stands between two towns of a list, `weak` those that say little; `endings` those of adjectives,
    whose letters are `endings_from` at least; `opens`, `closes`, `heads` the signs that part a town from the text
    before it, behind it, and behind the first one.
    """

    codes: NDArray[np.bool_]
    states: NDArray[np.int16]
    joints: WordTable
    weak: NDArray[np.bool_]
    endings: WordTable
    endings_from: int
    opens: NDArray[np.uint32]
    closes: NDArray[np.uint32]
    heads: NDArray[np.uint32]


@kernel
def code_after(original: Any, kinds: Any, start: int, stop: int, codes: Any) -> Any:
    """Return the number of the code of a country or state that follows in the original, or -1."""
    k = start
    while k < stop and k < start + 3:
        if original[k] != _COMMA and original[k] != _OPEN and (kinds[k] & SPACE) == 0:
            break
        k += 1
    if k == start or k + 2 > stop:
        return -1
    left = np.int64(original[k]) - 65
    right = np.int64(original[k + 1]) - 65
    if left < 0 or left > 25 or right < 0 or right > 25 or not codes[left * 26 + right]:
        return -1
    if k + 2 < stop and ((kinds[k + 2] & ALNUM) != 0 or original[k + 2] == _LOW_LINE):
        return -1
    return left * 26 + right


@kernel
def chosen(towns: Any, country: Any, population: Any, first: int, last: int, wanted: Any, home: Any) -> Any:
    """Return twice the number of the town that is meant, and one more where the country agrees.

    The spelling has towns[first:last]; `wanted` are four numbers of countries (below zero: none), the first one that
    has such a town is taken; else the largest, or the one at `home` that is not much smaller.
    """
    for step in range(len(wanted)):
        if wanted[step] < 0:
            continue
        for k in range(first, last):
            if country[towns[k]] == wanted[step]:
                return 2 * np.int64(towns[k]) + 1
    largest = np.int64(towns[first])
    for k in range(first, last if home >= 0 else first):
        town = np.int64(towns[k])
        if country[town] == home:
            return 2 * (town if HOME_COUNTS * population[town] >= population[largest] else largest)
    return 2 * largest


@kernel
def is_part(original: Any, begin: int, end: int, least: int, most: int, opens: Any, closes: Any, heads: Any) -> bool:
    """Say whether signs or line ends stand on both sides of original[begin:end] of a text original[least:most]."""
    least = max(least, begin - 3)
    most = min(most, end + 3)
    while begin > least and original[begin - 1] == _BLANK:
        begin -= 1
    while end < most and original[end] == _BLANK:
        end += 1
    if begin > least:
        closed = end == most or among(original[end], closes)
        return closed and among(original[begin - 1], opens)
    return end == most or among(original[end], heads)


@kernel
def ends_like(folded: Any, start: int, end: int, at: Any, letters: Any) -> bool:
    """Say whether folded[start:end] has one of the endings letters[at[i]:at[i + 1]]."""
    for ending in range(len(at) - 1):
        size = at[ending + 1] - at[ending]
        if size > end - start:
            continue
        k = 0
        while k < size and letters[at[ending] + k] == folded[end - size + k]:
            k += 1
        if k == size:
            return True
    return False


@kernel
def counts_alone(people: int, cued: bool, agrees: bool, free: bool, shouting: bool) -> bool:
    """Say whether a town counts by itself that is called like no word; `free`: no country is known."""
    if people >= LARGE and (agrees or free):
        return True
    if shouting:
        return agrees and (cued or people >= _MIDDLE)
    return (agrees and (cued or people > 0)) or (cued and people >= _SMALL)


@kernel
def word_counts(people: int, cued: bool, weak: bool, agrees: bool, at_home: bool, parted: bool, quiet: bool) -> bool:
    """Say whether a town that is called like a word counts by itself.

    `weak`: its cue says little; `parted`: signs part it from the rest; `quiet`: no first name, and capitals say much.
    """
    near = agrees or (at_home and people >= _MIDDLE)
    if cued and not weak:
        return near or people >= LARGE
    return near and (cued or (parted and agrees)) and people >= _MIDDLE and quiet


@kernel
def choose(
    page: Page,
    found: Towns,
    around: Around,
    rules: Rules,
    about: Any,
    shouting: Any,
    rows: Any,
    count: int,
    wanted: Any,
) -> None:
    """Write which town every row means, and whether it counts by itself; `wanted` is room for four countries."""
    original, original_kinds, folded, place = page.original, page.original_kinds, page.folded, page.place
    firsts, lasts, codes, states, endings = page.first, page.last, rules.codes, rules.states, rules.endings
    towns, countries, populations, at, kinds = found.town, found.country, found.population, found.at, found.kind
    for k in range(count):
        text = np.int64(rows[k, TEXT])
        spelling = np.int64(rows[k, SPELLING])
        shift = firsts[text]
        begin = shift + place[rows[k, START]]
        end = shift + place[rows[k, END] - 1] + 1
        after = code_after(original, original_kinds, end, lasts[text], codes)
        free = about[text, COUNTRY] == NO_COUNTRY
        home = np.int64(about[text, HOME]) if free else np.int64(-1)
        wanted[0] = after
        wanted[1] = _GB if after == _UK else -1
        wanted[2] = states[after] if after >= 0 else -1
        wanted[3] = about[text, COUNTRY]
        pair = chosen(towns, countries, populations, at[spelling], at[spelling + 1], wanted, home)
        town = pair >> 1
        agrees = (pair & 1) != 0
        country = countries[town]
        people = populations[town]
        kind = kinds[spelling]
        coded = agrees and after >= 0 and (country == wanted[0] or country == wanted[1] or country == wanted[2])
        is_word = (kind & ORDINARY) != 0 or (end - begin < 4 and people < LARGE)
        if not is_word and folded[rows[k, END] - 1] >= rules.endings_from:
            is_word = ends_like(folded, rows[k, START], rows[k, END], endings.at, endings.letters)
        cue = rows[k, CUED]
        cued = cue >= 0
        if coded or (kind & REGION) != 0:
            counts = coded or (agrees and cued)
        elif is_word:
            weak = cued and (around.bits[cue] & WEAK) != 0
            quiet = not shouting[text] and (kind & NAMED) == 0
            parted = False
            if agrees and not cued:  # else it says nothing
                last = lasts[text]
                parted = is_part(original, begin, end, shift, last, rules.opens, rules.closes, rules.heads)
            counts = word_counts(people, cued, weak, agrees, country == home, parted, quiet)
        else:
            counts = counts_alone(people, cued, agrees, free, shouting[text])
        if counts and rows[k, LOW]:
            least = _MIDDLE if agrees and not free else LARGE
            counts = cued and not is_word and people >= least
            if counts:  # and its first word is no particle
                start: Any = np.int64(rows[k, START])
                last = word_end(page.kinds, start, np.int64(rows[k, END]))
                word = find_word(around.words, folded, start, last)
                counts = word < 0 or (around.bits[word] & PARTICLE) == 0
        rows[k, TOWN] = town
        rows[k, AGREES] = agrees
        rows[k, CODED] = coded
        rows[k, IS_WORD] = is_word
        rows[k, STANDS] = counts
