"""Cells -> columns of texts: a column, several columns joined, the columns that no field takes as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.sources.native.cells import ABSENT, BEGIN, END, KIND
from felinar.sources.native.rows import Cells
from felinar.sources.native.write import BLANK_ONES, write_bodies, write_texts
from felinar.sources.native.write_json import write_objects

Picks = NDArray[np.int16]


@dataclass(frozen=True)
class Texts:
    """Texts one after the other, and where each begins, with the end of the last."""

    content: NDArray[np.uint8]
    bounds: NDArray[np.int32]

    def array(self) -> pa.StringArray:
        """Return them as Arrow keeps texts, without a copy."""
        content = self.content[: self.bounds[-1]]
        return pa.StringArray.from_buffers(len(self.bounds) - 1, pa.py_buffer(self.bounds), pa.py_buffer(content))

    @staticmethod
    def of(array: pa.Array) -> Texts:
        """Return the texts of an array without nulls."""
        _, bounds, content = array.buffers()
        ends = np.frombuffer(bounds, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
        return Texts(np.frombuffer(content, dtype=np.uint8) if content else np.zeros(0, np.uint8), ends)


def picks_of(cells: Cells, wanted: Mapping[int, Sequence[str]]) -> Picks:
    """Return the numbers of the columns that each state's rows take, -1 where there are no more."""
    most = max((len(names) for names in wanted.values()), default=0)
    picks = np.full((max(wanted, default=0) + 1, most), -1, dtype=np.int16)
    number = {name: i for i, name in enumerate(cells.columns)}
    for state, names in wanted.items():
        picks[state, : len(names)] = [number[name] for name in names]
    return picks


def texts_of(
    cells: Cells, picks: Picks, joint: str = "", passed_over: int = BLANK_ONES, *, strip: bool = False
) -> Texts:
    """Return a text for each row: that of its column, or of its columns joined."""
    rows, between = len(cells.state), np.frombuffer(joint.encode(), dtype=np.uint8)
    room = room_for(cells.at, cells.state, picks, len(between))
    done = Texts(np.empty(room, dtype=np.uint8), np.zeros(rows + 1, dtype=np.int32))
    arrays = (cells.content, cells.at, cells.state, picks, between)
    write_texts(*arrays, passed_over, strip, done.content, done.bounds)
    return done


def bodies_of(cells: Cells, picks: Picks) -> tuple[Texts, NDArray[np.int32], NDArray[np.int32]]:
    """Return the bodies; how many parts the rows before each have; and of each part column, first and end character."""
    rows, joint = len(cells.state), np.frombuffer(b"\n\n", dtype=np.uint8)
    room = room_for(cells.at, cells.state, picks, len(joint))
    done = Texts(np.empty(room, dtype=np.uint8), np.zeros(rows + 1, dtype=np.int32))
    counts, parts = np.zeros(rows + 1, dtype=np.int32), np.empty((rows * picks.shape[1], 3), dtype=np.int32)
    write_bodies(cells.content, cells.at, cells.state, picks, joint, done.content, done.bounds, counts, parts)
    return done, counts, parts[: counts[-1]]


def extras_of(cells: Cells, wanted: Mapping[int, Sequence[str]]) -> Texts:
    """Return what stands in these columns of each row as canonical JSON, without what is empty."""
    picks = picks_of(cells, {state: sorted(names) for state, names in wanted.items()})
    heads = [orjson.dumps(name) + b":" for name in cells.columns]
    bounds = np.cumsum([0, *map(len, heads)], dtype=np.int64)
    # No longer than the lines themselves, but for quotes around numbers and braces.
    room = len(cells.content) + 2 * len(cells.state) * (picks.shape[1] + 1)
    done = Texts(np.empty(room, dtype=np.uint8), np.zeros(len(cells.state) + 1, dtype=np.int32))
    arrays = (cells.content, cells.at, cells.state, picks, np.frombuffer(b"".join(heads), dtype=np.uint8), bounds)
    write_objects(*arrays, done.content, done.bounds)
    return done


@kernel
def room_for(at, state, picks, joint):  # type: ignore[no-untyped-def]
    """Return how many bytes these columns may take: a text is never longer than it stands in the line."""
    room = 0
    for row in range(len(state)):
        for slot in range(picks.shape[1]):
            column = picks[state[row], slot]
            if column >= 0 and at[row, column, KIND] != ABSENT:
                room += at[row, column, END] - at[row, column, BEGIN] + joint
    return room
