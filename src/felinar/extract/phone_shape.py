"""Points for the groups of a number: what looks like a list of figures, a placeholder or a date is none."""

from __future__ import annotations

from itertools import pairwise

from felinar.extract.phone_atoms import DIGITS, GUESS, Atom
from felinar.extract.phone_words import ORDINARY


def shape(atoms: list[Atom], digits: str) -> int:
    """Return points against what looks like a list of figures, a placeholder or a date."""
    points = 0
    if len(set(digits[-7:])) <= 2:
        points -= 15 if len(set(digits[-7:])) == 2 else 40
    if len(digits) >= 9 and len(atoms) in (1, len(digits)) and "1234567890".startswith(digits):
        points -= 60
    points -= 40 * _speaks(atoms)
    groups = [a.digits for a in atoms if a.kind == DIGITS]
    if 2 <= len(groups) <= 5 and len(groups) == len(atoms) and all(2 <= len(g) <= 5 for g in groups):
        points += 8
    return points - 60 * _figures(groups)


def _speaks(atoms: list[Atom]) -> bool:
    """Say whether a word between figures is no digit but part of a sentence: `9 to 7`, and no number word is there."""
    if any(a.kind not in (DIGITS, GUESS) for a in atoms):
        return False
    return any(
        word.word is not None
        and word.word.kind == ORDINARY
        and word.end - word.start > 1
        and left.kind == right.kind == DIGITS
        and left.end < word.start
        and word.end < right.start
        for left, word, right in zip(atoms, atoms[1:], atoms[2:], strict=False)
    )


def _figures(groups: list[str]) -> bool:
    """Say whether the groups are a list or a range of figures: 700 800 900, 10 20 30, 5 7 12 24, 35000-75000."""
    if len(groups) >= 6 and all(len(g) <= 2 and g[0] != "0" for g in groups) and len(groups[-1]) == 2:
        rising = [int(g) for g in groups]
        return all(a < b for a, b in pairwise(rising))
    one = len(groups) >= 4  # the first of many may have one figure: 8/10/12/14
    if len(groups) < 2 or any(g[0] == "0" for g in groups) or any(len(g) < 2 for g in groups[one:]):
        return False
    numbers = [int(g) for g in groups]
    if numbers != sorted(numbers):
        return False
    if len(groups) == 2:
        return all(len(g) >= 4 and g.endswith("00") for g in groups)
    if numbers[0] == numbers[-1]:
        return False
    steps = {b - a for a, b in pairwise(numbers)}
    return len(steps) == 1 or all(n % 10 == 0 for n in numbers)
