import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.phone import PHONE
from felinar.extract.phone_rare import RARE, RARE_GATE, is_rare, plainer
from felinar.kernels.fold import fold

PIECES = [
    *RARE,
    *"0123456789",
    " ",
    "\n",
    "+",
    "-",
    ".",
    "(",
    "/",
    "me/",
    "wa",
    "dot",
    "800",
    "1300",
    "flowers",
    "ext",
    "x",
    "tel%3a",
]


MANGLED = "à¤˜à¤‚à¤Ÿà¤¾ â‚¹1600, à¤¸à¤¬ à¤¶à¤¾à¤®à¤¿à¤² à¥¤ à¤•à¤¾à¤® à¤ à¥€à¤• à¤¹à¥‹à¤¤à¤¾ à¤¹à¥ˆ"


def found(text, country=""):
    return list(PHONE.find(fold(text), Context(country=country)))


def values(text, country=""):
    return [f.value for f in found(text, country)]


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("GB", "my number backwards: 321 009 00770", "+447700900123"),
        ("GB", "321-009-00770 (read it from the right)", "+447700900123"),
        ("GB", "three two one zero zero nine double zero seven seven zero reversed", "+447700900123"),
        ("", "321009007744+ reversed", "+447700900123"),
        ("FR", "à l'envers 43 21 89 93 60", "+33639981234"),
        ("FR", "à l’envers : 4321899360", "+33639981234"),
        ("DE", "rückwärts gelesen 54 00 293 1710", "+491713920045"),
        ("GB", "número al revés 32100900770", "+447700900123"),
        ("GB", "número ao contrário 32100900770", "+447700900123"),
        ("GB", "numero al contrario 32100900770", "+447700900123"),
        ("GB", "numărul scris invers 32100900770", "+447700900123"),
        ("GB", "номер наоборот 32100900770", "+447700900123"),
        ("GB", "номер навпаки 32100900770", "+447700900123"),
        ("GB", "नंबर उल्टा 32100900770", "+447700900123"),
        ("GB", "numer wspak 32100900770", "+447700900123"),
        ("GB", "nummer achterstevoren 32100900770", "+447700900123"),
    ],
)
def test_reads_a_number_from_its_end_where_the_text_says_so(country, text, value):
    (one,) = found(text, country)
    assert (one.value, one.obscured, json.loads(one.evidence)["written"]) == (value, True, "reversed")


@pytest.mark.parametrize("text", ["32100900770", "call 321 009 00770", "07700 900123, and not the reverse"])
def test_reads_no_number_from_its_end_without_a_word_that_says_so_or_where_it_is_one_forwards(text):
    assert "reversed" not in "".join(f.evidence for f in found(text, "GB"))
    assert "+447700900123" not in values(text, "GB") or text.startswith("07700")


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("US", "call 713-JKL-0142", "+17135550142"),
        ("CA", "604-JKL-0142 now", "+16045550142"),
        ("", "1-713-JKL-0142", "+17135550142"),
        ("GB", "0113-4960-ABC", "+441134960222"),
        ("US", "1-800-JKL-0142", "+18005550142"),
        ("GB", "01632-960-ABC", "+441632960222"),
        ("AU", "1800-WRK-707", "+611800975707"),
    ],
)
def test_reads_letters_as_the_digits_of_their_keys(country, text, value):
    (one,) = found(text, country)
    assert (one.value, one.obscured, json.loads(one.evidence)["written"]) == (value, True, "letters")


@pytest.mark.parametrize(
    "text",
    [
        "a 10-MINUTE walk, 24-HOUR desk",
        "1 800 EUROS per month",
        "1-800-a-day",
        "ROOM 101-GARDEN",
        "713-new-flat",
        "1300 euros",
    ],
)
@pytest.mark.parametrize("country", ["US", "GB", "AU", ""])
def test_reads_no_letters_as_digits_in_ordinary_words(text, country):
    assert values(text, country) == []


@pytest.mark.parametrize(
    ("country", "text", "value", "extension"),
    [
        ("GB", "07700 900123 x12", "+447700900123", "12"),
        ("GB", "07700 900123, ext. 45", "+447700900123", "45"),
        ("GB", "07700 900123 (extension 7)", "+447700900123", "7"),
        ("DE", "0171 3920045 Durchwahl 12", "+491713920045", "12"),
        ("FR", "06 39 98 12 34 poste 4", "+33639981234", "4"),
        ("GB", "07700 900123 int. 7", "+447700900123", "7"),
        ("GB", "07700 900123 anexo 31", "+447700900123", "31"),
        ("GB", "07700 900123 доб. 31", "+447700900123", "31"),
        ("GB", "07700 900123 wew. 31", "+447700900123", "31"),
        ("GB", "07700 900123 dahili 31", "+447700900123", "31"),
    ],
)
def test_leaves_the_extension_out_of_the_number_and_names_it(country, text, value, extension):
    (one,) = found(text, country)
    assert (one.value, json.loads(one.evidence)["extension"]) == (value, extension)
    assert not one.obscured and extension not in text[one.start : one.end].split()


