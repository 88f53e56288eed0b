"""A number of which one part ends the title and the other stands in the body: `… 0770 …` and `call … 0900 123`.

Only where neither part is a number alone and both together are one of a length that callers in its region know. Where
no sign says that the title goes on, the body must begin with the rest, or a word or sign that invites to call must
stand before it (`Tel. 8325`); the advert then shows no whole number, and no figures are named as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product

from felinar.extract.contract import Context, Found
from felinar.extract.phone import find
from felinar.extract.phone_around import CALL_SIGNS, Around, is_amount, is_invited
from felinar.extract.phone_display import display_form, region_of
from felinar.extract.phone_plans import POSSIBLE, Reading, plan_of
from felinar.extract.phone_readings import Hints, read_digits
from felinar.ids import canonical_json
from felinar.kernels.fold import Folded

# The fold writes an ellipsis as three dots.
_OPEN_END = re.compile(r"([+\d][\d ./()*_~\-]{2,24}?)\s*(?P<open>\.{2,}|[-–>→~_/|]+)?\s*$")
_GOES_ON = re.compile(r"(?:\.{2,}|[>→~]|^)\s*(\d[\d ./()*_~\-]{2,18})")
_FIGURES = re.compile(rf"(?<![^\s:{CALL_SIGNS}])\d[\d ./()*_~\-]{{2,18}}")
_PIECE = re.compile(r"\S+")
_NOT_BEFORE, _NOT_AFTER = "€$£₹₽:.,/-#", "€$£₹₽%:"
_FEWEST, _MOST, _TRIED, _ENOUGH = 3, 9, 20, 38
_LAST, _BACK = 24, 40  # of a title's end: among so many characters there is a digit, so far back its number begins
_MANY = 6  # figures at the end of a title that are more than a price
_LOCAL = 7  # figures that North Americans dial without the area code
_YEAR = re.compile(r"(?:19|20)\d\d")
Span = tuple[int, int]
Pair = tuple[Span, Span, Reading]


def across(texts: Mapping[str, Folded], context: Context) -> Iterator[tuple[str, Found]]:
    """Yield (field, mention) of the number that a title begins and a body ends, at most one for an advert.

    `texts` has the folded `title` and `body`. The mention stands on the field that holds more of its digits; `evidence`
    names the field, the characters and the digits of the other part.
    """
    title, body = texts.get("title"), texts.get("body")
    if title is None or body is None or not any(c.isdigit() for c in title.text[-_LAST:]):
        return
    begun = _OPEN_END.search(title.text, max(0, len(title.text) - _BACK))
    if begun is None:
        return
    starts = [p for p in _ends_of(title.text, begun.span(1)) if not _taken(title, p, context)]
    is_open = bool(begun["open"])
    pair = _by_sign(title, body, starts, is_open, context) or _by_cue(title, body, starts, is_open, context)
    if pair is not None:
        first, second, reading = pair
        yield _mention(title, first, body, second, reading, context)


def _by_sign(title: Folded, body: Folded, starts: list[Span], is_open: bool, context: Context) -> Pair | None:
    """Return the first pair whose second part stands behind a sign that it goes on, or begins the body."""
    for ended in islice(_GOES_ON.finditer(body.text), _TRIED if starts else 0):
        shown = is_open or ended.start() < ended.start(1)
        for first, second in product(starts, _beginnings_of(body.text, ended.span(1))):
            begin, rest = title.text[slice(*first)], body.text[slice(*second)]
            reading = _together(begin, rest, context)
            if reading is None or not (shown or _goes_on(begin, rest, reading, context)):
                continue
            if not _taken(body, second, context):
                return first, second, reading
    return None


def _by_cue(title: Folded, body: Folded, starts: list[Span], is_open: bool, context: Context) -> Pair | None:
    """Return the first pair whose second part is given out as a number to call, in an advert without a whole one."""
    starts = [p for p in starts if not _is_named(title.text, p)]
    invited = (m.span() for m in _FIGURES.finditer(body.text) if is_invited(body.text, m.start())) if starts else ()
    for span in islice(invited, _TRIED):
        for first, second in product(starts, _beginnings_of(body.text, span)):
            if is_amount(body.text, second[1]) or _is_named(body.text, second):
                continue
            begin, rest = title.text[slice(*first)], body.text[slice(*second)]
            reading = _together(begin, rest, context)
            if reading is None or not (is_open or _goes_on(begin, rest, reading, context)):
                continue
            if not (reading.country_code == "1" and len(_digits(rest)) == _LOCAL):
                whole = any(True for text in (title, body) for _ in find(text, context))
                return None if whole else (first, second, reading)
    return None


def _is_named(text: str, span: Span) -> bool:
    """Say whether a word before these figures names them as something else."""
    return Around(text, *span).labelled(False) != span[0]


def _ends_of(text: str, span: Span) -> list[Span]:
    """Return the pieces that end with this stretch, longest first."""
    found = [(m.start(), span[1]) for m in _PIECE.finditer(text, *span)]
    return [p for p in found if _fits(text, p) and text[max(0, p[0] - 1) : p[0]] not in tuple(_NOT_BEFORE)]


def _beginnings_of(text: str, span: Span) -> list[Span]:
    """Return the pieces that begin with this stretch, longest first."""
    found = [(span[0], m.end()) for m in _PIECE.finditer(text, *span)][::-1]
    return [p for p in found if _fits(text, p) and text[p[1] : p[1] + 1] not in tuple(_NOT_AFTER)]


def _fits(text: str, span: Span) -> bool:
    digits = _digits(text[slice(*span)])
    return _FEWEST <= len(digits) <= _MOST and not _YEAR.fullmatch(digits)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _together(first: str, second: str, context: Context) -> Reading | None:
    region = context.country.upper() if plan_of(context.country.upper()) else ""
    plus = first.startswith("+")
    points, reading, source = read_digits(_digits(first + second), plus, Hints(region, (), True, True), 0)
    if reading is None or points < _ENOUGH or (region and source == "number" and not plus):
        return None
    return reading if reading.rank != POSSIBLE or reading.typical else None


def _goes_on(first: str, second: str, reading: Reading, context: Context) -> bool:
    """Say whether the figures that end a title are so clearly the beginning of this number that no sign need say so."""
    if first.startswith("+") or reading.trunk or len(_digits(first)) >= _MANY:
        return True
    plan = plan_of(context.country.upper())
    at_home = plan is not None and plan.country_code == reading.country_code
    return at_home and len(reading.national) < len(_digits(first + second))  # it begins with the country's code


def _taken(text: Folded, span: tuple[int, int], context: Context) -> bool:
    """Say whether a number of its own stands there."""
    start, end = text.span(*span)
    return any((f.start or 0) < end and start < (f.end or 0) for f in find(text, context))


def _mention(
    title: Folded, begun: tuple[int, int], body: Folded, ended: tuple[int, int], reading: Reading, context: Context
) -> tuple[str, Found]:
    parts = {"title": (title, begun), "body": (body, ended)}
    sizes = {name: len(_digits(text.text[slice(*span)])) for name, (text, span) in parts.items()}
    field, other = ("title", "body") if sizes["title"] > sizes["body"] else ("body", "title")
    (text, span), (far, far_span) = parts[field], parts[other]
    start, end = text.span(*span)
    left, right = far.span(*far_span)
    evidence: dict[str, object] = {
        "written": "split", "rests_on": reading.rank, "field": other, "start": left, "end": right,
        "digits": _digits(far.text[slice(*far_span)]),
    }  # fmt: skip
    region = region_of(reading.country_code, reading.national, context.country.upper())
    shown = display_form(reading.country_code, reading.national)
    return field, Found(start, end, reading.e164, shown, region, 70, True, canonical_json(evidence))
