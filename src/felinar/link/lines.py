"""Groups of short lines (titles, log lines): the same number of words, the same start, most words the same.

After Drain (He et al., ICWS 2017), but over the sorted distinct patterns, so that the order of rows does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

SHORT = 20  # words; shorter texts hold too few shingles to be compared by these
SAME_PERCENT = 70
LOOK_BACK = 64  # patterns with the same start that a new one is compared with; bounds the work
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
    """Lines of one pattern."""

    pattern: list[str]
    rows: list[int] = field(default_factory=list)


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
        group.pattern = [a if a == b else SLOT for a, b in zip(group.pattern, pattern, strict=True)]
        group.rows.extend(rows)
    groups = [group for bucket in buckets.values() for group in bucket]
    for group in groups:
        group.rows.sort()
    return sorted(groups, key=lambda group: group.rows[0])


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
