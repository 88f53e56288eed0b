"""Lines of JSON -> cells: for each line and each column, what kind of value stands where. Nothing is copied.

A line is ordinary if it is an object of texts, plain numbers, true, false, null and lists of texts, each key once. Any
other line is odd: it is left to the careful way, as are files in which something is odd all the time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.sources.native.cells import COLUMNS, ODD, STATES, read_rows

# Columns that most deliveries do not go beyond: fewer cells to make room for.
_USUAL = 16


@dataclass(frozen=True)
class Cells:
    """`at[row, column]` is kind, begin and end of a cell in `content`; `shapes[state[row]]` are the row's columns.

    `state` is -1 for an odd line.
    """

    content: NDArray[np.uint8]
    at: NDArray[np.int32]
    state: NDArray[np.int32]
    columns: list[str]
    shapes: dict[int, tuple[str, ...]]

    def of(self, rows: NDArray[np.int64]) -> Cells:
        """Return the cells of these rows alone."""
        if len(rows) == len(self.state):
            return self
        return replace(self, at=self.at[rows], state=self.state[rows])


def cells_of(block: bytes, starts: NDArray[np.int64]) -> Cells:
    """Return the cells of lines that begin at these places."""
    content = np.frombuffer(block, dtype=np.uint8)
    columns: list[str] = []
    keys, bounds = np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    at = np.zeros((len(starts), _USUAL, 3), dtype=np.int32)
    state, trie = np.zeros(len(starts), dtype=np.int32), _Trie()
    state[_not_utf8(block, starts)] = ODD
    bounded = np.append(starts, len(block))
    row = 0
    while True:
        row, begin, end = read_rows(content, bounded, row, keys, bounds, trie.next, trie.parents, at, state)
        if row == len(starts):
            return Cells(content, at, state, columns, trie.shapes(columns, state))
        if len(columns) == COLUMNS:
            return Cells(content, at, np.full_like(state, ODD), columns, {})
        if len(columns) == at.shape[1]:
            at = np.concatenate([at, np.zeros_like(at)], axis=1)
        columns.append(block[begin:end].decode())
        keys, bounds = np.append(keys, content[begin:end]), np.append(bounds, len(keys) + end - begin)


class _Trie:
    """The sequences of columns that rows have: state 0 is a row without any, each column leads to another state."""

    def __init__(self) -> None:
        self.next = np.zeros((STATES, COLUMNS), dtype=np.int32)
        self.parents = np.zeros((STATES, 2), dtype=np.int32)  # the state before and the column; in 0: how many states

    def shapes(self, columns: list[str], states: NDArray[np.int32]) -> dict[int, tuple[str, ...]]:
        """Return the columns, in order, of each state that a row has."""
        return {
            state: tuple(columns[c] for c in self._path(state)) for state in np.unique(states).tolist() if state >= 0
        }

    def _path(self, state: int) -> list[int]:
        path = []
        while state:
            state, column = self.parents[state].tolist()
            path.append(column)
        return path[::-1]


def _not_utf8(block: bytes, starts: NDArray[np.int64]) -> list[int]:
    """Return the lines that are not UTF-8."""
    bounds = pa.array([0, len(block)], pa.int32()).buffers()[1]
    try:
        pa.StringArray.from_buffers(1, bounds, pa.py_buffer(block)).validate(full=True)
    except pa.ArrowInvalid:
        return [
            row for row, line in enumerate(np.split(np.frombuffer(block, np.uint8), starts[1:])) if not _is_utf8(line)
        ]
    return []


def _is_utf8(line: NDArray[np.uint8]) -> bool:
    try:
        line.tobytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
