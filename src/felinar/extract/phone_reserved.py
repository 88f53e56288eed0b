"""Numbers reserved for fiction: libphonenumber calls most of them invalid, we accept them like any other.

National significant numbers (no trunk prefix), as published by Ofcom (GB), NANPA (US, CA), Arcep (FR),
Bundesnetzagentur (DE), PTS (SE), ACMA (AU) and ComReg (IE). Demo data and tests use no others.
"""

from __future__ import annotations

import re

_AU_MOBILES = (
    "006 110 156 157 158 159 313 737 1266 1491 1804 2549 2665 2983 3770 3087 4118 4632 5254 5789 6398 6801 7426 7644 "
    "8957 8148 8888 9212 9760 9455"
)
_AU = "|".join("49157" + (tail if len(tail) == 4 else "0" + tail) for tail in _AU_MOBILES.split())

RESERVED = {
    "GB": r"7700900\d{3}|(?:113|114|115|116|117|118|121|131|141|151|161)4960\d{3}|1632960\d{3}|1914980\d{3}"
    r"|2079460\d{3}|2896496\d{3}|2920180\d{3}|8081570\d{3}|9098790\d{3}|3069990\d{3}",
    "US": r"[2-9]\d\d55501\d\d",
    "CA": r"[2-9]\d\d55501\d\d",
    "FR": r"19900\d{4}|2619[1]\d{4}|35301\d{4}|46571\d{4}|53649\d{4}|63998\d{4}",
    "DE": r"17139200\d\d|15228817386|15228895456|15254599371|1729925904|1749091317|3023125\d{3}|6990009\d{3}"
    r"|4066969\d{3}|2214710\d{3}|8999998\d{3}",
    "SE": r"7017406(?:0[5-9]|[1-9]\d)|313900(?:6\d\d)|406280(?:4\d\d)|8465004\d\d|9803192\d\d",
    "AU": rf"{_AU}|[2378](?:5550|7010)\d{{4}}|180097570[7-9]|180097571[01]",
    "IE": r"2091\d{4,5}",
}
_COMPILED = {region: re.compile(pattern) for region, pattern in RESERVED.items()}


def is_reserved(region: str, national: str) -> bool:
    """Say whether this national significant number is kept for fiction in this region."""
    pattern = _COMPILED.get(region)
    return pattern is not None and pattern.fullmatch(national) is not None
