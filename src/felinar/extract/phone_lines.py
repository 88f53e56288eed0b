"""One span read: runs without what is masked, each with its hints, and the best windows of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from felinar.extract.phone_around import Around
from felinar.extract.phone_atoms import DIGITS, GUESS, WORD, Atom, Run, trimmed
from felinar.extract.phone_masks import masked, units
from felinar.extract.phone_plans import POSSIBLE, RESERVED, Reading
from felinar.extract.phone_readings import Hints, Prior
from felinar.extract.phone_runs import runs_in
from felinar.extract.phone_score import ENOUGH, Window, best_windows, whole_window
from felinar.extract.phone_spans import Span
from felinar.extract.phone_words import CONNECTOR
from felinar.kernels.fold import Folded

_LANGUAGE_REGIONS = {
    "ro": "RO", "sv": "SE", "pl": "PL", "it": "IT", "tr": "TR", "uk": "UA", "hi": "IN", "hi_latin": "IN",
    "nl": "NL", "cs": "CZ", "hu": "HU", "el": "GR", "bg": "BG", "da": "DK", "fi": "FI", "no": "NO",
}  # fmt: skip
_PLAIN = frozenset(" -./()\xa0,:;\n\u2010\u2011\u2012\u2013+")
# What stands right behind the last digit where a line or a sentence ends.
ENDS = ("", *"\n.,;:!?)|")
Read = list[tuple[Run, Window]]


def read_span(folded: Folded, span: Span, taken: list[tuple[int, int]], prior: Prior) -> Read:
    """Return the numbers of one span with their runs, in order; `taken` are stretches that links have read."""
    found = _read(folded, span, taken, prior)
    misspelt = any(word.kind != CONNECTOR for word in span.words.values())
    if span.wide is None or (not misspelt and any(_sure(window) for _, window in found)):
        return found
    return max(found, _read(folded, span.wide, taken, prior), key=total)


def is_complete(read: Read) -> bool:
    """Say whether one of the numbers has the length that callers in its region know."""
    return any(window.reading is not None and _complete(window.reading) for _, window in read)


def _complete(reading: Reading) -> bool:
    return reading.rank == RESERVED or reading.typical


def _sure(window: Window) -> bool:
    """Say whether a number is complete and given out, so that no more words beside it are tried."""
    return window.reading is not None and _complete(window.reading) and window.reading.rank != POSSIBLE


def _read(folded: Folded, span: Span, taken: list[tuple[int, int]], prior: Prior) -> Read:
    text = folded.text
    found: Read = []
    for run in runs_in(folded, span):
        if prior.budget.runs <= 0:
            break
        prior.budget.runs -= 1
        start, end = run.atoms[0].start, run.atoms[-1].end
        hidden = masked(text, start, end) + [(a, b) for a, b in taken if a < end and b > start]
        around = Around(text, start, end)
        if (until := around.labelled(_after_numero(folded, start))) > start:
            hidden.append((start, until))
        for part in _without(run, hidden) if hidden else (run,):
            near = around if part is run else Around(text, part.atoms[0].start, part.atoms[-1].end)
            found += _read_run(folded, part, near, prior)
    return found


def _after_numero(folded: Folded, start: int) -> bool:
    """Say whether the sign № stands before the digits; the fold makes it the word `no`."""
    if folded.original.isascii():
        return False
    left = folded.span(start, start + 1)[0]
    return "№" in folded.original[max(0, left - 4) : left]


def _read_run(folded: Folded, run: Run, around: Around, prior: Prior) -> Read:
    text, start, end = folded.text, run.atoms[0].start, run.atoms[-1].end
    run.atoms[-1].ends = text[end : end + 1] in ENDS
    others = prior.others + _languages(run, prior)
    hints = Hints(prior.region, others, prior.field or around.cue, _odd(folded, run), around.ordered)
    if (one := whole_window(text, run, hints)) is not None:
        shorter = _before_unit(text, run, hints) if len(run.atoms) > 1 else None
        return [shorter or (run, one)]
    hidden = units(text, start, end)
    parts = _without(run, hidden) if hidden else (run,)
    return [read for part in parts for read in _windows_of(text, part, hints, prior)]


def _windows_of(text: str, run: Run, hints: Hints, prior: Prior) -> Read:
    """Return the best windows of a run, then those of what is left between and behind them."""
    if (alike := _alike_parts(text, run, hints)) is not None:
        return alike
    windows = best_windows(text, run, hints, prior.budget)
    read = [(run, window) for window in windows]
    taken = [(run.atoms[w.first].start, run.atoms[w.last].end) for w in windows]
    if windows and len(run.atoms) > sum(w.last - w.first + 1 for w in windows):
        for rest in _without(run, taken):
            read += _windows_of(text, rest, hints, prior)
        read.sort(key=lambda one: one[0].atoms[one[1].first].start)
    return read


def _alike_parts(text: str, run: Run, hints: Hints) -> Read | None:
    """Return the numbers of a run of two to four that are grouped alike (`512 739 316 512 389 745`), else None."""
    sizes = [len(a.digits) for a in run.atoms]
    for parts in (2, 3, 4):
        length, rest = divmod(len(sizes), parts)
        if rest or sizes != sizes[:length] * parts or not 9 <= sum(sizes[:length]) <= 12:
            continue
        rows = [Run(run.atoms[i : i + length]) for i in range(0, len(sizes), length)]
        read = [(row, window) for row in rows if (window := whole_window(text, row, hints, ENOUGH)) is not None]
        if len(read) == parts:
            return read
    return None


def _before_unit(text: str, run: Run, hints: Hints) -> tuple[Run, Window] | None:
    """Return the number without its last group where that is an amount (`… 1234 14 euro`) and the rest is complete."""
    last, end = run.atoms[-1], run.atoms[-1].end
    amount = last.kind == DIGITS and len(last.digits) <= 6 and last.gap.isspace() and units(text, last.start, end)
    if not amount or amount[0][0] != last.start:
        return None
    rest = Run(run.atoms[:-1], (run.letters[0], False))
    window = whole_window(text, rest, hints)
    return (rest, window) if window is not None and window.reading is not None else None


def total(read: Read) -> int:
    """Return how much the numbers of a span say together."""
    return sum((window.score - 30) * len(window.digits) for _, window in read)


def clearest(text: str, plain: Read, other: Read) -> Read:
    """Return the reading with signs as separators where they stand between all groups, else the one that says more."""
    apart = [_gap_texts(text, run, window) for run, window in plain]
    complete = is_complete(plain) or all(len(gaps) > 5 for gaps in apart)
    if plain and complete and all(len(gaps) > 1 and len(set(gaps)) == 1 and gaps[0].strip() for gaps in apart):
        return plain
    return max(plain, other, key=total)


def _gap_texts(text: str, run: Run, window: Window) -> list[str]:
    return [text[a.end : b.start] for a, b in pairwise(run.atoms[window.first : window.last + 1])]


def _without(run: Run, hidden: list[tuple[int, int]]) -> Iterator[Run]:
    """Yield what is left of a run without the hidden stretches; each of them cuts it in two."""
    part: list[Atom] = []
    for atom in run.atoms:
        if any(a < atom.end and atom.start < b for a, b in hidden):
            if part:
                yield from trimmed(Run(part))
            part = []
        else:
            part.append(atom)
    if part:
        yield from trimmed(Run(part))


def _languages(run: Run, prior: Prior) -> tuple[tuple[str, str], ...]:
    words = [a.word.languages for a in run.atoms if a.word and a.word.languages]
    shared = [k for k in words[0] if all(k in row for row in words)] if words else []
    regions = [_LANGUAGE_REGIONS[k] for k in [*shared, prior.language] if k in _LANGUAGE_REGIONS]
    return tuple(dict.fromkeys((r, "language") for r in regions)) if len(set(regions)) == 1 else ()


def _odd(folded: Folded, run: Run) -> bool:
    """Say whether the run is written as nobody writes a figure: in words, digit by digit, in other digits or signs."""
    atoms = run.atoms
    if sum(a.kind == WORD for a in atoms) >= 3 or sum(len(a.digits) == 1 for a in atoms) >= 6:
        return True
    start, end = folded.span(atoms[0].start, atoms[-1].end)
    raw = folded.original[start:end]
    if not raw.isascii():
        return any((c.isnumeric() and not c.isascii()) or c in "\u20e3\u200b\u200c\u200d\u2060\u00ad" for c in raw) or (
            len(atoms) >= 4
        )
    if sum(a.kind == GUESS for a in atoms) >= 2 and len(atoms) >= 3:
        return True
    if len(atoms) >= 5 and len({a.gap for a in atoms[1:]}) == 1 and len(atoms[1].gap) > 0:
        return True
    signs = {c for c in raw if not c.isalnum()} - _PLAIN
    return bool(signs) and len(atoms) >= 3
