"""With which characters a match of a pattern may begin: a look at three of them spares most questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import SPACE
from felinar.kernels.compile import kernel

# Characters looked at; with more openings than these, or members of a set, a pattern or a set is taken as open.
_LOOKED_AT, _MOST, _FEW = 3, 20_000, 40
_ANY = -1
_BLANK = 32  # every blank counts as the plain one
_BITS = 1 << 13  # for each number of characters
Opening = tuple[int, ...]


def openings(parts: Sequence[Any]) -> NDArray[np.int32] | None:
    """Return the bits by which `opens` knows how a match of these parts of a pattern may begin; None if anyhow."""
    found = _sequence(parts)
    if found is None or any(not opening or opening[0] == _ANY for opening in found):
        return None
    bits = np.zeros(_LOOKED_AT * _BITS, dtype=np.uint8)
    for opening in found:
        known = opening[: opening.index(_ANY)] if _ANY in opening else opening
        value = 0
        for code in known:
            value = place_after.plain(value, code)
        bits[(len(known) - 1) * _BITS + value] = 1
    return np.packbits(bits, bitorder="little").view(np.int32)


def _sequence(parts: Sequence[Any]) -> set[Opening] | None:
    """Return the first characters of what these parts match, fewer where they may end; what only looks is passed."""
    whole: set[Opening] = set()
    found: set[Opening] = {()}
    for name, value in parts:
        after = _part(str(name), value)
        if after is None or len(found) * len(after) > _MOST:
            return None
        every = {(left + right)[:_LOOKED_AT] for left in found for right in after}
        found = {opening for opening in every if len(opening) < _LOOKED_AT}
        whole |= every - found
        if not found:
            break
    return whole | found


def _part(name: str, value: Any) -> set[Opening] | None:
    """Return the first characters of what one part matches."""
    if name in ("ASSERT", "ASSERT_NOT", "AT"):
        return {()}
    if name == "LITERAL":
        return {(_plain(value),)}
    if name == "IN":
        return _set(value)
    if name == "SUBPATTERN":
        return _sequence(value[3])
    if name == "BRANCH":
        each = [_sequence(alternative) for alternative in value[1]]
        return None if None in each else {opening for found in each for opening in found or ()}
    if name == "MAX_REPEAT":
        low, high, parts = value
        times = [_sequence([*parts] * n) for n in range(min(low, _LOOKED_AT), min(int(high), _LOOKED_AT) + 1)]
        return None if None in times else {opening for found in times for opening in found or ()}
    return {(_ANY,)} if name in ("NOT_LITERAL", "ANY") else None


def _set(items: Sequence[Any]) -> set[Opening]:
    """Return the members of a set, if it has few."""
    found: set[Opening] = set()
    for name, value in items:
        if str(name) == "LITERAL":
            found.add((_plain(value),))
        elif str(name) == "RANGE" and value[1] - value[0] < _FEW:
            found |= {(_plain(code),) for code in range(value[0], value[1] + 1)}
        elif str(value) == "CATEGORY_SPACE":
            found.add((_BLANK,))
        else:
            return {(_ANY,)}
    return found


def _plain(code: int) -> int:
    return _BLANK if chr(code).isspace() else code


@kernel
def place_after(value: Any, code: Any) -> Any:
    """Return the place among the bits of characters with the place `value` and one more."""
    return (value * 67 + code + (code >> 7)) & (_BITS - 1)


@kernel
def opens(program: Any, at: Any, codes: Any, kinds: Any, place: Any, hi: Any) -> bool:
    """Say whether a match may begin here; the bits begin at `at`."""
    value: Any = np.int64(0)
    for k in range(place, min(hi, place + _LOOKED_AT)):
        value = place_after(value, np.int64(_BLANK) if kinds[k] & SPACE else np.int64(codes[k]))
        bit = (k - place) * _BITS + value
        if (program[at + (bit >> 5)] >> (bit & 31)) & 1:
            return True
    return False
