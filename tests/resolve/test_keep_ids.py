"""Operation ids stay while the operation stays."""

from __future__ import annotations

import numpy as np

from felinar.resolve.keep_ids import keep_ids

IDS = np.array([10, 20, 30, 40, 50], dtype=np.int64)
NEW = np.full(5, -1, dtype=np.int64)


def test_the_same_groups_get_the_same_ids_in_another_workspace():
    group = np.array([0, 0, 2, 2, 2])
    assert keep_ids(IDS, group, NEW)[0].tolist() == keep_ids(IDS, group, NEW)[0].tolist()


def test_an_operation_that_grew_keeps_its_id():
    first, _ = keep_ids(IDS[:2], np.array([0, 0]), NEW[:2])
    before = np.array([*first, -1, -1, -1])
    again, previous = keep_ids(IDS, np.array([0, 0, 0, 3, 3]), before)
    assert again[2] == first[0]
    assert again[3] != first[0]
    assert previous == {}


def test_a_split_leaves_the_id_with_the_larger_part_and_names_where_the_rest_came_from():
    before = np.full(5, 77)
    after, previous = keep_ids(IDS, np.array([0, 0, 2, 2, 2]), before)
    assert after[2] == 77
    assert after[0] != 77
    assert previous == {int(after[0]): [77]}


def test_a_merge_keeps_the_id_of_the_larger_part_and_names_the_other():
    before = np.array([7, 7, 7, 9, 9])
    after, previous = keep_ids(IDS, np.zeros(5, dtype=np.int64), before)
    assert set(after.tolist()) == {7}
    assert previous == {7: [9]}


def test_a_part_that_split_off_never_takes_an_id_that_is_in_use():
    whole, _ = keep_ids(IDS, np.zeros(5, dtype=np.int64), NEW)
    parts, _ = keep_ids(IDS, np.array([0, 1, 1, 1, 1]), whole)
    assert parts[1] == whole[0]
    assert parts[0] != whole[0]
