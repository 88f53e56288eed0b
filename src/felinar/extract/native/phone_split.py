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
from felinar.extract.native.page import Page, original_of
from felinar.extract.native.phone_digits import (
    RANKS,
    is_current,
    plans,
    region_codes,
    write_national,
)
from felinar.extract.native.phone_display import formats, region_of_number, write_display, write_e164
from felinar.extract.native.phone_links import regions_given
from felinar.extract.native.phone_pairs import PAIR, pairs_of, read_whole
from felinar.extract.native.phone_parts import MOST, copy_digits
from felinar.extract.native.phone_rows import LONGEST_DISPLAY, LONGEST_VALUE
from felinar.extract.native.phone_tables import tables
from felinar.extract.native.readings import About, Readings
from felinar.ids import canonical_json
from felinar.kernels.compile import kernel
from felinar.kernels.fold import fold

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
        n = run(plans(), tables(), page.folded, page.kinds, page.at, titles, bodies, given, rows)
        if n <= room:
            return rows[:n]
        room = n


@kernel
def keep_free(  # type: ignore[no-untyped-def]
    pairs, titles, bodies, place, texts, starts, ends, keep
) -> None:
    """Keep of each advert the first pair of which no part belongs to a number of its own; behind a cue, none at all."""
    done = np.int64(-1)
    for k in range(len(pairs)):
        advert = pairs[k, 0]
        if (
            advert != done
            and not (pairs[k, 5] and (has_any(texts, titles[advert]) or has_any(texts, bodies[advert])))
            and not is_taken(place, titles[advert], pairs[k, 1], pairs[k, 2], texts, starts, ends)
            and not is_taken(place, bodies[advert], pairs[k, 3], pairs[k, 4], texts, starts, ends)
        ):
            keep[k] = True
            done = advert


@kernel
def has_any(texts: Any, text: Any) -> Any:
    """Say whether a text has a number of its own."""
    k = np.searchsorted(texts, text)
    return k < len(texts) and texts[k] == text


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
