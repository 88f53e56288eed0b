"""Native readers of prices, ages, phrases, addresses and rare kinds give what the plain readers give."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.extract import EXTRACTORS
from felinar.extract import email as plain_email
from felinar.extract import handle as plain_handle
from felinar.extract.contract import Context, Extractor
from felinar.extract.native import age, email, handle, iban, masked, phrase, price, url, wallet
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.readings import About, NativeRead, Readings, about_of
from felinar.extract.native.signs import signs_of
from felinar.extract.reader import FIELDS, READS
from felinar.kernels.fold import fold

NATIVE: dict[str, NativeRead] = {
    "price": price.read, "age": age.read, "phrase": phrase.read, "url": url.read, "email": email.read,
    "handle": handle.read, "iban": iban.read, "wallet": wallet.read, "masked": masked.read,
}  # fmt: skip
OF_KIND = {e.kind: e for e in EXTRACTORS}
EXAMPLES = [text for e in EXTRACTORS for text, _ in e.examples]
PRICES = (
    "120 1.200,50 12€50 60 1,50,000 1500-2000 0.5k 2к 10 2015 000 100k тыс mii € $ £ ₹ eur euro eu rs. lei roses $50 "
    "50€ 50eu per hour /hour 1h 30 min pe ora la hora 1/2 std hhr ,- .- netto brutto m mio lift and entre to - – "
    ": la a ( ? . , p.a."
)
AGES = (
    "26 18 45 18+ 21+ 24, (24) 17 2024 years old year-old ani de ani ans anni лет साल j. J. j aged age is edad i "
    "am мне ana anna may girl of 23 woman femme i ich minimum at least over for since seit between from to și und "
    "firm azienda ha is - experience experiență of working child my son copii company house girls персон persoane ; "
    ". ! , : /"
)
LINKS = (
    "https://www.Example.com/a?b=1&utm_source=x#c hxxp://a.b/ HTTP://X.Y:80/z/ www.a.de green-bridge.ro Now.It "
    "is.me/x a.b.c e.g. http://user@h.com:443/?ref=1&&q=2 [dot] (dot) dot com green punct ro / ? & # :// . , ) … "
    "é https://é.com/ü x.com/é"
)
MAILS = (
    "ana@example.com Ana.Pop@Example.com a.b-c_d+e%f@g-h.co.uk @ (at) at arroba gmail dot com . .com ,com [.] - _ "
    "-dot- & ana @example.com ana@ example.com ana@example (call) a b c @x.ro müller@x.de о@x.ru ана@почта.рф "
    "ana@x.png gmail,com &#64; anna собака example точка ru ig @quiet.corner minus punct x@y.z tiret bas basso "
    "jos contact info arobase [ät] point"
)
RARE = (
    "tele Tele: "
    "telegram: TG @Green_Bridge insta id line whatsapp t.me/abc_d instagram.com/ok facebook.com/sharer /s/ me "
    "slash x1_y on GB82 WEST 1234 5698 7654 32 de89370400440532013000 ab12 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa "
    "0x5aAeb6053F3E94C9b9 #EMAIL_0a1b2c3d4e5f# #PHONE_11112222aaaa##URL_33334444bbbb# "
    "#EMAIL_abcdefgh#PHONE_abcdefgh# # linkedin.com/in/ab-c"
)
PIECES = [*(w for words in (PRICES, AGES, LINKS, MAILS, RARE) for w in words.split(" ")), *EXAMPLES]
GLUE = st.sampled_from([" ", " ", " ", "", "  ", "\n", "\u00a0", "\u200b", ". ", "😀", "ﬁ", "\t"])


def _mixed(pieces: list[str]) -> st.SearchStrategy[str]:
    parts = st.lists(st.tuples(st.sampled_from(pieces), GLUE), max_size=10)
    return parts.map(lambda found: "".join(piece + glue for piece, glue in found))


TEXT = st.one_of(
    *(_mixed(words.split(" ")) for words in (PRICES, AGES, LINKS, MAILS, RARE)),
    _mixed(PIECES), _mixed(EXAMPLES), _mixed(EXAMPLES).map(str.upper), st.text(max_size=20),
)  # fmt: skip
LANGUAGE = st.sampled_from(["", "en", "ro", "xx"])
TEXTS = st.lists(st.tuples(TEXT, st.sampled_from(FIELDS), LANGUAGE), max_size=8)
Rows = list[tuple[object, ...]]


def _rows(found: Readings) -> Rows:
    columns = (c.tolist() if isinstance(c, np.ndarray) else c.to_pylist() for c in found)
    return list(zip(*columns, strict=True))


def _expected(extractor: Extractor, texts: list[str], about: About, asked: list[int]) -> Rows:
    found = [(i, f) for i in asked for f in extractor.find(fold(texts[i]), about.context(i))]
    return [
        (i, f.start, f.end, f.confidence, f.obscured, f.value, f.display or f.value, f.region, f.evidence)
        for i, f in found
    ]


def _compare(kind: str, texts: list[str], contexts: list[Context], *, plain: bool = False) -> int:
    """Compare one kind; return how many texts were declined."""
    page, about = page_of_texts(texts, plain=plain), about_of(contexts)
    asked = [i for i, c in enumerate(contexts) if c.field in READS[kind] and fold(texts[i]).text]
    signs = signs_of(page, plain=plain)
    found, declined = NATIVE[kind](page, np.array(asked, dtype=np.int32), about, signs, plain=plain)  # type: ignore[call-arg]
    assert set(declined.tolist()) <= set(asked)
    assert declined.tolist() == sorted(set(declined.tolist()))
    left = [i for i in asked if i not in set(declined.tolist())]
    assert _rows(found) == _expected(OF_KIND[kind], texts, about, left)
    return len(declined)


@pytest.mark.parametrize("kind", NATIVE)
def test_native_readings_are_the_plain_ones_on_random_texts(kind: str) -> None:
    @settings(max_examples=150, deadline=None)
    @given(TEXTS)
    @example([])
    @example([(text, field, "") for text in EXAMPLES for field in FIELDS])
    def same(found: list[tuple[str, str, str]]) -> None:
        _compare(kind, [t for t, _, _ in found], [Context(field, "", "", language) for _, field, language in found])

    same()


@pytest.mark.parametrize("kind", NATIVE)
def test_without_numba_the_readings_are_the_same(kind: str) -> None:
    texts = [text for extractor in (OF_KIND[kind], OF_KIND["price"]) for text, _ in extractor.examples]
    _compare(kind, texts, [Context("body")] * len(texts), plain=True)


@pytest.mark.parametrize("kind", NATIVE)
def test_an_empty_page_has_no_readings(kind: str) -> None:
    assert _compare(kind, [], []) == 0
    assert _compare(kind, ["", "\u200b"], [Context("body"), Context("title")]) == 0


@pytest.mark.parametrize("kind", ["price", "age", "phrase", "wallet", "masked"])
def test_some_kinds_decline_nothing(kind: str) -> None:
    assert _compare(kind, EXAMPLES, [Context("body")] * len(EXAMPLES)) == 0


def test_crowns_are_those_of_the_country_of_the_advert() -> None:
    texts = ["200 kr i timmen, 100-150 kr, 50 €", "200 kr", "kr 300", "200 kroner", "200 kr, 900 krw"]
    contexts = [Context("body", country) for country in ("SE", "no", "DK", "", "KR")]
    assert _compare("price", texts, contexts) == 0
    found = [[f.value for f in OF_KIND["price"].find(fold(t), c)] for t, c in zip(texts, contexts, strict=True)]
    crowns = ["200 SEK/hour", "100 SEK", "150 SEK", "50 EUR"]
    assert found == [crowns, ["200 NOK"], ["300 DKK"], ["200 KR"], ["200 KR", "900 KRW"]]


def test_ordinary_adverts_are_read_natively() -> None:
    texts = [
        "Ana, 26 ani. 150 lei pe ora, ana.pop@example.com, green-bridge.ro, WhatsApp 0770 0900123",
        "Massage at home, room 12, open 10-20, look at our site. Telegram only.",
    ]
    for kind in NATIVE:
        assert _compare(kind, texts, [Context("body")] * 2) == 0


def test_native_readings_are_the_plain_ones_on_the_shared_cases() -> None:
    folder = Path(os.environ.get("FELINAR_SHARED", Path(__file__).parents[4] / "shared")) / "data"
    if not (folder / "field_cases.jsonl").exists():
        pytest.skip(f"no shared cases in {folder}; set FELINAR_SHARED")
    cases = [json.loads(line) for line in (folder / "field_cases.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [case["text"] for case in cases]
    for kind in NATIVE:
        for field in ("body", "price_text", "url"):
            _compare(kind, texts, [Context(field, "", "", "en")] * len(texts))


def test_a_text_crowded_with_links_or_signs_is_read_in_time() -> None:
    texts = ["a.ro," * 20_000, "@" * 100_000, "x@y.ro," * 10_000, "120 " * 20_000]
    for kind in ("url", "email", "price", "age", "handle"):
        _compare(kind, texts, [Context("body")] * len(texts))


def test_a_text_with_more_places_than_are_read_is_read_as_far_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    for reader in (plain_email, plain_handle):
        monkeypatch.setattr(reader, "MOST_PLACES", 8)
    texts = ["anna1@b.com, " * 20, "a at b dot com " * 20, "t.me/anna1, " * 20, "tg: anna_1, @anna_2 on tg; " * 20]
    texts += [text[: len(text) // 5] for text in texts]
    whole = [_compare(kind, texts, [Context("body")] * len(texts)) for kind in ("email", "handle")]
    assert whole == [3, 3]  # texts that are left to the plain reader, which reads the first places
    readings = [list(plain_email.find(fold(text), Context("body"))) for text in texts]
    assert list(map(len, readings)) == [8, 8, 0, 0, 4, 4, 0, 0]
