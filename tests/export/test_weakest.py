"""Where the weakest link can be checked: the adverts that show its keys, and the smaller side where it is clear."""

from hypothesis import given
from hypothesis import strategies as st

from felinar.export.weakest import _component, to_check
from felinar.ids import canonical_json


class Links:
    """Pairs (advert, key number) in memory."""

    def __init__(self, pairs):
        self.pairs = pairs

    def joining_keys(self, advert_ids):
        return iter([(a, k) for a, k in self.pairs if a in set(advert_ids)])


def check(pairs, splits, *, adverts=(1, 2, 3, 4)):
    keys = [{"key_no": n, "key_kind": "phone", "value": str(n)} for n in (7, 8, 9)]
    facts = canonical_json({"splits": splits, "keys": [["phone", "7"]], "spare_millibits": 1})
    return to_check(Links(pairs), {"weakest_link": facts}, keys, [{"advert_id": a} for a in adverts])


def test_the_smaller_side_is_named_and_one_advert_of_either_side_is_to_be_compared():
    found = check([(1, 8), (2, 8), (2, 7), (3, 7), (3, 9), (4, 9), (1, 8)], [2, 2], adverts=(1, 2, 3, 4))
    assert found["shown_by"] == ["2", "3"]
    assert found["smaller_side"] == []  # two sides of one size: neither is the smaller one
    found = check([(1, 8), (2, 8), (2, 7), (3, 7), (4, 8)], [1, 3])
    assert (found["smaller_side"], found["compare"]) == (["3"], ["3", "2"])


def test_where_other_keys_cross_no_side_is_claimed():
    found = check([(1, 8), (2, 8), (2, 7), (3, 7), (3, 8), (4, 8)], [1, 3])
    assert found == {"shown_by": ["2", "3"], "smaller_side": [], "compare": ["2", "3"]}


def test_an_operation_that_hangs_on_no_key_has_nothing_to_check():
    assert check([(1, 8), (2, 8)], [1, 3]) == {}
    assert to_check(Links([]), {"weakest_link": ""}, [], []) == {}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), max_size=20))
def test_components_are_those_of_the_slow_twin(pairs):
    slow = {a: a for a in range(10)}
    for _ in range(10):
        for a, k in pairs:
            for b, other in pairs:
                if k == other:
                    slow[a] = slow[b] = min(slow[a], slow[b])
        # what was one stays one: carry the smallest label through
        slow = {a: slow[slow[a]] for a in slow}
    assert _component(list(range(10)), pairs) == slow
