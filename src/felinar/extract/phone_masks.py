"""Digits that are something else: dates, times, prices, sizes, addresses of machines, ids, bank numbers, masked tokens.

Masks are looked for only around a run, and each only where a character that it cannot do without is present.
"""

from __future__ import annotations

import re

from felinar.extract.phone_vetoes import vetoed

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_UNITS = (
    r"€|\$|£|₹|₽|₴|zł|%|euros?|euro/\w+|eur|usd|gbp|lei|ron|kr|sek|nok|dkk|zl|pln|rub|руб\w*|р\.|грн|uah|inr|rs|aed|chf|tl|"
    r"try|ft|huf|dollars?|pounds?|rupees?|roses?|kgs?|km|cms?|mm|m2|sqm|lbs?|inch\w*|hours?|hrs?|hr|h|horas?|heures?|"
    r"stunden|ore|ora|uhr|mins?|minut\w*|days?|zile|jours?|tage|giorni|dias?|years?|yrs?|yo|ani|anos|ans|jahre|anni|лет|"
    r"am|pm|gb|mb|mph|people|persons?|rooms?|घट\S*|किलो|मिनट|мин\w*|час\w*|кг|км|मिनट|घंट\w*|км|см|"
    r"лв|лева|лей|леи|kc|korun|forint\w*|zlot\w*|гривень|гривн\w*|долл\w*|евро|євро|ευρω|lira|रुपये|रुपए|रु|درهم|ريال|جنيه|"
    r"دينار|يورو|دولار|uur|dagen|hodin|godz\w*|год|годин\w*|хв|лет|lat|dni|dnu|dakika|perc|ωρ\w*|"
    r"λεπτ\w*|дни|дней|ساع\S*|دقيق\S*|m²|sqft|ml|cl|kcal|kw|€/\w+|reais|czk|bgn|cad|aud|mxn|brl|cop|ars|clp|mad|sar|egp|"
    r"thb|php|idr|jpy|cny|krw|zar|ngn|kes|baht|pesos?|yen|yuan|rand|ريالا|دراهم|ρε|evro|evra|dinara?|kuna|denar\w*|lek[ea]?|"
    r"francs?|franken|fcfa|std|stunde|zimmer|personen|chambres?|habitacion\w*|personas?|semanas?|meses|camere|persoane|"
    r"saptaman\w*|комнат\w*|человек\w*|недел\w*|месяц\w*|кімнат\w*|pokoi|osob\w*|kamers?|personer|timmar|stanze|persone|"
    r"mesi|settiman\w*|quartos?|pessoas?|weeks?|months?|monate?|wochen?|mois|semaines?|bedrooms?|р|j/7|元|小时|分钟|円|時間|원|시간"
)
_DATE = (
    rf"(?<![\d./-])(?:{_YEAR}([-/.]){_MONTH}\1{_DAY}|{_DAY}([-/.]){_MONTH}\2(?:{_YEAR}|\d\d)"
    rf"|{_MONTH}([-/.]){_DAY}\3(?:{_YEAR}|\d\d)|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=\s+\d\d:))"
    r"(?!\d|[./-]\d\d?[./-]|[.-]\d)"
)
_MASKS: tuple[tuple[str, str], ...] = (
    ("-/.:", _DATE),
    (" ", rf"(?<![\d./-]){_YEAR} {_MONTH} {_DAY}(?!\d|[./-]\d\d?[./-]|[.-]\d)"),
    (
        ":.h",
        r"(?<![\d:.])(?:[01]?\d|2[0-4])[:.h][0-5]\d(?::[0-5]\d)?"
        r"(?=\s*(?:-|–|to|a|bis|pm|am|h\b|uhr|до|$|[^\d\w:.]))(?![:.]\d)(?<!\.\d\d)",
    ),
    (":", r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![:\d])"),
    (".", rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?![.\d]|[ -]\d)"),
    (".", r"-?\b\d{1,3}\.\d{4,}\s*[,;]\s*-?\d{1,3}\.\d{4,}"),
    # A sign right behind figures is theirs (`50€ 0171 …`), and no amount begins with 07.
    ("$€£₹₽", r"(?<!\d)(?:[$€£₹₽]|(?<!\d\s)[$€£₹₽]\s)(?!0\d)\d[\d.,]{0,20}"),
    (",", r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3}){0,2},\d00(?![\d,])"),
    ("x", r"(?<![\dx])(?<!\d[^\w])\d{1,4}\s?x\s?\d{1,4}(?:\s?x\s?\d{1,4})?(?![\dx])"),
    ("- ", r"(?<!\d)\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)"),
)
_NEAR = tuple((frozenset(signs), re.compile(pattern)) for signs, pattern in _MASKS)
# What one of these needs at least: most runs have none of it, and one search says so.
_SIGNS = re.compile(
    r"[0-9](?:[-/.][0-9]{1,2}[-/.][0-9]|\.[0-9]{1,3}\.[0-9]|[:.h][0-5][0-9]|\.[0-9]{4}|\s?x\s?[0-9]|,[0-9]00"
    r"|[0-9]{3}(?: [0-9]{1,2} [0-9]|[01][0-9][0-3][0-9]\s|[ -][0-9]{4}[ -][0-9]{4}))|[$€£₹₽]\s?[0-9]"
)
_UNIT = re.compile(rf"(?<![\d])\d{{1,6}}(?:[.,]\d{{1,3}})?\s?(?:{_UNITS})(?![\w])|(?<!\d)\d{{1,20}}\s?[%€£₹$](?!\d)")
# A masked token or an address can be longer than a run: these are looked for as far as they may reach.
_FAR = 160
_LONG = (
    ("@", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,}")),
    ("://", re.compile(r"(?:https?://|www\.)\S{1,400}")),
    ("www.", re.compile(r"(?:https?://|www\.)\S{1,400}")),
    ("#", re.compile(r"#[a-z]+_[0-9a-z]+#?")),
)
_ID_REACH = 48
_HEX = r"[0-9a-f]{4,12}"
_MIXED = re.compile(r"[a-z]\d|\d[a-z]")
_IDS = (
    re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){3,7}(?:[ -]?[a-z0-9]{1,3})?(?![a-z0-9])"),
    re.compile(rf"(?<![a-z0-9])(?=[0-9-]{{0,40}}[a-f]){_HEX}(?:-{_HEX}){{3,}}(?![a-z0-9])"),
    re.compile(
        r"(?<![a-z0-9])(?=(?:[0-9]{0,16}[a-f]){3})(?=[a-f]{0,16}[0-9])[0-9a-f]{8,64}(?:-[0-9a-f]{4,12}){0,4}(?![a-z0-9])"
    ),
)
# A long code of digits and letters with a hyphen or none, letters no look-alikes: `ab-2024x17`, `v16.2727`
_VERSION = re.compile(r"(?<![a-z0-9])v\d+(?:\.\d+)+")


def masked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between start and end (folded characters) that hold something else than a phone."""
    left, right = max(0, start - 3), min(len(text), end + 12)
    found: list[tuple[int, int]] = []
    if _SIGNS.search(text, left, right):
        present = set(text[left:right])
        found = [m.span() for signs, p in _NEAR if not signs.isdisjoint(present) for m in p.finditer(text, left, right)]
    left, right = max(0, start - _FAR), min(len(text), end + _FAR)
    for sign, pattern in _LONG:
        if text.find(sign, left, right) >= 0:
            found += [m.span() for m in pattern.finditer(text, left, right)]
    left, right = max(0, start - _ID_REACH), min(len(text), end + _ID_REACH)
    found += vetoed(text, left, right)
    if _MIXED.search(text, left, right):
        for pattern in (*_IDS, _VERSION):
            found += [m.span() for m in pattern.finditer(text, left, right)]
    return [(a, b) for a, b in found if b > start and a < end]


def units(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between start and end that are figures with a unit or a currency: `60 min`, `150 lei`."""
    found = [m.span() for m in _UNIT.finditer(text, max(0, start - 3), min(len(text), end + 12))]
    return [(a, b) for a, b in found if b > start and a < end]
