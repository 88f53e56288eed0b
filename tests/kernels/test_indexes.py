"""Kernels take computed indexes as they are, and a negative one is found by the check of bounds."""

import os
import subprocess
import sys
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numba.core import types

from felinar.kernels.compile import kernel
from felinar.kernels.indexes import without_sign

COUNTS_FROM_THE_END = """
import numpy as np
from felinar.kernels.compile import kernel

@kernel
def element(values, index):
    return values[index]

@kernel
def cell(values, row, column):
    return values[row, column]

for read in (lambda: element(np.arange(3), -1), lambda: cell(np.eye(3), 0, -1), lambda: element(np.arange(3), 3)):
    try:
        print(read())
    except IndexError as error:
        print(error)
"""


@kernel
def element(values: Any, index: int) -> Any:
    return values[index]


@kernel
def cell(values: Any, row: int, column: int) -> Any:
    return values[row, column]


@kernel
def last(values: Any) -> Any:
    return values[-1]


@kernel
def moved(values: Any, order: Any, room: Any) -> Any:
    """Write the values in an order, each added to what stands there."""
    for k in range(len(order)):
        room[k] = values[order[k]]
        room[order[k]] += 1
    return room


def test_whole_numbers_of_any_size_lose_their_sign():
    assert without_sign(types.int8) == without_sign(types.int64) == without_sign(types.uint32) == types.uintp


def test_a_pair_of_indexes_loses_the_signs_of_both():
    assert without_sign(types.UniTuple(types.int32, 2)) == types.UniTuple(types.uintp, 2)


def test_what_is_no_whole_number_stays_as_it_is():
    assert without_sign(types.slice2_type) == types.slice2_type
    assert without_sign(types.Array(types.bool_, 1, "C")) == types.Array(types.bool_, 1, "C")


def test_a_number_in_the_source_still_counts_from_the_end():
    assert last(np.arange(5)) == last.plain(np.arange(5)) == 4


@given(st.data())
def test_compiled_and_plain_kernels_read_and_write_the_same_places(data):
    size = data.draw(st.integers(1, 20))
    sort = data.draw(st.sampled_from([np.int8, np.int32, np.int64, np.uint8, np.uint64]))
    order = np.array(data.draw(st.permutations(range(size))), dtype=sort)
    values = np.arange(size) * 10
    assert moved(values, order, np.zeros(size, dtype=np.int64)).tolist() == (
        moved.plain(values, order, np.zeros(size, dtype=np.int64)).tolist()
    )
    assert [element(values, k) for k in range(size)] == values.tolist()
    assert cell(np.eye(size), size - 1, size - 1) == 1


def test_an_index_below_zero_is_found_when_bounds_are_checked(tmp_path):
    script = tmp_path / "from_the_end.py"
    script.write_text(COUNTS_FROM_THE_END)
    surroundings = os.environ | {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    told = subprocess.run([sys.executable, script], env=surroundings, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["index is out of bounds"] * 3
