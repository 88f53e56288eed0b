"""What is new in adverts, and which of them are only re-posts."""

from hypothesis import given
from hypothesis import strategies as st

from felinar.watch.news import KINDS, Seen, news


def seen(advert_id, day, **features):
    return Seen(advert_id, f"2026-03-{day:02d}", frozenset(features.items()))


def test_an_advert_with_nothing_new_is_a_re_post():
    known = [seen(1, 1, contact="+447700900123", place="Leeds", site="a.example", text="1")]
    found = news(known, [seen(2, 2, contact="+447700900123", place="Leeds", site="a.example", text="1")])
    assert (found.adverts, found.reposts, found.values) == ((), (2,), {})


def test_a_new_place_makes_an_alert_once():
    known = [seen(1, 1, contact="+447700900123", place="Leeds")]
    coming = [seen(3, 3, contact="+447700900123", place="York"), seen(2, 2, contact="+447700900123", place="York")]
    found = news(known, coming)
    assert (found.adverts, found.reposts, found.values) == ((2,), (3,), {"place": ["York"]})


_adverts = st.lists(
    st.builds(
        lambda i, day, pairs: Seen(i, f"2026-03-{day:02d}", frozenset(pairs)),
        st.integers(0, 50),
        st.integers(1, 9),
        st.frozensets(st.tuples(st.sampled_from(KINDS), st.sampled_from("abc")), max_size=4),
    ),
    max_size=8,
    unique_by=lambda advert: advert.advert_id,
)


@given(_adverts, _adverts, st.randoms())
def test_news_are_what_the_slow_twin_says_in_any_order_of_the_adverts(known, coming, random):
    have, adverts, reposts = set(), [], []
    for advert in known:
        have |= advert.features
    for advert in sorted(coming, key=lambda one: (one.posted_at, one.advert_id)):
        fresh = any(feature not in have for feature in advert.features)
        (adverts if fresh else reposts).append(advert.advert_id)
        have |= advert.features
    random.shuffle(coming)
    found = news(known, coming)
    assert (list(found.adverts), list(found.reposts)) == (adverts, reposts)
    told = {(kind, value) for kind, values in found.values.items() for value in values}
    assert told == have - {feature for advert in known for feature in advert.features}
