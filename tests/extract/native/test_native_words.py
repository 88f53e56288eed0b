"""Names, places and languages: the native readers beside the plain ones."""

import importlib
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract import EXTRACTORS, language, place_around, place_words
from felinar.extract import name as names
from felinar.extract.contract import Context
from felinar.extract.gazetteer import load
from felinar.extract.native import lid, lid_loops, place_field, town_loops, towns
from felinar.extract.native.name import TITLED
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.readings import about_of
from felinar.extract.native.signs import signs_of
from felinar.extract.native.vocabulary import vocabulary
from felinar.extract.native.words import words_of
from felinar.extract.place_choice import form_of, is_near
from felinar.extract.words import all_words, capitalised, is_shouting
from felinar.kernels.fold import fold

KINDS = ("name", "place", "language")
BIG = [line.partition("\t")[0][:-4] for line in load().places[:3000]]
PIECES = (
    BIG,
    [line.partition("\t")[0][:-4] for line in load().places[3000::97]],
    sorted(load().beginnings)[::97],
    sorted(names.names()),
    list(names._ENDINGS),
    sorted(language.small_words()),
    sorted(place_words.CUES | place_words.WEAK | place_words.NO_ENGLISH_CUES | place_words.AFTER_HINDI),
    sorted(place_words.BRANDS | place_words.TITLES | place_words.STREETS | place_words.PARTICLES | {"via"}),
    sorted(place_words.WARES | place_words.AFTER | place_words.INTRODUCE | place_words.REGIONS),
    sorted(place_around.JOINTS),
    [
        "GB",
        "UK",
        "US",
        "TX",
        "IL",
        "DE",
        "ON",
        "XX",
        "gb",
        "IN",
        "7",
        "+44",
        "é",
        "Ω",
        "ﬁne",
        "İstanbul",
        "ǅep",
        "ß",
        "½",
        "x_y",
        "ab1",
        "क",
        "ﷺ",
        "áb",
        "\u200bAb",
        "Mr.",
        "राज",
        "मधु",
    ],
)
GAPS = [
    *[" "] * 24,
    *[
        ", ",
        "-",
        " - ",
        ". ",
        ".",
        "\n",
        "\xa0",
        "  ",
        "\u200b",
        "(",
        " (",
        ") ",
        ": ",
        " / ",
        "’",
        "'",
        " • ",
        "",
        "_",
        "\xad",
        " – ",
        "\t",
    ],
]
SHAPES = (str, str, str.title, str.lower, str.upper, lambda w: w[:1].upper() + w[1:])
COUNTRIES, LANGUAGES = ("", "", "GB", "US", "RO", "IN", "XX", "gb"), ("", "en", "es", "hi", "it", "ro", "xx")


@st.composite
def texts(draw):
    whole = draw(st.sampled_from((None, None, None, str.lower, str.upper)))
    words = []
    for _ in range(draw(st.integers(0, 16))):
        word = draw(st.sampled_from(SHAPES))(draw(st.sampled_from(draw(st.sampled_from(PIECES)))))
        words += [whole(word) if whole else word, draw(st.sampled_from(GAPS))]
    return "".join(words)


CONTEXT = st.builds(
    lambda field, country, spoken: Context(field, country, "", spoken),
    st.sampled_from(("title", "body")),
    st.sampled_from(COUNTRIES),
    st.sampled_from(LANGUAGES),
)
CELLS = st.lists(st.tuples(st.one_of(texts(), st.text(max_size=20)), CONTEXT), max_size=4)


def native(kind, cells, plain=False):
    page = page_of_texts([text for text, _ in cells], plain=plain)
    wanted = np.flatnonzero(np.diff(page.at) > 0).astype(np.int32)
    read = importlib.import_module(f"felinar.extract.native.{kind}").read
    found, declined = read(page, wanted, about_of([c for _, c in cells]), signs_of(page, plain=plain), plain=plain)
    columns = [column.tolist() if isinstance(column, np.ndarray) else column.to_pylist() for column in found]
    return list(zip(*columns, strict=True)), declined.tolist()


