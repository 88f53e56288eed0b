"""Towns of a place field such as `US, IL, Chicago` or `Toronto, ON`, and the country that the field says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from felinar.extract.contract import Context, Found
from felinar.extract.evidence import evidence
from felinar.extract.gazetteer import Place, load
from felinar.extract.place_choice import HOME_COUNTS, HOMES, chosen, longest
from felinar.extract.place_codes import LIST, codes_of
from felinar.extract.place_words import ordinary
from felinar.extract.words import all_words
from felinar.kernels.fold import Folded, fold


def stated(text: Folded, context: Context) -> Iterator[Found]:
    """Return the towns of a place field; of `US, IL, Chicago` the codes say only where to look.

    A town outside the country that is known counts only where no code says the country and it is all of its part.
    """
    gazetteer, done = load(), 0
    codes = codes_of(text.original[:LIST])
    country = codes.country or context.country
    for word in all_words(text):
        first, last = text.span(word[1], word[2])
        if word[1] < done or codes.covers(first, last):
            continue
        form, end = longest(gazetteer, text, word)
        if not form:
            continue
        place, agrees = chosen(form, codes.after, country)
        last = text.span(word[1], end)[1]
        whole = codes.is_whole(first, last)
        if country and not agrees and (codes.country or not whole):
            continue
        done = end
        unsure = form in ordinary() or last - first < 4 or (country and not agrees)
        yield found_town((first, last), place, 60 if unsure else 95, "", agrees)


def found_town(span: tuple[int, int], place: Place, sure: int, cue: str, agrees: bool) -> Found:
    """Return the mention of a town, with what speaks for it."""
    why = evidence(("inhabitants", place.population), ("cue", cue), ("country", "agrees" if agrees else ""))
    return Found(*span, place.name, place.name, place.country, sure, evidence=why)


@lru_cache(maxsize=4096)
def country_of(place_text: str, language: str = "") -> str:
    """Return the country of the code, or of the first town, in a text that states a place; else the empty string.

    Of towns of one name the largest counts, but one at home in the language of the advert as three times as large:
    Valencia in a Spanish advert is Spain's, though Venezuela's is twice its size.
    """
    code = codes_of(place_text[:LIST]).country
    if code:
        return code
    found, home = _first_town(place_text, ""), HOMES.get(language, "")
    at_home = _first_town(place_text, home) if found and home else None
    if found and at_home and (at_home.start, at_home.region) == (found.start, home):
        return home if HOME_COUNTS * _inhabitants(at_home) >= _inhabitants(found) else found.region
    return found.region if found else ""


def _first_town(place_text: str, country: str) -> Found | None:
    return next(stated(fold(place_text), Context("place_text", country)), None)


def _inhabitants(found: Found) -> int:
    return int(json.loads(found.evidence)["inhabitants"])
