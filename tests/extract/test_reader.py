import re
import sys
from concurrent.futures.process import BrokenProcessPool

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.extract import EXTRACTORS, extract, extract_tables, phone_masks, phone_score, pool, sent
from felinar.extract.contract import Context
from felinar.extract.phone import MOST_RUNS, MOST_WINDOWS, PHONE
from felinar.extract.phone_prefilter import STRONG, weight_of
from felinar.extract.phone_split import across
from felinar.extract.place import country_of
from felinar.extract.reader import FIELDS, read
from felinar.extract.words import _capitalised, capitalised
from felinar.kernels.fold import fold
from felinar.tables import ADVERTS, MENTIONS

PIECES = [text for e in EXTRACTORS for text, _ in e.examples]
TITLES = ["Massage 0770 …", "Massage in Leeds 0770…", "Ménage 0536 …", "Anna, 26", "\u200b", ""]
BODIES = ["Call … 0900123 now", "Contact … 497249 11:00-20:00", *PIECES]
ADVERT = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TITLES),
        "body": st.sampled_from(BODIES),
        "contact_text": st.sampled_from(["", "tel 07700 900123", "\u00ad"]),
        "url": st.sampled_from(["", "https://example.com/ad/447700900123", "https://wa.me/447700900123"]),
        "place_text": st.sampled_from(["", "Leeds", "US, IL, Chicago", "Valencia"]),
        "price_text": st.sampled_from(["", "50", "80 euro"]),
        "country_hint": st.sampled_from(["", "GB", "FR"]),
        "language": st.sampled_from(["", "en", "es"]),
    }
)


def one_by_one(advert):
    """Read an advert field by field, without any memory of others: the slow, obvious twin."""
    language = advert["language"]
    main = fold(advert["body"] or advert["title"])
    (tongue,) = [e for e in EXTRACTORS if e.kind == "language"]
    language = language or next((f.value for f in tongue.find(main, Context())), "")
    country = advert["country_hint"] or (advert["place_text"] and country_of(advert["place_text"], language))
    rest = [e for e in EXTRACTORS if e.kind != "language"]
    found = {
        (field, e.kind, f.start, f.value)
        for field in FIELDS
        for e, f in read(rest, fold(advert[field]), Context(field, country, "", language))
    }
    texts = {field: fold(advert[field]) for field in ("title", "body")}
    split = {(field, "phone", f.start, f.value) for field, f in across(texts, Context("", country, "", language))}
    return found, split


@settings(max_examples=60, deadline=None)
@given(st.lists(ADVERT, max_size=6))
@example([{**dict.fromkeys((*FIELDS, "country_hint", "language"), ""), "title": TITLES[0], "body": BODIES[0]}] * 2)
def test_many_adverts_read_together_say_what_each_says_alone(adverts):
    rows = extract(ADVERTS.from_rows([{"advert_id": i, **a} for i, a in enumerate(adverts)])).to_pylist()
    for i, advert in enumerate(adverts):
        mine = {(r["field"], r["kind"], r["start"], r["value"]) for r in rows if r["advert_id"] == i}
        found, split = one_by_one(advert)
        # Where a split number covers what was taken for a price, the number holds.
        assert split <= mine and {m for m in mine if m[1] != "language"} - split <= found
        if not split:
            assert {m for m in mine if m[1] != "language"} == found


def test_a_number_that_stands_half_in_the_title_and_half_in_the_body_is_one_mention():
    adverts = ADVERTS.from_rows([{"advert_id": 1, "title": TITLES[0], "body": BODIES[0], "country_hint": "GB"}])

    (mention,) = extract(adverts, kinds=["phone"]).to_pylist()

    assert (mention["field"], mention["value"], mention["raw"]) == ("body", "+447700900123", "0900123")


def test_of_an_address_only_a_link_for_calling_gives_a_number():
    for address, values in (
        ("https://example.com/ad/07700900123", []),
        ("https://wa.me/447700900123", ["+447700900123"]),
    ):
        assert [f.value for f in PHONE.find(fold(address), Context("url", "GB"))] == values


