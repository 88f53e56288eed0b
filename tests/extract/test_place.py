from collections import Counter
from pathlib import Path

import pytest

from felinar.extract.contract import Context
from felinar.extract.gazetteer import load
from felinar.extract.place import find
from felinar.kernels.fold import fold


def read_lines(name):
    content = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in content.splitlines() if not line.startswith("#")]


LINES, UNSEEN = read_lines("places.tsv"), read_lines("places_unseen.tsv")


def towns(text, country="", language="", field="body"):
    return [f.value for f in find(fold(text), Context(field, country, "", language))]


def precision_and_recall(lines):
    counts = Counter()
    for language, country, text, expected in lines:
        wanted, got = {e for e in expected.split(" | ") if e}, set(towns(text, country, language))
        counts.update(right=len(wanted & got), wrong=len(got - wanted), missed=len(wanted - got))
    return counts["right"] / (counts["right"] + counts["wrong"]), counts["right"] / (counts["right"] + counts["missed"])


@pytest.mark.parametrize("lines", [LINES, LINES[1::2], UNSEEN], ids=["all lines", "held out", "unseen"])
def test_towns_are_read_from_adverts_in_nine_languages(lines):
    precision, recall = precision_and_recall(lines)

    assert precision >= 0.95 and recall >= 0.9


def test_the_lines_are_many_and_a_fifth_of_them_name_no_town():
    assert len(LINES) >= 500 and sorted({line[0] for line in LINES}) == "de en es fr hi it pt ro ru".split()  # noqa: SIM905
    assert sum(not expected for *_, expected in LINES) >= len(LINES) / 5


def test_every_expected_town_is_one_of_the_gazetteer():
    known = {place.partition("\t")[0] for place in load().places}

    assert {e for *_, expected in [*LINES, *UNSEEN] for e in expected.split(" | ") if e} <= known


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("в Москве, Харькове и Кишинёве", "", ["Moscow, RU", "Kharkiv, UA", "Chisinau, MD"]),
        ("у Києві та Львові", "UA", ["Kyiv, UA", "Lviv, UA"]),
        ("Ростове-на-Дону", "RU", ["Rostov-on-Don, RU"]),
    ],
)
def test_russian_and_ukrainian_cases_are_read(text, country, expected):
    assert towns(text, country) == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Praca w Bielsku-Białej, dojazd z Zielonej Góry i Gorzowa Wielkopolskiego", "PL",
         ["Bielsko-Biala, PL", "Zielona Góra, PL", "Gorzów Wielkopolski, PL"]),
        ("w Łodzi, pod Warszawą, w Białymstoku", "PL", ["Łódź, PL", "Warsaw, PL", "Białystok, PL"]),
        ("v Praze a v Liberci", "CZ", ["Prague, CZ", "Liberec, CZ"]),
        ("v Košiciach, z Nitry", "SK", ["Košice, SK", "Nitra, SK"]),
        ("u Novom Sadu, iz Beograda", "RS", ["Novi Sad, RS", "Belgrade, RS"]),
        ("Klaipėdoje ir Vilniuje", "LT", ["Klaipėda, LT", "Vilnius, LT"]),
        ("Budapesten vagy Debrecenben", "HU", ["Budapest, HU", "Debrecen, HU"]),
        ("Woli Pan kawę, stoi kołem, koło Mostu", "PL", []),
    ],
)  # fmt: skip
def test_cases_of_names_in_latin_letters_are_read(text, country, expected):
    assert towns(text, country) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Köchin gesucht",
        "12 rue de Lyon",
        "Calle Toledo 3",
        "ул. Киевская",
        "London Road",
        "Mrs Preston",
        "Petra Erfurt ruft an",
    ],
)
def test_streets_surnames_and_cooks_are_no_towns(text):
    assert towns(text) == []


def test_a_list_gives_its_words_the_meaning_of_towns():
    assert towns("Bath, Bristol", "GB") == ["Bath, GB", "Bristol, GB"]
    assert towns("A Bath, soap", "GB", "en") == []
    assert towns("Timișoara și Arad") == ["Timişoara, RO", "Arad, RO"]


def test_a_code_after_a_town_says_its_country_and_a_small_word_does_not():
    assert towns("in Paris, TX") == ["Paris, US"]
    assert towns("in Hastings or Rye", "GB")[0] == "Hastings, GB"


def test_a_text_without_capitals_needs_a_cue():
    assert towns("massage in leeds and bradford", "GB") == ["Leeds, GB", "Bradford, GB"]
    assert towns("a nice leeds united shirt and no bath", "GB") == []
    assert towns("warszawa") == []


def test_the_language_and_the_neighbours_choose_among_towns_of_one_name():
    assert towns("Trabajo en Valencia", language="es") == ["Valencia, ES"]
    assert towns("Trabajo en Valencia", "VE", "es") == ["Valencia, VE"]
    assert towns("between Caracas and Valencia") == ["Caracas, VE", "Valencia, VE"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Odessa", "Odesa, UA"),
        ("in Zaragoza", "Zaragoza, ES"),
        ("in Roma", "Rome, IT"),
        ("in Cancun", "Cancún, MX"),
        ("in Islamabad", "Islamabad, PK"),
        ("in San Sebastian", "Donostia / San Sebastián, ES"),
        ("in Halle", "Halle (Saale), DE"),
    ],
)
def test_a_town_of_that_very_name_gives_way_to_a_far_larger_one(text, expected):
    assert towns(text) == [expected]


def test_the_country_that_is_known_chooses_the_smaller_town():
    assert towns("in Odessa", "US") == ["Odessa, US"]


def test_the_gazetteer_is_small_and_has_small_towns_of_all_europe():
    from importlib import resources

    counts = Counter(place.partition("\t")[0][-2:] for place in load().places)
    packed = resources.files("felinar.extract").joinpath("data/gazetteer.txt.gz")

    assert len(packed.read_bytes()) <= 5_000_000
    for country in (
        "GB",
        "IE",
        "UA",
        "MD",
        "RO",
        "BG",
        "RS",
        "BA",
        "HR",
        "MK",
        "AL",
        "XK",
        "SI",
        "GR",
        "TR",
        "BY",
        "RU",
    ):
        assert counts[country] >= 60
    for name in (
        "Cahul",
        "Struga",
        "Ungheni",
        "Fethiye",
        "Kotor",
        "Gjakovë",
        "Douglas",
        "Uman",
        "Velika Plana",
        "Rechytsa",
    ):
        assert towns(name, field="place_text") != []
