"""Texts that nobody would write to be read: every reader must survive them, with exact places and bounded work."""

import sys
from collections import Counter

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract import EXTRACTORS, extract
from felinar.extract.contract import Context
from felinar.kernels.fold import fold
from felinar.tables import ADVERTS

# Beginnings of everything that some reader looks for, and signs of other scripts.
PIECES = (
    *"0123456789 .,:;@/()[]{}<>+-_#&%$€£₹₽*|~'\"!?=\n\t\xa0\u200b\u0301\u202e\ufe0f\u20e3٧७７𝟕⑦ⅷßﷺİΣОЅаеоकािन",
    "07700 900123", "+44", "oh seven ", "zwei", "double", "x12", "wa.me/", "tel:", "t.me/", "http://", "www.",
    ".com", " at ", " dot ", "(at)", "&#64;", "arroba", " собака ", " ru", "gmail", "@", "IG ", "tg: ",
    "telegram ", "£", " per ", "hour", "1/2", "k ", "between ", " and ", " years old", "age ", "18+",
    "Anna, 24,", "GB82 WEST 1234 5698 7654 32", "DE89", "ߋ", "1A1z", "0x", "bc1", "#EMAIL_", "Leeds",
    "Paris, TX", "my name is ", "Anna", "no experience ", "😀", "👨‍👩‍👧", "ask for ", "2024-01-02", "10:30",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=25).map("".join)
)
COUNTRIES = st.sampled_from(["", "GB", "US", "FR", "DE", "RO", "RU", "IN", "XX"])


def adverts(texts, country=""):
    third = [len(text) // 3 for text in texts]
    return ADVERTS.from_rows(
        [
            {
                "advert_id": i,
                "title": text[: third[i]],
                "body": text[third[i] :],
                "contact_text": text[: third[i]],
                "price_text": text[third[i] :],
                "place_text": text[: third[i]],
                "url": text[third[i] :],
                "country_hint": country,
            }
            for i, text in enumerate(texts)
        ]
    )


@settings(max_examples=250, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3), COUNTRIES)
def test_raw_is_always_the_slice_of_the_original(texts, country):
    table = adverts(texts, country)
    cells = table.to_pylist()
    for row in extract(table).to_pylist():
        if row["kind"] == "language":
            assert row["start"] is None
            continue
        original = cells[row["advert_id"]][row["field"]]
        assert 0 <= row["start"] < row["end"] <= len(original)
        assert row["raw"] == original[row["start"] : row["end"]]
        assert row["value"]
        assert 0 <= row["confidence"] <= 100


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4, unique=True), st.randoms())
def test_neither_order_nor_company_changes_what_is_read(texts, random):
    table = adverts(texts)
    mentions = extract(table)
    order = list(range(len(texts)))
    random.shuffle(order)
    assert extract(table.take(order)).equals(mentions)
    one = order[0]
    assert extract(table.slice(one, 1)).equals(mentions.filter(pc.equal(mentions["advert_id"], one)))


def test_letters_of_other_scripts_behind_an_account_number_do_not_stop_the_reading():
    text = "Pay to GB82 WEST 698 7654 32 \u07cb\u0966 07700 900123"
    assert extract(adverts(["", text], "GB"), kinds=("phone",)).num_rows > 0


# What readers count or try at every place: written a thousand times, each of them must stay as cheap as once.
UNITS = (
    "7", "7 ", "$1", "$1 ", "1€", "a@", "a@b.", "a @ ", "http://", "at ", "a at b dot c ", "(", "(at)", "क",
    "😀", "Anna ", "1.", "1-", "0770 0900 ", "t.me/", "tg @", "@ab ig ", "gb82", "0x", "#EMAIL_", "18-",
    "Anna, 24 ", "1h/", "between 1 and ", "Leeds, ", "my name is ", "\u0301", "аa@", "seven ", "o0", "-dot-",
    "&#64;", "ﷺ", "10:30 ", "no experience ", "a@b.c ", "a@b.com ", "a (at) b ", "ana at example dot com ", "@ab ",
    "wa.me/1 ", "t.me/anna1 ", "telegram anna_1 ", "http://a.b ", "1 Uhr ", "Rue 1 ", "£", "½", "23 ani ", "1-800-ABC ",
    "backwards 1 ", "x 12 ", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 ", "GB82WEST12345698765432 ", "siete ",
)  # fmt: skip
SHORT, TIMES, ALLOWED = 1_500, 4, 5


def calls(extractor, text):
    """Return how many functions are called while one text is read: work that is the same on every machine."""
    folded, context, counted = fold(text), Context(country="GB"), Counter()
    sys.setprofile(lambda frame, event, arg: counted.update([event[-4:]]))
    try:
        list(extractor.find(folded, context))
    finally:
        sys.setprofile(None)
    return counted["call"]


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda extractor: extractor.name)
def test_calls_grow_no_faster_than_the_text(extractor):
    grown = {}
    for unit in UNITS:
        short = unit * (SHORT // len(unit))
        list(extractor.find(fold(short * TIMES), Context(country="GB")))  # lists and memories are filled
        before, after = calls(extractor, short), calls(extractor, short * TIMES)
        if after > ALLOWED * before + 200:
            grown[unit] = before, after
    assert grown == {}
