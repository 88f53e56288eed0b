"""More digits that are no telephone numbers: coordinates, bar codes, cards, parcels, ranges, sizes, opening hours.

Asked only for the stretch around a run; `MAY` is one search that says whether any of the patterns can match there.
"""

from __future__ import annotations

import re

_DEGREES = r"(?:0|[1-9]\d?|1[0-7]\d)"
_DECIMALS = rf"(?<![\d.,])-?{_DEGREES}[.,]\d{{4,8}}\s?°?\s?[nsew]?"
_MINUTES = r"\d{1,3}\s?°\s?\d{1,2}(?:[.,]\d{1,6}|\s?['’′]\s?(?:\d{1,2}(?:[.,]\d{1,4})?)?)?"
_HOUR = r"(?:[01]?\d|2[0-4])"
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_WIDE, _WAIST = "(?:[789][0-9]|1[0-4][0-9])", "(?:[5-9][0-9]|1[0-2][0-9])"
_TOPS = "com|org|net|info|biz|io|ru|ua|ro|de|fr|es|it|pt|uk|eu|pl|nl|tr|cz|hu|gr|bg|in|example"
_PATTERNS = (
    rf"{_DECIMALS}(?:\s*[,;/|]\s*|\s+)(?:[a-z]{{1,9}}[:.]?\s?)?{_DECIMALS}(?!\d)",
    _MINUTES,
    r"(?<!\d)\d \d{6} \d{6}(?!\d)",  # a bar code as it is printed
    r"(?<!\d)3[47]\d\d([ -])\d{6}\1\d{5}(?!\d)",  # cards of fifteen digits
    rf"(?<![\d-])(?<!\d[ ./-]){_YEAR} ?[-–/] ?{_YEAR}(?![\d-])",
    rf"(?<!\d){_DAY} ?[-– ] ?{_DAY}(?!\d)",
    r"(?<!\d)[1-9]\d{0,2} \d00 ?[-–] ?[1-9]\d{0,2} \d00(?! ?\d)",
    rf"(?<![\d+])(?<!\d[ ./-]){_WIDE}([-/]){_WAIST}\1{_WIDE}(?![\d-])(?! \d\d[ -]\d\d)",
    rf"(?<![\d-]){_HOUR}-{_HOUR}(?:, ?{_HOUR}-{_HOUR})+(?![\d-])",
    r"(?<![a-z0-9])(?:1z[0-9a-z]{16}|[a-z]{2}\d{9}[a-z]{2}|[a-z]{4}\d{6}[0-9a-z]{3})(?![a-z0-9])",
    r"(?<![a-z0-9.@-])[a-z0-9-]{2,63}(?:\.[a-z0-9-]{2,63})?"
    rf"\.(?:{_TOPS})/\S{{1,400}}",
)
_COMPILED = tuple(re.compile(pattern) for pattern in _PATTERNS)
# What one of them needs at least, without looking back or ahead, so that any engine can search for it.
MAY = (
    r"[0-9][.,][0-9]{4,8}[^0-9.]{1,14}[0-9]{1,3}[.,][0-9]{4}|[0-9][ \t\n]?°|[0-9] [0-9]{6} [0-9]{5}"
    r"|3[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5}|(?:19|20)[0-9][0-9] ?[-–/] ?(?:19|20)[0-9][0-9]"
    r"|[0-9]00 ?[-–] ?[0-9]{1,3} [0-9]00|(?:19|20)[0-9]{6} ?[-– ] ?(?:19|20)[0-9]{6}"
    rf"|(?:^|[^0-9 ./+-]) ?{_WIDE}[-/]{_WAIST}[-/]{_WIDE}|[0-9]-[0-9]{{1,2}}, ?[0-9]{{1,2}}-[0-9]"
    rf"|(?:^|[^a-z0-9])(?:1z[0-9a-z]{{16}}|[a-z]{{2}}[0-9]{{9}}[a-z]{{2}}|[a-z]{{4}}[0-9]{{6}}[0-9a-z]{{3}})"
    rf"|\.(?:{_TOPS})/[^ ]*[0-9]{{3}}"
)
_may = re.compile(MAY).search


def vetoed(text: str, left: int, right: int) -> list[tuple[int, int]]:
    """Return the stretches of text[left:right] (folded characters) that are one of these, in no order."""
    if not _may(text, left, right):
        return []
    return [match.span() for pattern in _COMPILED for match in pattern.finditer(text, left, right)]
