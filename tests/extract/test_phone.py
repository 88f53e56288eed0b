import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.phone import MOST_RUNS, PHONE
from felinar.extract.phone_prefilter import may_hold
from felinar.extract.phone_runs import runs
from felinar.kernels.fold import fold

SHARED = Path(os.environ.get("FELINAR_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "phones"


def found(text, country=""):
    return list(PHONE.find(fold(text), Context(country=country)))


def values(text, country=""):
    return [f.value for f in found(text, country)]


@pytest.mark.parametrize(("text", "expected"), PHONE.examples)
def test_reads_its_own_examples(text, expected):
    assert tuple(values(text)) == expected


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("GB", "call 0 double seven zero zero nine double zero one two three"),
        ("GB", "O77OO 9OO 123"),
        ("GB", "oh seven seven oh oh nine oh oh one two three"),
        ("GB", "+44 (0) 7700 900 123"),
        ("GB", "0044 7700 900123"),
        ("GB", "[07700][900][123]"),
        ("GB", "07700\n900\n123"),
        ("GB", "call 07700 dot 900 dot 123"),
        ("GB", "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣"),
        ("GB", "0\u200b7\u00ad7\u200b0\u200b0\u200b9\u200b0\u200b0\u200b1\u200b2\u200b3"),
        ("GB", "zerosevensevenzerozeroninezerozeroonetwothree"),
        ("GB", "0 7 7 🌸 0 0 9 🌸 0 0 🌸 1 2 3"),
        ("GB", "order 0004817263, 07700 900123 x 12"),
        ("", "plus four four seven seven zero zero nine zero zero one two three"),
        ("RO", "tel:+447700900123"),
        ("RO", "https://api.whatsapp.com/send?phone=447700900123"),
    ],
)
def test_reads_one_british_number_in_many_disguises(country, text):
    assert values(text, country) == ["+447700900123"]


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("FR", "zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", "+33639981234"),
        ("DE", "null eins sieben eins neununddreißig zwanzig null fünfundvierzig", "+491713920045"),
        ("US", "7one3-5five5-0one4two", "+17135550142"),
        ("US", "text 7I3 S5S Ol42", "+17135550142"),
        ("SE", "noll-sju-0-ett-sju-4-0-6-sju-tre", "+46701740673"),
        ("AU", "0491.57.0156", "+61491570156"),
    ],
)
def test_reads_each_country_as_it_speaks_and_writes(country, text, value):
    assert values(text, country) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "seven days, nine to five, two girls, four hands, one hour, ten years experience, three rooms",
        "£60 30min £100 1 hour £180 2 hours, open 10-22, 7 days",
        "Salary 700 800 900 1000 1100 1200 euro, 10 20 30 days",
        "IP 192.168.100.200 order #00048172635 total $12,345,678",
        "Born 12.03.1994, 14/02/2024 18:00-22:00",
        "51.507351, -0.127758",
        "call #PHONE_3f2a1b9c8d7e# now",
        "uuid 550e8400-e29b-41d4-a716-446655440000",
        "call #URL_22932ad710cc8bab5012d10e1dc768a71064c391fef21e0fced7701900123aa07700# to learn more",
        "salary 35000-75000, 17000-20000 a year, 2,500,000+ members",
        "$7135550142 or 7135550142%",
        "07700900@example.org",
        "",
    ],
)
@pytest.mark.parametrize("country", ["GB", "US", ""])
def test_reads_no_number_where_the_digits_are_something_else(text, country):
    assert values(text, country) == []


def test_tells_a_number_to_call_for_a_booking_from_the_number_of_a_booking():
    assert values("for booking 07700 900123", "GB") == ["+447700900123"]
    assert values("booking no 07700 900123", "GB") == []


@pytest.mark.parametrize("between", [" ", "/", ",", " or ", "\n"])
def test_reads_two_numbers_that_follow_each_other(between):
    assert values(f"07700900123{between}07700900124", "GB") == ["+447700900123", "+447700900124"]


def test_gives_the_original_characters_and_says_how_they_were_hidden():
    spoken = "Sunați: zero șapte 8 doi zero zero zero cinci șase șapte, mulțumesc"
    (one,) = found("Ring " + "０７７００ ９００１２３" + "!", "GB")
    assert (one.start, one.end, one.obscured) == (5, 17, True)
    assert json.loads(one.evidence)["written"] == "fullwidth"
    (romanian,) = found(spoken, "RO")
    assert spoken[romanian.start : romanian.end].startswith("zero") and romanian.value == "+40782000567"
    assert json.loads(romanian.evidence)["words"] == "ro"
    (plain,) = found("Ring 07700 900123", "GB")
    assert not plain.obscured
    assert plain.display == "+44 7700 900123"
    assert plain.region == "GB"


def test_leaves_the_region_open_when_nothing_tells_it():
    (one,) = found("mobile 07700 900123")
    assert (one.value, one.region) == ("07700900123", "")