@pytest.mark.parametrize("workers", [1, 2])
def test_several_tables_give_what_each_gives_alone(workers):
    rows = [{"advert_id": i, "body": PIECES[i % len(PIECES)]} for i in range(2_100)]
    tables = [ADVERTS.empty(), ADVERTS.from_rows(rows), ADVERTS.empty(), ADVERTS.from_rows(rows[:70]), ADVERTS.empty()]
    seen: list[int] = []

    found = list(extract_tables(tables, workers=workers, progress=seen.append))

    assert [t.equals(extract(table)) for t, table in zip(found, tables, strict=True)] == [True] * 5
    assert sum(seen) == 2_170 and found[0].equals(MENTIONS.empty())
    assert list(extract_tables([], workers=workers)) == []


def test_where_processes_cannot_be_started_this_process_reads_all(monkeypatch):
    class Broken:
        def submit(self, *_):
            raise BrokenProcessPool

    monkeypatch.setattr(sent, "executor", lambda *_, **__: Broken())
    for name in ("pool", "cannot"):
        monkeypatch.setattr(pool._Kept, name, getattr(pool._Kept, name))
    adverts = ADVERTS.from_rows([{"advert_id": i, "body": PIECES[i % 9]} for i in range(2_050)])

    assert extract(adverts, workers=2).equals(extract(adverts, workers=1))


@given(st.text(st.sampled_from("Aaz9 \n\xa0éÉßİ①\u200bЯя́पूＡﬁ.-'"), max_size=40))
def test_capitalised_words_found_chunk_by_chunk_are_those_of_the_whole_text(text):
    assert capitalised(fold(text)) == _capitalised(fold(text))


def test_every_blank_folds_to_one_blank_so_that_chunks_keep_their_places():
    blanks = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isspace()]

    assert all(len(fold(c).text) == 1 and fold(c).text.isspace() for c in blanks)


@given(st.text(st.sampled_from("0123456789"), min_size=1, max_size=20))
def test_a_chunk_of_digits_weighs_its_digits(digits):
    assert weight_of(digits) == (0 if re.fullmatch(r"000\d{4,}", digits) else len(digits) * STRONG)


@settings(max_examples=400)
@given(st.text(st.sampled_from("0123456789012 -/.:h,x€"), max_size=40), st.integers(0, 20))
@example("1234 5678 9012 3456", 0)
@example("2024-05-17 and 17.05.2024", 0)
@example("10.0.0.1", 0)
def test_the_one_search_before_all_masks_hides_none_of_them(text, start):
    left, right = max(0, start - 3), len(text)
    slow = {m.span() for _, p in phone_masks._NEAR for m in p.finditer(text, left, right)}

    assert {s for s in slow if s[1] > start} <= set(phone_masks.masked(text, start, len(text)))


def test_a_hostile_text_gets_no_more_windows_than_the_documented_most(monkeypatch):
    tried = []
    score = phone_score._score
    monkeypatch.setattr(phone_score, "_score", lambda *a: tried.append(1) or score(*a))
    text = " ".join(f"{i * 7919 % 97} {i * 104729 % 9973}" for i in range(40_000)).replace("9 ", "9.\n\n")

    list(PHONE.find(fold(text), Context()))

    # The last run may end beyond it; each run is also tried once as a whole.
    assert MOST_WINDOWS // 2 < len(tried) <= MOST_WINDOWS + 300 + MOST_RUNS


@pytest.mark.parametrize(
    ("place", "language", "country"),
    [
        ("Valencia", "es", "ES"),
        ("Valencia", "", "VE"),
        ("Mérida", "es", "MX"),
        ("Leeds", "es", "GB"),
        ("Birmingham, AL", "en", "US"),
        ("nowhere at all", "en", ""),
    ],
)
def test_of_towns_of_one_name_size_and_language_decide(place, language, country):
    assert country_of(place, language) == country
