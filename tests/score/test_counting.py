"""Texts as numbers, in the alphabetical order of the texts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.score.counting import Groups, code_texts, is_text


@settings(deadline=None)
@given(st.lists(st.none() | st.text(max_size=3), max_size=20), st.integers(0, 20))
def test_a_coded_column_gives_the_codes_of_its_texts(texts, cut):
    plain = pa.array(texts, pa.string())
    wanted = sorted({text or "" for text in texts[cut:]})
    codes, values = code_texts(plain.slice(cut))
    assert (codes.tolist(), values) == ([wanted.index(text or "") for text in texts[cut:]], wanted)
    coded = pa.chunked_array([plain[:5], plain[5:]]).dictionary_encode().slice(cut)
    assert [list(part) for part in code_texts(coded)] == [codes.tolist(), values]


@settings(deadline=None)
@given(st.lists(st.none() | st.sampled_from("abc"), max_size=12), st.sampled_from("abcd"), st.integers(0, 4))
def test_a_text_is_found_in_a_coded_column_as_in_a_plain_one(texts, wanted, cut):
    plain = pa.chunked_array([pa.array(texts[:cut], pa.string()), pa.array(texts[cut:], pa.string())])
    expected = [text == wanted for text in texts]
    assert is_text(plain, wanted).tolist() == is_text(plain.dictionary_encode(), wanted).tolist() == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=20), st.lists(st.integers(0, 12), max_size=6))
def test_the_rows_of_many_codes_are_those_of_each(codes, asked):
    groups = Groups(np.array(codes, dtype=np.int64))
    together = [(code, rows.tolist()) for code, rows in groups.each(np.array(asked, dtype=np.int64))]
    assert together == [(code, groups.rows(code).tolist()) for code in asked]
