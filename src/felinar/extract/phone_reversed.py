"""Numbers written from the end to the beginning: read so only where the text says it (`backwards`, `наоборот`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from felinar.extract.phone_atoms import DIGITS, Atom, Run
from felinar.extract.phone_plans import POSSIBLE, Reading
from felinar.extract.phone_readings import Hints, read_digits
from felinar.extract.phone_runs import runs_in
from felinar.extract.phone_spans import spans
from felinar.kernels.fold import Folded, fold

_PHRASES = """
    backwards|backward|reversed|in reverse|reverse order|the reverse|right to left|from the right|back to front
    from the end|invers |invers:|invers,|invers.|invers)|de la coada la cap|de la dreapta|de la sfarsit|rasturnat
    al reves|del reves|de derecha|invertido|de atras|ao contrario|de tras para|da direita
    a l'envers|a l’envers|l envers|a rebours|de droite a|de la droite|a la inversa
    ruckwarts|rueckwarts|von hinten|umgekehrt|von rechts|verkehrt herum
    al contrario|a rovescio|al rovescio|all'indietro|all’indietro|invertito|da destra
    наоборот|задом наперед|справа налево|обратном порядке|с конца|перевернут
    навпаки|справа наліво|зворотному|з кінця|उल्टा|उलटा|उल्टे|उल्टी|पीछे से|दाएं से|peeche se| ulta | ulte | ulti |ulta number
    wspak|od tylu|od tyłu|od konca|odwrotnie|od prawej|achterstevoren|omgekeerd|van rechts|van achter
    tersten|sagdan sola|geriye dogru|pozpatku|obracene|od konce|zprava doleva|visszafele|forditva|jobbrol
    ανάποδα|από το τέλος|αντίστροφα|από δεξιά|наобратно|отзад напред|отдясно|بالعكس|معكوس|بالمقلوب|من اليمين
    baklanges|baglaens|takaperin|unatrag|unazad|naopako|obrnuto|pospatky
"""
CUES = tuple(dict.fromkeys(fold(p).text for line in _PHRASES.strip().splitlines() for p in line.strip().split("|")))
_REACH, _MOST, _SPARE = 60, 20, 3


def reversed_numbers(folded: Folded, region: str) -> Iterator[tuple[int, int, str, Reading | None, str, int]]:
    """Yield (start, end, digits, reading, where the region comes from, points) of runs near a cue, in folded places."""
    text = folded.text
    places = sorted(start for start, _ in cues_in(text))
    for run in islice(_runs_near(folded, places), _MOST):
        if (found := _turned(text, run, region)) is not None:
            yield found


def _runs_near(folded: Folded, places: list[int]) -> Iterator[Run]:
    """Yield the runs that have one of these places in reach."""
    for span in spans(folded.text):
        for run in runs_in(folded, span):
            following = bisect_left(places, run.atoms[0].start - _REACH)
            if following < len(places) and places[following] <= run.atoms[-1].end + _REACH:
                yield run


def cues_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a cue stands in a folded text; the order is that of CUES."""
    for cue in CUES:
        at = text.find(cue)
        while at >= 0:
            yield at, at + len(cue)
            at = text.find(cue, at + 1)


def _turned(text: str, run: Run, region: str) -> tuple[int, int, str, Reading | None, str, int] | None:
    """Return the best reading of a run from its end, up to three groups at either end left out, or None."""
    best = None
    last = len(run.atoms)
    for first in range(min(_SPARE, last - 1) + 1):
        for stop in range(last, max(first, last - 1 - _SPARE), -1):
            atoms = run.atoms[first:stop]
            digits = "".join(_backwards(atom) for atom in reversed(atoms))
            if not 7 <= len(digits) <= 15 or digits[:3] == "000":
                continue
            plus = text[atoms[-1].end : atoms[-1].end + 2].strip().startswith("+")
            points, reading, source = read_digits(digits, plus, Hints(region, (), True, True), 0)
            good = points >= 50 and (reading is None or reading.rank != POSSIBLE or (reading.typical and reading.trunk))
            points -= 10 * (first + last - stop)
            if good and (best is None or points > best[5]):
                best = (atoms[0].start, atoms[-1].end, digits, reading, source, points)
    return best


def _backwards(atom: Atom) -> str:
    return atom.digits[::-1] if atom.kind == DIGITS else atom.digits
