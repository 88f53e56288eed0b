"""Towns, natively: the twin of `place.find`. What stands in place fields recurs: the plain reader reads it once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.extract import place as plainly
from felinar.extract import place_around, place_words
from felinar.extract.evidence import evidence
from felinar.extract.name import names
from felinar.extract.native.page import Page
from felinar.extract.native.place_choose import Rules, choose
from felinar.extract.native.place_field import read_repeated
from felinar.extract.native.place_hits import COLUMNS, Around, find_spellings, look_around
from felinar.extract.native.place_lists import join_neighbours, keep_standing
from felinar.extract.native.readings import FIELDS, About, Readings
from felinar.extract.native.rows import joined, readings_of
from felinar.extract.native.signs import Signs
from felinar.extract.native.table import word_table
from felinar.extract.native.towns import country_codes, town_names, towns
from felinar.extract.native.words import words_of
from felinar.extract.place_choice import HOMES
from felinar.extract.place_codes import COUNTRIES, STATES
from felinar.kernels.compile import Kernel

_LIST = "list"  # the cue of a town that stands beside another one


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the towns in these texts; none is declined."""
    stated = about.field[texts] == FIELDS.index("place_text")
    parts = []
    if not stated.all():
        parts.append(_in_texts(page, texts[~stated], about, plain))
    if stated.any():
        parts.append(read_repeated(plainly.PLACE, page, texts[stated], about, plain=plain))
    return joined(parts) if parts else readings_of([]), np.zeros(0, dtype=np.int32)


def _in_texts(page: Page, texts: NDArray[np.int32], about: About, plain: bool) -> Readings:
    text, start, end, town, cue, agrees, confidence = _rows(page, texts, about, plain).T.copy()
    at = pa.array(town)
    name, region = town_names().names.take(at), town_names().countries.take(at)
    opening = _openings().take(pa.array(2 * (cue + 1) + agrees))
    why = pc.binary_join_element_wise(opening, town_names().inhabitants.take(at), "}", "")
    obscured = np.zeros(len(text), dtype=np.bool_)
    return Readings(text, start, end, confidence, obscured, name, name, region, why)


def _rows(page: Page, texts: NDArray[np.int32], about: About, plain: bool) -> NDArray[np.int32]:
    """Return (text, start, end, town, cue or -1, whether the country agrees, confidence) of every town."""
    words = words_of(page, plain=plain)[0]
    room = int((words.to[texts] - words.from_[texts]).sum())
    rows = np.empty((room, COLUMNS), dtype=np.int32)
    known, found, laws = _about(about), towns(), rules()
    pair, wanted = np.zeros(2, dtype=np.int64), np.zeros(4, dtype=np.int64)
    n = _run(find_spellings, plain)(page, texts, words, found, rows, np.zeros(1, dtype=np.uint64), pair)
    n = _run(look_around, plain)(page, around(), known, rows, n, pair)
    _run(choose, plain)(page, found, around(), laws, known, words.shouting, rows, n, wanted)
    joint = np.zeros(place_around._LONGEST_JOINT, dtype=np.uint32)
    _run(join_neighbours, plain)(page, found, laws, known, around().cues, rows, n, joint, wanted)
    kept = np.empty((n, 7), dtype=np.int32)
    return kept[: _run(keep_standing, plain)(page.place, found.population, rows, n, kept)]


def _run(loop: Kernel[..., Any], plain: bool) -> Callable[..., Any]:
    return loop.plain if plain else loop


@lru_cache(maxsize=1)
def _cues() -> tuple[str, ...]:
    """Return the words that speak for a town, in the order of their numbers."""
    return tuple(sorted(place_words.CUES | place_words.AFTER_HINDI))


@lru_cache(maxsize=1)
def around() -> Around:
    """Return the lists of words of the plain reader as arrays; the order of the sets is that of the bits."""
    sets = (
        place_words.CUES, place_words.WEAK, place_words.AFTER_HINDI, place_words.PARTICLES, place_words.STREETS,
        frozenset((place_words._VIA,)), place_words.TITLES, place_words.BRANDS, place_words.WARES, place_words.AFTER,
        place_words.INTRODUCE, frozenset(names()), place_words.NO_ENGLISH_CUES,
    )  # fmt: skip
    words = (*_cues(), *sorted(frozenset().union(*sets) - frozenset(_cues())))
    bits = np.array([sum(1 << i for i, many in enumerate(sets) if word in many) for word in words], dtype=np.uint16)
    return Around(word_table(words), bits, len(_cues()))


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return the codes, joints, endings and signs of the plain reader as arrays."""
    states, codes = np.full(26 * 26, -1, dtype=np.int16), np.zeros(26 * 26, dtype=np.bool_)
    states[country_codes(tuple(STATES))] = country_codes(tuple(STATES.values()))
    codes[country_codes((*COUNTRIES, *STATES, "UK"))] = True
    joints = sorted(place_around.JOINTS)
    weak = np.array([joint in place_around.WEAK_JOINTS for joint in joints], dtype=np.bool_)
    endings = word_table(sorted(plainly._ADJECTIVES))
    opens, closes, heads = map(_letters, (place_around._OPENS, place_around._CLOSES, place_around._HEADS))
    return Rules(codes, states, word_table(joints), weak, endings, int(endings.letters.min()), opens, closes, heads)


def _letters(signs: frozenset[str]) -> NDArray[np.uint32]:
    return np.array(sorted(map(ord, "".join(signs))), dtype=np.uint32)


def _about(about: About) -> NDArray[np.int32]:
    """Return for every text what the columns COUNTRY to ENGLISH of `native/place_hits.py` say."""
    country = country_codes(about.countries)
    home = country_codes([HOMES.get(language, "") for language in about.languages])
    spoken = np.stack([home, *([one == code for one in about.languages] for code in ("hi", "it", "en"))], axis=1)
    return np.column_stack([country[about.country], spoken[about.language]]).astype(np.int32)


@lru_cache(maxsize=1)
def _openings() -> pa.Array:
    """Return the evidence up to the number of inhabitants, for every cue or none, each without and with the country."""
    found = []
    for cue in ("", *_cues(), _LIST):
        for agrees in ("", "agrees"):
            found.append(evidence(("inhabitants", 0), ("cue", cue), ("country", agrees)).removesuffix("0}"))
    return pa.array(found, pa.string())
