"""Templates of groups, against a slow twin that aligns each text with RapidFuzz and adds the bits up one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from felinar.kernels.fit_groups import WORD_BITS, bits_of_template, log2_up
from felinar.link import fitting
from felinar.link.fitting import corpus_of, fit, refit

WORDS = ["ana", "calls", "before", "noon", "from", "leeds", "07700 900123", "20", "25"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), min_size=1, max_size=7)
SLOTS = pa.list_(pa.int32())
Fill = dict[int, tuple[int, int]]


def tokens(words: list[str]) -> list[str]:
    """Join digits that follow each other, as the tokeniser does."""
    found: list[str] = []
    for word in words:
        if found and found[-1][0].isdigit() and word[0].isdigit():
            found[-1] += " " + word
        else:
            found.append(word)
    return found


def plain_form(token: str) -> str:
    return "#" if token[0].isdigit() else token


def matches(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    a, b = list(map(plain_form, left)), list(map(plain_form, right))
    steps = [step for step in LCSseq.opcodes(a, b) if step.tag == "equal"]
    return [
        pair
        for step in steps
        for pair in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
    ]


def fill(template: list[str], words: list[str], slots: list[int]) -> Fill:
    found: Fill = {}
    gap, token = 0, 0
    for mine, theirs in [*matches(template, words), (len(template), len(words))]:
        if theirs > token:
            found[next((g for g in range(gap, mine + 1) if g in slots), gap)] = (token, theirs)
        gap, token = mine + 1, theirs + 1
    return found


def log2(number: int) -> int:
    return next(k for k in range(64) if 2**k >= number)


def universal(number: int) -> int:
    return 2 * log2(number) + 1


def bits_with(size: int, words: list[str], filled: Fill, slots: list[int], word_bits: int) -> int:
    added = sum(b - a for a, b in filled.values())
    missing = size - (len(words) - added)
    length = len(words) + missing
    bits = universal(length) + length + missing * (2 + log2(length))
    for gap, (a, b) in filled.items():
        bits += (b - a) * (word_bits + (0 if gap in slots else 2 + log2(length)))
    widths = [b - a for a, b in (filled.get(slot, (0, 0)) for slot in slots)]
    return bits + sum(1 + universal(width + 1) for width in widths)


def slow_fit(
    medoid: list[str], members: list[list[str]], word_bits: int
) -> tuple[list[int], list[int], int, list[Fill]]:
    support, changed = Counter[int](), Counter[int]()
    for member in members:
        for mine, theirs in matches(medoid, member):
            support[mine] += 1
            changed[mine] += plain_form(medoid[mine]) == "#" and medoid[mine] != member[theirs]
    total = len(members)
    kept = [i for i in range(len(medoid)) if 2 * support[i] >= total and 100 * changed[i] < 30 * total]
    template = [medoid[i] for i in kept]
    filled = Counter(gap for member in members for gap in fill(template, member, []))
    slots = sorted(gap for gap, times in filled.items() if 100 * times >= 30 * total)
    saved = -(universal(len(kept)) + len(kept) * word_bits + (len(slots) + 1) * log2(len(kept)))
    fillers: list[Fill] = []
    for member in members:
        own = fill(template, member, slots)
        alone = universal(len(member)) + len(member) * word_bits
        gain = alone - bits_with(len(kept), member, own, slots, word_bits)
        saved += max(0, gain)
        fillers.append({slots.index(gap): place for gap, place in own.items() if gap in slots} if gain > 0 else {})
    return kept, slots, saved, fillers


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=60, deadline=None)
@given(groups=st.lists(TEXTS, min_size=1, max_size=3))
def test_fitted_groups_are_those_of_the_slow_twin(groups: list[list[list[str]]], plain: bool) -> None:
    flat = [words for texts in groups for words in texts]
    bounds = np.cumsum([0, *map(len, groups)], dtype=np.int64)
    corpus = corpus_of([" ".join(words) for words in flat], plain=plain)
    found = fit(corpus, np.arange(len(flat)), bounds, bounds[:-1])
    rows = [tokens(words) for words in flat]
    for group in range(len(groups)):
        kept = found.kept[found.kept_bounds[group] : found.kept_bounds[group + 1]].tolist()
        gaps = found.gaps[found.gap_bounds[group] : found.gap_bounds[group + 1]].tolist()
        members = range(bounds[group], bounds[group + 1])
        fillers: list[Fill] = [
            {slot: (a, b) for text, slot, a, b in found.fillers.tolist() if text == own} for own in members
        ]
        own = [rows[text] for text in members]
        assert (kept, gaps, found.saved[group], fillers) == slow_fit(own[0], own, WORD_BITS)


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=40, deadline=None)
@given(groups=st.lists(TEXTS, min_size=1, max_size=3))
def test_members_aligned_later_get_what_they_would_have_got_at_once(groups: list[list[list[str]]], plain: bool) -> None:
    texts = [" ".join(words) for texts in groups for words in texts]
    corpus, everybody = corpus_of(texts, plain=plain), np.arange(len(texts))
    bounds = np.cumsum([0, *map(len, groups)], dtype=np.int64)
    found = fit(corpus, everybody, bounds, bounds[:-1])
    words = corpus.template_words(found)
    slots = pa.array([[i for i, word in enumerate(some) if word == "<*>"] for some in words.to_pylist()], SLOTS)
    saved, fillers = refit(corpus, everybody, bounds, words, slots, anew=True)
    assert (saved.tolist(), fillers.tolist()) == (found.saved.tolist(), found.fillers.tolist())
    later = refit(corpus, everybody, bounds, words, slots, anew=False)[0]
    costs = [bits_of_template.plain(len(some) - len(gaps), len(gaps)) for some, gaps in zip(words, slots, strict=True)]
    assert (later - saved).tolist() == costs


def test_only_the_first_tokens_of_a_long_text_are_aligned() -> None:
    words = "".join(f" word{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(4_000))
    found = fit(corpus_of([words, words]), np.arange(2), np.array([0, 2]), np.array([0]))
    assert len(found.kept) == fitting.LONGEST


def test_bits_of_a_number() -> None:
    assert [log2_up.plain(number) for number in range(70)] == [log2(number) for number in range(70)]
