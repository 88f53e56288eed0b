"""A list is answered as its values are one by one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.search.look_up import look_up
from felinar.search.together import look_up_all


@pytest.fixture
def typed(small):
    """Values that are there, in several notations, that are not, and that are nothing."""
    return [
        small.PHONE, small.PHONE[1:], small.PHONE[3:], small.LOCAL, small.LOCAL[-7:], small.HUB, small.OTHER.upper(),
        "+44 7700 900 555", "11", "13", f"advert:{11}", f"operation:{small.ONE}", str(small.ONE), "@mia",
        "mia@x.example",
        "ad-1", "", "   ", "nothing of the kind", "https://x.example/a", "9" * 30,
    ]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_list_is_answered_as_its_values_one_by_one(published, typed, data):
    values = data.draw(st.lists(st.one_of(st.sampled_from(typed), st.text(max_size=8)), max_size=12))
    assert look_up_all(published, values) == [look_up(published, value) for value in values]


def test_something_is_found_in_the_list_of_these_tests(published, typed):
    assert sum(not answer.empty for answer in look_up_all(published, typed)) >= 8
