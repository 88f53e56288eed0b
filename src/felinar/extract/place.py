"""Places: towns of the gazetteer as `City, CC`. Many towns are called like an ordinary word or a first name, so

- in the place field a town counts as it stands;
- elsewhere it begins with a capital; a large town counts alone, a small one if the country agrees or a cue stands
  before it ("in", "din", "bei"), one that is also a word or a first name only with a cue;
- of several towns of one name the one in the advert's country counts, then the largest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.gazetteer import Gazetteer, Place, load
from felinar.extract.name import names
from felinar.extract.words import Word, all_words, alternatives, capitalised, folded, is_shouting, word_at, word_before
from felinar.ids import canonical_json
from felinar.kernels.fold import Folded, fold

_LARGE = 100_000
_LONGEST = 4  # words
_CUES = frozenset(
    alternatives(
        "in|from|near|at|to|around|visiting|central|downtown|din|în|in|la|lângă|langa|en|cerca|desde|a|de|aus|"
        "nach|nahe|bei|em|no|perto|à|au|dans|près|pres|depuis|da|di|vicino|presso|в|во|из|под|г|город|городе|"
        "возле|में|से|पास|mein|se|paas|im|raum|bis|zona|zone|oraș|oras|ciudad|città|citta|cidade|ville|stadt|"
        "city|town|"
    ).split("|")
)
# These stand before any word; for a town that is also a word they say nothing.
_WEAK_CUES = frozenset(("a", "de", "la", "to", "at", "da", "di", "en", "no", "au", "bis", "se", "से"))
_JOINT = re.compile(r"(?: - |\. |[ \-'’])(?=\w)")
_NEXT_COUNTRY = re.compile(r"[,\s(]{1,3}([a-z]{2})(?![\w])")


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the towns with their country as region; the evidence names the inhabitants and what decided."""
    stated = context.field == "place_text"
    candidates = all_words(text) if stated else capitalised(text)
    if not candidates:
        return
    gazetteer, shouting, done = load(), not stated and is_shouting(text, candidates), 0
    for word in candidates:
        if word.start < done:
            continue
        form, end = _longest(gazetteer, text, word)
        found = _place(text, context, form, (word.start, end), shouting) if form else None
        if found:
            done = end
            yield found


def _longest(gazetteer: Gazetteer, text: Folded, word: Word) -> tuple[str, int]:
    """Return the longest spelling of a town that begins with this word, and its end; empty if there is none."""
    best, form, end, follower = ("", 0), word.text, word.end, word
    for size in range(_LONGEST if form in gazetteer.first_words else 1):
        if size:
            joint = _JOINT.match(text.text, end)
            after = word_at(text, joint.end()) if joint else None
            if after is None:
                break
            follower = after
            form, end = f"{form} {follower.text}", follower.end
        if form in gazetteer.forms:
            best = form, end
    return best


def _place(text: Folded, context: Context, form: str, span: tuple[int, int], shouting: bool) -> Found | None:
    stated = context.field == "place_text"
    before = word_before(text, span[0])
    cue = before if before in _CUES else ""
    after = _NEXT_COUNTRY.match(text.text, span[1])
    place, agrees = _chosen(form, after[1].upper() if after else "", context.country)
    word = form in ordinary() or len(form) < 4
    if not stated and not _stands(place, agrees, word, cue, shouting):
        return None
    start, end = text.span(*span)
    sure = 95 if stated else 85 if cue and (agrees or place.population >= _LARGE) else 75 if agrees else 60
    evidence = {
        "inhabitants": place.population,
        **({"cue": cue} if cue else {}),
        **({"country": "agrees"} if agrees else {}),
    }
    return Found(
        start, end, place.name, place.name, place.country, 60 if word else sure, evidence=canonical_json(evidence)
    )


def _chosen(form: str, after: str, country: str) -> tuple[Place, bool]:
    """Return the town of this spelling in the country named after it, else in the advert's country, "
    "else the largest."""
    candidates = load().of_form(form)
    for wanted in (after, "GB" if after == "UK" else "", country):
        for place in candidates:
            if wanted and place.country == wanted:
                return place, True
    return candidates[0], False


def _stands(place: Place, agrees: bool, word: bool, cue: str, shouting: bool) -> bool:
    if word:
        return bool(cue) and cue not in _WEAK_CUES and (agrees or place.population >= _LARGE)
    if place.population >= _LARGE:
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
        word.text
        for phrase in phrases
        for word in all_words(fold(phrase))
        if not phrase[word.start : word.start + 1].isupper()
    }
    content = resources.files("felinar.extract").joinpath("data/ordinary_words.txt").read_text(encoding="utf-8")
    listed = (word for line in content.splitlines() if line[:1] != "#" for word in line.split())
    return frozenset(of_phrases | set(map(folded, listed)) | set(names()))


@lru_cache(maxsize=4096)
def country_of(place_text: str) -> str:
    """Return the country of the first town, or of the country code, in a text that states a place; else "
    "the empty string."""
    code = re.match(r"\s*([A-Z]{2})\s*,", place_text)
    if code:
        return code[1]
    found = next(iter(find(fold(place_text), Context("place_text"))), None)
    return found.region if found else ""


PLACE = Extractor(
    "place",
    kind="place",
    version=1,
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
