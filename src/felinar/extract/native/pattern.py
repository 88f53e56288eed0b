"""Regular expressions inside kernels: Python's own parse of a pattern, run by a small backtracking machine.

The parse tree comes from the module that `re` itself uses, so a pattern means here what it means there; what the
machine does not know (lazy repeats, flags, captures inside a look-around) is refused when the pattern is compiled.

All patterns are one array of integers: numba counts references of every array that a kernel hands on.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import ALNUM, DECIMAL, SPACE

# Instructions: (operation, a, b, c).
DONE, CHAR, CLASS, REPEAT, SPLIT, JUMP, SAVE, BACK, LOOK, LOOKED, AT_START, AT_END, AT_STOP, AT_EDGE, CHOOSE = range(15)
# What may have to be undone: try another way, a shorter repeat, the old place of a group, the end of a look-around.
OTHER_WAY, SHORTER, OLD_PLACE, LOOKING = 0, 1, 2, 3
# The scratch: the places of group k at 2k and 2k + 1, then rows of four for ways back.
MOST_GROUPS, MOST_WAYS, TOO_DEEP = 8, 1000, -2
PLACES = 2 * MOST_GROUPS
MATCH_ROOM = PLACES + 4 * (MOST_WAYS + 2)
# The array of patterns begins with these: where the code, the classes and the ranges stand (from the array's own
# beginning), how many ranges, the tables of
# CHOOSE (where to go on by the next character, 129 rows: the last one for all beyond ASCII); then (first
# instruction, class of the first character or -1, places of its groups) of each pattern.
CODE, CLASSES, RANGES, MANY_RANGES, TABLES, ENTRIES = range(6)
ENTRY_SIZE = 3
# A class: two words of bits for ASCII; kinds that other characters may have, or may not all have; whether that is
# turned round; whether every other character belongs to it.
LOW, KINDS, NOT_KINDS, TURNED, EVERY, CLASS_SIZE = 0, 2, 3, 4, 5, 6
_MANY = 1 << 30
_CATEGORIES = {"DIGIT": DECIMAL, "SPACE": SPACE, "WORD": ALNUM}


def patterns_of(sources: Sequence[str]) -> NDArray[np.int64]:
    """Return the programs of these patterns, which keep their numbers; raises ValueError for what is not known."""
    return _Compiler().compiled(sources)


class _Compiler:
    def __init__(self) -> None:
        self.code: list[list[int]] = []
        self.classes: list[list[int]] = []
        self.ranges: list[tuple[int, int, int]] = []
        self.tables: list[int] = []
        self._known: dict[Any, int] = {}

    def compiled(self, sources: Sequence[str]) -> NDArray[np.int64]:
        parse = importlib.import_module("re._parser").parse
        entries: list[int] = []
        for source in sources:
            tree = parse(source)
            groups, tree = tree.state.groups, list(tree)
            entries += [len(self.code), self._first_class(tree), 2 * groups]
            self._items(tree)
            self.add(DONE)
        sections = [
            entries,
            *([n for row in rows for n in row] for rows in (self.code, self.classes, self.ranges)),
            self.tables,
        ]
        starts = np.cumsum([ENTRIES, *map(len, sections)])
        return np.array(
            [*starts[1:4], len(self.ranges), starts[4], *(n for section in sections for n in section)], dtype=np.int64
        )

    def add(self, operation: int, a: int = 0, b: int = 0, c: int = 0) -> int:
        self.code.append([operation, a, b, c])
        return len(self.code) - 1

    def _items(self, items: Sequence[Any]) -> None:
        for operation, value in items:
            getattr(self, f"_{str(operation).lower()}", self._unknown(operation))(value)

    def _unknown(self, operation: Any) -> Any:
        def refuse(value: Any) -> None:
            raise ValueError(
                f"a native pattern cannot hold {operation} {value}: read it with `re`, or extend pattern.py"
            )

        return refuse

    def _literal(self, value: int) -> None:
        self.add(CHAR, value)

    def _not_literal(self, value: int) -> None:
        self.add(CLASS, self._class([("NOT_LITERAL", value)]))

    def _in(self, value: Sequence[Any]) -> None:
        self.add(CLASS, self._class(value))

    def _any(self, value: None) -> None:
        self.add(CLASS, self._class([("NEGATE", None), ("LITERAL", 10)]))

    def _at(self, value: Any) -> None:
        known = {"AT_BEGINNING": AT_START, "AT_END": AT_END, "AT_END_STRING": AT_STOP, "AT_BOUNDARY": AT_EDGE}
        if str(value) not in known:
            self._unknown("AT")(value)
        self.add(known[str(value)])

    def _groupref(self, value: int) -> None:
        self.add(BACK, value)

    def _subpattern(self, value: Any) -> None:
        group, add_flags, remove_flags, items = value
        if add_flags or remove_flags or (group or 0) >= MOST_GROUPS:
            self._unknown("SUBPATTERN")(value)
        if group is not None:
            self.add(SAVE, 2 * group)
        self._items(items)
        if group is not None:
            self.add(SAVE, 2 * group + 1)

    def _branch(self, value: Any) -> None:
        ways = value[1]
        firsts = [self._first_class(list(way)) for way in ways]
        if len(ways) > 6 and min(firsts) >= 0:
            self._choice(ways, firsts)
            return
        ends = []
        for way in ways[:-1]:
            split = self.add(SPLIT, 0, 0, self._first_class(list(way)))
            self._items(way)
            ends.append(self.add(JUMP))
            self.code[split][1:3] = [split + 1, len(self.code)]
        self._items(ways[-1])
        for end in ends:
            self.code[end][1] = len(self.code)

    def _choice(self, ways: Sequence[Any], firsts: Sequence[int]) -> None:
        """Write many ways: a table says by the next character which of them are worth a try."""
        self.add(CHOOSE, len(self.tables) // 129)
        bodies, ends = [], []
        for way in ways:
            bodies.append(len(self.code))
            self._items(way)
            ends.append(self.add(JUMP))
        bits = np.array([[*_bits(self.classes[first]), True] for first in firsts])
        chains: dict[tuple[int, ...], int] = {(): -1}
        for fit in (tuple(np.flatnonzero(column).tolist()) for column in bits.T):
            if fit not in chains:
                chains[fit] = len(self.code)
                for way in fit[:-1]:
                    self.add(SPLIT, bodies[way], len(self.code) + 1, -1)
                self.add(JUMP, bodies[fit[-1]])
            self.tables.append(chains[fit])
        for end in ends:
            self.code[end][1] = len(self.code)

    def _max_repeat(self, value: Any) -> None:
        least, most, items = value[0], int(value[1]), list(value[2])
        most = most if most < 1 << 20 else _MANY
        if len(items) == 1 and (single := self._single(items[0])) is not None:
            self.add(REPEAT, single, least, most)
            return
        for _ in range(least):
            self._items(items)
        first = self._first_class(items)
        if most == _MANY:
            split = self.add(SPLIT, len(self.code) + 1, 0, first)
            self._items(items)
            self.add(JUMP, split)
            self.code[split][2] = len(self.code)
            return
        splits = []
        for _ in range(most - least):
            splits.append(self.add(SPLIT, len(self.code) + 1, 0, first))
            self._items(items)
        for split in splits:
            self.code[split][2] = len(self.code)

    def _assert(self, value: Any, negative: int = 0) -> None:
        direction, tree = value
        width = -1
        if direction < 0:
            low, high = tree.getwidth()
            if low != high:
                self._unknown("ASSERT")(value)
            width = low
        look = self.add(LOOK, negative, width)
        self._items(list(tree))
        self.add(LOOKED)
        self.code[look][3] = len(self.code)

    def _assert_not(self, value: Any) -> None:
        self._assert(value, 1)

    def _single(self, item: Any) -> int | None:
        """Return the class of an item that is one character, None for another one."""
        operation, value = str(item[0]), item[1]
        if operation in ("LITERAL", "NOT_LITERAL"):
            return self._class([(operation, value)])
        if operation == "ANY":
            return self._class([("NEGATE", None), ("LITERAL", 10)])
        if operation == "SUBPATTERN" and value[0] is None and not value[1] and not value[2] and len(value[3]) == 1:
            return self._single(value[3][0])
        return self._class(value) if operation == "IN" else None

    def _class(self, members: Sequence[Any]) -> int:
        key = tuple((str(kind), str(value)) for kind, value in members)
        if key not in self._known:
            self._known[key] = self._new_class(members)
        return self._known[key]

    def _new_class(self, members: Sequence[Any]) -> int:
        number, negate, kinds, not_kinds = len(self.classes), 0, 0, 0
        low = np.zeros(128, dtype=np.bool_)
        for name, value in ((str(kind), value) for kind, value in members):
            if name in ("LITERAL", "RANGE", "NOT_LITERAL"):
                first, last = value if name == "RANGE" else (value, value)
                low[first : last + 1] = True
                if last > 127:
                    self.ranges.append((number, first, last))
                negate |= name == "NOT_LITERAL"
            elif name == "NEGATE":
                negate = 1
            elif name == "CATEGORY" and str(value).split("_")[-1] in _CATEGORIES:
                bit, none = _CATEGORIES[str(value).split("_")[-1]], "_NOT_" in str(value)
                low |= np.array([_of_category(chr(c), bit) != none for c in range(128)])
                kinds, not_kinds = (kinds, not_kinds | bit) if none else (kinds | bit, not_kinds)
            else:
                self._unknown(name)(value)
        self.classes.append([*_words(low != bool(negate)), kinds, not_kinds, int(negate), 0])
        return number

    def _first_class(self, items: Sequence[Any]) -> int:
        """Return a class that holds what these items may begin with, -1 where they may be empty."""
        found = self._first(items)
        if found is None:
            return -1
        key = ("first", found.tobytes())
        if key not in self._known:
            self._known[key] = len(self.classes)
            self.classes.append([*_words(found), 0, 0, 0, 1])
        return self._known[key]

    def _first(self, items: Sequence[Any]) -> NDArray[np.bool_] | None:
        found = np.zeros(128, dtype=np.bool_)
        for item in items:
            name, value = str(item[0]), item[1]
            if name in ("ASSERT", "ASSERT_NOT", "AT"):
                continue
            single = self._single(item)
            if single is not None:
                return found | _bits(self.classes[single])
            if name == "BRANCH":
                parts = [self._first(list(way)) for way in value[1]]
            elif name == "SUBPATTERN":
                parts = [self._first(list(value[3]))]
            elif name == "MAX_REPEAT":
                parts = [self._first(list(value[2]))]
            else:
                return None
            for part in parts:
                if part is None:
                    return None
                found |= part
            if name != "MAX_REPEAT" or value[0] > 0:
                return found
        return None


def _of_category(character: str, bit: int) -> bool:
    if bit == DECIMAL:
        return character.isdecimal()
    return character.isspace() if bit == SPACE else character.isalnum() or character == "_"


def _words(low: NDArray[np.bool_]) -> list[int]:
    """Return 128 bits as two signed integers."""
    return np.packbits(low, bitorder="little").view(np.int64).tolist()


def _bits(row: list[int]) -> NDArray[np.bool_]:
    return np.unpackbits(np.array(row[:2], dtype=np.int64).view(np.uint8), bitorder="little").astype(np.bool_)
