"""Line groups that are one text after all: fragments that a few edits or another first word have split off.

Drain's groups fall apart where lines are edited. Fragments that share shingles come together again as far as it pays:
to write a fragment's differing words out for each of its rows must cost less than a pattern of its own. So the odd edit
and the other name come back, and what a program prints a hundred times stays apart from what it prints as often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from felinar.link.lines import SLOT, Pattern

PATTERN_COST = 2  # how often a word of a pattern counts: it is written down, and has to be told from slots
MOST_DIFFERENT = 400  # thousandths of the words
MOST_SEEDS = 16  # bounds the work


class Fragment(NamedTuple):
    """Rows of one pattern, and how many different lines these are, whatever their numbers."""

    rows: list[int]
    pattern: Pattern
    variety: int


def merged(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return fragments that share shingles as groups; the largest come first and are joined by smaller ones."""
    groups: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (-len(f.rows), f.rows[0])):
        near = [(different(fragment.pattern, group[0].pattern), place) for place, group in enumerate(groups)]
        worth = [(words, place) for words, place in near[:MOST_SEEDS] if pays(fragment, groups[place], words)]
        if worth:
            groups[min(worth)[1]].append(fragment)
        else:
            groups.append([fragment])
    return groups


def pays(fragment: Fragment, group: Sequence[Fragment], words: int) -> bool:
    """Return whether the fragment is sooner written with the group's pattern; so many words differ.

    Two lines that never vary are two lines, however alike, once each is said twice.
    """
    first = group[0]
    never_varies = len(group) == first.variety == fragment.variety == 1 < len(fragment.rows)
    longest = max(len(fragment.pattern), len(first.pattern))
    if words and (never_varies or 1000 * words > MOST_DIFFERENT * longest):
        return False
    return len(fragment.rows) * words < PATTERN_COST * len(fragment.pattern)


def different(left: Pattern, right: Pattern) -> int:
    """Return how many words of one pattern the other lacks; in patterns of one length slots differ from nothing."""
    if len(left) == len(right):
        return sum(a != b and SLOT not in (a, b) for a, b in zip(left, right, strict=True))
    ours, theirs = Counter(left), Counter(right)
    return max((ours - theirs).total(), (theirs - ours).total())
