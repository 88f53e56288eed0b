"""Groups of short lines (titles, log lines): the same number of words, the same start, most words the same.

After Drain (He et al., ICWS 2017), but over the sorted distinct patterns, so that the order of rows does not matter. A
place where only a few words alternate (on, off) branches: the group is then sooner written down as several patterns
than as one with a slot.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

SHORT = 20  # words; shorter texts hold too few shingles to be compared by these
SAME_PERCENT = 70
LOOK_BACK = 64  # patterns with the same start that a new one is compared with; bounds the work
MOST_BRANCHES = 3  # words that alternate; more are what fills a slot
SLOT = "<*>"
# What varies whatever its letters: an amount with its unit and the same amount in brackets, host:port, a path.
# Possessive and bounded: a line of a megabyte of digits must cost no more than reading it.
VARIABLE = (
    re.compile(r"<?(?<![\w.,])\d[\d.,]{0,40}+\s?(?:bytes|[KMGT]?B|m?s|sec|seconds)\b(?:\s?\([^()]{0,80}\))?"),
    re.compile(r"(?<![\w.-])[\w-]{1,64}+(?:\.[\w-]{1,64}+)++:\d+"),
    re.compile(r"(?<!\S)(?:/[\w.@+-]++)++/?(?=[\s,;:]|$)"),
)
PART = re.compile(r"[^:=#|,;()\[\]{}]+")

Pattern = tuple[str, ...]


@dataclass
class LineGroup:
    """Lines of one pattern: the different ones among them, each with its rows."""

    pattern: list[str]
    lines: list[tuple[Pattern, list[int]]] = field(default_factory=list)

    def add(self, line: Pattern, rows: list[int]) -> None:
        """Take a line in; words in which it differs become slots."""
        self.pattern = [a if a == b else SLOT for a, b in zip(self.pattern, line, strict=True)]
        self.lines.append((line, rows))

    @property
    def variety(self) -> int:
        """How many different lines it has, whatever their numbers."""
        return len({tuple(map(alternative, line)) for line, _ in self.lines})

    @property
    def rows(self) -> list[int]:
        """The rows of all its lines, ascending."""
        return sorted(row for _, rows in self.lines for row in rows)


def is_short(text: str) -> bool:
    """Return whether the text is a line rather than an advert."""
    return len(text.split(maxsplit=SHORT)) < SHORT


def group_lines(lines: Sequence[tuple[int, str]]) -> list[LineGroup]:
    """Return the groups of these (row, line) pairs, lines without words left out; rows ascending within a group."""
    rows_of: dict[Pattern, list[int]] = defaultdict(list)
    for row, line in lines:
        if line.strip():
            rows_of[words_of_line(line)].append(row)
    buckets: dict[tuple[int, str], list[LineGroup]] = defaultdict(list)
    for pattern, rows in sorted(rows_of.items()):
        bucket = buckets[len(pattern), pattern[0]]
        group = most_similar(bucket[-LOOK_BACK:], pattern)
        if group is None:
            group = LineGroup(list(pattern))
            bucket.append(group)
        group.add(pattern, rows)
    groups = [branch for bucket in buckets.values() for group in bucket for branch in branches(group)]
    return sorted(groups, key=lambda group: group.rows[0])


def branches(group: LineGroup) -> list[LineGroup]:
    """Return the group, cut where few words alternate."""
    place = branching(group)
    if place is None:
        return [group]
    parts: dict[str, LineGroup] = {}
    for line, rows in group.lines:
        parts.setdefault(alternative(line[place]), LineGroup(list(line))).add(line, rows)
    return [branch for _, part in sorted(parts.items()) for branch in branches(part)]


def branching(group: LineGroup) -> int | None:
    """Return the place at which most words are saved by writing several patterns instead of a word for every row."""
    rows = sum(len(rows) for _, rows in group.lines)
    best, most = None, 0
    for place in (place for place, word in enumerate(group.pattern) if word == SLOT):
        words = {alternative(line[place]) for line, _ in group.lines}
        saved = rows - (len(words) - 1) * len(group.pattern)
        if 1 < len(words) <= MOST_BRANCHES and saved > most:
            best, most = place, saved
    return best


def alternative(word: str) -> str:
    """Return the word, or a slot if it has no letters of its own: numbers fill slots, whatever their form."""
    return word if any(sign.isalpha() for sign in word.replace(SLOT, "")) else SLOT


def masked(word: str) -> str:
    """Return the word with its parts that hold digits as slots: size=240 becomes size=<*>."""
    return PART.sub(lambda part: SLOT if any(c.isdigit() for c in part[0]) else part[0], word)


def words_of_line(line: str) -> Pattern:
    """Return the words of a line with addresses, paths, amounts and numbers as slots."""
    for variable in VARIABLE:
        line = variable.sub(SLOT, line)
    return tuple(masked(word) for word in line.split())


def most_similar(groups: Sequence[LineGroup], pattern: Pattern) -> LineGroup | None:
    """Return the group with the most equal words, the first of these, or None where too few are equal."""
    best, most = None, SAME_PERCENT * len(pattern) - 1
    for group in groups:
        same = 100 * sum(a == b for a, b in zip(group.pattern, pattern, strict=True))
        if same > most:
            best, most = group, same
    return best
