"""Sets of characters as tables: what `[a-z]`, `\\s`, `[^\\W\\d_]` hold, in the same words as Python's `re`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import ALNUM, DECIMAL, SPACE
from felinar.kernels.compile import kernel

_ZERO, _NINE, _A, _Z = map(ord, "09az")
# Characters below are looked up; those above are compared with a list.
NEAR_ONES = 0x1000
WORDS = NEAR_ONES // 32
_WORD, _DIGIT, _SPACE = "CATEGORY_WORD", "CATEGORY_DIGIT", "CATEGORY_SPACE"
_BITS = {_WORD: ALNUM, _DIGIT: DECIMAL, _SPACE: SPACE}
# What a line of the list for the characters above is: any of these bits, none of these bits, from here to there.
HAS, LACKS, BETWEEN = 0, 1, 2


class Sets:
    """Numbers sets in the order in which they are met; equal ones have one number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._near: list[NDArray[np.uint8]] = []
        self._far: list[list[tuple[int, int, int]]] = []
        self._outside: list[int] = []

    def number(self, items: Sequence[Any]) -> int:
        """Return the number of the set of these items of a parsed pattern."""
        key = repr([(str(name), str(value)) for name, value in items])
        if key not in self._numbers:
            self._add(key, [(str(name), value) for name, value in items])
        return self._numbers[key]

    def union(self, numbers: Sequence[int]) -> int:
        """Return the number of the set that holds all of these sets; it may hold more beyond NEAR_ONES."""
        key = repr(sorted(set(numbers)))
        if key not in self._numbers:
            near = np.bitwise_or.reduce([self._near[n] for n in sorted(set(numbers))])
            far = sorted({line for n in numbers for line in self._far[n]})
            everything = any(self._outside[n] for n in numbers)
            self._put(key, near, [] if everything else far, int(everything))
        return self._numbers[key]

    def _add(self, key: str, items: list[tuple[str, Any]]) -> None:
        negated = bool(items) and items[0][0] == "NEGATE"
        near = np.zeros(NEAR_ONES, dtype=np.uint8)
        far: list[tuple[int, int, int]] = []
        for name, value in items[negated:]:
            if name == "CATEGORY":
                near |= _category(str(value))
                negative = "_NOT_" in str(value)
                far.append((LACKS if negative else HAS, _BITS[str(value).replace("_NOT_", "_")], 0))
            else:
                low, high = value if name == "RANGE" else (value, value)
                near[low : high + 1] = 1
                far.append((BETWEEN, low, high))
        self._put(key, near ^ np.uint8(negated), far, int(negated))

    def _put(self, key: str, near: NDArray[np.uint8], far: list[tuple[int, int, int]], outside: int) -> None:
        self._numbers[key] = len(self._near)
        self._near.append(near)
        self._far.append([line for line in far if line[0] != BETWEEN or line[2] >= NEAR_ONES])
        self._outside.append(outside)

    def __len__(self) -> int:
        return len(self._near)

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the sets' bits, WORDS numbers of 32 bits each, and their lists.

        The lists begin with (first, end, outside) for every set, places in the lists; a line is (what, from, to).
        Beyond the bits a set has the characters that fit one of its lines; with `outside` those that fit none.
        """
        near = np.packbits(np.array(self._near, dtype=np.uint8).reshape(-1, NEAR_ONES), bitorder="little")
        at = np.cumsum([0, *map(len, self._far)]) * 3 + 3 * len(self)
        heads = [(int(a), int(b), outside) for a, b, outside in zip(at, at[1:], self._outside, strict=False)]
        lists = [*heads, *(line for lines in self._far for line in lines)]
        return near.view(np.int32).astype(np.int64), np.array(lists, dtype=np.int64).ravel()


@lru_cache(maxsize=8)
def _category(name: str) -> NDArray[np.uint8]:
    """Return which of the near characters are in a category of `re`."""
    plain = name.replace("_NOT_", "_")
    tests = {_WORD: lambda c: c.isalnum() or c == "_", _DIGIT: str.isdecimal, _SPACE: str.isspace}
    found = np.array([tests[plain](chr(code)) for code in range(NEAR_ONES)], dtype=np.uint8)
    return found if plain == name else found ^ np.uint8(1)


@kernel
def holds(program: Any, number: Any, code: Any, kind: Any) -> Any:
    """Say whether a set of a program holds a character, whose kind is given."""
    if code < NEAR_ONES:
        return ((program[program[0] + number * WORDS + (code >> 5)] >> (code & 31)) & 1) != 0
    return holds_far(program, number, code, kind)


@kernel
def holds_far(program: Any, number: Any, code: Any, kind: Any) -> Any:
    """Say the same of a character beyond the bits."""
    head = program[1] + 3 * number
    for line in range(program[head], program[head + 1], 3):
        what = program[line]
        if what == BETWEEN:
            fits = program[line + 1] <= code and code <= program[line + 2]
        else:
            fits = ((kind & program[line + 1]) != 0) == (what == HAS)
        if fits:
            return program[head + 2] == 0
    return program[head + 2] != 0


def codes_of(characters: str) -> NDArray[np.uint32]:
    """Return the code points of a few characters; kernels take arrays of them as constants."""
    return np.array(list(map(ord, characters)), dtype=np.uint32)


@kernel
def is_one_of(code: int, codes: Any) -> bool:
    """Say whether a character is one of these."""
    for other in codes:  # noqa: SIM110 (a kernel has no generators)
        if code == other:
            return True
    return False


@kernel
def is_figure(code: int) -> bool:
    """Say whether a character is a figure."""
    return code >= _ZERO and code <= _NINE


@kernel
def is_small(code: int) -> bool:
    """Say whether a character is a small letter of ASCII."""
    return code >= _A and code <= _Z
