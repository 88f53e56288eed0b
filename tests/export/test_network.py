"""The network: the same for the same operation, nothing on top of anything, and edges that a slow count finds too."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.export.network import MOST_EDGES, MOST_HUBS, MOST_NODES, WIDTH, Tie, network

KEYS = st.integers(0, 11)
shows = st.lists(st.tuples(st.integers(0, 15), KEYS), max_size=40)


def ties(count, hubs=0):
    own = [Tie(n, f"key {n}", 1 + n % 7) for n in range(count)]
    return own + [Tie(1000 + n, f"hub {n}", 9, hub=True) for n in range(hubs)]


@given(shows)
def test_an_edge_counts_the_adverts_that_show_both(shown):
    found = network(ties(12), shown)
    by_pair = {}
    for one, other in combinations(range(12), 2):
        both = {a for a, k in shown if k == one} & {a for a, k in shown if k == other}
        if both:
            by_pair[one, other] = len(both)
    drawn = {}
    for edge in found.edges:
        pair = sorted((found.nodes[edge.start].tie.number, found.nodes[edge.end].tie.number))
        drawn[tuple(pair)] = edge.adverts
    assert drawn == by_pair


@settings(max_examples=25)
@given(shows, st.randoms())
def test_the_order_of_keys_and_adverts_changes_nothing(shown, random):
    keys = ties(12, hubs=3)
    once = network(keys, shown)
    assert once == network(random.sample(keys, len(keys)), random.sample(shown, len(shown)))


@settings(max_examples=25)
@given(shows)
def test_nodes_keep_apart_and_within_the_picture(shown):
    found = network(ties(12, hubs=2), shown)
    for node in found.nodes:
        assert node.x - node.radius >= 0
        assert node.x + node.radius <= WIDTH
        assert node.y - node.radius >= 0
        assert node.y + node.radius <= found.height
    for one, other in combinations(found.nodes, 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= 24, "a finger tells them apart"


def test_hubs_stand_below_and_have_no_edges():
    shown = [(advert, key) for advert in range(5) for key in (0, 1, 1000)]
    found = network(ties(2, hubs=1), shown)
    hub = next(n for n, node in enumerate(found.nodes) if node.tie.hub)
    assert all(hub not in (edge.start, edge.end) for edge in found.edges)
    assert found.nodes[hub].y > max(node.y for node in found.nodes if not node.tie.hub)


def test_a_large_network_is_bounded_stays_in_one_piece_and_keeps_the_weakest_link():
    keys = [*ties(90, hubs=20), Tie(500, "weak", 1, weakest=True)]
    shown = [(advert, (advert + step) % 90) for advert in range(90) for step in range(6)] + [(0, 500)]
    found = network(keys, shown)
    assert len(found.nodes) == MOST_NODES + MOST_HUBS
    assert found.more == len(keys) - len(found.nodes)
    assert len(found.edges) <= MOST_EDGES
    assert any(node.tie.weakest for node in found.nodes)


def test_the_edges_that_hold_the_picture_together_are_never_cut():
    # A clique of strong pairs uses up the edges; one weak key hangs on it.
    keys = [Tie(n, str(n), 9) for n in range(17)] + [Tie(17, "17", 1)]
    shown = [(advert, key) for advert in range(9) for key in range(17)] + [(99, 0), (99, 17)]
    found = network(keys, shown)
    weak = next(n for n, node in enumerate(found.nodes) if node.tie.number == 17)
    assert any(weak in (edge.start, edge.end) for edge in found.edges)


def test_fewer_than_two_keys_make_no_picture():
    assert network([], []) is None
    assert network(ties(1), [(1, 0)]) is None
