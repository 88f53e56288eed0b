"""Numbers one slip of typing away: shown as a question where nothing was found, never as a hit."""

import json
from itertools import pairwise

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from felinar.cli import felinar
from felinar.search.near import slips


def search(workspace, *what):
    options = ["--workspace", str(workspace.folder), "--json", "search", *what]
    return json.loads(CliRunner().invoke(felinar, options, catch_exceptions=False).stdout)


def test_a_wrong_digit_and_swapped_neighbours_are_asked_about(workspace, small):
    for typed in ("+447700900124", "+447700900132", "07700 900124"):
        found = search(workspace, typed)
        assert (found["keys"], found["near"][0]) == ([], {"value": small.PHONE, "adverts": 3})


def test_a_hub_or_a_number_two_digits_away_is_not(workspace):
    assert search(workspace, "+441632960001")["near"] == []
    assert search(workspace, "+447711900123")["near"] == []


def test_nothing_is_asked_where_something_was_found(workspace):
    assert search(workspace, "+447700900123")["near"] == []


@given(st.text("0123456789", min_size=1, max_size=8))
def test_slips_are_all_texts_one_digit_or_one_swap_away_and_never_the_number_itself(digits):
    made = list(slips(digits))
    assert digits not in made
    for other in made:
        differing = [i for i, (a, b) in enumerate(zip(digits, other, strict=True)) if a != b]
        assert len(differing) == 1 or (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and sorted(digits[differing[0] :][:2]) == sorted(other[differing[0] :][:2])
        )
    swaps = sum(a != b for a, b in pairwise(digits))
    assert len(made) == 9 * len(digits) + swaps
