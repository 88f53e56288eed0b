"""Places: towns of the gazetteer as `City, CC`. Many towns are called like an ordinary word or a first name, so

- in the place field a town counts as it stands;
- elsewhere it begins with a capital (in a text without capitals a cue stands before it); a large town counts alone,
  a small one if the country agrees or a cue stands before it ("in", "din", "bei"), a word or first name with a cue;
- no streets, surnames, hotels or wares: "rue de Lyon", "Mr Preston", "Hotel Granada", "queso de Burgos";
- a town beside a town in a list ("Bath, Bristol or Frome") counts like one with a cue;
- of several towns of one name the one in the advert's country counts, then the largest;
- where the country is known, a town elsewhere needs a cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.gazetteer import load
from felinar.extract.place_around import is_other, is_part, joint
from felinar.extract.place_choice import HOMES, chosen, form_of, longest
from felinar.extract.place_codes import COUNTRIES, STATES
from felinar.extract.place_field import country_of, found_town, stated
from felinar.extract.place_town import LARGE, Town, join, stands_alone, stands_in_small_letters
from felinar.extract.place_words import AFTER_HINDI, CUES, NO_ENGLISH_CUES, ordinary
from felinar.extract.words import Word, all_words, before, capitalised, folded, is_shouting, word_after
from felinar.kernels.fold import Folded

__all__ = ["PLACE", "chosen", "country_of", "find", "form_of", "longest", "ordinary", "stated"]

_CODE = re.compile(r"[,\s(]{1,3}([A-Z]{2})\)?(?!\w)")
# Towns that are called like an adjective: Kievskiy, Dobroye.
_ADJECTIVES = tuple(map(folded, ("ский", "ская", "ское", "ские", "ого", "ому", "ским", "ской", "скую")))


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the towns with their country as region; the evidence names the inhabitants and what decided."""
    if context.field == "place_text":
        yield from stated(text, context)
        return
    candidates = capitalised(text)
    whispers = len(candidates) * 20 <= text.text.count(" ") + 20
    if not candidates and not whispers:
        return
    shouting = is_shouting(text, candidates)
    towns = list(_towns(text, all_words(text) if whispers else candidates, context, shouting, whispers))
    _neighbours(text, towns, context.country)
    for town in towns:
        if town.stands:
            sure = 85 if town.cue and (town.agrees or town.place.population >= LARGE) else 75 if town.agrees else 60
            span = text.span(town.start, town.end)
            yield found_town(span, town.place, 60 if town.is_word else sure, town.cue, town.agrees)


def _towns(text: Folded, words: list[Word], context: Context, shouting: bool, whispers: bool) -> Iterator[Town]:
    """Return the spellings of towns in their order, without those that are streets, persons, brands or wares."""
    gazetteer, done = load(), 0
    forms, beginnings = gazetteer.forms, gazetteer.beginnings
    for word in words:
        form, start, end = word
        if start < done or not (form in forms or form in beginnings):
            continue
        if form in beginnings:
            form, end = longest(gazetteer, text, word)
        if not form or (whispers and text.original[text.starts[start]].islower() and form in ordinary()):
            continue
        cue, at = before(text, start)
        if is_other(text, start, end, cue, at, context.language):
            done = end
            continue
        is_cue = cue in CUES and not (cue in NO_ENGLISH_CUES and context.language == "en")
        town = _town(text, form, start, end, cue if is_cue else "", context)
        done = end
        small = text.original[text.starts[start]].islower()
        home = "" if context.country else HOMES.get(context.language, "")
        town.stands = stands_alone(town, shouting, context.country, home)
        town.stands = town.stands and (not small or stands_in_small_letters(town, context.country))
        yield town


def _town(text: Folded, form: str, start: int, end: int, cue: str, context: Context) -> Town:
    """Return a spelling with the town that it most likely means and all that speaks for it."""
    first, last = text.span(start, end)
    code = _CODE.match(text.original, last)
    after = code[1] if code and (code[1] in COUNTRIES or code[1] in STATES or code[1] == "UK") else ""
    place, agrees = chosen(form, after, context.country, "" if context.country else HOMES.get(context.language, ""))
    coded = bool(after) and agrees and place.country in (after, STATES.get(after), "GB" if after == "UK" else "")
    if not cue and context.language == "hi" and word_after(text, end) in AFTER_HINDI:
        cue = word_after(text, end)
    is_short = last - first < 4 and place.population < LARGE
    is_word = form in ordinary() or is_short or form.endswith(_ADJECTIVES)
    return Town(form, start, end, place, agrees, coded, cue, is_word, is_part(text.original, first, last))


def _neighbours(text: Folded, towns: list[Town], country: str) -> None:
    """Let towns stand that are joined to one that stands: first from left to right, then from right to left."""
    pairs = list(pairwise(towns))
    for left, right in pairs:
        if left.stands and not right.stands:
            join(right, left, joint(text, left.end, right.start, left.coded), country)
    for left, right in reversed(pairs):
        if right.stands and not left.stands:
            join(left, right, joint(text, left.end, right.start, left.coded), country)


PLACE = Extractor(
    "place",
    kind="place",
    version=7,
    find=find,
    examples=(
        ("New in Leeds, also Manchester", ("Leeds, GB", "Manchester, GB")),
        ("Masaj în București sau Cluj-Napoca", ("Bucharest, RO", "Cluj-Napoca, RO")),
        ("работа в Москве, Кишинёв", ("Moscow, RU", "Chisinau, MD")),
        ("दिल्ली में", ("Delhi, IN",)),
        ("Reading skills, Nice bar, Service of the house", ()),
        ("We moved from Reading", ("Reading, GB",)),
        ("Sofia is here", ()),
        ("a flat in Sofia", ("Sofia, BG",)),
        ("Mr London, 5 rue de Lyon, Hotel Berlin", ()),
        ("jobs in leeds and bradford", ("Leeds, GB", "Bradford, GB")),
    ),
)
