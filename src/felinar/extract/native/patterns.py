"""Patterns of the plain readers as tables for one small machine (`native/machine.py`): nobody writes a matcher by hand.

A plain reader's regular expression stays the only place where the pattern is written. Python's own parser takes it
apart, this file turns the parts into instructions, and the machine follows them as `re` does, the first choice first.
Alternatives become one trie over their first letters, so a hundred words cost as much as one.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.charsets import Sets
from felinar.extract.native.openings import openings
from felinar.extract.native.tries import Tries, flat_alternatives, is_letter

_parser: Any = importlib.import_module("re._parser")
# Instructions, with their operands.
CHARACTER, SET, RUN, CHOICE, SPLIT, JUMP, SAVE, NEAR, LOOK, LOOKED, LAST, FIRST, AGAIN, WHETHER, ACCEPT = range(15)
MANY = 1 << 30
STACK, GROUPS = 1 << 14, 16  # places to go back to; groups of a pattern
CODE = 4  # where the lines begin
_NO_LEAD = (-1, 0, 0, -1)
_SHORT = 3  # a repetition that is looked through before a match is tried


class Entry(NamedTuple):
    """How a pattern begins: its first line, and sets by which most places can be passed over (-1 for none).

    A match begins with a character of `head`, and after none of `behind`; one that must reach the end of its stretch
    has at most `reach` characters. `lead` (-1 for none) is a set of which the match begins with `least` to `most`
    characters, before one of `then`; at `opens` (-1 for none) lie the bits of its first characters.
    """

    line: int
    head: int
    behind: int
    lead: int
    least: int
    most: int
    then: int
    opens: int
    reach: int
    groups: int


class Book(NamedTuple):
    """Several patterns as one array, so that a call of the machine passes little.

    `program` has in its first places where its parts begin: sets (`native/charsets.py`), their lists, the trie and its
    mask; from CODE on lines of (instruction, three operands). A slot of the trie (a hash table) is (node or -1,
    character, node that follows, first and number of the choices that end there); a choice is (rank among the
    alternatives, line to go on with).
    """

    program: NDArray[np.int32]
    entries: tuple[Entry, ...]


def book_of(patterns: Sequence[re.Pattern[str]]) -> Book:
    """Return the book of these patterns, which keep their order; ValueError for what the machine cannot follow."""
    writer = _Writer()
    entries = [writer.entry(pattern) for pattern in patterns]
    program = writer.program()
    entries = [entry if entry.opens < 0 else entry._replace(opens=len(program) + entry.opens) for entry in entries]
    return Book(np.concatenate([program, *writer.openings]), tuple(entries))


class _Writer:
    """Writes the program; every method appends the lines of one part of a pattern."""

    def __init__(self) -> None:
        self.code: list[list[int]] = []
        self.sets = Sets()
        self.tries = Tries()
        self.openings: list[NDArray[np.int32]] = []
        self.dotall = False
        self.looking = 0  # how many looks around the part stands in

    def entry(self, pattern: re.Pattern[str]) -> Entry:
        """Append a pattern."""
        if pattern.flags & ~(re.UNICODE | re.DOTALL) or pattern.groups > GROUPS:
            raise ValueError(f"flags {pattern.flags}, {pattern.groups} groups in {pattern.pattern!r}")
        self.dotall = bool(pattern.flags & re.DOTALL)
        tree = _parser.parse(pattern.pattern, pattern.flags)
        first = len(self.code)
        self.sequence(tree)
        self.put(ACCEPT)
        what, number, back, negated = self.code[first]
        behind = number if (what, back, negated) == (NEAR, 1, 1) else -1
        ends = len(tree) and str(tree[-1]) == "(AT, AT_END)"
        reach = min(MANY, tree.getwidth()[1] + 1) if ends else MANY  # one more: it may end before a last line break
        bits = openings(tree)
        opens = -1 if bits is None else sum(map(len, self.openings))
        self.openings += [] if bits is None else [bits]
        lead = self.lead(list(tree)) if bits is None else _NO_LEAD  # the bits say more
        return Entry(first, self.head(tree), behind, *lead, opens, reach, pattern.groups)

    def put(self, instruction: int, a: int = 0, b: int = 0, c: int = 0) -> int:
        """Append a line; return its number."""
        self.code.append([instruction, a, b, c])
        return len(self.code) - 1

    def sequence(self, parts: Sequence[Any]) -> None:
        """Write one part after the other."""
        for name, value in parts:
            single = self.single(name, value)
            if single >= 0:
                self.put(SET, single)
            elif str(name) == "LITERAL":
                self.put(CHARACTER, value)
            else:
                getattr(self, f"_{str(name).lower()}", self._unknown)(value)

    def single(self, name: Any, value: Any) -> int:
        """Return the number of the set of a part that is one character out of several, else -1."""
        kind = str(name)
        if kind == "IN":
            return self.sets.number(value)
        if kind == "NOT_LITERAL":
            return self.sets.number([("NEGATE", None), ("LITERAL", value)])
        if kind == "ANY":
            return self.sets.number([("NEGATE", None)] if self.dotall else [("NEGATE", None), ("LITERAL", 10)])
        return -1

    def _unknown(self, value: Any) -> None:
        raise ValueError(f"the machine has no instruction for {value!r}")

    def _at(self, value: Any) -> None:
        lines = {"AT_BEGINNING": FIRST, "AT_END": LAST}
        if str(value) not in lines:
            self._unknown(value)
        self.put(lines[str(value)])

    def _subpattern(self, value: Any) -> None:
        group, added, removed, parts = value
        if added or removed:
            self._unknown(value)
        if group is None:
            return self.sequence(parts)
        if self.looking:
            self._unknown("a group in a look around")
        self.put(SAVE, 2 * (group - 1))
        self.sequence(parts)
        self.put(SAVE, 2 * (group - 1) + 1)
        return None

    def _groupref(self, group: int) -> None:
        self.put(AGAIN, 2 * (group - 1))

    def _groupref_exists(self, value: Any) -> None:
        group, parts, others = value
        whether = self.put(WHETHER, 2 * (group - 1))
        self.sequence(parts)
        jump = self.put(JUMP)
        self.code[whether][2] = len(self.code)
        self.sequence(others or [])
        self.code[jump][1] = len(self.code)

    def _max_repeat(self, value: Any) -> None:
        low, high, parts = value
        most = MANY if high is _parser.MAXREPEAT else int(high)
        only = parts[0] if len(parts) == 1 else (None, None)
        if str(only[0]) in ("LITERAL", "IN", "NOT_LITERAL", "ANY"):
            one = self.sets.number([only]) if str(only[0]) == "LITERAL" else self.single(*only)
            self.put(RUN, one, low, most)
        elif most < MANY:
            self._times(low, most, parts)
        else:
            self._unknown("a loop of more than one character")

    def _times(self, low: int, most: int, parts: Any) -> None:
        for _ in range(low):
            self.sequence(parts)
        splits = []
        for _ in range(most - low):
            splits.append(self.put(SPLIT))
            self.code[splits[-1]][1] = len(self.code)
            self.sequence(parts)
        for line in splits:
            self.code[line][2] = len(self.code)

    def _assert(self, value: Any) -> None:
        self._look(value, 0)

    def _assert_not(self, value: Any) -> None:
        self._look(value, 1)

    def _look(self, value: Any, negated: int) -> None:
        direction, parts = value
        back = 0
        if direction < 0:
            back, most = parts.getwidth()
            if back != most:
                self._unknown(value)
        only = parts[0] if len(parts) == 1 else (None, None)
        if str(only[0]) in ("LITERAL", "IN", "NOT_LITERAL", "ANY"):
            one = self.sets.number([only]) if str(only[0]) == "LITERAL" else self.single(*only)
            self.put(NEAR, one, back, negated)
            return
        look = self.put(LOOK, 0, back, negated)
        self.looking += 1
        self.sequence(parts)
        self.looking -= 1
        self.put(LOOKED)
        self.code[look][1] = len(self.code)

    def _branch(self, value: Any) -> None:
        """Write a choice: the alternatives' first letters as a trie, then what is left of each."""
        head = self.head([("BRANCH", value)])
        if head >= 0 and not all(parts and is_letter(*parts[0]) for parts in flat_alternatives(value)):
            self.put(NEAR, head, 0, 0)  # most places end here, before any alternative is tried
        root = self.tries.root()
        self.put(CHOICE, root)
        jumps = []
        rests: dict[tuple[int, ...], int] = {}
        for rank, parts in enumerate(flat_alternatives(value)):
            node, rest = self.tries.walk(root, parts)
            if not rest and () in rests:
                self.tries.ends[node].append((rank, rests[()]))
                continue
            self.tries.ends[node].append((rank, len(self.code)))
            if not rest:
                rests[()] = len(self.code)
            self.sequence(rest)
            jumps.append(self.put(JUMP))
        for line in jumps:
            self.code[line][1] = len(self.code)

    def head(self, parts: Sequence[Any]) -> int:
        """Return the set of characters with which these parts may begin, -1 where they may match nothing."""
        found = self._heads(parts)
        return -1 if found is None else self.sets.union(found)

    def _heads(self, parts: Sequence[Any]) -> list[int] | None:
        """Return sets whose union holds every first character; None where there may be none."""
        found: list[int] = []
        for name, value in parts:
            kind = str(name)
            if kind in ("ASSERT", "ASSERT_NOT", "AT"):
                continue
            if kind in ("GROUPREF", "GROUPREF_EXISTS"):
                return None
            if kind == "SUBPATTERN":
                inner = self._heads(value[3])
            elif kind == "MAX_REPEAT":
                inner = self._heads(value[2])
                if value[0] == 0 and inner is not None:
                    found += inner
                    continue
            elif kind == "BRANCH":
                each = [self._heads(alternative) for alternative in value[1]]
                inner = None if any(e is None for e in each) else [s for e in each for s in e or []]
            else:
                inner = [self.sets.number([(name, value)]) if kind == "LITERAL" else self.single(name, value)]
            return None if inner is None else found + inner
        return None

    def lead(self, parts: list[Any]) -> tuple[int, int, int, int]:
        """Return with which set these parts begin, how often at least and at most, and the set of what follows."""
        while parts and str(parts[0][0]) in ("ASSERT", "ASSERT_NOT"):
            parts = parts[1:]
        if not parts:
            return _NO_LEAD
        (name, value), rest = parts[0], parts[1:]
        least, most = 1, 1
        if str(name) == "MAX_REPEAT" and len(value[2]) == 1 and value[1] <= _SHORT:
            least, most, ((name, value),) = value
        lead, then = self.single(name, value), self.head(rest)
        return (lead, least, most, then) if lead >= 0 and then >= 0 else _NO_LEAD

    def program(self) -> NDArray[np.int32]:
        """Return all that was written as one array."""
        # No line is followed twice on one path; it leaves one place to go back to, a choice one for all that fits.
        fitting = self.tries.fitting()
        if sum(fitting[line[1]] if line[0] == CHOICE else 1 for line in self.code) > STACK:
            self._unknown("a pattern that may need a longer stack")
        sets, lists = self.sets.arrays()
        ends_at = CODE + 4 * len(self.code)
        first = ends_at + 2 * np.cumsum([0, *map(len, self.tries.ends)])
        trie = self.tries.slots(first)
        sets_at = int(first[-1])
        lists_at = sets_at + len(sets)
        lists[: 3 * len(self.sets)].reshape(-1, 3)[:, :2] += lists_at
        trie_at = lists_at + len(lists)
        for line in self.code:
            if line[0] == CHOICE:
                line[2:] = int(first[line[1]]), len(self.tries.ends[line[1]])
        head = np.array([sets_at, lists_at, trie_at, len(trie) - 1] + [0] * (CODE - 4))
        ends = np.array([end for found in self.tries.ends for end in found], dtype=np.int32).ravel()
        parts = (head, np.array(self.code).ravel(), ends, sets, lists, trie.ravel())
        return np.concatenate(parts).astype(np.int32)
