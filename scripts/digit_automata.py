"""Deterministic automata over digits in one shared pool: equal states are kept once, whatever pattern they come from.

A state says what it accepts `now`, whatever follows, and `at_end` of the digits: a small number, 0 for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from digit_patterns import Automaton

Thread = tuple[int, tuple[int, ...]]
State = tuple[int, int, tuple[int, ...]]


@dataclass
class Pool:
    """States as (now, at_end, ten next states); state 0 accepts nothing any more."""

    states: list[State] = field(default_factory=lambda: [(0, 0, (0,) * 10)])
    known: dict[State, int] = field(default_factory=lambda: {(0, 0, (0,) * 10): 0})

    def keep(self, state: State) -> int:
        """Return the number of this state."""
        if state not in self.known:
            self.known[state] = len(self.states)
            self.states.append(state)
        return self.known[state]


def recogniser(pool: Pool, patterns: Iterable[tuple[str, int]], meaning: Callable[[int], int] = int) -> int:
    """Return the state from which whole strings of the patterns are known.

    Each pattern has a power of two, a string the sum of its patterns', and `meaning` says what this sum stands for.
    """
    automaton = Automaton()
    starts = [automaton.pattern(text, tag) for text, tag in patterns]
    done: dict[frozenset[int], int] = {frozenset(): 0}

    def state_of(nodes: frozenset[int]) -> int:
        if nodes not in done:
            accepted = 0
            for node in nodes:
                accepted |= automaton.nodes[node][1] if automaton.nodes[node][0] == "match" else 0  # type: ignore
            nexts = tuple(state_of(_stepped(automaton, nodes, digit)) for digit in range(10))
            done[nodes] = pool.keep((0, meaning(accepted), nexts))
        return done[nodes]

    return state_of(_reached(automaton, starts))


def _stepped(automaton: Automaton, nodes: frozenset[int], digit: int) -> frozenset[int]:
    rows: list[Any] = [automaton.nodes[node] for node in nodes]
    return _reached(automaton, [row[2] for row in rows if row[0] == "digits" and row[1] >> digit & 1])


def _reached(automaton: Automaton, starts: Iterable[int]) -> frozenset[int]:
    """Return the nodes that can be reached without a digit, those that read one or match."""
    seen: set[int] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            row: Any = automaton.nodes[node]
            waiting += row[1] if row[0] == "split" else [row[2]] if row[0] == "save" else []
    return frozenset(n for n in seen if automaton.nodes[n][0] in ("digits", "match"))


def matcher(pool: Pool, pattern: str, meaning: Callable[[tuple[int, ...]], int]) -> int:
    """Return the state from which the beginning that `re.match` would take is found, the same one of several.

    Threads stand in the order in which `re` tries them and carry where groups begin and end (-1: not met), twice two
    places from group 1 on; `meaning` gives the number that stands for these places. The last state that accepts wins.
    """
    automaton = Automaton()
    start = automaton.pattern(pattern, 1)
    rows: list[Any] = automaton.nodes
    slots = max((row[1] for row in rows if row[0] == "save"), default=1) - 1
    done: dict[tuple[int, tuple[Thread, ...]], int] = {}

    def state_of(at: int, threads: tuple[Thread, ...]) -> int:
        if not threads:
            return 0
        if (at, threads) not in done:
            inner = _ordered(automaton, threads, at, False)
            nexts = tuple(state_of(at + 1, _moved(automaton, inner, digit)) for digit in range(10))
            ends = _ordered(automaton, threads, at, True)
            done[at, threads] = pool.keep(
                (_accepted(automaton, inner, meaning), _accepted(automaton, ends, meaning), nexts)
            )
        return done[at, threads]

    return state_of(0, ((start, (-1,) * slots),))


def _accepted(automaton: Automaton, threads: list[Thread], meaning: Callable[[tuple[int, ...]], int]) -> int:
    if threads and automaton.nodes[threads[-1][0]][0] == "match":
        return meaning(threads[-1][1])
    return 0


def _moved(automaton: Automaton, threads: list[Thread], digit: int) -> tuple[Thread, ...]:
    rows: list[tuple[Any, tuple[int, ...]]] = [(automaton.nodes[node], places) for node, places in threads]
    return tuple((row[2], places) for row, places in rows if row[0] == "digits" and row[1] >> digit & 1)


def _ordered(automaton: Automaton, threads: Iterable[Thread], at: int, at_end: bool) -> list[Thread]:
    """Return the threads that read a digit, best first, up to the first that matches."""
    found: list[Thread] = []
    seen: set[int] = set()
    waiting = list(threads)[::-1]
    while waiting:
        node, places = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        row: Any = automaton.nodes[node]
        if row[0] in ("digits", "match"):
            found.append((node, places))
            if row[0] == "match":
                break
        elif row[0] == "split":
            waiting += [(following, places) for following in reversed(row[1])]
        elif row[0] == "save":
            slot = row[1] - 2
            waiting.append((row[2], (*places[:slot], at, *places[slot + 1 :])))
        elif at_end:
            waiting.append((row[1], places))
    return found
