import pytest

from felinar.errors import FelinarError
from felinar.store.visits import add_note, add_visit, last_visits, notes, opened_today


@pytest.fixture
def desk(tmp_path):
    return tmp_path / "desk.sqlite"


def test_the_last_visit_of_a_person_says_how_much_there_was(desk):
    for actor, operation, adverts in (("ana", 7, 3), ("ben", 7, 9), ("ana", 7, 5), ("ana", 8, 1)):
        add_visit(desk, actor, operation, adverts)
    seen = last_visits(desk, "ana")
    assert {operation: adverts for operation, (adverts, _) in seen.items()} == {7: 5, 8: 1}
    assert opened_today(desk, "ana") == {7, 8}
    assert opened_today(desk, "eve") == set()


def test_a_note_is_kept_with_name_and_purpose_and_an_empty_one_is_refused(desk):
    add_note(desk, 7, "  called  ", actor="ana", purpose="case 1")
    (note,) = notes(desk, 7)
    assert (note.text, note.actor, note.purpose) == ("called", "ana", "case 1")
    for text in (" ", "x" * 10_001):
        with pytest.raises(FelinarError, match="1 to 10,000 characters"):
            add_note(desk, 7, text, actor="ana", purpose="case 1")
    assert notes(desk, 8) == []
