"""Which town a spelling means: the longest spelling that begins at a word, and of its towns the one that fits."""

from __future__ import annotations

import re
from functools import lru_cache

from felinar.extract.gazetteer import Gazetteer, Place, load
from felinar.extract.place_codes import STATES
from felinar.extract.words import WORD, Word, folded
from felinar.kernels.fold import Folded

_LONGEST = 5  # words
_NEXT = re.compile(rf"(?: - |\. | \(|[ \-'’])({WORD})")
_SEPARATORS = re.compile(r"[\s'’`\-.,/()]+")
# Where a language is at home: of those countries the gazetteer knows the small towns too.
HOMES = {
    "en": "GB", "es": "ES", "pt": "PT", "fr": "FR", "de": "DE", "it": "IT", "ro": "RO", "ru": "RU", "uk": "UA",
    "hi": "IN", "pl": "PL", "nl": "NL", "bg": "BG", "hu": "HU", "cs": "CZ", "sv": "SE",
}  # fmt: skip
HOME_COUNTS = 3  # a town at home counts as this many times as large
# A town whose own name is the spelling counts as this many times as large: as ten, but as five beside one of nearly
# that name. Cancun is Mexico's, though Changchun is also spelt so; but Odessa is Odesa, and San Sebastian Donostia's.
NAMED_COUNTS, NAMED_COUNTS_NEAR = 10, 5


def longest(gazetteer: Gazetteer, text: Folded, word: Word) -> tuple[str, int]:
    """Return the longest spelling of a town that begins with this word, and its end; empty if there is none."""
    best, (form, _, end) = ("", 0), word
    if form in gazetteer.forms:
        best = form, end
    for _ in range(_LONGEST - 1):
        after = _NEXT.match(text.text, end) if form in gazetteer.beginnings else None
        if after is None:
            break
        form, end = f"{form} {after[1]}", after.end()
        if form in gazetteer.forms:
            best = form, end
    return best


def form_of(name: str) -> str:
    """Return the folded words of a name, parted by single blanks, as the gazetteer spells its forms."""
    return _SEPARATORS.sub(" ", folded(name)).strip()


def is_near(form: str, name: str) -> bool:
    """Say whether a name has the words of a form among its own, or is the form with one letter more or less."""
    if f" {form} " in f" {name} ":
        return True
    short, long = sorted((form, name), key=len)
    return len(long) == len(short) + 1 and any(long[:k] + long[k + 1 :] == short for k in range(len(long)))


@lru_cache(maxsize=16_384)
def chosen(form: str, after: str, country: str, home: str = "") -> tuple[Place, bool]:
    """Return the town of this spelling in the country (or state) named after it, else in the advert's country.

    Else the largest, where one in the `home` of the language counts as three times as large. The second value says
    whether the country agrees.
    """
    candidates = load().of_form(form)
    own = next((p for p in candidates if form_of(p.name[:-4]) == form), candidates[0])
    counts = NAMED_COUNTS_NEAR if is_near(form, form_of(candidates[0].name[:-4])) else NAMED_COUNTS
    if own.population * counts >= candidates[0].population:  # Zaragoza is also called Tijuana's; but Roma is Rome
        candidates = [own, *(p for p in candidates if p is not own)]
    for wanted in (after, "GB" if after == "UK" else "", STATES.get(after, ""), country):
        for place in candidates:
            if wanted and place.country == wanted:
                return place, True
    at_home = next((p for p in candidates if p.country == home), candidates[0])
    return at_home if HOME_COUNTS * at_home.population >= candidates[0].population else candidates[0], False
