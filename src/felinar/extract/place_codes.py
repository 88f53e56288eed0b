"""The codes in a place field such as `US, IL, Chicago` or `Toronto, ON`: they say where to look and are no towns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_US = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR"
    " PA RI SC SD TN TX UT VT VA WA WV WI WY PR"
)
_CANADA = "AB BC MB NB NL NS NT NU ON PE QC SK YT"
# State or province -> country.
STATES = {**dict.fromkeys(_US.split(), "US"), **dict.fromkeys(_CANADA.split(), "CA")}
# ISO 3166-1 alpha-2.
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY"
    " BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK"
    " FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR"
    " IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK"
    " ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM"
    " PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF"
    " TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_COUNTRIES.split())
LIST = 1_000  # characters of a place field in which codes are looked for
_PART = re.compile(r"[^,;|]+")
_CODE = re.compile(r"[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Codes:
    """What a list of place parts says: its country, the code at its end, the spans of codes and of all parts."""

    country: str
    after: str
    codes: tuple[tuple[int, int], ...]
    parts: tuple[tuple[int, int], ...]

    def covers(self, start: int, end: int) -> bool:
        """Whether these characters lie in a code."""
        return any(a <= start and end <= b for a, b in self.codes)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether these characters are all of one part."""
        return (start, end) in self.parts


@lru_cache(maxsize=4096)
def codes_of(place_text: str) -> Codes:
    """Return the codes of a list of parts; parts of two or three capitals are codes where there is another part.

    The country is the first part if that is a country's code, else the last (`Lyon, FR`, `Toronto, ON`); where a last
    code is that of a country and of a state (`Berlin, DE`, `Chicago, IL`) the town decides, so it is kept as `after`.
    """
    parts = [_trimmed(place_text, *m.span()) for m in _PART.finditer(place_text)]
    codes = [(a, b) for a, b in parts if _CODE.fullmatch(place_text, a, b)] if place_text.count(",") else []
    named = ["GB" if place_text[a:b] == "UK" else place_text[a:b] for a, b in codes]
    if not codes:
        return Codes("", "", (), tuple(parts))
    country = named[0] if codes[0] == parts[0] and named[0] in COUNTRIES else ""
    after = named[-1] if codes[-1] == parts[-1] and not country else ""
    if after and not (after in STATES and after in COUNTRIES):
        country = STATES.get(after) or (after if after in COUNTRIES else "")
    return Codes(country, after, tuple(codes), tuple(parts))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
