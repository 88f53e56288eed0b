"""Numbers in rare ways of writing: links written apart, letters of the keypad, read from the end; and extensions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate

from felinar.extract.contract import Found
from felinar.extract.phone_extensions import with_extension
from felinar.extract.phone_loose_links import loose_links
from felinar.extract.phone_marks import CUE_REACH, LETTERS_REACH, LINK_REACH, SPARE, Mark, Marks, parts_around
from felinar.extract.phone_mention import mention_of, of_digits
from felinar.extract.phone_plans import Reading
from felinar.extract.phone_reversed import reversed_numbers
from felinar.extract.phone_vanity import vanity
from felinar.kernels.fold import Folded

SURE = 95


def part_of(folded: Folded, start: int, end: int) -> Folded:
    """Return these folded characters of a text by themselves, with their places in its original."""
    return Folded(folded.original, folded.text[start:end], folded.starts[start:end], folded.ends[start:end])


def rare_numbers(part: Callable[[int, int], Folded], marks: Marks, size: int, region: str) -> Iterator[Found]:
    """Yield the numbers that are written in rare ways around these marks; `part` gives the parts of a text."""
    for folded in _parts(part, marks.links, LINK_REACH, size):
        for start, end, reading in loose_links(folded.text, region):
            yield mention_of(folded, start, end, reading, region, SURE, {"written": "link"}, True)
    for folded in _parts(part, marks.letters, LETTERS_REACH, size):
        for start, end, reading in vanity(folded, region):
            yield mention_of(folded, start, end, reading, region, SURE, {"written": "letters"}, True)
    for folded in _parts(part, marks.cues, CUE_REACH, size):
        for turned in reversed_numbers(folded, region):
            yield _from_turned(folded, region, *turned)


def _parts(
    part: Callable[[int, int], Folded], marks: list[Mark], reach: tuple[int, int], size: int
) -> Iterator[Folded]:
    """Yield the parts around the marks, cut at blanks where one is near their ends."""
    for start, end in parts_around(marks, reach, size):
        folded = part(start, end)
        text = folded.text
        left, right = 0, len(text)
        if start > 0:
            left = next((i for i in range(SPARE) if text[i].isspace()), 0)
        if end < size:
            right = next((i for i in range(right, right - SPARE, -1) if text[i - 1].isspace()), right)
        yield part_of(folded, left, right)


def _from_turned(
    folded: Folded, hint: str, start: int, end: int, digits: str, reading: Reading | None, source: str, points: int
) -> Found:
    evidence = {"rests_on": reading.rank if reading else "length", "region_from": source, "written": "reversed"}
    if reading is None:
        return of_digits(folded, start, end, digits, min(points, SURE), evidence, True)
    return mention_of(folded, start, end, reading, hint, min(points, SURE), evidence, True)


def together(original: str, found: list[Found], rare: list[Found], extended: list[Mark]) -> list[Found]:
    """Return the numbers of a text in order: what overlaps with a rarer form goes, an extension is named.

    `extended` are the original characters of the marks of extensions.
    """
    taken, marked = _Spans([(one.start or 0, one.end or 0) for one in rare]), _Spans(extended)
    kept = rare + [one for one in found if not taken.overlap(one.start or 0, one.end or 0)]
    kept.sort(key=lambda f: (f.start or 0, f.end or 0))
    # The mark begins at the end of the number or before, and ends there or behind.
    return [
        with_extension(original, one) if marked.overlap((one.end or 0) - 1, (one.end or 0) + 1) else one for one in kept
    ]


class _Spans:
    """Stretches (start, end) of a text that are asked for overlaps."""

    def __init__(self, spans: list[Mark]) -> None:
        spans = sorted(spans)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def overlap(self, start: int, end: int) -> bool:
        """Say whether one of them overlaps with this stretch."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start