def test_takes_the_region_from_another_number_of_the_advert():
    assert values("https://wa.me/447700900123 and 07700 900124") == ["+447700900123", "+447700900124"]


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("ES", "34 791 703 098", "+34791703098"),
        ("IT", "chiama 3 9 3 0 3 3 2 1 4 3 2 6 Prenota", "+393033214326"),
        ("RU", "8 665 917 89 36", "+76659178936"),
        ("RU", "8 6 6 5 3 9 8 8 1 8 9 / 8 6 6 0 7 8 9 8 2 7 2", "+76653988189"),
        ("GB", "44 1 1 4 4 9 6 0 4 7 2", "+441144960472"),
    ],
)
def test_reads_the_country_code_and_the_trunk_prefix_also_without_a_plus(country, text, value):
    assert values(text, country)[0] == value


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("IT", "https://wa.me/393046054802 24 ore", "+393046054802"),
        ("GB", "07700-900-123 60 €/min", "+447700900123"),
        ("IN", "call 59321 90166 35 minute", "+915932190166"),
        ("IN", "call 5 9 3 2 1 9 0 1 6 6 24 hours", "+915932190166"),
        ("RO", "sunați 0794 253 050 Un loc liber", "+40794253050"),
        ("DE", "０３０ zwei drei eins 2*5*1*3*2 Ein Zimmer", "+493023125132"),
    ],
)
def test_ends_a_number_where_it_ends_and_not_in_the_next_thing(country, text, value):
    assert values(text, country) == [value]


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("IT", "chiama 307 dopo 400 dopo 123 dopo 4", "+393074001234"),
        ("PT", "liga 940 a seguir 123 a seguir 456", "+351940123456"),
        ("US", "650 plus 555 plus 010 plus 0", "+16505550100"),
        ("RU", "звоните 866 затем 591 затем 789 затем 36", "+76659178936"),
    ],
)
def test_reads_groups_with_the_same_words_between_them_in_any_language(country, text, value):
    assert values(text, country) == [value]


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("GB", "call O13|496Оo74 now", "+441314960074"),
        ("DE", "WhatsApp 02214 7IОI|B heute", "+492214710118"),
        ("ES", "llama 7|7|1|99|62|68 hoy", "+34771996268"),
        ("RO", "tel 07979 I7B74 acum", "+40797917874"),
        ("GB", "oh wun foor one foor nyne sicks oh too too oh", "+441414960220"),
        ("ES", "７７１ nuebe sero siete 4*7*4", "+34771907474"),
        ("PT", "novequatroumum24trêstrêstrês", "+351941124333"),
    ],
)
def test_reads_look_alike_signs_misspelt_words_and_two_disguises_at_once(country, text, value):
    assert values(text, country) == [value]


@pytest.mark.parametrize("country", ["RO", "IT", "US", "IN", ""])
@pytest.mark.parametrize(
    "text",
    [
        "No. 0009503956",
        "ref 4817263540",
        "id 4476377626776",
        "№ 4652826112",
        "v16.2727",
        "EAN 5055471061061",
        "IBAN XX00 5658 957 5658 957 5658",
        "two or three people for one to four weeks, nine to five",
    ],
)
def test_reads_no_number_in_references_and_in_ordinary_speech(text, country):
    assert values(text, country) == []


PIECES = st.sampled_from(
    ["0", "7", "0770", "900", "+", "44", " ", "-", ".", "\n", "seven", "zéro", "trente", "und", "double", "o", "l", "x",
     "на", "сім", "\u200b", "7️⃣", "７", "wa.me/", "#", "@", "€", ":", "/", "call", "ﬃ", "İ", "प", "零"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["", "GB", "US", "RO", "ZZ", "nowhere"]))
def test_every_mention_lies_inside_the_text_and_none_overlap(text, country):
    last = 0
    for mention in sorted(found(text, country), key=lambda f: f.start):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.value.lstrip("+").isdigit()
        assert 0 <= mention.confidence <= 100
        last = mention.end


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_the_prefilter_never_drops_a_text_that_has_a_run(text):
    folded = fold(text)
    assert may_hold(folded.text) or not list(runs(folded))


@pytest.mark.parametrize("unit", ["7", "1 2 3 ", "seven ", "o0", "2024-01-02 ", "0770/", "tel:123 ", "ab12 ", "+44 "])
def test_a_hundred_thousand_characters_of_noise_hold_no_number(unit):
    assert values(unit * (100_000 // len(unit)), "GB") == []


def same_number(a, b):
    a, b = a.lstrip("+"), b.lstrip("+")
    return any(a[i:] == b[j:] for i in range(4) for j in range(4))


@pytest.mark.parametrize(("name", "least"), [("public_cases", 0.97), ("synthetic_cases", 0.98)])
def test_reads_the_shared_cases(name, least):
    path = SHARED / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the shared cases are not at {path}; set FELINAR_SHARED")
    right = wrong = missed = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        expected = list(case["expected"])
        for value in dict.fromkeys(values(case["text"], case["country"].replace("ZZ", ""))):
            match = next((e for e in expected if same_number(value, e)), None)
            if match is None:
                wrong += 1
            else:
                right += 1
                expected.remove(match)
        missed += len(expected)
    assert 2 * right / (2 * right + wrong + missed) >= least


def test_reads_no_more_runs_of_one_text_than_its_documented_most():
    text = "call 07700 900123 now " * (MOST_RUNS + 5)
    assert len(found(text, "GB")) == MOST_RUNS
