"""The registered words of a page are those that the plain automaton finds."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.native.characters import OPENERS
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.signs import sign_words, signs_of, words_of_group
from felinar.extract.signs import hits
from felinar.kernels.fold import fold

WORDS = [word for word, _ in sign_words()]
GROUPS = sorted({entry[0] for _, found in sign_words() for entry in found})
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from([word[: len(word) // 2] for word in WORDS]))
JOINTS = st.sampled_from([" ", " ", " ", "", "7", "\n", "\xa0", ", ", "_", "é", "ि", "क", *OPENERS])
TEXT = st.lists(st.tuples(PIECES, JOINTS), max_size=8).map(lambda parts: "".join(map("".join, parts)))


def plainly(texts):
    """Return (text, start, end, word) as the plain reader finds them, in the order of the native one."""
    found = {
        (i, start, end, folded[start:end])
        for i, text in enumerate(texts)
        for folded in [fold(text).text]
        for group in GROUPS
        for start, end, _ in hits(fold(text), group)
    }
    return sorted((i, start, end, re.sub(r"\s", " ", word)) for i, start, end, word in found)


@pytest.mark.parametrize("plain", [False, True])
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_signs_are_those_of_the_automaton(plain, data):
    texts = data.draw(st.lists(st.one_of(TEXT, TEXT, st.text(st.characters(codec="utf-8"), max_size=20)), max_size=3))
    signs = signs_of(page_of_texts(texts, plain=plain), plain=plain)
    found = zip(signs.text.tolist(), signs.start.tolist(), signs.end.tolist(), signs.word.tolist(), strict=True)
    assert [(i, start, end, WORDS[word]) for i, start, end, word in found] == plainly(texts)


def test_every_word_is_found_by_itself():
    signs = signs_of(page_of_texts(WORDS))
    whole = signs.start + signs.end == [len(WORDS[text]) for text in signs.text]
    assert signs.word[whole & (signs.start == 0)].tolist() == list(range(len(WORDS)))


def test_the_words_of_a_group_are_known():
    assert np.array_equal(words_of_group("name"), [any(e[0] == "name" for e in found) for _, found in sign_words()])
