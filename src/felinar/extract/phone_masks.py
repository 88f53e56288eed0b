"""Digits that are something else: dates, times, prices, sizes, addresses of machines, ids, bank numbers, masked tokens.

Masks are looked for only around a run, so that a text without a candidate pays nothing.
"""

from __future__ import annotations

import re

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_UNITS = (
    r"€|\$|£|₹|₽|₴|zł|%|euros?|euro/\w+|eur|usd|gbp|lei|ron|kr|sek|nok|dkk|zl|pln|rub|руб\w*|р\.|грн|uah|inr|rs|aed|chf|tl|"
    r"try|ft|huf|dollars?|pounds?|rupees?|roses?|kgs?|km|cms?|mm|m2|sqm|lbs?|inch\w*|hours?|hrs?|hr|h|horas?|heures?|"
    r"stunden|ore|ora|uhr|mins?|minut\w*|days?|zile|jours?|tage|giorni|dias?|years?|yrs?|yo|ani|anos|ans|jahre|anni|лет|"
    r"am|pm|gb|mb|mph|people|persons?|rooms?"
)
_DATE = (
    rf"(?<![\d./-])(?:{_YEAR}([-/. ]){_MONTH}\1{_DAY}|{_DAY}([-/.]){_MONTH}\2(?:{_YEAR}|\d\d)"
    rf"|{_MONTH}([-/.]){_DAY}\3(?:{_YEAR}|\d\d)|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=\s+\d\d:))"
    r"(?!\d|[./-]\d\d?[./-]|[.-]\d)"
)
_PATTERNS = {
    "masked": r"#[a-z]+_[0-9a-z]+#?",
    "mail": r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,}",
    "url": r"(?:https?://|www\.)\S{1,400}",
    "date": _DATE,
    "time": r"(?<![\d:.])(?:[01]?\d|2[0-4])[:.h][0-5]\d(?::[0-5]\d)?"
    r"(?=\s*(?:-|–|to|a|bis|pm|am|h\b|uhr|до|$|[^\d\w:.]))(?![:.]\d)(?<!\.\d\d)",
    "clock": r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![:\d])",
    "machine": rf"(?<![\d.])(?:{_OCTET}\.){{3}}{_OCTET}(?![.\d]|[ -]\d)",
    "place": r"-?\b\d{1,3}\.\d{4,}\s*[,;]\s*-?\d{1,3}\.\d{4,}",
    "price": r"[$€£₹₽]\s?\d[\d.,]{0,20}",
    "unit": rf"(?<![\d])\d{{1,6}}(?:[.,]\d{{1,3}})?\s?(?:{_UNITS})(?![\w])|(?<!\d)\d{{1,20}}\s?[%€£₹$](?!\d)",
    "thousands": r"(?<![\d,])[1-9]\d{0,2}(?:,\d{3}){0,2},\d00(?![\d,])",
    "size": r"(?<![\dx])(?<!\d[^\w])\d{1,4}\s?x\s?\d{1,4}(?:\s?x\s?\d{1,4})?(?![\dx])",
    "iban": r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){3,7}(?:[ -]?[a-z0-9]{1,3})?(?![a-z0-9])",
    "card": r"(?<!\d)\d{4}([ -])\d{4}\4\d{4}\4\d{4}(?!\d)",
    "hex": r"(?<![a-z0-9])(?=(?:[0-9]{0,16}[a-f]){3})(?=[a-f]{0,16}[0-9])[0-9a-f]{8,64}(?:-[0-9a-f]{4,12}){0,4}"
    r"(?![a-z0-9])",
    # `for booking 0770…` is a number to call, `booking no 0770…` is not
    "label": r"\b(?:(?:ref(?:erence|erenz)?|invoice|iban|ean|isbn|bar ?code|sku|license|licence|licenta|cui|nip|siret|"
    r"siren|vat|zip|plz|kvk|inn|инн|огрн|bsb|acct|konto|passport|pasaport|serial|imei|tracking|cif|nipc|заказ|"
    r"zamowienie)\b(?:\s?(?:no|nr|id|number|code|num)\b)?|(?:order|booking|case|item|article|account|auftrag|"
    r"bestellung|commande|pedido|comanda)\s?(?:no\b|nr\b|id\b|number\b|code\b|ref\b|#|№))"
    r"[ .:#№]{0,4}\d[\d -]{0,40}\d",
}
_ALWAYS = re.compile(
    "|".join(
        _PATTERNS[k]
        for k in ("date", "time", "clock", "machine", "place", "price", "unit", "thousands", "size", "card")
    )
)
_LABEL = re.compile(_PATTERNS["label"])
_IF = (
    (re.compile(r"@"), re.compile(_PATTERNS["mail"])),
    (re.compile(r"://|www\."), re.compile(_PATTERNS["url"])),
    (re.compile(r"#[a-z]"), re.compile(_PATTERNS["masked"])),
    (re.compile(r"[a-z]\d|\d[a-z]"), re.compile(_PATTERNS["iban"])),
    (re.compile(r"[a-f]\d|\d[a-f]"), re.compile(_PATTERNS["hex"])),
)
_NEAR = 24
# A masked token or an address can be longer than a run: look as far as they may reach.
_FAR = 160


def masked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches between start and end (folded characters) that hold something else than a phone."""
    found = [m.span() for m in _ALWAYS.finditer(text, max(0, start - 3), min(len(text), end + 12))]
    found += [m.span() for m in _LABEL.finditer(text, max(0, start - _NEAR), end)]
    left, right = max(0, start - _FAR), min(len(text), end + _FAR)
    for sign, pattern in _IF:
        if sign.search(text, left, right):
            found += [m.span() for m in pattern.finditer(text, left, right)]
    return [(a, b) for a, b in found if b > start and a < end]
