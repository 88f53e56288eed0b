import pytest
from hypothesis import given
from hypothesis import strategies as st

from felinar.extract.phone_misspelt import misspelt, one_apart

ENGLISH = frozenset({"en"})
LETTERS = st.text("abc", min_size=2, max_size=6)


@pytest.mark.parametrize(("word", "digit"), [("siks", "6"), ("nyne", "9"), ("sevn", "7"), ("foor", "4"), ("thre", "3")])
def test_reads_number_words_that_are_written_wrong(word, digit):
    assert misspelt(word, ENGLISH) == digit


@pytest.mark.parametrize("word", ["massage", "hello", "a", "", "station", "x" * 40])
def test_reads_no_digit_in_other_words(word):
    assert misspelt(word, ENGLISH) == ""


def test_reads_only_the_languages_that_it_is_told():
    assert misspelt("quattr", frozenset({"it"})) == "4"
    assert misspelt("quattr", frozenset({"hu"})) == ""


def slow_one_apart(a, b):
    """Make all words that one edit makes of `a`: the slow, obvious twin."""
    made = {a}
    for i in range(len(a) + 1):
        made |= {a[:i] + a[i + 1 :], a[:i] + a[i : i + 2][::-1] + a[i + 2 :]}
        made |= {a[:i] + letter + a[i:] for letter in "abc"} | {a[:i] + letter + a[i + 1 :] for letter in "abc"}
    return b in made


@given(LETTERS, LETTERS)
def test_one_apart_equals_the_slow_twin_that_makes_all_edits(a, b):
    assert one_apart(a, b) == slow_one_apart(a, b)
