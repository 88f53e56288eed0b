"""The windows of native runs are those of the plain ones: real texts, random runs, random hints."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.native.page import page_of_texts
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_GAP_AT,
    A_GAP_END,
    A_KIND,
    A_PLUS,
    A_START,
    A_WORD,
)
from felinar.extract.native.phone_digits import RANKS, DigitReading, plans, region_codes, region_id, write_national
from felinar.extract.native.phone_readings import SOURCES
from felinar.extract.native.phone_score import (
    RUN_COLUMNS,
    W_READING,
    W_SCORE,
    W_SOURCE,
    room,
    windows_of_run,
)
from felinar.extract.phone_atoms import DIGITS, GUESS, WORD, Atom, Run
from felinar.extract.phone_readings import Budget, Hints
from felinar.extract.phone_runs import runs
from felinar.extract.phone_score import Window, best_windows, whole_window
from felinar.extract.phone_words import LOOKALIKE, ORDINARY, PLAIN, Word
from felinar.kernels.fold import fold

TEXTS = (
    "call 07700 900123 or 07700 900456",
    "0 7 7 0 0 9 0 0 1 2 3 and 30 min 45 roses",
    "+44 7700 900123 / +33 6 39 98 12 34",
    "zero double seven zero zero nine zero zero one two three",
    "o77oo 9oo i23 tonight. 713 555 0142, 713-555-0143",
    "700 800 900 1000 2000 35000-75000 10 20 30 40 50 60 70",
    "0171 39 200 12\n0171 39 200 13; 07 00 ... 900 123",
    "0044 7700 900123 011 44 7700 900 124 00077009001",
    "5*5*5*0*1*4*2*7*1*3 a 555 1 01 4 4 713",
)
KINDS = {DIGITS: 0, WORD: 1, GUESS: 2}


def arrays_of(run: Run) -> tuple[Any, Any]:
    """Return the atoms and the digits of a run as arrays."""
    atoms, digits = np.zeros((len(run.atoms), 11), dtype=np.int64), "".join(a.digits for a in run.atoms)
    at = 0
    for row, atom in zip(atoms, run.atoms, strict=True):
        row[A_START], row[A_END], row[A_KIND], row[A_PLUS] = atom.start, atom.end, KINDS[atom.kind], atom.plus
        row[A_WORD] = -1 if atom.word is None else atom.word.kind
        row[A_GAP_AT], row[A_GAP_END] = atom.start - len(atom.gap), atom.start
        row[A_DIGITS], row[A_DIGITS_END] = at, at + len(atom.digits)
        at += len(atom.digits)
    return atoms, np.array([int(d) for d in digits], dtype=np.uint8)


def native(text: str, run: Run, hints: Hints, whole: bool, plain: bool) -> list[tuple[Any, ...]]:
    """Return the windows that the kernels choose, in the form of `of_window`."""
    page = page_of_texts([text], plain=True)
    atoms, digits = arrays_of(run)
    row = np.zeros(RUN_COLUMNS, dtype=np.int64)
    row[:] = (0, len(atoms), *run.letters, hints.cue, hints.odd, hints.ordered, region_id(hints.given), 30_000)
    gaps, inferred, windows, sums = room()
    for k, (region, source) in enumerate(hints.inferred):
        inferred[k] = region_id(region), SOURCES.index(source)
    out = np.zeros_like(windows)
    run_kernel = windows_of_run.plain if plain else windows_of_run
    n = run_kernel(
        plans(),
        page.folded,
        page.kinds,
        digits,
        atoms,
        row,
        gaps,
        inferred,
        len(hints.inferred),
        windows,
        sums,
        whole,
        out,
        0,
    )
    return [_row_of(out[i], digits) for i in range(n)]


def _row_of(row: Any, digits: Any) -> tuple[Any, ...]:
    reading = DigitReading(*map(int, row[W_READING : W_READING + 9]))
    national = np.zeros(24, dtype=np.uint8)
    size = write_national.plain(plans(), reading, digits, national) if reading.region >= 0 else 0
    read = (
        (region_codes()[reading.region], str(reading.code), "".join(map(str, national[:size])), RANKS[reading.rank])
        if reading.region >= 0
        else None
    )
    return int(row[0]), int(row[1]), int(row[W_SCORE]), SOURCES[row[W_SOURCE]], read


def of_window(window: Window) -> tuple[Any, ...]:
    """Return a plain window as a tuple."""
    read = window.reading
    found = (read.region, read.country_code, read.national, read.rank) if read else None
    return window.first, window.last, window.score, window.region_from, found


def compare(text: str, run: Run, hints: Hints, plain: bool) -> None:
    one = whole_window(text, run, hints)
    assert native(text, run, hints, True, plain) == ([] if one is None else [of_window(one)])
    best = best_windows(text, run, hints, Budget(100, 100_000))
    assert native(text, run, hints, False, plain) == [of_window(w) for w in best]


REGIONS = ("", "GB", "US", "DE", "FR", "IT", "RO", "SE", "AU")
hints_of = st.builds(
    Hints,
    st.sampled_from(REGIONS),
    st.lists(
        st.tuples(st.sampled_from(REGIONS[1:]), st.sampled_from(("text", "language"))), max_size=9, unique=True
    ).map(tuple),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_windows_of_examples_are_the_plain_ones_without_numba(text: str) -> None:
    folded = fold(text)
    found = list(runs(folded))
    for run in found:
        for hints in (Hints("GB", (), True), Hints("", (("FR", "text"),), False, True), Hints("US", (), False)):
            compare(folded.text, run, hints, plain=True)


GAPS = ("", " ", " ", "-", ".", ", ", "\n", " - ", "..", ". ", "*", "   ")
WORDS = (None, Word(PLAIN, "7", ("en",)), Word(ORDINARY, "1", ("de",)), Word(LOOKALIKE, "0"), Word(ORDINARY, "20", ()))


@st.composite
def random_run(draw: st.DrawFn) -> tuple[str, Run]:
    """Return a text and a run over it, as wild as a run can be."""
    atoms: list[Atom] = []
    text, digits = "", 0
    favourite = draw(st.sampled_from(GAPS))
    for _ in range(draw(st.integers(1, 14))):
        group = draw(
            st.from_regex(r"[0-9]{1,5}|[07]{1,3}|[1-9]00|0[0-9]{9,10}|44770090012[0-9]|[0-9]{7,12}", fullmatch=True)
        )
        if digits + len(group) > 64:
            break
        digits += len(group)
        word = draw(st.sampled_from(WORDS)) if draw(st.booleans()) else None
        kind = DIGITS if word is None else WORD if word.kind == PLAIN else GUESS
        gap = draw(st.sampled_from(GAPS)) if draw(st.booleans()) else favourite
        gap = gap if atoms else ""
        text += gap
        atoms.append(Atom(group, len(text), len(text) + len(group), kind, word, draw(st.integers(0, 5)) == 0))
        atoms[-1].gap = gap
        text += group
    return text, Run(atoms, draw(st.tuples(st.booleans(), st.booleans())))


@settings(max_examples=200, deadline=None)
@given(random_run(), hints_of)
def test_the_windows_of_random_runs_are_the_plain_ones(made: tuple[str, Run], hints: Hints) -> None:
    compare(*made, hints, plain=False)
