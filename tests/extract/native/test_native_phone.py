"""The native reader of telephone numbers says exactly what the plain one says, or declines."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.phone import read
from felinar.extract.native.phone_vocabulary import FRENCH, HINDI_LATIN, KOREAN, TURKISH, language_names
from felinar.extract.native.readings import about_of
from felinar.extract.phone import PHONE, find
from felinar.kernels.fold import fold

PIECES = (
    "07700 900123",
    "+44 7700 900 123",
    "0 7 7 0 0 9 0 0 1 2 3",
    "o77oo 9oo123",
    "B00 7700",
    "zero seven double seven zero",
    "nine one two",
    "fünfundvierzig",
    "cuatrocero",
    "fivefive",
    "siks",
    "sevn",
    "nyne",
    "poi",
    "poi",
    "x 12",
    "ext 5",
    "ref no 123",
    "order",
    "call",
    "whatsapp",
    "60 min",
    "150 lei",
    "8:00-17:00",
    "2024-01-15",
    "45€",
    "$45",
    "60x90",
    "192.168.1.1",
    "a.b7@c.de",
    "www.x7.de/1234567",
    "#tel_12",
    "gb29nwbk60161331926819",
    "№ 1234567",
    "…",
    "... ",
    "- ",
    "/",
    ".",
    ",",
    "\n\n",
    "\n",
    "(",
    ")",
    "•",
    "０７７００",
    "९८७",
    "①②",
    "7\u200b7",
    "+",
    "plus",
    "de 10",
    "ab-2024x17",
    "deadbeef01",
    "一",
    "七七",
    "○○",
    "tel:+447700900123",
    "700 800 900",
    "555-01-42",
    "90-60-90",
    "51.50735, -0.1277",
    "trois un",
    "soixante dix sept",
    "quatre vingt",
    "ä",
)
texts = st.lists(st.sampled_from([*PIECES, " ", " ", " "]), max_size=14).map("".join)
contexts = st.builds(
    Context,
    st.sampled_from(["title", "body", "contact_text", "url"]),
    st.sampled_from(["", "GB", "US", "ro"]),
    st.just(""),
    st.sampled_from(["", "en", "ro"]),
)


def native(written: list[str], about: list[Context], plain: bool) -> tuple[dict[int, list[tuple[Any, ...]]], set[int]]:
    page = page_of_texts(written, plain=True)
    readings, declined = read(page, np.arange(len(written), dtype=np.int32), about_of(about), plain=plain)
    columns = [c.to_pylist() if hasattr(c, "to_pylist") else c.tolist() for c in readings]
    found = defaultdict(list)
    for text, start, end, confidence, obscured, value, display, region, evidence in zip(*columns, strict=True):
        found[text].append((start, end, value, display, region, confidence, obscured, evidence))
    return found, set(declined.tolist())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, contexts), min_size=1, max_size=4))
def test_random_texts_are_read_alike_or_declined(rows: list[tuple[str, Context]]) -> None:
    written, about = [text for text, _ in rows], [context for _, context in rows]
    found, declined = native(written, about, True)
    for i, (text, context) in enumerate(rows):
        if i not in declined:
            assert found.get(i, []) == [tuple(f) for f in find(fold(text), context)], (text, context)


def test_the_examples_are_read_and_none_is_declined() -> None:
    written = [text for text, _ in PHONE.examples]
    found, declined = native(written, [Context()] * len(written), True)
    assert not declined
    assert [tuple(f[2] for f in found.get(i, [])) for i in range(len(written))] == [v for _, v in PHONE.examples]


def test_a_page_without_texts_has_no_numbers() -> None:
    assert native([], [], True) == ({}, set())


def test_the_bits_of_prepositions_belong_to_their_languages() -> None:
    names = language_names()
    assert [names[k] for k in (FRENCH, HINDI_LATIN, KOREAN, TURKISH)] == ["fr", "hi_latin", "ko", "tr"]
