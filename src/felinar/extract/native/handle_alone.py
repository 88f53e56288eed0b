"""The handle of a text in which only one cue can have one: what was matched natively names it, nothing is read again.

Most adverts with a handle have one; a text with more is read by the plain reader, which knows what excludes what.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract import handle
from felinar.extract.contract import Found
from felinar.extract.native.machine import NONE, Matches
from felinar.extract.native.page import Page

Ints = NDArray[np.int64]


class Anchors(NamedTuple):
    """Places at which a handle may hang, and whether one may hang there."""

    text: Ints
    place: Ints
    asked: NDArray[np.bool_]


class Cues(NamedTuple):
    """The cues of a page in rising order, the match of `_AFTER_CUE` for each, that of `_SIGNED` for these rows."""

    anchors: Anchors
    after: Matches
    row: Ints
    signed: Matches


def named_alone(page: Page, cues: Cues, rows: Ints) -> Iterator[tuple[int, Found]]:
    """Yield (text, handle) of these rows of cues, each the only one in its text that may have a handle."""
    row_of = dict(zip(cues.row.tolist(), range(len(cues.row)), strict=True)) if len(rows) else {}
    for row in rows.tolist():
        text = int(cues.anchors.text[row])
        found = None
        if cues.after.end[row] != NONE:
            found = _found(page, text, handle._AFTER_CUE.groupindex, cues.after.groups[row].tolist())
        if found is None and row in row_of:
            groups = cues.signed.groups[row_of[row]].tolist()
            index = handle._SIGNED.groupindex
            if groups[0] != NONE and groups[2 * index["name"] - 2] <= _following(page, cues.anchors, row):
                found = _found(page, text, index, groups)
        if found is not None:
            yield text, found


def _found(page: Page, text: int, index: Any, groups: list[int]) -> Found | None:
    """Return what the groups of a match name."""
    said = {name: _written(page, *groups[2 * number - 2 : 2 * number]) for name, number in index.items()}
    named = handle.named(said["cue"], said.get("filler", ""), said["joint"], said["sign"], said["name"])
    if named is None:
        return None
    first, last = groups[2 * index["name"] - 2], groups[2 * index["name"] - 1]
    start, end = int(page.place[first - len(said["sign"])]), int(page.place[last - 1]) + 1
    return Found(start, end, named.value, named.display, confidence=named.confidence)


def _written(page: Page, start: int, end: int) -> str:
    """Return folded[start:end], nothing for a group that has no part in the match."""
    return "" if start == NONE else page.folded[start:end].tobytes().decode("utf-32-le", "surrogatepass")


def _following(page: Page, anchors: Anchors, row: int) -> int:
    """Return where the next cue of the same text begins, or where the text ends."""
    text, place = int(anchors.text[row]), int(anchors.place[row])
    for other in range(row + 1, len(anchors.text)):
        if anchors.text[other] != text:
            break
        if anchors.place[other] > place:
            return int(anchors.place[other])
    return int(page.at[text + 1])
