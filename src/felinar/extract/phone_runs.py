"""From a folded text to runs: neighbouring digit groups, number words and look-alikes that may hold a number.

Bounded: a run ends after 256 groups, and one of more than 64 digits is cut into pieces or left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from felinar.extract.phone_atoms import DIGITS, GUESS, WORD, Atom, Run, closed
from felinar.extract.phone_prefilter import TOKEN, read_token
from felinar.extract.phone_spans import Span, spans
from felinar.extract.phone_words import (
    CONNECTOR,
    EXTENSION,
    LOOKALIKE,
    ORDINARY,
    PLAIN,
    PLUS,
    REPEATER,
    Word,
    lookalike_digits,
)
from felinar.kernels.fold import Folded

WIDEST_GAP = 14
BAR, LEAST_BARRED = " | ", 9
_MOST_ATOMS = 256
# What lies behind so many characters without a word is not read (docs/extract-phone.md says so).
LONGEST_SPAN = 200_000
_RINGS = "○◯⭕"
_ROUND = frozenset("oо")  # Latin and Cyrillic


def runs(folded: Folded) -> Iterator[Run]:
    """Yield the runs of the folded text in order; a run has at least four certain digits, seven in all."""
    for span in spans(folded.text):
        yield from runs_in(folded, span)


@dataclass(slots=True)
class _State:
    """What the scan remembers: where the last token ended, and what it said about the next one."""

    end: int = 0
    repeat: int = 1
    plus: bool = False
    connected: bool = False
    letter: bool = False
    letters: bool = False


def runs_in(folded: Folded, span: Span) -> Iterator[Run]:
    """Yield the runs of one span."""
    text, local = folded.text, span.words
    atoms: list[Atom] = []
    state = _State(end=max(0, span.start - 3))
    for match in TOKEN.finditer(text, span.start, min(span.end, span.start + LONGEST_SPAN)):
        token = match.group()
        at, end = match.span()
        word = None if token[0] <= "9" else local.get(token) or _read_at(text, token, at, end)
        gap = text[state.end : at]
        ends = len(gap) > WIDEST_GAP or len(atoms) >= _MOST_ATOMS or "+" in gap or "\n\n" in gap
        if atoms and (ends or (gap == BAR and word is not None and _is_barred(atoms, word))):
            yield from closed(atoms, state.letters, False)
            atoms, state = [], _State(end=state.end)
        if (word is None and token[0] > "9") or (word is not None and word.kind >= EXTENSION):
            if atoms:
                yield from closed(atoms, state.letters, not gap)
                atoms = []
            state = _State(plus=word is not None and word.kind == PLUS, letter=True)
        elif word is not None and word.kind == REPEATER:
            state.repeat = int(word.digits)
        elif word is not None and word.kind == CONNECTOR:
            state.connected = True
        else:
            state.letters = state.letters if atoms else (not gap and state.letter)
            atoms.append(_atom(folded, token, word, (at, end), state, "+" in gap[-3:]))
            atoms[-1].gap = gap
            state.repeat, state.plus, state.connected = 1, False, False
        state.end = end
    yield from closed(atoms, state.letters, False)


def _is_barred(atoms: list[Atom], word: Word) -> bool:
    """Say whether a bar parts this word from a number in figures: `0171 3920067 | zwei Stunden`."""
    if word.kind > ORDINARY or atoms[-1].kind != DIGITS or any(a.gap == BAR for a in atoms):
        return False
    return sum(len(a.digits) for a in atoms) >= LEAST_BARRED


def _read_at(text: str, token: str, at: int, end: int) -> Word | None:
    """Return what a word means here: look-alike letters of more than one must touch a digit."""
    word = read_token(token)
    if word is None or (len(token) > 1 and word.kind != LOOKALIKE):
        return word
    before, after = at > 0 and text[at - 1].isdigit(), text[end : end + 1].isdigit()
    if len(token) > 1:
        round_ones = not (before or after) and set(token) <= _ROUND and len(token) <= 4  # `О45 ОО 78`
        beside = round_ones and (text[max(0, at - 2) : at - 1].isdigit() or text[end + 1 : end + 2].isdigit())
        return word if before or after or beside else None
    inside = (before or after) and word.kind != LOOKALIKE and lookalike_digits(token)
    return Word(LOOKALIKE, "0") if inside else word


def _atom(folded: Folded, token: str, word: Word | None, place: tuple[int, int], state: _State, plus: bool) -> Atom:
    start, end = place
    if word is None:
        return Atom(token * state.repeat if len(token) == 1 else token, start, end, DIGITS, None, plus or state.plus)
    kind, digits = WORD if word.kind == PLAIN else GUESS, word.digits
    if word.kind == LOOKALIKE and token[0] not in _RINGS:
        left, right = folded.span(start, end)
        digits = lookalike_digits(folded.original[left:right])
    return Atom(digits * state.repeat, start, end, kind, word, plus or state.plus, state.connected)
