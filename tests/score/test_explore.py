"""The exploration sample: drawn by lot from below the line, the same all through an epoch."""

from hypothesis import given
from hypothesis import strategies as st

from felinar.score.explore import exploration_sample, sample_size

OPERATIONS = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 4)), unique_by=lambda pair: pair[0])


@given(OPERATIONS, st.sets(st.integers(0, 500)), st.integers(0, 9), st.integers(0, 50))
def test_it_holds_operations_of_two_adverts_that_are_no_leads_and_no_order_of_rows_changes_it(
    operations: list[tuple[int, int]], listed: set[int], epoch: int, wanted: int
) -> None:
    drawn = exploration_sample(operations, listed, epoch=epoch, wanted=wanted)
    allowed = {operation for operation, adverts in operations if adverts > 1} - listed
    assert set(drawn) <= allowed
    assert len(drawn) == len(set(drawn)) == min(wanted, len(allowed))
    assert drawn == exploration_sample(operations[::-1], sorted(listed), epoch=epoch, wanted=wanted)


def test_a_new_epoch_draws_anew_and_a_larger_sample_begins_with_the_smaller() -> None:
    operations = [(operation, 2) for operation in range(1000)]
    first, second = (exploration_sample(operations, (), epoch=epoch, wanted=20) for epoch in (1, 2))
    assert first != second
    assert exploration_sample(operations, (), epoch=1, wanted=50)[:20] == first


def test_every_operation_has_the_same_chance() -> None:
    operations = [(operation, 2) for operation in range(50)]
    drawn = [o for epoch in range(400) for o in exploration_sample(operations, (), epoch=epoch, wanted=5)]
    counts = [drawn.count(operation) for operation in range(50)]
    assert min(counts) > 15
    assert max(counts) < 70


def test_one_is_drawn_for_twenty_leads() -> None:
    assert [sample_size(leads) for leads in (0, 1, 20, 21, 100)] == [0, 1, 1, 2, 5]
