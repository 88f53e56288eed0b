"""The small compiler of digit patterns behind scripts/build_plans.py, against `re`."""

import importlib
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SCRIPTS = Path(__file__).parents[2] / "scripts"


@cache
def automata():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        return importlib.import_module("digit_automata")


ATOMS = st.sampled_from(["0", "1", "2", r"\d", "[01]", "[1-3]", "[02-9]", r"[\d]"])
TIMES = st.sampled_from(["", "", "", "?", "{2}", "{0,2}", "{1,3}"])


def grown(inner):
    """Sequences, alternatives and groups, with a repeat behind some; only groups outside of repeats keep places."""
    several = st.lists(inner, min_size=1, max_size=3)
    return several.map("".join) | st.tuples(several.map("|".join), TIMES).map(lambda row: f"(?:{row[0]}){row[1]}")


PATTERNS = st.recursive(st.tuples(ATOMS, TIMES).map("".join), grown, max_leaves=6)
WITH_GROUP = st.tuples(PATTERNS, PATTERNS, st.sampled_from(["", "$"]), PATTERNS).map(
    lambda row: f"(?:{row[0]})?({row[1]}){row[2]}|{row[3]}"
)
DIGITS = st.text("0123", max_size=8)


def walked(pool, state, digits):
    """Every state on the way, the first one too."""
    states = [state]
    for digit in digits:
        states.append(pool.states[states[-1]][2][int(digit)])
    return states


@settings(max_examples=100, deadline=None)
@given(st.lists(PATTERNS, min_size=1, max_size=3), st.lists(DIGITS, min_size=1, max_size=8))
def test_knows_whole_strings_as_fullmatch_does(patterns, texts):
    pool = automata().Pool()
    start = automata().recogniser(pool, [(pattern, 1 << i) for i, pattern in enumerate(patterns)])
    for text in texts:
        expected = sum(1 << i for i, pattern in enumerate(patterns) if re.fullmatch(pattern, text))
        assert pool.states[walked(pool, start, text)[-1]][1] == expected


@settings(max_examples=100, deadline=None)
@given(PATTERNS | WITH_GROUP, st.lists(DIGITS, min_size=1, max_size=8))
def test_takes_the_beginning_and_the_group_that_match_takes(pattern, texts):
    pool, met = automata().Pool(), [None]

    def meaning(places):
        met.append(places)
        return len(met) - 1

    start = automata().matcher(pool, pattern, meaning)
    for text in texts:
        taken = None
        for at, state in enumerate(walked(pool, start, text)):
            now, at_end, _ = pool.states[state]
            accepted = at_end if at == len(text) else now
            taken = (at, met[accepted]) if accepted else taken
        match = re.match(pattern, text)
        expected = match and (match.end(), match.span(1) if re.compile(pattern).groups else ())
        assert taken == expected


def test_equal_states_are_kept_once():
    pool = automata().Pool()
    first = automata().recogniser(pool, [(r"1\d{3}|2\d{3}", 1)])
    size = len(pool.states)
    assert automata().recogniser(pool, [(r"[12]\d{3}", 1)]) == first
    assert len(pool.states) == size == 6  # nothing, the start, and three, two, one, no digits to go


@pytest.mark.parametrize("pattern", ["1*", "1+", "1{2,}", "a", "(1", "1)", r"\w", "(?=1)", "^1"])
def test_refuses_what_it_does_not_know(pattern):
    with pytest.raises(ValueError, match=r"unknown|without"):
        automata().recogniser(automata().Pool(), [(pattern, 1)])
