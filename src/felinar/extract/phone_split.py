"""A number of which one part ends the title and the other stands in the body: `… 0770 …` and `call … 0900 123`.

Only where neither part is a number alone and both together are one of a length that callers in its region know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from felinar.extract.contract import Context, Found
from felinar.extract.phone import find
from felinar.extract.phone_around import Around
from felinar.extract.phone_display import display_form, region_of
from felinar.extract.phone_plans import POSSIBLE, Reading, plan_of
from felinar.extract.phone_readings import Hints, read_digits
from felinar.ids import canonical_json
from felinar.kernels.fold import Folded

_DIGITS = r"\d(?:[ ./()*_~\-]?\d){1,9}"
# The fold writes an ellipsis as three dots.
_OPEN_END = re.compile(rf"(?<![\d€$£₹₽:.,/-])(\+?\d?{_DIGITS})\s*(?P<open>\.{{2,}}|[-–>→~_/|]+)?\s*$")
_GOES_ON = re.compile(rf"(?:\.{{2,}}|[>→~]|^)\s*({_DIGITS})(?![\d€$£₹₽%:]|[.,/-]\d|\s?(?:€|\$|£|₹|eur|lei|min|h\b))")
_FEWEST, _MOST, _TRIED = 3, 9, 20
_YEAR = re.compile(r"(?:19|20)\d\d")


def across(texts: Mapping[str, Folded], context: Context) -> Iterator[tuple[str, Found]]:
    """Yield (field, mention) of the number that a title begins and a body ends, at most one for an advert.

    `texts` has the folded `title` and `body`. The mention stands on the field that holds more of its digits; `evidence`
    names the field, the characters and the digits of the other part.
    """
    title, body = texts.get("title"), texts.get("body")
    if title is None or body is None or not title.text[-24:] or not any(c.isdigit() for c in title.text[-24:]):
        return
    begun = _OPEN_END.search(title.text, max(0, len(title.text) - 40))
    if begun is None or _taken(title, begun.span(1), context):
        return
    for ended in islice(_GOES_ON.finditer(body.text), _TRIED):
        reading = _together(begun, ended, body.text, context)
        if reading is not None and not _taken(body, ended.span(1), context):
            yield _mention(title, begun.span(1), body, ended.span(1), reading, context)
            return


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _together(begun: re.Match[str], ended: re.Match[str], body: str, context: Context) -> Reading | None:
    first, second = _digits(begun[1]), _digits(ended[1])
    if not all(_FEWEST <= len(part) <= _MOST for part in (first, second)) or _YEAR.fullmatch(first):
        return None
    at_start = ended.start() == ended.start(1)
    if not begun["open"] and at_start:  # nothing says that the title goes on
        return None
    cue = Around(body, ended.start(), ended.end()).cue or bool(begun["open"])
    region = context.country.upper() if plan_of(context.country.upper()) else ""
    points, reading, _ = read_digits(first + second, begun[1].startswith("+"), Hints(region, (), cue, True), 0)
    if reading is None or points < 38 or (reading.rank == POSSIBLE and not reading.typical):
        return None
    return reading


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
