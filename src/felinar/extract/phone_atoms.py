"""Atoms (groups of digits as they stand in a text) and runs of them: joined, trimmed, cut where they are too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from felinar.extract.phone_joining import Part, join_numbers
from felinar.extract.phone_words import LOOKALIKE, ORDINARY, Word

LONGEST_RUN = 64
DIGITS, WORD, GUESS = "digits", "word", "guess"
# `de 10`, `saat 10`: what is a digit only in these languages is no digit among figures.
_PREPOSITIONS = (("fr",), ("hi_latin",))


@dataclass(slots=True)
class Atom:
    """A group of digits as it stands in the folded text; `kind`: how it was written; `gap`: what stands before it.

    `ends`: a line or sentence ends right behind it.
    """

    digits: str
    start: int
    end: int
    kind: str
    word: Word | None = None
    plus: bool = False
    connected: bool = False
    gap: str = ""
    ends: bool = False


@dataclass(slots=True)
class Run:
    """Atoms with nothing but separators between them; `letters` says whether a foreign letter touches either end."""

    atoms: list[Atom]
    letters: tuple[bool, bool] = (False, False)


def closed(atoms: list[Atom], letter_before: bool, letter_after: bool) -> Iterator[Run]:
    """Yield the runs that these neighbouring atoms make: one, none, or the pieces of a long row."""
    if len(atoms) > 1 or (atoms and 7 <= len(atoms[0].digits) <= LONGEST_RUN):
        _join_words(atoms)
        run = Run(atoms, (letter_before, letter_after))
        yield from _pieces(run) if sum(len(a.digits) for a in atoms) > LONGEST_RUN else trimmed(run)


def _pieces(run: Run) -> Iterator[Run]:
    """Cut a long run after groups that could be whole numbers and at wide gaps; what stays long is a table: dropped."""
    part: list[Atom] = []
    size = 0
    for atom, following in zip(run.atoms, [*run.atoms[1:], None], strict=True):
        part.append(atom)
        size += len(atom.digits)
        wide = following is None or following.start - atom.end > 1 or following.plus
        if wide or len(atom.digits) >= 7:
            if size <= LONGEST_RUN:
                yield from trimmed(Run(part))
            part, size = [], 0


def trimmed(run: Run) -> Iterator[Run]:
    """Yield the run without letters that stand alone at its ends, or nothing where too few digits are left."""
    atoms = run.atoms
    first, last = 0, len(atoms)
    spoken = any(a.kind == WORD for a in atoms)
    while last > first and _loose(atoms, last - 1, last - 2, spoken):
        last -= 1
    while first < last and _loose(atoms, first, first + 1, spoken or atoms[first].digits == "0"):
        first += 1
    last -= 2 * _time_follows(atoms[first:last])
    kept = [a for a in atoms[first:last] if a.digits]
    certain = sum(len(a.digits) for a in kept if a.kind != GUESS)
    size = sum(len(a.digits) for a in kept)
    if size >= 7 and (certain >= 4 or (certain == 3 and size >= 9)):
        yield Run(kept, (run.letters[0] and first == 0, run.letters[1] and last == len(atoms)))


def _time_follows(atoms: list[Atom]) -> bool:
    """Say whether the last two groups are `de 10` of a sentence: a digit word of no language that the others share."""
    if len(atoms) < 4 or atoms[-2].kind != GUESS or atoms[-1].kind != DIGITS or len(atoms[-1].digits) > 2:
        return False
    word = atoms[-2].word
    if word is None or word.kind != ORDINARY or atoms[-1].gap != " " or sum(len(a.digits) for a in atoms[:-2]) < 9:
        return False
    others = [a.word for a in atoms[:-2] if a.word is not None and a.word.languages]
    return (
        not any(set(word.languages) & set(o.languages) for o in others) if others else word.languages in _PREPOSITIONS
    )


def _loose(atoms: list[Atom], at: int, neighbour: int, spoken: bool) -> bool:
    """Say whether the word at this end belongs to the sentence and not to the number: `on 0171 …`, `… 0164 a`."""
    atom = atoms[at]
    if atom.kind != GUESS or not atom.digits:
        return not atom.digits
    if not 0 <= neighbour < len(atoms):
        return True
    if atom.word is not None and atom.word.kind == ORDINARY and len(atom.word.digits) > 2:
        return False  # glued number words are no part of a sentence
    if atom.word is not None and atom.word.kind == LOOKALIKE and len(atom.digits) > 1:
        return False  # letters that stand alone are read so only among others that look like digits
    other = atoms[neighbour]
    if other.start == atom.end or other.end == atom.start:
        return False
    if neighbour > 0 and neighbour < at and other.kind == DIGITS and other.gap != atom.gap:
        return True  # `5*1*3*2 Ein`
    said = spoken and atom.word is not None and atom.word.kind == ORDINARY and len(atom.word.digits) == 1
    return not (said and (other.kind == WORD or len(other.digits) == 1))


def _join_words(atoms: list[Atom]) -> None:
    """Join tens with their units (forty five → 45): words that follow each other, a connector may stand between."""
    if not any(a.word is not None and (a.word.tens or a.word.hundred or a.word.open) for a in atoms):
        return
    kept: list[Atom] = []
    start = -1
    # A comma parts numbers: `seventy, two`.
    joined = join_numbers(
        [Part(a.digits, a.word, "," in a.gap and not a.connected, a.connected, a.gap in ("", "-")) for a in atoms]
    )
    for atom, digits in zip(atoms, joined, strict=True):
        if atom.word and not digits:
            start = atom.start if start < 0 else start
            continue
        atom.digits, atom.start = digits or atom.digits, start if start >= 0 else atom.start
        if start >= 0:  # `noventa e um` is no loose article
            atom.kind = WORD
        start = -1
        kept.append(atom)
    atoms[:] = kept
