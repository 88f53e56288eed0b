"""From a folded text to runs: neighbouring digit groups, number words and look-alikes that may hold a number.

Bounded: a run ends after 256 groups, and one of more than 64 digits is cut into pieces or left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from felinar.extract.phone_prefilter import TOKEN, areas, read_token
from felinar.extract.phone_words import (
    CONNECTOR,
    EXTENSION,
    LOOKALIKE,
    ORDINARY,
    PLAIN,
    PLUS,
    REPEATER,
    Word,
    join_pairs,
    lookalike_digits,
)
from felinar.kernels.fold import Folded

_WIDEST_GAP = 14
LONGEST_RUN = 64
_MOST_ATOMS = 256

DIGITS, WORD, GUESS = "digits", "word", "guess"


@dataclass(slots=True)
class Atom:
    """A group of digits as it stands in the folded text; `kind` says how it was written."""

    digits: str
    start: int
    end: int
    kind: str
    word: Word | None = None
    plus: bool = False
    connected: bool = False


@dataclass(slots=True)
class Run:
    """Atoms with nothing but separators between them; `letters` says whether a foreign letter touches either end."""

    atoms: list[Atom] = field(default_factory=list)
    letters: tuple[bool, bool] = (False, False)


def runs(folded: Folded) -> Iterator[Run]:
    """Yield the runs of the folded text in order; a run has at least four certain digits, seven in all."""
    for start, end in areas(folded.text):
        yield from _runs(folded, start, end)


def _runs(folded: Folded, start: int, stop: int) -> Iterator[Run]:
    text = folded.text
    atoms: list[Atom] = []
    state = _State(end=max(0, start - 3))
    for match in TOKEN.finditer(text, start, stop):
        token, at, end = match.group(), match.start(), match.end()
        word = None if token[0] <= "9" else _read_at(text, token, at, end)
        gap = text[state.end : at]
        if atoms and (len(gap) > _WIDEST_GAP or len(atoms) >= _MOST_ATOMS or "+" in gap or "\n\n" in gap):
            yield from _close(atoms, state, False)
            atoms, state = [], _State(end=state.end)
        if (word is None and token[0] > "9") or (word is not None and word.kind >= EXTENSION):
            yield from _close(atoms, state, not gap)
            atoms, state = [], _State(plus=word is not None and word.kind == PLUS, letter=True)
        elif word is not None and word.kind == REPEATER:
            state.repeat = int(word.digits)
        elif word is not None and word.kind == CONNECTOR:
            state.connected = True
        else:
            state.letters = state.letters if atoms else (not gap and state.letter)
            atoms.append(_atom(folded, token, word, (at, end), state, "+" in gap[-3:]))
            state.repeat, state.plus, state.connected = 1, False, False
        state.end = end
    yield from _close(atoms, state, False)


@dataclass(slots=True)
class _State:
    """What the scan remembers: where the last token ended, and what it said about the next one."""

    end: int = 0
    repeat: int = 1
    plus: bool = False
    connected: bool = False
    letter: bool = False
    letters: bool = False


def _read_at(text: str, token: str, at: int, end: int) -> Word | None:
    """Return what a word means here: look-alike letters of more than one must touch a digit."""
    word = read_token(token)
    if word is None or (len(token) > 1 and word.kind != LOOKALIKE):
        return word
    before, after = at > 0 and text[at - 1].isdigit(), text[end : end + 1].isdigit()
    if len(token) > 1:
        return word if before or after else None
    inside = before and after and word.kind != LOOKALIKE and lookalike_digits(token)
    return Word(LOOKALIKE, "0") if inside else word


def _atom(folded: Folded, token: str, word: Word | None, place: tuple[int, int], state: _State, plus: bool) -> Atom:
    start, end = place
    if word is None:
        return Atom(token * state.repeat if len(token) == 1 else token, start, end, DIGITS, None, plus or state.plus)
    kind, digits = WORD if word.kind == PLAIN else GUESS, word.digits
    if word.kind == LOOKALIKE and token[0] not in "○◯⭕":
        left, right = folded.span(start, end)
        digits = lookalike_digits(folded.original[left:right])
    return Atom(digits * state.repeat, start, end, kind, word, plus or state.plus, state.connected)


def _close(atoms: list[Atom], state: _State, letter_after: bool) -> Iterator[Run]:
    if len(atoms) > 1 or (atoms and 7 <= len(atoms[0].digits) <= LONGEST_RUN):
        _join_words(atoms)
        run = Run(atoms, (state.letters, letter_after))
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
    while last > first and _loose(atoms, last - 1, last - 2):
        last -= 1
    while first < last and _loose(atoms, first, first + 1):
        first += 1
    kept = [a for a in atoms[first:last] if a.digits]
    certain = sum(len(a.digits) for a in kept if a.kind != GUESS)
    if certain >= 4 and sum(len(a.digits) for a in kept) >= 7:
        yield Run(kept, (run.letters[0] and first == 0, run.letters[1] and last == len(atoms)))


def _loose(atoms: list[Atom], at: int, neighbour: int) -> bool:
    """Say whether the word at this end belongs to the sentence and not to the number: `on 0171 …`, `… 0164 a`."""
    atom = atoms[at]
    if atom.kind != GUESS or not atom.digits:
        return not atom.digits
    if not 0 <= neighbour < len(atoms):
        return True
    other = atoms[neighbour]
    if other.start == atom.end or other.end == atom.start:
        return False
    spoken = atom.word is not None and atom.word.kind == ORDINARY and len(atom.digits) == 1
    return not (spoken and (other.kind == WORD or len(other.digits) == 1))


def _join_words(atoms: list[Atom]) -> None:
    """Join tens with their units (forty five → 45): words that follow each other, a connector may stand between."""
    if not any(a.word is not None and a.word.tens for a in atoms):
        return
    parts = [(a.digits, a.word.tens, a.connected) if a.word else ("", False, False) for a in atoms]
    kept: list[Atom] = []
    start = -1
    for atom, digits in zip(atoms, join_pairs(parts), strict=True):
        if atom.word and not digits:
            start = atom.start if start < 0 else start
            continue
        atom.digits, atom.start = digits or atom.digits, start if start >= 0 else atom.start
        start = -1
        kept.append(atom)
    atoms[:] = kept
