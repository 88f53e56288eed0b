"""Points for what a window looks like from outside: where it ends, and what stands between its groups."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from felinar.extract.phone_atoms import DIGITS, GUESS, Atom, Run
from felinar.extract.phone_words import ORDINARY

_MANY_WORDS = 5  # of one language: what follows them is one too


@dataclass(slots=True)
class Gaps:
    """What stands between the atoms of a run: texts, and widths 0 to 2, 3 for a new line or sentence."""

    texts: list[str]
    widths: list[int]


def gaps_of(text: str, atoms: list[Atom]) -> Gaps:
    """Return what stands between these atoms of a folded text, in order."""
    texts = [text[left.end : right.start] for left, right in pairwise(atoms)]
    return Gaps(texts, [_width(gap) for gap in texts])


def _width(gap: str) -> int:
    if len(gap) <= 1:
        return 3 if gap == "\n" else len(gap)
    return 3 if "\n" in gap or gap == " | " or (gap[0] in ".,:;!?" and gap[-1] == " ") else 2


def edges(run: Run, start: int, stop: int, gaps: Gaps) -> int:
    """Return points for a window that ends where the run ends, or where the separator changes."""
    last = _last(run)
    widest = max(gaps.widths[start:stop], default=0)
    inside = gaps.texts[start:stop]
    points = 15 if (start == 0 and stop == last) else 0
    for at, beyond in ((start - 1, start == 0), (stop, stop == last)):
        if beyond:
            continue
        if at >= last:  # the ordinary word itself
            points += 3 if start == 0 else -12
            continue
        width = gaps.widths[at]
        if width >= 3 and width > widest:
            points += 7 if points == 0 else 0
        elif (
            width > widest
            or (width >= max(widest, 1) and inside and gaps.texts[at] not in inside)
            or _stops(run.atoms, start, stop, at)
        ):
            points -= 3
        else:
            guess = run.atoms[at + (at >= stop)].kind == GUESS
            few = _few_beyond(run.atoms, start, stop, at)
            hours = few and at >= start and _hours_follow(run.atoms[at + 1 :], gaps.texts[at:])
            points -= 8 if guess else 15 if _begins_anew(run.atoms, at + 1) else 3 if hours else 34 if few else 40
    points -= 10 * (start == 0 and run.letters[0]) + 10 * (stop == last and run.letters[1])
    doubt = run.atoms[stop].kind == GUESS and not (stop == len(run.atoms) - 1 and _belongs(run.atoms))
    return points - 12 * (run.atoms[start].kind == GUESS) - 12 * doubt


def _belongs(atoms: list[Atom]) -> bool:
    """Say whether the last word, behind which a sentence ends, is a digit in the language of all words before it."""
    words = [a.word for a in atoms if a.word is not None]
    last = atoms[-1].word
    if not atoms[-1].ends or last is None or last.kind != ORDINARY or len(words) < _MANY_WORDS:
        return False
    shared = set(last.languages)
    return all(not shared.isdisjoint(word.languages) for word in words)


def _begins_anew(atoms: list[Atom], at: int) -> bool:
    """Say whether a group that begins with a trunk zero stands between digits enough for two numbers."""
    digits = atoms[at].digits
    if atoms[at].kind != DIGITS or len(digits) < 3 or digits[0] != "0" or digits.startswith("00"):
        return False
    return all(sum(len(a.digits) for a in side) >= 9 for side in (atoms[:at], atoms[at:]))


def _few_beyond(atoms: list[Atom], start: int, stop: int, at: int) -> bool:
    """Say whether short figures only stand beyond this end of a long number: `07700 900123 9-5`, `room 4 07700 …`."""
    beyond = atoms[: at + 1] if at < start else atoms[at + 1 :]
    sizes = [len(a.digits) for a in beyond]
    return sum(sizes) <= 4 and max(sizes) <= 2 and sum(len(a.digits) for a in atoms[start : stop + 1]) >= 9


def _hours_follow(beyond: list[Atom], gaps: list[str]) -> bool:
    """Say whether what follows to the end of the run, behind a blank, is two hours of a day: `… 123 9-20`."""
    if len(beyond) != 2 or gaps[0] != " " or gaps[1] not in ("-", "–") or any(a.kind != DIGITS for a in beyond):
        return False
    return int(beyond[0].digits) < int(beyond[1].digits) <= 24


def _last(run: Run) -> int:
    """Return the last atom that surely belongs to the run: an ordinary word at its end may belong to the sentence."""
    atom = run.atoms[-1]
    if _belongs(run.atoms):
        return len(run.atoms) - 1
    spoken = atom.kind == GUESS and atom.word is not None and atom.word.kind == ORDINARY
    if spoken and len(run.atoms) > 1 and atom.gap.strip() and atom.gap == run.atoms[-2].gap:  # `zéro. trois. un`
        return len(run.atoms) - 1
    return len(run.atoms) - 1 - (spoken and len(atom.digits) == 1 and len(run.atoms) > 2)


def _stops(atoms: list[Atom], start: int, stop: int, at: int) -> bool:
    """Say whether a number that is written digit by digit meets a longer group: `0 7 7 1 30`."""
    beyond = atoms[at if at < start else at + 1]
    return len(beyond.digits) > 1 and beyond.kind == DIGITS and all(len(a.digits) == 1 for a in atoms[start : stop + 1])
