"""Names of pictures, read from cells, and what is known of the pictures without opening one by one."""

from __future__ import annotations

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.utf8 import code_at
from felinar.sources.native.cells import ABSENT, BARE, BEGIN, END, KIND, LIST, NOTHING
from felinar.sources.native.characters import is_blank_code, unescaped
from felinar.sources.native.hashes import hexadecimal
from felinar.sources.native.json_marks import COMMA, OPEN_LIST, end_of_text
from felinar.sources.native.rows import Cells
from felinar.sources.native.texts import Picks, Texts, room_for
from felinar.sources.native.write import after_comma
from felinar.sources.pictures import Pictures, picture_names

_SEMICOLON, _BAR = 0x3B, 0x7C
_FOLDER = "/[^/]*$"


def names_of(cells: Cells, picks: Picks) -> tuple[Texts, NDArray[np.int64]]:
    """Return the names of all rows' pictures, and how many the rows before each have, with the total."""
    rows = len(cells.state)
    room = room_for(cells.at, cells.state, picks, 1)
    bounds, counts = np.zeros(room // 2 + 2, dtype=np.int32), np.zeros(rows + 1, dtype=np.int64)
    content = np.empty(room, dtype=np.uint8)
    if write_names(cells.content, cells.at, cells.state, picks, content, bounds, counts):
        return Texts(content, bounds[: counts[-1] + 1]), counts
    lists = [[name for c in picks[state] if c >= 0 for name in picture_names(_value(cells, row, c))]
             for row, state in enumerate(cells.state.tolist())]  # fmt: skip
    names = pa.array([name for names in lists for name in names], pa.string())
    return Texts.of(names), np.cumsum([0, *map(len, lists)], dtype=np.int64)


def _value(cells: Cells, row: int, column: int) -> object:
    """Return the value of a cell as the careful way has it."""
    kind, begin, end = cells.at[row, column].tolist()
    raw = cells.content[begin:end].tobytes()
    if kind in (ABSENT, NOTHING):
        return None
    return orjson.loads(raw if kind == BARE else b"[" + raw + b"]" if kind == LIST else b'"' + raw + b'"')


def digests_of(names: Texts, pictures: Pictures) -> tuple[pa.Array, pa.Array]:
    """Return image_id and SHA-256 of each picture; where none of their folders is there, no picture is looked for."""
    texts = names.array()
    inside = pc.if_else(pc.match_substring(texts, "/"), pc.replace_substring_regex(texts, _FOLDER, ""), "")
    if pictures.lacks(pc.unique(inside).to_pylist()):
        return hexadecimal(names), pa.repeat(pa.scalar("", pa.string()), len(texts))
    ids, digests = zip(*map(pictures.digest, texts.to_pylist()), strict=True)
    return pa.array(ids, pa.string()), pa.array(digests, pa.string())


@kernel
def write_names(content, at, state, picks, out, bounds, counts):  # type: ignore[no-untyped-def]
    """Write the names and how many there are up to each row; return whether all of them were simple."""
    place, names = 0, 0
    for row in range(len(state)):
        for slot in range(picks.shape[1]):
            column = picks[state[row], slot]
            if column < 0:
                break
            kind, begin, end = at[row, column, KIND], at[row, column, BEGIN], at[row, column, END]
            if kind == BARE:
                return False
            if kind in (ABSENT, NOTHING) or (kind != LIST and begin == end):
                continue
            while begin < end:
                stop = end
                if kind == LIST:
                    stop, _ = end_of_text(content, begin + 1, end)
                    begin += 1
                first = place
                place = unescaped(content, begin, stop, out, place)
                if not is_simple(out, first, place):
                    return False
                names += 1
                bounds[names] = place
                begin = after_comma(content, stop + 1, end) if kind == LIST else end
        counts[row + 1] = names
    return True


@kernel
def is_simple(content, at, last):  # type: ignore[no-untyped-def]
    """Return whether this is one name and nothing else: not empty, without blanks and separators."""
    if at == last:
        return False
    while at < last:
        code, at = code_at(content, at)
        if code in (_SEMICOLON, _BAR, COMMA, OPEN_LIST) or is_blank_code(code):
            return False
    return True
