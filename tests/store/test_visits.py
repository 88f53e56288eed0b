import pytest

from felinar.errors import FelinarError
from felinar.store.desk import open_desk, writing
from felinar.store.visits import add_note, add_visit, last_visits, notes, opened_today, seen_before


@pytest.fixture
def desk(tmp_path):
    return tmp_path / "desk.sqlite"


def test_the_last_visit_of_a_person_says_how_much_there_was(desk):
    for actor, operation, adverts in (("ana", 7, 3), ("ben", 7, 9), ("ana", 7, 5), ("ana", 8, 1)):
        add_visit(desk, actor, operation, range(adverts))
    seen = last_visits(desk, "ana")
    assert {operation: adverts for operation, (adverts, _) in seen.items()} == {7: 5, 8: 1}
    assert opened_today(desk, "ana") == {7, 8}
    assert opened_today(desk, "eve") == set()


@pytest.fixture
def clock(monkeypatch):
    """A clock that tests set, by minutes."""

    class Clock:
        minute = 0

        def __call__(self):
            return f"2026-01-02T{self.minute // 60:02}:{self.minute % 60:02}:00.000Z"

    clock = Clock()
    monkeypatch.setattr("felinar.store.visits.now", clock)
    return clock


def visit(desk, clock, minute, *advert_ids, actor="ana"):
    clock.minute = minute
    seen = seen_before(desk, actor, 7, advert_ids)
    add_visit(desk, actor, 7, advert_ids)
    return (seen.made_at[11:16], seen.advert_ids) if seen else None


def test_what_is_new_is_counted_from_the_last_visit_that_saw_something_else_or_before_this_sitting(desk, clock):
    assert visit(desk, clock, 0, 1, 2) is None
    assert visit(desk, clock, 5, 1, 2) is None, "who sees the page again has not been away"
    assert visit(desk, clock, 6, 1, 2, actor="ben") is None
    assert visit(desk, clock, 10, 2, 1, 3) == ("00:05", {1, 2})
    assert visit(desk, clock, 15, 1, 2, 3) == ("00:05", {1, 2}), "still the same sitting"
    assert visit(desk, clock, 80, 1, 2, 3) == ("00:15", {1, 2, 3})
    assert visit(desk, clock, 85, 1, 2, 3) == ("00:15", {1, 2, 3})
    assert visit(desk, clock, 90, 4) == ("01:25", {1, 2, 3})


def test_the_adverts_of_a_visit_are_kept_once_where_nothing_changed(desk, clock):
    for minute, ids in ((0, (1, 2)), (1, (1, 2)), (2, (1, 3)), (3, (1, 3)), (4, (1, 2))):
        visit(desk, clock, minute, *ids)
    with open_desk(desk) as connection:
        held = [row[0] is not None for row in connection.execute("SELECT advert_ids FROM visits ORDER BY visit_id")]
    assert held == [True, False, True, False, True]


def test_a_visit_of_an_older_desk_knows_only_how_many_there_were(desk, clock):
    add_visit(desk, "ana", 7, [1, 2])
    with open_desk(desk) as connection, writing(connection):
        row = "('old', 7, 2, '2026-01-01T00:00:00.000Z')"
        sql = f"INSERT INTO visits (actor, operation_id, adverts, made_at) VALUES {row}"
        connection.execute(sql)
    assert seen_before(desk, "old", 7, [1, 2]).advert_ids is None


def test_a_note_is_kept_with_name_and_purpose_and_an_empty_one_is_refused(desk):
    add_note(desk, 7, "  called  ", actor="ana", purpose="case 1")
    (note,) = notes(desk, 7)
    assert (note.text, note.actor, note.purpose) == ("called", "ana", "case 1")
    for text in (" ", "x" * 10_001):
        with pytest.raises(FelinarError, match="1 to 10,000 characters"):
            add_note(desk, 7, text, actor="ana", purpose="case 1")
    assert notes(desk, 8) == []
