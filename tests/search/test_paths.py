from collections import deque
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.search.paths import Step, shortest_path


class Graph:
    """Pairs (advert, key) in memory."""

    def __init__(self, pairs):
        self.pairs = sorted(set(pairs))

    def joining_keys(self, advert_ids):
        wanted = set(advert_ids)
        return iter([(a, k) for a, k in self.pairs if a in wanted])

    def showing_adverts(self, key_nos):
        wanted = set(key_nos)
        return iter(sorted((k, a) for a, k in self.pairs if k in wanted))


def slow_distance(pairs, starts, ends):
    """The obvious twin: one advert at a time, all pairs looked at for each."""
    distance = dict.fromkeys(starts, 0)
    waiting = deque(sorted(starts))
    while waiting:
        at = waiting.popleft()
        for key in [k for a, k in pairs if a == at]:
            for there in [a for a, k in pairs if k == key]:
                if there not in distance:
                    distance[there] = distance[at] + 1
                    waiting.append(there)
    return min((distance[e] for e in ends if e in distance), default=None)


def test_two_adverts_with_one_number_are_one_step_apart():
    assert shortest_path(Graph([(1, 7), (2, 7)]), [1], [2]) == [Step(1, 7, 2)]


def test_the_path_runs_over_the_advert_in_between():
    graph = Graph([(1, 7), (2, 7), (2, 8), (3, 8)])
    assert shortest_path(graph, [1], [3]) == [Step(1, 7, 2), Step(2, 8, 3)]


def test_there_is_no_path_between_strangers():
    assert shortest_path(Graph([(1, 7), (2, 8)]), [1], [2]) is None


def test_things_that_share_an_advert_need_no_step():
    assert shortest_path(Graph([]), [1, 2], [2]) == []


_pairs = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 8)), max_size=30)
_some = st.sets(st.integers(0, 12), min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(_pairs, _some, _some)
def test_the_path_is_as_short_as_the_slow_twin_says_and_every_step_is_a_link(pairs, starts, ends):
    steps = shortest_path(Graph(pairs), starts, ends)
    expected = slow_distance(pairs, starts, ends)
    assert (None if steps is None else len(steps)) == expected
    for step in steps or []:
        assert {(step.advert_id, step.key_no), (step.next_advert_id, step.key_no)} <= set(pairs)
    if steps:
        assert steps[0].advert_id in starts
        assert steps[-1].next_advert_id in ends
        assert all(a.next_advert_id == b.advert_id for a, b in pairwise(steps))
