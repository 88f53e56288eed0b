"""Telephone numbers, plain or disguised, in all languages of the lexicon: spans, runs, masks, windows, best set."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.phone_atoms import Run
from felinar.extract.phone_disguise import disguise
from felinar.extract.phone_display import display_form, region_of
from felinar.extract.phone_extensions import with_extension
from felinar.extract.phone_lines import clearest, read_span
from felinar.extract.phone_links import MARKS, links
from felinar.extract.phone_loose_links import loose_links
from felinar.extract.phone_plans import Reading, plan_of
from felinar.extract.phone_rare import is_rare, plainer
from felinar.extract.phone_readings import Budget, Prior
from felinar.extract.phone_reversed import reversed_numbers
from felinar.extract.phone_score import Window
from felinar.extract.phone_signs import has_signs, second_form
from felinar.extract.phone_spans import Span, spans
from felinar.extract.phone_vanity import vanity
from felinar.ids import canonical_json
from felinar.kernels.fold import Folded

# What lies behind the last of these runs in one text is not read (docs/extract-phone.md says so).
MOST_RUNS = 3000
# Nor are more parts of long runs tried as numbers, and no more foreign regions taken from one text.
MOST_WINDOWS, MOST_REGIONS = 30_000, 8


def find(folded: Folded, context: Context) -> Iterator[Found]:
    """Yield the telephone numbers of a text in order; a text without enough digits costs a few microseconds."""
    if context.field == "url":
        yield from _linked(folded, context)
    elif is_rare(folded.text):
        yield from _find_rare(folded, context)
    else:
        yield from _find(folded, context)


def _find_rare(folded: Folded, context: Context) -> Iterator[Found]:
    """Yield the numbers of a text with a rare way of writing, in order: what overlaps with a rarer form goes."""
    folded = plainer(folded)
    region = context.country.upper() if plan_of(context.country.upper()) else ""
    found = [
        _found(folded, start, end, reading, region, 95, {"written": written}, True)
        for written, read in (("link", loose_links(folded.text, region)), ("letters", vanity(folded, region)))
        for start, end, reading in read
    ]
    found += [_from_turned(folded, region, *turned) for turned in reversed_numbers(folded, region)]
    rare = list(found)
    for one in _find(folded, context):
        if not any((one.start or 0) < (f.end or 0) and (f.start or 0) < (one.end or 0) for f in rare):
            found.append(one)
    for one in sorted(found, key=lambda f: (f.start or 0, f.end or 0, f.value)):
        yield with_extension(folded.original, one)


def _from_turned(
    folded: Folded, hint: str, start: int, end: int, digits: str, reading: Reading | None, source: str, points: int
) -> Found:
    evidence = {"rests_on": reading.rank if reading else "length", "region_from": source, "written": "reversed"}
    if reading is not None:
        return _found(folded, start, end, reading, hint, min(points, 95), evidence, True)
    left, right = folded.span(start, end)
    return Found(left, right, digits, digits, "", min(points, 95), True, _as_text(*evidence.items()))


def _find(folded: Folded, context: Context) -> Iterator[Found]:
    text = folded.text
    stretches = list(islice(spans(text), MOST_RUNS))
    if not stretches:
        return
    region = context.country.upper() if plan_of(context.country.upper()) else ""
    taken = list(links(text, region))
    for start, end, reading in taken:
        yield _found(folded, start, end, reading, region, 99, {"written": "link"}, False)
    abroad = tuple(dict.fromkeys((r.region, "text") for _, _, r in taken))
    seen = [(a, b) for a, b, _ in taken]
    budget = Budget(MOST_RUNS, MOST_WINDOWS)
    if not region and "+" in text:
        abroad += _abroad(folded, stretches, seen, Prior("", abroad[:MOST_REGIONS], context.language, False, budget))
        budget = Budget(MOST_RUNS, MOST_WINDOWS)
    prior = Prior(region, abroad[:MOST_REGIONS], context.language, context.field == "contact_text", budget)
    other: Folded | None = None
    for span in stretches:
        read = read_span(folded, span, seen, prior)
        if has_signs(text, span):
            other = other or second_form(folded)
            read = clearest(text, read, read_span(other, span, seen, prior))
        for run, window in read:
            yield _from_window(folded, run, window, region)


def _linked(folded: Folded, context: Context) -> Iterator[Found]:
    """Yield the numbers of an address: only a link for calling or writing is made of one."""
    if any(mark in folded.text for mark in MARKS):
        region = context.country.upper() if plan_of(context.country.upper()) else ""
        for start, end, reading in links(folded.text, region):
            yield _found(folded, start, end, reading, region, 99, {"written": "link"}, False)


def _abroad(
    folded: Folded, stretches: list[Span], seen: list[tuple[int, int]], prior: Prior
) -> tuple[tuple[str, str], ...]:
    """Return the regions of the numbers that are written with a plus, in order."""
    found = []
    for span in stretches:
        if folded.text.find("+", max(0, span.start - 3), span.end) >= 0:
            read = read_span(folded, span, seen, prior)
            found += [w.reading.region for run, w in read if w.reading and run.atoms[w.first].plus]
    return tuple((region, "text") for region in dict.fromkeys(found))


def _from_window(folded: Folded, run: Run, window: Window, hint: str) -> Found:
    atoms = run.atoms[window.first : window.last + 1]
    start, end = folded.span(atoms[0].start, atoms[-1].end)
    why = disguise(folded.original[start:end], atoms)
    evidence = {"rests_on": window.rests_on, "region_from": window.region_from, **why}
    confidence = min(98, window.score)
    if window.reading is None:
        return Found(start, end, window.digits, window.digits, "", confidence, bool(why), _as_text(*evidence.items()))
    return _found(folded, atoms[0].start, atoms[-1].end, window.reading, hint, confidence, evidence, bool(why))


@lru_cache(maxsize=4096)
def _as_text(*evidence: tuple[str, str]) -> str:
    return canonical_json(dict(evidence))


def _found(
    folded: Folded, start: int, end: int, reading: Reading, hint: str, sure: int, evidence: dict[str, str], hidden: bool
) -> Found:
    left, right = folded.span(start, end)
    value = reading.e164
    return Found(
        left,
        right,
        value,
        display=display_form(reading.country_code, reading.national),
        region=region_of(reading.country_code, reading.national, hint),
        confidence=sure,
        obscured=hidden,
        evidence=_as_text(*evidence.items()),
    )


PHONE = Extractor(
    name="phone",
    kind="phone",
    version=4,
    find=find,
    examples=(
        ("Call +44 7700 900123 after six", ("+447700900123",)),
        ("whatsapp me: https://wa.me/447700900123", ("+447700900123",)),
        ("+33 six trois neuf neuf huit douze trente-quatre", ("+33639981234",)),
        ("plus four four seven7zero0 nine00 one2three", ("+447700900123",)),
        ("+44 77 poi 009 poi 00 poi 123", ("+447700900123",)),
        ("text ７１３ ５５５ 𝟬𝟭𝟰𝟮 or 713.555.0143", ("7135550142", "7135550143")),
        ("2 rooms, 45 euro, 10 to 18, 2024-01-15, ref 2024170015", ()),
        ("two or three people, four to five hours, seven days", ()),
    ),
)
