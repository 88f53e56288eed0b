"""The words around a town: those that speak for a place, and those that make its name a street, a person or a brand."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from felinar.extract.name import names
from felinar.extract.words import all_words, folded, word_set
from felinar.kernels.fold import fold

CUES = word_set(
    "in|from|near|at|to|around|visiting|central|downtown|between|until|towards|leaves|din|în|in|la|lângă|langa|spre|"
    "către|catre|pentru|en|cerca|desde|hasta|hacia|a|de|para|entre|aus|nach|nahe|bei|ab|über|em|no|perto|até|à|au|dans|"
    "près|pres|depuis|vers|pour|sur|jusqu|da|di|vicino|presso|per|verso|ad|в|во|из|под|до|для|через|около|под|г|город|"
    "городе|возле|у|зі|із|біля|за|में|से|पास|mein|se|paas|raum|bis|zona|zone|oraș|oras|ciudad|città|citta|cidade|ville|"
    "stadt|city|town"
)
# These stand before any word; for a town that is also a word they say little.
WEAK = word_set(
    "a|de|la|to|at|da|di|en|no|au|bis|se|para|pentru|per|pour|für|sur|ad|por|у|за|до|для|entre|between|until|à"
)
NO_ENGLISH_CUES = frozenset(("a", "no", "do", "per", "sur"))
# Hindi puts them after the town.
AFTER_HINDI = word_set("में|से|के|की|का|तक|पर|mein|se|ke|ki|ka|tak|me")
# Between a word below and the town: `rue de la Paix`.
PARTICLES = word_set("the|de|du|des|la|le|les|del|della|dei|di|da|do|dos|das|d|el|los|las|lui|of")
# What makes the next capitalised word a street, a station or a person.
STREETS = word_set(
    "rue|avenue|boulevard|bd|av|ave|quai|impasse|chemin|place|metro|viale|piazza|corso|vicolo|strada|calle|avenida|"
    "avda|plaza|paseo|ronda|carretera|rua|travessa|praca|alameda|str|bulevardul|bd|soseaua|piata|calea|aleea|strasse|"
    "allee|улица|ул|улице|проспект|просп|пр|площадь|площади|пл|переулок|шоссе|бульвар|бульваре|набережная|вулиця|вул"
)
_VIA = "via"  # a street in Italian, `by way of` elsewhere
TITLES = word_set(
    "mr|mrs|ms|miss|sir|madam|dr|prof|herr|frau|familie|family|monsieur|madame|mme|mademoiselle|mlle|senor|senora|"
    "sr|sra|don|dona|senorita|signor|signora|signorina|sig|domnul|doamna|domnisoara|dl|dna|senhor|senhora|familia|"
    "famille|famiglia|господин|госпожа|семья|श्री|श्रीमती"
)
# Right before a first name; "sono di Torino" is something else.
INTRODUCE = word_set("soy|sono|sou|suis|bin|am|numesc|llamo|chiamo|chamo|heisse|зовут")
BRANDS = word_set(
    "hotel|bar|restaurant|restaurante|ristorante|pizzeria|trattoria|cafe|club|pension|pensiunea|hostal|real|fc|ac|"
    "отель|кафе|ресторан"
)
# Wares that are called after a town, before it and after it.
_WARES = (
    "queso|jamon|jabon|vino|vin|vinho|queijo|presunto|savon|moutarde|nougat|fromage|branza|salam|cartofi|mere|telemea|"
    "aceto|prosciutto|formaggio|torta|pasteis"
)
WARES = word_set(_WARES)
AFTER = word_set(
    "road|rd|street|st|lane|avenue|ave|square|close|drive|crescent|terrace|hotel|museum|station|airport|strasse|allee|"
    "platz|weg|boots|shoes|sauce|pudding|cheese|carpets|carpet|blue|tower|bridge|रोड|मार्ग|गेट|चौक|united"
)
# Regions that are also towns elsewhere: a town only in the country that the advert is in.
REGIONS = word_set(
    "kent|essex|surrey|sussex|norfolk|suffolk|devon|cornwall|dorset|somerset|lancashire|yorkshire|cumbria|rutland|"
    "cambridgeshire|wiltshire|hampshire|berkshire|lombardia|toscana|sicilia|andalucia|galicia|cataluna|bretagne|"
    "normandie|bavaria|bayern|hessen|sachsen|england|scotland|wales|ireland|spain|france|romania|moldova|ukraine"
)


def is_street(word: str, language: str) -> bool:
    """Whether the word makes what follows it a street."""
    return word in STREETS or (word == _VIA and language == "it")


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
