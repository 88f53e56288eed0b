"""Letters that stand for digits as on a keypad: 1-713-JKL-0142, 0113-4960-ABC, 1800-WRK-707."""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract.phone_plans import POSSIBLE, Reading, plan_of, read_national
from felinar.kernels.fold import Folded

_KEYS = {
    c: str(d)
    for d, letters in enumerate(["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"], 2)
    for c in letters
}
_FREE = "8(?:00|88|77|66|55|44|33)"
_TAIL = r"([a-z0-9]{2,9}(?:-[a-z0-9]{2,9}){0,2})"
_HEADS = (
    ("1", rf"(?:\+?1[-. ]?)?\(?({_FREE}|[2-9]\d\d)\)?[-. ]\s?{_TAIL}"),
    ("1", r"(?:\+?1[-. ]?)?\(?([2-9]\d\d)\)?[-. ]([2-9]\d\d-[a-z]{4})"),
    ("44", rf"(0(?:8(?:00|08)|3\d\d|8[47]\d)|07\d{{3}}|0[12]\d{{2,3}})[-. ]\s?{_TAIL}"),
    ("61", rf"(1300|1800|0[23478])[-. ]\s?{_TAIL}"),
)
_PATTERNS = tuple((code, re.compile(rf"(?<![a-z0-9]){head}(?![a-z0-9-])")) for code, head in _HEADS)
VANITY_GATE = (
    rf"(?:1[-. ]\(?|\+1 ?\(?|\(){_FREE}[)]?[-. ] ?[a-z]{{3}}|{_FREE}-[a-z]{{3}}|"
    r"(?:^|[^0-9])0(?:800|808)[-. ][a-z]{4}|1[38]00-[a-z]{4}|1[38]00 [a-z]{6}"
    r"|[2-9][0-9]{2}[-.][0-9]{0,3}-?[a-z]{3,7}(?:[^a-z]|$)"
)
_LONGEST_OVERDIAL = 4


def vanity(folded: Folded, region: str) -> Iterator[tuple[int, int, Reading]]:
    """Yield (start, end, reading) of each number with letters, in capitals or joined by hyphens, that is given out.

    Without a region only numbers of North America that begin with 1 or with the code of a free call are read.
    """
    plan, seen = plan_of(region) if region else None, 0
    for code, pattern in _PATTERNS:
        if plan is not None and plan.country_code != code:
            continue
        for match in pattern.finditer(folded.text):
            if match.start() < seen or not _written_so(folded, match, plan is None):
                continue
            found = _read(match[1], match[2].replace("-", ""), region or "US")
            if found is not None:
                seen = match.end()
                yield match.start(), match.end(), found
    return


def _written_so(folded: Folded, match: re.Match[str], unknown: bool) -> bool:
    letters = sum(c.isalpha() for c in match[2])
    left, right = folded.span(*match.span(2))
    if (
        letters < 3
        or not _letters_together(match[2])
        or folded.original[left:right] != folded.original[left:right].upper()
    ):
        return False
    return not unknown or match[0].lstrip("+(").startswith("1") or match[1][0] == "8"


def _letters_together(tail: str) -> bool:
    return re.fullmatch(r"[0-9-]*[a-z-]+[0-9-]*", tail) is not None


def _read(head: str, tail: str, region: str) -> Reading | None:
    digits = head + "".join(_KEYS.get(c, c) for c in tail)
    for size in range(len(digits), max(len(digits) - _LONGEST_OVERDIAL, 8) - 1, -1):
        found = read_national(digits[:size], region)
        if found is not None and found.rank != POSSIBLE and found.typical | (found.country_code != "1"):
            return found
    return None
