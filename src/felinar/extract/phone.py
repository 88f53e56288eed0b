"""Telephone numbers, plain or disguised, in all languages of the lexicon: spans, runs, masks, windows, best set."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.phone_atoms import Run
from felinar.extract.phone_disguise import NEAR, disguise
from felinar.extract.phone_lines import clearest, read_span
from felinar.extract.phone_links import MARKS, links
from felinar.extract.phone_marks import marks_of
from felinar.extract.phone_mention import mention_of, of_digits
from felinar.extract.phone_plans import plan_of
from felinar.extract.phone_rare import is_rare, plainer
from felinar.extract.phone_rare_ways import part_of, rare_numbers, together
from felinar.extract.phone_readings import Budget, Prior
from felinar.extract.phone_score import Window
from felinar.extract.phone_signs import has_signs, second_form
from felinar.extract.phone_spans import Span, spans
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
    """Yield the numbers of a text that may have a rare way of writing."""
    folded = plainer(folded)
    found, marks = list(_find(folded, context)), marks_of(folded.text)
    if not any(marks):
        yield from found
        return
    region = context.country.upper() if plan_of(context.country.upper()) else ""
    rare = list(rare_numbers(partial(part_of, folded), marks, len(folded.text), region))
    extended = [folded.span(start, end) for start, end in marks.extensions]
    yield from together(folded.original, found, rare, extended)


def _find(folded: Folded, context: Context) -> Iterator[Found]:
    text = folded.text
    stretches = list(islice(spans(text), MOST_RUNS))
    if not stretches:
        return
    region = context.country.upper() if plan_of(context.country.upper()) else ""
    taken = list(links(text, region))
    for start, end, reading in taken:
        yield mention_of(folded, start, end, reading, region, 99, {"written": "link"}, False)
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
            yield mention_of(folded, start, end, reading, region, 99, {"written": "link"}, False)


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
    left, right = atoms[0].start, atoms[-1].end
    start, end = folded.span(left, right)
    why = disguise(folded.original[start:end], atoms, folded.original[max(0, start - NEAR) : end + NEAR])
    evidence = {"rests_on": window.rests_on, "region_from": window.region_from, **why}
    confidence = min(98, window.score)
    if window.reading is None:
        return of_digits(folded, left, right, window.digits, confidence, evidence, bool(why))
    return mention_of(folded, left, right, window.reading, hint, confidence, evidence, bool(why))


PHONE = Extractor(
    name="phone",
    kind="phone",
    version=8,
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
