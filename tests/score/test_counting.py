"""Texts as numbers, in the alphabetical order of the texts."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from felinar.score.counting import code_texts


@given(st.lists(st.none() | st.text(max_size=3), max_size=20), st.integers(0, 20))
def test_a_coded_column_gives_the_codes_of_its_texts(texts, cut):
    plain = pa.array(texts, pa.string())
    wanted = sorted({text or "" for text in texts[cut:]})
    codes, values = code_texts(plain.slice(cut))
    assert (codes.tolist(), values) == ([wanted.index(text or "") for text in texts[cut:]], wanted)
    coded = pa.chunked_array([plain[:5], plain[5:]]).dictionary_encode().slice(cut)
    assert [list(part) for part in code_texts(coded)] == [codes.tolist(), values]
