"""Numbers of which one part ends the title and the other stands in the body: the twin of `extract/phone_split.py`.

A compiled loop names the pairs of pieces that make a number together; few adverts have one. What is left, whether a
piece belongs to a number of its own, is asked of the numbers that the phone reader has found already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_split
from felinar.extract.contract import Found
from felinar.extract.native.characters import DECIMAL, DIGIT, SPACE
from felinar.extract.native.page import Page, original_of
from felinar.extract.native.phone_digits import (
    RANK_POSSIBLE,
    RANKS,
    is_current,
    plans,
    region_codes,
    write_national,
)
from felinar.extract.native.phone_display import formats, region_of_number, write_display, write_e164
from felinar.extract.native.phone_links import regions_given
from felinar.extract.native.phone_readings import FROM_NUMBER, read_number
from felinar.extract.native.phone_rows import LONGEST_DISPLAY, LONGEST_VALUE
from felinar.extract.native.readings import About, Readings
from felinar.ids import canonical_json
from felinar.kernels.compile import kernel
from felinar.kernels.fold import fold

FEWEST, MOST, TRIED, ENOUGH = phone_split._FEWEST, phone_split._MOST, phone_split._TRIED, phone_split._ENOUGH
# Where the last characters of a title are looked at, how far back its number may begin, and how long the parts are.
LAST, BACK, LONGEST_END, LONGEST_REST = 24, 40, 24, 18
# Columns of a pair: place in `titles`, folded places of the first part in the title and the second in the body.
PAIR = 5
# What is said of a pair: whether the title has the longer part, its places in the original and those of the other part,
# rank and region of the number, how long its two written forms are.
M_TITLE, M_START, M_END, M_FAR, M_FAR_END, M_RANK, M_REGION, M_VALUE, M_DISPLAY = range(9)
FACTS = 9
SURE = 70


def split_numbers(
    page: Page, titles: NDArray[Any], bodies: NDArray[Any], about: About, found: Readings, *, plain: bool = False
) -> list[tuple[int, Found]]:
    """Return (text, mention) of the numbers split over title and body, at most one for an advert, by rising text.

    `titles[i]` and `bodies[i]` are the texts of advert i; `found` has all telephone numbers of these texts, in rising
    order of texts.
    """
    if not is_current():  # the tables are of another version of the package than the plain reader's
        return sorted(_plainly(page, titles, bodies, about), key=lambda mention: mention[0])
    given = regions_given(about)
    pairs = _pairs(page, titles, bodies, given, plain)
    keep = np.zeros(len(pairs), dtype=np.bool_)
    if len(pairs):
        free: Any = keep_free.plain if plain else keep_free
        free(pairs, titles, bodies, page.place, found.text, found.start, found.end, keep)
    return sorted(_mentions(page, titles, bodies, given, pairs[keep], plain), key=lambda mention: mention[0])


def _plainly(page: Page, titles: NDArray[Any], bodies: NDArray[Any], about: About) -> Iterator[tuple[int, Found]]:
    for title, body in zip(titles.tolist(), bodies.tolist(), strict=True):
        folds = {"title": fold(original_of(page, title)), "body": fold(original_of(page, body))}
        for field, found in phone_split.across(folds, about.context(body)):
            yield (title if field == "title" else body), found


def _mentions(
    page: Page, titles: NDArray[Any], bodies: NDArray[Any], given: NDArray[Any], pairs: NDArray[Any], plain: bool
) -> Iterator[tuple[int, Found]]:
    """Yield the mention of each pair."""
    facts = np.empty((len(pairs), FACTS), dtype=np.int64)
    values = np.empty((len(pairs), LONGEST_VALUE), dtype=np.uint8)
    displays = np.empty((len(pairs), LONGEST_DISPLAY), dtype=np.uint8)
    run: Any = write_mentions.plain if plain else write_mentions
    run(
        plans(), formats().rows, formats().signs, page.folded, page.kinds, page.place, bodies, given, pairs, facts,
        values, displays,
    )  # fmt: skip
    for pair, fact, value, display in zip(pairs.tolist(), facts.tolist(), values, displays, strict=True):
        field, other = ("title", "body") if fact[M_TITLE] else ("body", "title")
        far = page.folded[pair[3] : pair[4]] if fact[M_TITLE] else page.folded[pair[1] : pair[2]]
        evidence: dict[str, object] = {
            "written": "split", "rests_on": RANKS[fact[M_RANK]], "field": other, "start": fact[M_FAR],
            "end": fact[M_FAR_END], "digits": bytes(far[(far >= 48) & (far <= 57)].astype(np.uint8)).decode(),
        }  # fmt: skip
        number, shown = (bytes(row[: fact[size]]).decode() for row, size in ((value, M_VALUE), (display, M_DISPLAY)))
        region = region_codes()[fact[M_REGION]]
        mention = Found(fact[M_START], fact[M_END], number, shown, region, SURE, True, canonical_json(evidence))
        yield int((titles if field == "title" else bodies)[pair[0]]), mention


def _pairs(page: Page, titles: NDArray[Any], bodies: NDArray[Any], given: NDArray[Any], plain: bool) -> NDArray[Any]:
    """Return the pairs of parts that make a number together, in the order in which the plain reader tries them."""
    run = pairs_of.plain if plain else pairs_of
    room = 64 + len(titles) // 8
    while True:
        rows = np.empty((room, PAIR), dtype=np.int64)
        n = run(plans(), page.folded, page.kinds, page.at, titles, bodies, given, rows)
        if n <= room:
            return rows[:n]
        room = n


@kernel
def pairs_of(  # type: ignore[no-untyped-def]
    plans, folded, kinds, at, titles, bodies, given, rows
) -> Any:
    """Write the pairs of all adverts; return how many there are, also beyond the room."""
    digits = np.zeros(2 * MOST, dtype=np.uint8)
    nobody = np.zeros((1, 2), dtype=np.int64)
    starts = np.zeros(BACK + 1, dtype=np.int64)
    n = np.int64(0)
    for advert in range(len(titles)):
        first = at[titles[advert]]
        last = at[titles[advert] + 1]
        if at[bodies[advert]] == at[bodies[advert] + 1] or not ends_in_figures(kinds, first, last):
            continue
        begin, end, is_open = open_end(folded, kinds, first, last)
        count = ends_of(folded, kinds, first, begin, end, starts) if begin >= 0 else 0
        place = at[bodies[advert]]
        tried = 0
        while count > 0 and tried < TRIED:
            left, start, stop = next_beginning(folded, kinds, at[bodies[advert]], place, at[bodies[advert] + 1])
            if left < 0:
                break
            tried += 1
            place = stop
            if not is_open and left == start:  # nothing says that the title goes on
                continue
            for k in range(count):
                until = stop
                while until > start:
                    while until > start and kinds[until - 1] & SPACE:
                        until -= 1
                    if may_begin(folded, kinds, start, until, at[bodies[advert] + 1]):
                        size = copy_digits(folded, kinds, starts[k], end, digits, np.int64(0))
                        size = copy_digits(folded, kinds, start, until, digits, size)
                        plus = folded[starts[k]] == 43
                        if is_number(plans, digits, size, plus, given[bodies[advert]], nobody):
                            if n < len(rows):
                                rows[n, 0], rows[n, 1], rows[n, 2] = advert, starts[k], end
                                rows[n, 3], rows[n, 4] = start, until
                            n += 1
                    while until > start and not kinds[until - 1] & SPACE:
                        until -= 1
    return n


@kernel
def keep_free(  # type: ignore[no-untyped-def]
    pairs, titles, bodies, place, texts, starts, ends, keep
) -> None:
    """Keep of each advert the first pair of which no part belongs to a number of its own."""
    done = np.int64(-1)
    for k in range(len(pairs)):
        advert = pairs[k, 0]
        if (
            advert != done
            and not is_taken(place, titles[advert], pairs[k, 1], pairs[k, 2], texts, starts, ends)
            and not is_taken(place, bodies[advert], pairs[k, 3], pairs[k, 4], texts, starts, ends)
        ):
            keep[k] = True
            done = advert


@kernel
def is_taken(place: Any, text: Any, first: Any, last: Any, texts: Any, starts: Any, ends: Any) -> Any:
    """Say whether a number of its own stands at these folded characters."""
    start, end = place[first], place[last - 1] + 1
    for k in range(np.searchsorted(texts, text), len(texts)):
        if texts[k] != text:
            return False
        if starts[k] < end and start < ends[k]:
            return True
    return False


@kernel
def write_mentions(  # type: ignore[no-untyped-def]
    plans, rows, signs, folded, kinds, place, bodies, given, pairs, facts, values, displays
) -> None:
    """Write what is said of each pair: which part is longer, its place and that of the other, the number."""
    digits, national = np.zeros(2 * MOST, dtype=np.uint8), np.zeros(32, dtype=np.uint8)
    nobody = np.zeros((1, 2), dtype=np.int64)
    for k in range(len(pairs)):
        pair, fact = pairs[k], facts[k]
        hint = given[bodies[pair[0]]]
        first = copy_digits(folded, kinds, pair[1], pair[2], digits, np.int64(0))
        size = copy_digits(folded, kinds, pair[3], pair[4], digits, first)
        _, reading, _ = read_whole(plans, digits, size, folded[pair[1]] == 43, hint, nobody)
        title = first > size - first
        near, far = (np.int64(1), np.int64(3)) if title else (np.int64(3), np.int64(1))
        fact[M_TITLE], fact[M_RANK] = title, reading.rank
        fact[M_START], fact[M_END] = place[pair[near]], place[pair[near + 1] - 1] + 1
        fact[M_FAR], fact[M_FAR_END] = place[pair[far]], place[pair[far + 1] - 1] + 1
        size = write_national(plans, reading, digits, national)
        fact[M_REGION] = region_of_number(plans, reading.code, national, size, hint)
        fact[M_VALUE] = write_e164(reading.code, national, size, values[k])
        fact[M_DISPLAY] = write_display(plans, rows, signs, reading.code, national, size, displays[k])


@kernel
def ends_in_figures(kinds: Any, first: Any, last: Any) -> Any:
    """Say whether a digit is among the last characters of a title."""
    found = False
    for k in range(max(first, last - LAST), last):
        found = found or kinds[k] & DIGIT != 0
    return found


@kernel
def is_between(code: Any, kind: Any) -> Any:
    """Say whether a character may stand inside a part: `[\\d ./()*_~-]`."""
    return (
        kind & DECIMAL != 0
        or code == 32 or code == 46 or code == 47 or code == 40 or code == 41
        or code == 42 or code == 95 or code == 126 or code == 45
    )  # fmt: skip


@kernel
def open_end(folded: Any, kinds: Any, first: Any, last: Any) -> Any:
    """Return (start, end, whether a sign says that it goes on) of the figures that end a title, start -1 for none."""
    for start in range(max(first, last - BACK), last):
        if folded[start] != 43 and kinds[start] & DECIMAL == 0:
            continue
        for end in range(start + 1, min(start + LONGEST_END + 1, last) + 1):
            if end > start + 1 and not is_between(folded[end - 1], kinds[end - 1]):
                break
            if end - start >= FEWEST:
                sign = ends_here(folded, kinds, end, last)
                if sign >= 0:
                    return start, end, sign == 1
    return np.int64(-1), np.int64(-1), False


@kernel
def ends_here(folded: Any, kinds: Any, at: Any, last: Any) -> Any:
    """Return 0 for blanks up to the end, 1 for blanks with a sign that the text goes on, -1 for anything else."""
    while at < last and kinds[at] & SPACE:
        at += 1
    if at == last:
        return 0
    begin = at
    if folded[at] == 46:
        while at < last and folded[at] == 46:
            at += 1
        if at - begin < 2:
            return -1
    else:
        while at < last and is_arrow(folded[at]):
            at += 1
        if at == begin:
            return -1
    while at < last and kinds[at] & SPACE:
        at += 1
    return 1 if at == last else -1


@kernel
def is_arrow(code: Any) -> Any:
    """Say whether a sign points to what follows: `-–>→~_/|`."""
    return (
        code == 45 or code == 0x2013 or code == 62 or code == 0x2192
        or code == 126 or code == 95 or code == 47 or code == 124
    )  # fmt: skip


@kernel
def count_digits(folded: Any, kinds: Any, start: Any, end: Any) -> Any:
    """Return how many digits a part has, 0 where they are too few, too many or a year."""
    n = 0
    century = np.int64(0)
    for k in range(start, end):
        if kinds[k] & DIGIT:
            n += 1
            if n <= 2:
                century = 10 * century + np.int64(folded[k]) - 48
    if n < FEWEST or n > MOST or (n == 4 and (century == 19 or century == 20)):
        return 0
    return n


@kernel
def ends_of(folded: Any, kinds: Any, first: Any, begin: Any, end: Any, starts: Any) -> Any:
    """Write where the pieces begin that may begin a number, longest first; return how many there are."""
    n = 0
    for k in range(begin, end):
        if kinds[k] & SPACE or (k > begin and kinds[k - 1] & SPACE == 0):
            continue
        if count_digits(folded, kinds, k, end) and not (k > first and bars_before(folded[k - 1])):
            starts[n] = k
            n += 1
    return n


@kernel
def bars_before(code: Any) -> Any:
    """Say whether a character before figures says that they are no number: `€$£₹₽:.,/-#`."""
    return (
        bars_behind(code) and code != 37  # not %
    ) or code == 46 or code == 44 or code == 47 or code == 45 or code == 35  # fmt: skip


@kernel
def bars_behind(code: Any) -> Any:
    """Say whether a character behind figures says that they are no number: `€$£₹₽%:`."""
    return (
        code == 0x20AC or code == 36 or code == 0xA3 or code == 0x20B9 or code == 0x20BD or code == 37 or code == 58
    )  # fmt: skip


@kernel
def may_begin(folded: Any, kinds: Any, start: Any, until: Any, last: Any) -> Any:
    """Say whether a piece of the body may end a number."""
    if until <= start or (until < last and bars_behind(folded[until])):
        return False
    return count_digits(folded, kinds, start, until) > 0


@kernel
def next_beginning(folded: Any, kinds: Any, first: Any, place: Any, last: Any) -> Any:
    """Return (start of the sign, start, end) of the next figures that may end a number, -1 for none."""
    for k in range(place, last):
        start = np.int64(-1)
        if folded[k] == 46 and (k == place or folded[k - 1] != 46):  # a row of dots is looked at once
            at = k
            while at < last and folded[at] == 46:
                at += 1
            if at - k >= 2:
                start = figures_behind(kinds, at, last)
        elif folded[k] == 62 or folded[k] == 0x2192 or folded[k] == 126:
            start = figures_behind(kinds, k + 1, last)
        if start < 0 and k == first:
            start = figures_behind(kinds, k, last)
        if start >= 0:
            end = start + 1
            while end < last and end - start <= LONGEST_REST and is_between(folded[end], kinds[end]):
                end += 1
            if end - start >= FEWEST:
                return np.int64(k), start, end
    return np.int64(-1), np.int64(-1), np.int64(-1)


@kernel
def figures_behind(kinds: Any, at: Any, last: Any) -> Any:
    """Return where a figure stands behind blanks, -1 where something else does."""
    while at < last and kinds[at] & SPACE:
        at += 1
    return np.int64(at) if at < last and kinds[at] & DECIMAL else np.int64(-1)


@kernel
def copy_digits(folded: Any, kinds: Any, start: Any, end: Any, digits: Any, n: Any) -> Any:
    """Append the digits of a part; return how many there are then."""
    for k in range(start, end):
        if kinds[k] & DIGIT:
            digits[n] = folded[k] - 48
            n += 1
    return n


@kernel
def read_whole(plans: Any, digits: Any, size: Any, plus: Any, given: Any, nobody: Any) -> Any:
    """Return (points, reading, source) of both parts together."""
    yes, none = np.int64(1), np.int64(0)
    return read_number(plans, digits, none, size, plus, given, nobody, none, yes, yes, none)


@kernel
def is_number(plans: Any, digits: Any, size: Any, plus: Any, given: Any, nobody: Any) -> Any:
    """Say whether both parts are a number together, as `_together`."""
    points, reading, source = read_whole(plans, digits, size, plus, given, nobody)
    if reading.region < 0 or points < ENOUGH or (given >= 0 and source == FROM_NUMBER and not plus):
        return False
    return reading.rank != RANK_POSSIBLE or reading.typical != 0
