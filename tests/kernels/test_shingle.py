"""Tokens and shingles against obvious twins on strings."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.shingle import of_rows, shingles_of_texts, whole_text_hashes, write_distinct
from felinar.kernels.tokens import tokens_of

texts = st.text(alphabet=st.sampled_from("ab c.,1٣中文é́ﷺ㌖𝐀\ud800\u200b\n"), max_size=40)


def spans(text: str, *, plain: bool = True) -> list[str]:
    tokens = tokens_of([text], plain=plain)
    return [text[s:e] for s, e in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]


@settings(deadline=None)
@given(st.lists(texts, max_size=5))
def test_compiled_and_plain_tokens_and_shingles_are_the_same(some: list[str]) -> None:
    fast, slow = tokens_of(some), tokens_of(some, plain=True)
    assert all(np.array_equal(a, b) for a, b in zip(fast, slow, strict=True))
    (whole, shingles), (slow_whole, slow_shingles) = shingles_of_texts(some), shingles_of_texts(some, plain=True)
    assert all(np.array_equal(a, b) for a, b in zip(shingles, slow_shingles, strict=True))
    assert np.array_equal(whole, slow_whole)
    assert np.array_equal(whole, whole_text_hashes(slow, plain=True))


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=5), st.data())
def test_chosen_texts_keep_their_shingles_and_arrow_strings_give_the_same(some: list[str], data: st.DataObject) -> None:
    _, every = shingles_of_texts(pa.array([text.replace("\ud800", "") for text in some], pa.string()), plain=True)
    rows = data.draw(st.lists(st.integers(0, len(some) - 1), max_size=4))
    chosen = of_rows(every, np.array(rows, dtype=np.int64), plain=True)
    expected = [shingles_of_texts([some[row].replace("\ud800", "")], plain=True)[1].hashes.tolist() for row in rows]
    assert [chosen.hashes[a:b].tolist() for a, b in pairwise(chosen.offsets.tolist())] == expected


@settings(deadline=None)
@given(st.text(alphabet="abc 12.,-", max_size=60))
def test_tokens_are_runs_of_letters_and_all_digits_up_to_the_next_letter(text: str) -> None:
    assert spans(text) == re.findall(r"[a-z]+|\d(?:[^a-z]*\d)?", text)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 2**32 - 1) | st.sampled_from([0, 7, 2**32 - 1]), max_size=400))
def test_shingles_are_sorted_as_a_set_is_whether_few_or_many(values: list[int]) -> None:
    spare, out = np.array(values, dtype=np.uint32), np.empty(len(values) + 2, dtype=np.uint32)
    end = write_distinct(spare, len(values), out, 2)
    assert out[2:end].tolist() == sorted(set(values))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["red", "green", "blue", "house", "river"]), min_size=12, max_size=40))
def test_shingles_are_the_distinct_runs_of_three_words(words: list[str]) -> None:
    _, shingles = shingles_of_texts([" ".join(words)], plain=True)
    assert len(shingles.hashes) == len(set(zip(words, words[1:], words[2:], strict=False)))
    assert shingles.hashes.tolist() == sorted(set(shingles.hashes.tolist()))


def test_a_changed_number_case_accent_or_zero_width_character_changes_no_token() -> None:
    some = ["Call Noua now 07700 900123!", "CALL nouă, now: 0-77-00900456", "c\u200ball noua now ０７７００"]
    assert len(set(whole_text_hashes(tokens_of(some, plain=True), plain=True).tolist())) == 1


def test_letters_of_every_script_stay_and_scripts_without_blanks_are_cut_by_character() -> None:
    assert spans("Уборка дома") == ["Уборка", "дома"]
    assert spans("πλύσιμο 50€") == ["πλύσιμο", "50"]
    assert spans("清洁 服务") == ["清", "洁", "服", "务"]


def test_a_character_that_folds_to_two_letters_equals_these_two() -> None:
    hashes = whole_text_hashes(tokens_of(["straße", "strasse", "strase"], plain=True), plain=True).tolist()
    assert hashes[0] == hashes[1] != hashes[2]


def test_empty_texts_and_no_texts_have_no_tokens() -> None:
    assert tokens_of([], plain=True).offsets.tolist() == [0]
    assert tokens_of(["", " .\ud800"], plain=True).offsets.tolist() == [0, 0, 0]
