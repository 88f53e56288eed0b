"""Where the rare ways of writing a number may stand, and the parts of the text in which they are read.

Each way has marks (a cue for a number read backwards, a gate for the others) and looks only so far around them: a text
of any length costs no more than its marks, and an advert says nothing about the next one in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from felinar.extract.phone_extensions import EXTENSION_GATE
from felinar.extract.phone_loose_links import LINK_GATE
from felinar.extract.phone_reversed import cues_in
from felinar.extract.phone_vanity import VANITY_GATE

Mark = tuple[int, int]
_LINK, _LETTERS, _EXTENSION = map(re.compile, (LINK_GATE, VANITY_GATE, EXTENSION_GATE))
# Characters before and behind a mark that belong to it, and how many more may be left out up to a blank.
LINK_REACH, LETTERS_REACH, CUE_REACH, SPARE = (24, 144), (40, 48), (180, 180), 24
MOST_MARKS = 3_000  # marks of one way that are looked at in one text: bounds the time for hostile input


class Marks(NamedTuple):
    """Folded characters (start, end) of the marks of each way, in order."""

    links: list[Mark]
    letters: list[Mark]
    cues: list[Mark]
    extensions: list[Mark]


def marks_of(text: str) -> Marks:
    """Return the first MOST_MARKS marks of each way in a folded text; those of one way may overlap."""
    return Marks(
        list(islice(_places(_LINK, text), MOST_MARKS)),
        list(islice(_places(_LETTERS, text), MOST_MARKS)),
        sorted(set(cues_in(text)))[:MOST_MARKS],
        list(islice(_places(_EXTENSION, text), MOST_MARKS)),
    )


def _places(pattern: re.Pattern[str], text: str) -> Iterator[Mark]:
    """Yield every place at which the pattern matches, also inside of another match."""
    match = pattern.search(text)
    while match is not None:
        yield match.span()
        match = pattern.search(text, match.start() + 1)


def parts_around(marks: list[Mark], reach: tuple[int, int], size: int) -> Iterator[Mark]:
    """Yield the parts of a text of this size that reach so far around the marks, and SPARE characters more, in order.

    Parts that touch are one.
    """
    first = last = 0
    for start, end in marks:
        left, right = max(0, start - reach[0] - SPARE), min(size, end + reach[1] + SPARE)
        if left > last or first == last:
            if last:
                yield first, last
            first = left
        last = max(last, right)
    if last:
        yield first, last
