"""Places and moves of adverts, beside a slow way of counting them."""

from hypothesis import given
from hypothesis import strategies as st

from felinar.export.moves import moves, places

DAYS = [f"2026-01-{day:02}T10:00:00Z" for day in range(1, 9)]
rows = st.lists(
    st.fixed_dictionaries(
        {"place": st.sampled_from(["", "A, GB", "B, GB", "C, FR"]), "posted_at": st.sampled_from([None, *DAYS])}
    ),
    max_size=12,
)


def row(place, day):
    return {"place": place, "posted_at": f"2026-01-{day:02}T12:00:00Z" if day else None}


def slow_moves(adverts):
    """Every day in turn: where was the contact alone, and where was it on the last day before?"""
    found, at_once = [], 0
    by_day = [
        sorted({a["place"] for a in adverts if a["posted_at"] and a["posted_at"][:10] == day and a["place"]})
        for day in sorted({d[:10] for d in DAYS})
    ]
    days = [(f"2026-01-{number:02}", names) for number, names in enumerate(by_day, 1) if names]
    for number, (day, names) in enumerate(days):
        at_once += len(names) > 1
        before = days[number - 1][1] if number else []
        if len(names) == len(before) == 1 and names != before:
            found.append((before[0], names[0], day))
    return sorted(found), at_once


@given(rows)
def test_moves_are_what_going_through_the_days_finds(adverts):
    found, at_once = moves([("x", adverts)])
    flat = sorted((move.start, move.end, day) for move in found for day in move.days)
    assert (flat, at_once) == slow_moves(adverts)
    assert [move.days[0] for move in found] == sorted(move.days[0] for move in found)


@given(st.lists(rows, max_size=3), st.randoms())
def test_the_order_of_the_adverts_changes_nothing(contacts, random):
    once = moves((str(n), adverts) for n, adverts in enumerate(contacts))
    assert once == moves((str(n), random.sample(adverts, len(adverts))) for n, adverts in enumerate(contacts))
    flat = [advert for adverts in contacts for advert in adverts]
    assert places(flat) == places(random.sample(flat, len(flat)))


def test_a_day_in_several_places_has_no_order():
    found, at_once = moves([("x", [row("A", 1), row("B", 2), row("C", 2), row("A", 3)])])
    assert (found, at_once) == ([], 1)


def test_a_move_names_its_contacts_once_and_all_its_days():
    way = [row("A", 1), row("B", 2), row("A", 3), row("B", 4)]
    there, back = moves([("one", way), ("two", [row("A", 2), row("B", 3)])])[0]
    assert (there.start, there.end, there.days, there.contacts) == (
        "A",
        "B",
        ["2026-01-02", "2026-01-03", "2026-01-04"],
        ["one", "two"],
    )
    assert (back.start, back.end, back.contacts) == ("B", "A", ["one"])


def test_places_are_counted_with_their_first_and_last_day_and_undated_ones_without():
    found = places([row("B", 0), row("A", 3), row("A", 1), row("", 2)])
    assert [(p.name, p.adverts, p.first, p.last) for p in found] == [
        ("A", 2, "2026-01-01", "2026-01-03"),
        ("B", 1, "", ""),
    ]


def test_nothing_moves_where_there_is_nothing():
    assert moves([]) == ([], 0)
    assert places([]) == []
