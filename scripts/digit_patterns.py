"""Regular expressions over digits, as libphonenumber's metadata uses them, turned into small automata with priorities.

Read are digits, \\d, classes, groups, alternatives, `?`, `{n}`, `{m,n}` and `$`; anything else, and any repeat without
an end, is refused: every pattern then knows finitely many strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ANY = 0b11_1111_1111


class NotReadError(ValueError):
    """The pattern uses something that this reader does not know."""


@dataclass
class Automaton:
    """Nodes as tuples: ("digits", mask, next), ("split", nexts), ("save", slot, next), ("end", next), ("match", tag).

    The nexts of a split stand in the order in which `re` would try them.
    """

    nodes: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, *node: object) -> int:
        """Return the number of a new node."""
        self.nodes.append(node)
        return len(self.nodes) - 1

    def pattern(self, text: str, tag: int) -> int:
        """Return the first node of a pattern whose match has this tag."""
        return self.build(parsed(text), self.add("match", tag))

    def build(self, tree: tuple[object, ...], after: int) -> int:
        """Return the first node of a tree that goes on at the node `after`."""
        kind, *rest = tree
        if kind == "digits":
            return self.add("digits", rest[0], after)
        if kind == "end":
            return self.add("end", after)
        if kind == "sequence":
            for part in reversed(rest):
                after = self.build(part, after)  # type: ignore[arg-type]
            return after
        if kind == "choice":
            return self.add("split", tuple(self.build(part, after) for part in rest))  # type: ignore[arg-type]
        if kind == "group":
            return self.add("save", 2 * rest[0], self.build(rest[1], self.add("save", 2 * rest[0] + 1, after)))  # type: ignore
        return self._repeat(rest[0], rest[1], rest[2], after)  # type: ignore[arg-type]

    def _repeat(self, part: tuple[object, ...], least: int, most: int, after: int) -> int:
        start = after
        for _ in range(most - least):  # greedy: one more is tried before none
            start = self.add("split", (self.build(part, start), after))
        for _ in range(least):
            start = self.build(part, start)
        return start


def parsed(text: str) -> tuple[object, ...]:
    """Return the tree of a pattern."""
    reader = _Reader(text)
    tree = reader.choice()
    if reader.at < len(text):
        raise NotReadError(f"'{text}' has something unknown at {reader.at}")
    return tree


@dataclass
class _Reader:
    text: str
    at: int = 0
    groups: int = 0

    def choice(self) -> tuple[object, ...]:
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else ("choice", *parts)

    def _sequence(self) -> tuple[object, ...]:
        parts = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self._repeated(self._one()))
        return ("sequence", *parts)

    def _one(self) -> tuple[object, ...]:
        if self._take("(?:"):
            return self._until_bracket(self.choice())
        if self._take("("):
            self.groups += 1
            number = self.groups
            return self._until_bracket(("group", number, self.choice()))
        if self._take("["):
            return ("digits", self._class())
        if self._take("\\d"):
            return ("digits", ANY)
        if self._take("$"):
            return ("end",)
        sign = self.text[self.at]
        if not "0" <= sign <= "9":
            raise NotReadError(f"'{self.text}' has something unknown at {self.at}")
        self.at += 1
        return ("digits", 1 << int(sign))

    def _class(self) -> int:
        mask, first = 0, ""
        while not self._take("]"):
            sign = self.text[self.at]
            self.at += 1
            if sign == "-" and first:
                last = int(self.text[self.at])
                self.at += 1
                mask |= sum(1 << d for d in range(int(first), last + 1))
            elif self.text[self.at - 1 : self.at + 1] == "\\d":
                self.at += 1
                mask |= ANY
            else:
                mask |= 1 << int(sign)
                first = sign
        return mask

    def _repeated(self, part: tuple[object, ...]) -> tuple[object, ...]:
        if self._take("?"):
            return ("repeat", part, 0, 1)
        if not self._take("{"):
            return part
        until = self.text.index("}", self.at)
        least, comma, most = self.text[self.at : until].partition(",")
        if comma and not most:
            raise NotReadError(f"'{self.text}' has a repeat without an end at {self.at}")
        self.at = until + 1
        return ("repeat", part, int(least), int(most or least))

    def _until_bracket(self, tree: tuple[object, ...]) -> tuple[object, ...]:
        if not self._take(")"):
            raise NotReadError(f"'{self.text}' has a bracket without its partner")
        return tree

    def _take(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True
