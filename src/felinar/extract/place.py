"""Places: towns of the gazetteer as `City, CC`. Many towns are called like an ordinary word or a first name, so

- in the place field a town counts as it stands;
- elsewhere it begins with a capital; a large town counts alone, a small one if the country agrees or a cue stands
  before it ("in", "din", "bei"), one that is also a word or a first name only with a cue;
- of several towns of one name the one in the advert's country counts, then the largest;
- where the country is known, a town elsewhere needs a cue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.evidence import evidence
from felinar.extract.gazetteer import Gazetteer, Place, load
from felinar.extract.name import names
from felinar.extract.place_codes import LIST, STATES, codes_of
from felinar.extract.words import WORD, Word, all_words, capitalised, folded, is_shouting, word_before, word_set
from felinar.kernels.fold import Folded, fold

_LARGE = 100_000
_LONGEST = 4  # words
_CUES = word_set(
    "in|from|near|at|to|around|visiting|central|downtown|din|în|in|la|lângă|langa|en|cerca|desde|a|de|aus|"
    "nach|nahe|bei|em|no|perto|à|au|dans|près|pres|depuis|da|di|vicino|presso|в|во|из|под|г|город|городе|"
    "возле|में|से|पास|mein|se|paas|im|raum|bis|zona|zone|oraș|oras|ciudad|città|citta|cidade|ville|stadt|"
    "city|town"
)
# Where a language is at home: of those countries the gazetteer knows the small towns too.
_HOMES = {
    "en": "GB", "es": "ES", "pt": "PT", "fr": "FR", "de": "DE", "it": "IT", "ro": "RO", "ru": "RU", "uk": "UA",
    "hi": "IN", "pl": "PL", "nl": "NL", "bg": "BG", "hu": "HU", "cs": "CZ", "sv": "SE",
}  # fmt: skip
_HOME_COUNTS = 3
# These stand before any word; for a town that is also a word they say nothing.
_WEAK_CUES = frozenset(("a", "de", "la", "to", "at", "da", "di", "en", "no", "au", "bis", "se", "स"))
_NEXT = re.compile(rf"(?: - |\. |[ \-'’])({WORD})")
_SEPARATORS = re.compile(r"[\s'’`\-.,/()]+")
_NEXT_COUNTRY = re.compile(r"[,\s(]{1,3}([a-z]{2})(?![\w])")


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the towns with their country as region; the evidence names the inhabitants and what decided."""
    if context.field == "place_text":
        yield from stated(text, context)
        return
    candidates = capitalised(text)
    if not candidates:
        return
    gazetteer, shouting, done = load(), is_shouting(text, candidates), 0
    forms, beginnings, words = gazetteer.forms, gazetteer.beginnings, ordinary()
    for word in candidates:
        form, start, end = word
        if start < done or not (form in forms or form in beginnings):
            continue
        if form in beginnings:
            form, end = longest(gazetteer, text, word)
        if not form:
            continue
        before = word_before(text, start)
        cue = before if before in _CUES else ""
        if not cue and form in words:
            continue
        after = _NEXT_COUNTRY.match(text.text, end)
        place, agrees = chosen(form, after[1].upper() if after else "", context.country)
        first, last = text.span(start, end)
        is_word = form in words or last - first < 4
        if _stands(place, agrees, is_word, cue, shouting, context.country):
            done = end
            sure = 85 if cue and (agrees or place.population >= _LARGE) else 75 if agrees else 60
            yield _found((first, last), place, 60 if is_word else sure, cue, agrees)


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
        yield _found((first, last), place, 60 if unsure else 95, "", agrees)


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


def _found(span: tuple[int, int], place: Place, sure: int, cue: str, agrees: bool) -> Found:
    why = evidence(("inhabitants", place.population), ("cue", cue), ("country", "agrees" if agrees else ""))
    return Found(*span, place.name, place.name, place.country, sure, evidence=why)


def form_of(name: str) -> str:
    """Return the folded words of a name, parted by single blanks, as the gazetteer spells its forms."""
    return _SEPARATORS.sub(" ", folded(name)).strip()


@lru_cache(maxsize=16_384)
def chosen(form: str, after: str, country: str) -> tuple[Place, bool]:
    """Return the town of this spelling in the country (or state) named after it, else in the advert's country.

    Else the largest; the second value says whether the country agrees.
    """
    candidates = load().of_form(form)
    own = next((p for p in candidates if form_of(p.name[:-4]) == form), candidates[0])
    if own.population * 10 >= candidates[0].population:  # Zaragoza is also called Tijuana's; but Roma is Rome
        candidates = [own, *(p for p in candidates if p is not own)]
    for wanted in (after, "GB" if after == "UK" else "", STATES.get(after, ""), country):
        for place in candidates:
            if wanted and place.country == wanted:
                return place, True
    return candidates[0], False


def _stands(place: Place, agrees: bool, is_word: bool, cue: str, shouting: bool, country: str) -> bool:
    if is_word:
        return bool(cue) and cue not in _WEAK_CUES and (agrees or place.population >= _LARGE)
    if place.population >= _LARGE and (agrees or not country):
        return True
    if shouting:
        return agrees and bool(cue)
    return agrees or (bool(cue) and place.population >= 5_000)


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """Return the words that are no place unless a cue says so: common words, first names, words of the lexicon."""
    from felinar.extract.lexicon import load as load_lexicon

    phrases = (p for c in load_lexicon().concepts.values() for many in c.phrases.values() for p in many)
    of_phrases = {
        word
        for phrase in phrases
        for word, start, _ in all_words(fold(phrase))
        if not phrase[start : start + 1].isupper()
    }
    content = resources.files("felinar.extract").joinpath("data/ordinary_words.txt").read_text(encoding="utf-8")
    listed = (word for line in content.splitlines() if line[:1] != "#" for word in line.split())
    return frozenset(of_phrases | set(map(folded, listed)) | set(names()))


@lru_cache(maxsize=4096)
def country_of(place_text: str, language: str = "") -> str:
    """Return the country of the code, or of the first town, in a text that states a place; else the empty string.

    Of towns of one name the largest counts, but one at home in the language of the advert as three times as large:
    Valencia in a Spanish advert is Spain's, though Venezuela's is twice its size.
    """
    code = codes_of(place_text[:LIST]).country
    if code:
        return code
    found, home = _first_town(place_text, ""), _HOMES.get(language, "")
    at_home = _first_town(place_text, home) if found and home else None
    if found and at_home and (at_home.start, at_home.region) == (found.start, home):
        return home if _HOME_COUNTS * _inhabitants(at_home) >= _inhabitants(found) else found.region
    return found.region if found else ""


def _first_town(place_text: str, country: str) -> Found | None:
    return next(stated(fold(place_text), Context("place_text", country)), None)


def _inhabitants(found: Found) -> int:
    return int(json.loads(found.evidence)["inhabitants"])


PLACE = Extractor(
    "place",
    kind="place",
    version=3,
    find=find,
    examples=(
        ("New in Leeds, also Manchester", ("Leeds, GB", "Manchester, GB")),
        ("Masaj în București sau Cluj-Napoca", ("Bucharest, RO", "Cluj-Napoca, RO")),
        ("работа в Москва, Кишинёв", ("Moscow, RU", "Chisinau, MD")),
        ("दिल्ली में", ("Delhi, IN",)),
        ("Reading skills, Nice bar, Service of the house", ()),
        ("We moved from Reading", ("Reading, GB",)),
        ("Sofia is here", ()),
        ("a flat in Sofia", ("Sofia, BG",)),
    ),
)