def plainly(kind, cells):
    """The same rows from the plain reader."""
    find = importlib.import_module(f"felinar.extract.{kind}").find
    rows = []
    for number, (text, context) in enumerate(cells):
        folded = fold(text)
        for f in find(folded, context) if folded.text else ():
            start, end = (-1, -1) if f.start is None else (f.start, f.end)
            shown = f.display or f.value
            rows.append((number, start, end, f.confidence, f.obscured, f.value, shown, f.region, f.evidence))
    return rows


def encodable(text):
    return not any("\ud800" <= c <= "\udfff" for c in text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_native_reader_reads_what_the_plain_one_reads(kind):
    @settings(max_examples=120, deadline=None)
    @given(CELLS)
    def same(cells):
        cells = [(text, context) for text, context in cells if encodable(text)]
        assert native(kind, cells) == (plainly(kind, cells), [])

    same()


@pytest.mark.parametrize("kind", KINDS)
def test_without_numba_the_loops_read_the_same(kind):
    @settings(max_examples=12, deadline=None)
    @given(CELLS)
    def same(cells):
        cells = [(text, context) for text, context in cells if encodable(text)]
        assert native(kind, cells, plain=True) == (plainly(kind, cells), [])

    same()


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_all_extractors_are_read_alike(kind):
    examples = [text for e in EXTRACTORS for text, _ in e.examples]
    cells = [
        (text, Context(field, country, "", spoken))
        for text in [*examples, " ".join(examples), "\n".join(examples).lower(), "\n".join(examples).upper()]
        for field, country, spoken in (
            ("title", "", ""),
            ("body", "GB", "en"),
            ("body", "", "it"),
            ("body", "IN", "hi"),
        )
    ]
    found, declined = native(kind, cells)
    assert found == plainly(kind, cells)
    assert len(found) > 20
    assert declined == []


FIELD = st.sampled_from(("", "Leeds", "Leeds", "US, IL, Chicago", "Toronto, ON", "Paris, TX", "Odessa", "Bath", "ﺍﻟ"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(FIELD, FIELD, texts(), st.text(max_size=20)).filter(encodable),
            st.builds(
                lambda field, country, spoken: Context(field, country, "", spoken),
                st.sampled_from(("place_text", "place_text", "title")),
                st.sampled_from(COUNTRIES),
                st.sampled_from(LANGUAGES),
            ),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_place_fields_are_read_alike_new_or_met_before(cells, slowly):
    assert native("place", cells, plain=slowly) == (plainly("place", cells), [])


def test_values_that_come_again_and_again_are_read_alike(monkeypatch):
    monkeypatch.setattr(place_field, "_TOGETHER", 3)
    monkeypatch.setattr(place_field, "_MOST", 5)
    place_field._own.memories.clear()
    names = ["Leeds", "York", "Bath, GB", "Paris, TX", "nowhere", "Leeds " * 60, "Toronto, ON", "Graz"]
    cells = [(name, Context("place_text", country)) for name in names * 2 for country in ("", "GB")]
    try:
        assert native("place", cells) == native("place", cells) == (plainly("place", cells), [])
        assert native("place", cells[::-1]) == (plainly("place", cells[::-1]), [])
    finally:
        place_field._own.memories.clear()


def test_no_texts_have_no_readings():
    for kind in KINDS:
        assert native(kind, []) == ([], [])
        assert native(kind, [("", Context()), ("\u00ad", Context())]) == ([], [])


@settings(max_examples=100, deadline=None)
@given(st.one_of(texts(), st.text(max_size=30)).filter(encodable))
def test_the_capitalised_words_of_a_page_are_those_of_the_texts(text):
    page = page_of_texts(["Before", text, "after it"])
    found, folded = words_of(page)[0], fold(text)
    capitals = capitalised(folded)
    whispers = len(capitals) * 20 <= folded.text.count(" ") + 20
    every, picked = range(found.first[1], found.last[1]), found.picked[found.from_[1] : found.to[1]]
    every, spans = (
        [(int(found.start[k] - page.at[1]), int(found.end[k] - page.at[1])) for k in words] for words in (every, picked)
    )
    assert every == [(start, end) for _, start, end in all_words(folded)]
    assert spans == [(start, end) for _, start, end in (all_words(folded) if whispers else capitals)]
    assert bool(found.whispering[1]) == whispers
    assert bool(found.shouting[1]) == is_shouting(folded, capitals)


def test_another_page_has_other_words():
    first, second = page_of_texts(["Anna"]), page_of_texts(["anna and maria"])
    assert [words_of(page)[0].last[0] for page in (first, second, second, first)] == [1, 3, 3, 1]


@settings(max_examples=100, deadline=None)
@given(st.one_of(texts(), st.text(max_size=30)).filter(encodable))
def test_words_have_their_numbers_in_the_vocabulary(text):
    page = page_of_texts([text])
    found, content = words_of(page)[0], fold(text).text
    for word in range(found.last[0]):
        spelt = content[found.start[word] : found.end[word]]
        number = found.known[word]
        assert vocabulary()[number] == spelt if number >= 0 else spelt not in vocabulary()


def test_the_towns_are_those_of_the_plain_gazetteer():
    plain, found, texts = load(), towns.towns(), towns.town_names()
    letters = found.letters.tobytes().decode("utf-32-le")
    kinds = found.kind[: np.flatnonzero(found.kind)[-1] + 1]
    spellings = [letters[a:b] for a, b in zip(found.first[: len(kinds)], found.last[: len(kinds)], strict=True)]
    assert len(set(spellings)) == len(spellings)
    assert spellings[: len(plain.forms)] == list(plain.forms)
    for bit, words in (
        (town_loops.FORM, plain.forms),
        (town_loops.BEGINS, plain.beginnings),
        (town_loops.ORDINARY, place_words.ordinary()),
        (town_loops.NAMED, names.names()),
        (town_loops.REGION, place_words.REGIONS),
    ):
        assert {s for s, kind in zip(spellings, kinds, strict=True) if kind & bit} == set(words) & set(spellings)
    assert [
        f"{n}\t{p}" for n, p in zip(texts.names.to_pylist(), texts.inhabitants.to_pylist(), strict=True)
    ] == plain.places
    assert texts.countries.to_pylist() == [place[:-1].partition("\t")[0][-2:] for place in plain.places]


def test_the_town_of_that_very_name_is_asked_first():
    plain, found = load(), towns.towns()
    for number, form in list(enumerate(plain.forms))[::3]:
        candidates = plain.of_form(form)
        own = next((p for p in candidates if form_of(p.name[:-4]) == form), candidates[0])
        near = is_near(form, form_of(candidates[0].name[:-4]))
        first = own if own.population * (5 if near else 10) >= candidates[0].population else candidates[0]
        listed = [plain.places[k].partition("\t")[0] for k in found.town[found.at[number] : found.at[number + 1]]]
        assert listed == [first.name, *(p.name for p in candidates if p is not first)]


def test_letters_between_capital_and_small_are_listed():
    assert all(unicodedata.category(c) == "Lt" for c in TITLED)
    assert len(TITLED) == sum(unicodedata.category(chr(c)) == "Lt" for c in range(0x20000))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(texts(), st.text(max_size=60)).filter(encodable), min_size=1, max_size=8))
def test_the_model_says_what_the_library_says(lines):
    lines = [*(line.replace("\n", " ") for line in lines), "", "</s> the rest", "__label__en the", "a\0b\x0bc"]
    coded = [line.encode() for line in lines]
    at, text = np.cumsum([0, *map(len, coded)]), np.frombuffer(b"".join(coded), dtype=np.uint8)
    label, score = np.zeros(len(lines), dtype=np.int32), np.zeros(len(lines), dtype=np.float32)
    close = np.zeros(len(lines), dtype=np.bool_)
    model = lid.model()[0]
    lid_loops.predict(model, text, at, lid_loops.Room.of(model), label, score, close)
    for line, number, sure, near in zip(lines, label, score, close, strict=True):
        labels, scores = language._model().predict(line, k=1, threshold=0.0)
        if not near:
            assert labels == (f"__label__{lid.model()[1][number]}",)
            assert abs(scores[0] - sure) < 2e-6