def test_names_no_extension_where_none_follows():
    assert "extension" not in found("07700 900123 extra help", "GB")[0].evidence
    assert "extension" not in found("07700 900123 next 12 days", "GB")[0].evidence


@pytest.mark.parametrize(
    "text",
    [
        "wa . me / 44 7700 900123", "wa.me/44 7700 900123", "wa (dot) me / 447700900123", "wa punct me/447700900123",
        "wa[.]me/+447700900123", "t . me / +44 7700 900123", "t(dot)me/+447700900123", "tel%3A%2B447700900123",
        "tel%3A%2B44%207700%20900123", "send?phone%3D447700900123", "wa.me%2F447700900123",
    ],
)  # fmt: skip
def test_reads_links_that_are_written_apart_or_encoded(text):
    assert values(text) == ["+447700900123"]


@pytest.mark.parametrize("text", ["wa . me soon", "tell me / 07700 people", "t . me / 12", "wa.me/ask anna"])
def test_reads_no_links_in_ordinary_words(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("GB", "0➆➆00 9⓪⓪ ➀➁➂", "+447700900123"),
        ("GB", "⓿❼❼⓿⓿ ❾⓿⓿ ❶❷❸", "+447700900123"),
        ("GB", "🅾77🅾🅾 9🅾🅾 123", "+447700900123"),
        ("GB", "🄋❼❼🄋🄋 ❾🄌🄌 ❶❷❸", "+447700900123"),
        ("GB", "⓪⓻⓻⓪⓪⓽⓪⓪⓵⓶⓷", "+447700900123"),
        ("GB", "нуль сім сім нуль нуль дев'ять нуль нуль один два п'ять", "+447700900125"),
        ("GB", "нуль сім сім нуль нуль дев’ять нуль нуль один два пʼять", "+447700900125"),
        ("GB", "+4+4+7+7+0+0+9+0+0+1+2+3", "+447700900123"),
        ("GB", "077+009+001+23", "+447700900123"),
    ],
)
def test_reads_signs_apostrophes_and_plus_signs_between_digits(country, text, value):
    assert values(text, country) == [value]


def test_finds_the_original_characters_where_apostrophes_were_taken_out():
    text = "Дзвоніть: нуль сім сім нуль нуль дев'ять нуль нуль один два п'ять, дякую"
    (one,) = found(text, "GB")
    assert text[one.start : one.end] == "нуль сім сім нуль нуль дев'ять нуль нуль один два п'ять"


@pytest.mark.parametrize(
    "text", ["Call 07700 900123 today, 2 rooms, 90x200", "Дзвоніть 10-18, імʼя Анна", "wa.me/447700900123", "18+ only"]
)
def test_ordinary_texts_are_not_rare(text):
    assert not is_rare(fold(text).text)


@pytest.mark.parametrize(
    "rare", ["07700 900123 x12", "number backwards: 321 009 00770", "0113-4960-ABC", "wa . me / 44 7700 900123"]
)
@pytest.mark.parametrize("other", ["room 713 GARDEN 04", "tel: 07700 900456", "321 009 00770", "07700 900456 x"])
def test_a_rare_way_changes_nothing_far_away_in_the_same_text(rare, other):
    between = " massage in the old town" * 20
    alone = [(f.value, f.evidence) for f in [*found(rare, "GB"), *found(other, "GB")]]
    assert [(f.value, f.evidence) for f in found(f"{rare}{between}\n{other}", "GB")] == alone
    assert len(alone) == len(found(rare, "GB")) + len(found(other, "GB")) > 0


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_quick_answer_is_that_of_the_one_pattern(text):
    folded = fold(text)
    assert is_rare(folded.text) == bool(re.search(RARE_GATE, folded.text))
    plain = plainer(folded)
    assert len(plain.text) == len(plain.starts) == len(plain.ends)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(["", "GB", "US", "BR", "HU"]))
def test_whatever_is_written_every_number_has_its_place(text, country):
    for one in found(text, country):
        assert 0 <= one.start < one.end <= len(text)


def test_figures_of_mangled_words_and_fractions_are_no_digits():
    assert values(MANGLED, "IN") == []
    assert values(f"2½ {MANGLED} 07700 900123", "GB") == ["+447700900123"]
