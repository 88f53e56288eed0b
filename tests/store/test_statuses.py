import pytest

from felinar.errors import FelinarError
from felinar.store.statuses import add_status, current, statuses, withdraw_status

WHO = {"actor": "ana", "purpose": "case 1", "reason": "read it"}


@pytest.fixture
def desk(tmp_path):
    return tmp_path / "desk.sqlite"


def test_the_newest_status_is_the_one_an_operation_has(desk):
    add_status(desk, 7, "open", advert_ids=[3, 1], **WHO)
    add_status(desk, 7, "spam", advert_ids=[1, 3], **WHO)
    held = statuses(desk)
    assert [(status.status, status.advert_ids) for status in held] == [("open", [1, 3]), ("spam", [1, 3])]
    assert current(held, {1: 7, 3: 7})[7].status == "spam"


def test_a_status_that_is_taken_back_gives_way_to_the_one_before(desk):
    add_status(desk, 7, "open", advert_ids=[1], **WHO)
    number = add_status(desk, 7, "spam", advert_ids=[1], **WHO)
    withdraw_status(desk, number, **WHO)
    assert current(statuses(desk), {1: 7})[7].status == "open"
    with pytest.raises(FelinarError, match="no status 2 that still holds"):
        withdraw_status(desk, number, **WHO)


def test_a_status_follows_its_adverts_into_other_operations(desk):
    add_status(desk, 7, "referred", advert_ids=[1, 2, 3], **WHO)
    assert set(current(statuses(desk), {1: 8, 2: 9})) == {8, 9}
    assert set(current(statuses(desk), {1: 7, 2: 9})) == {7}
    assert set(current(statuses(desk), {})) == {7}


def test_an_unknown_status_is_answered_with_those_there_are(desk):
    with pytest.raises(FelinarError, match=r"no status called 'refered'. Did you mean 'referred'\?"):
        add_status(desk, 7, "refered", advert_ids=[1], **WHO)
    assert statuses(desk) == []
