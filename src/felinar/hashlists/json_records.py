"""Records of a large JSON file, one after the other: the file is never in memory as a whole, and one broken record
costs no other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TextIO

from felinar.hashlists.entry import Problem

BLOCK = 1 << 20  # characters read at once
LONGEST = 1 << 26  # characters that one record, or a value that is passed over, may have
_NEAR_END = 16  # what is found so close to the end of what was read may be other once the rest is there
_DECODE = json.JSONDecoder().raw_decode
_BLANKS = re.compile(r"[ \t\r\n\ufeff]*")
_FIRST_KEY = re.compile(r'\{\s*("(?:[^"\\]|\\.)*")\s*:')


class Record(NamedTuple):
    """One record and where it begins, in characters from the beginning of the file."""

    value: Any
    where: str


class _Damaged(Exception):
    """The text around the records is broken; the message says how."""


def records(text: TextIO, path: tuple[str, ...]) -> Iterator[Record | Problem]:
    """Yield the records under a path of keys, each of an array, as ("value", "Media").

    A bare array stands for the first key. Several documents may follow each other. A broken record, and a file that
    breaks off, are yielded as problems.
    """
    reader = _Reader(text)
    try:
        while reader.next():
            yield from reader.walk(path)
    except _Damaged as problem:
        yield Problem(f"character {reader.offset:,}", f"{problem}; what follows was not read", damaged=True)


class _Reader:
    def __init__(self, text: TextIO) -> None:
        self.stream, self.text, self.at, self.before, self.ended = text, "", 0, 0, False

    @property
    def offset(self) -> int:
        return self.before + self.at

    def more(self) -> bool:
        """Read on, and forget what was used; say whether anything came."""
        block = "" if self.ended else self.stream.read(max(BLOCK, len(self.text) - self.at))
        self.ended = not block
        self.before += self.at
        self.text, self.at = self.text[self.at :] + block, 0
        return not self.ended

    def next(self) -> str:
        """Return the next character that is not blank, without using it; empty at the end."""
        while True:
            self.at = _BLANKS.match(self.text, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, wanted: str) -> str:
        """Use the next character, one of those wanted."""
        found = self.next()
        if not found or found not in wanted:
            raise _Damaged(f"the file breaks off, or holds '{found}' where one of {wanted} should stand")
        self.at += 1
        return found

    def value(self) -> Any:
        """Use and return the next value; raises ValueError where it is broken."""
        while True:
            try:
                value, end = _DECODE(self.text, self.at)
                used = end - self.at
                if end < len(self.text) - _NEAR_END or not self.more():  # a number may go on behind what was read
                    self.at += used
                    return value
            except json.JSONDecodeError as problem:
                unfinished = problem.msg.startswith("Unterminated") or problem.pos >= len(self.text) - _NEAR_END
                if not unfinished or len(self.text) - self.at > LONGEST or not self.more():
                    raise
            except RecursionError:
                raise ValueError("it is nested too deeply") from None

    def walk(self, path: tuple[str, ...]) -> Iterator[Record | Problem]:
        if self.next() == "[":
            yield from self.array(path[1:])
            return
        self.take("{")
        if self.next() == "}":
            self.take("}")
            return
        while True:
            key = self.outer()
            self.take(":")
            if key == path[0] and self.next() == "[":
                yield from self.array(path[1:])
            else:
                self.outer()
            if self.take(",}") == "}":
                return

    def outer(self) -> Any:
        """Use and return a value around the records."""
        self.next()
        try:
            return self.value()
        except ValueError as problem:
            raise _Damaged(f"it is broken ({_message(problem)})") from None

    def array(self, path: tuple[str, ...]) -> Iterator[Record | Problem]:
        self.take("[")
        if self.next() == "]":
            self.take("]")
            return
        while True:
            if path and self.next() == "{":
                yield from self.walk(path)
            else:
                yield from self.record()
            if self.take(",]") == "]":
                return

    def record(self) -> Iterator[Record | Problem]:
        """Yield the next record; of a broken one the problem, and go on to where the next one begins."""
        while True:
            self.next()
            where = f"character {self.offset:,}"
            try:
                yield Record(self.value(), where)
                return
            except ValueError as problem:
                reason = _message(problem)
            if not self.skip():
                raise _Damaged(f"the last record is broken ({reason})")
            yield Problem(where, f"the record is broken ({reason})")

    def skip(self) -> bool:
        """Go to the next place that begins as this record does, with the same key; say whether there is one."""
        begins = _FIRST_KEY.match(self.text, self.at)
        if begins is None:
            return False
        next_one = re.compile(r"\{\s*" + re.escape(begins[1]) + r"\s*:")
        self.at += 1
        while (found := next_one.search(self.text, self.at)) is None:
            self.at = max(self.at, len(self.text) - len(begins[0]) - 64)
            if not self.more():
                return False
        self.at = found.start()
        return True


def _message(problem: ValueError) -> str:
    return problem.msg if isinstance(problem, json.JSONDecodeError) else str(problem)
