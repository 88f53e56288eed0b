"""A page has the texts, what they fold to, and the kinds of their characters."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.native.characters import kind_of
from felinar.extract.native.page import original_of, page_of, page_of_texts, text_of
from felinar.kernels.fold import fold

LETTERS = st.characters(codec="utf-8")
TEXTS = st.lists(st.one_of(st.text(LETTERS, max_size=20), st.text("aZ 7é\u00adǅİßﷺ٣😀ﬁक्ा", max_size=12)), max_size=4)


@pytest.mark.parametrize("plain", [False, True])
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_page_holds_what_each_text_folds_to(plain, data):
    texts = data.draw(TEXTS)
    page = page_of_texts(texts, plain=plain)
    for i, text in enumerate(texts):
        folded = fold(text)
        own, original = slice(page.at[i], page.at[i + 1]), slice(page.first[i], page.last[i])
        assert (original_of(page, i), text_of(page, i)) == (text, folded.text)
        assert page.place[own].tolist() == list(folded.starts)
        assert page.kinds[own].tolist() == [kind_of(character) for character in folded.text]
        assert page.original_kinds[original].tolist() == [kind_of(character) for character in text]
    assert len(page.folded) == page.at[-1]


def test_columns_follow_each_other_and_a_null_is_empty():
    columns = [pa.array(["ab", None, "é"]), pa.chunked_array([["x"], ["", "yz"]]).slice(0), pa.array(["", "", "w"])]
    page = page_of(columns)
    assert [text_of(page, i) for i in range(9)] == ["ab", "", "e", "x", "", "yz", "", "", "w"]
    assert [text_of(page_of([pa.array(["no", "ab", "c"]).slice(1)]), i) for i in range(2)] == ["ab", "c"]
    assert len(page_of([]).first) == len(page_of([pa.array([], pa.string())]).first) == 0


def test_texts_that_grow_when_folded_find_room():
    long = "\ufdfa" * 3000
    assert text_of(page_of_texts(["a", long]), 1) == fold(long).text
