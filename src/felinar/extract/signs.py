"""One pass over a folded text finds the words that several extractors wait for (Aho-Corasick).

So a text without a word for "at" costs the e-mail extractor nothing more than its share of this pass. A file that
waits for words names them with `register` when it is imported, and asks `hits` for their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import ahocorasick

from felinar.kernels.fold import Folded

# Start, end and what the registered word stands for.
Hit = tuple[int, int, Any]
_BLANKS = re.compile(r"\s")
_SOURCES: dict[str, Callable[[], Iterable[tuple[str, Any]]]] = {}


def register(group: str, words: Callable[[], Iterable[tuple[str, Any]]]) -> None:
    """Wait for these (folded word, what it stands for); they are asked for once, when the first text is read."""
    _SOURCES[group] = words
    automaton.cache_clear()


@lru_cache(maxsize=1)
def automaton() -> Any:
    """Return the automaton over all registered words; a value lists (group, length, what the word stands for)."""
    built = ahocorasick.Automaton()
    for word, entry in entries().items():
        built.add_word(word, entry)
    built.make_automaton()
    return built


def entries() -> dict[str, tuple[tuple[str, int, Any], ...]]:
    """Return every registered word with its (group, length, what the word stands for)."""
    found: dict[str, list[tuple[str, int, Any]]] = {}
    for group in sorted(_SOURCES):
        for word, meant in _SOURCES[group]():
            found.setdefault(word, []).append((group, len(word), meant))
    return {word: tuple(entry) for word, entry in found.items()}


def hits(text: Folded, group: str) -> list[Hit]:
    """Return the registered words of a group that stand in the text as whole words, in the order of their ends."""
    found: dict[str, list[Hit]] | None = text.notes.get("signs")
    if found is None:
        found = text.notes["signs"] = _scan(text)
    return found.get(group, [])


def _scan(text: Folded) -> dict[str, list[Hit]]:
    # A character that cannot be printed is a line break or another blank than the plain one.
    content = text.text if text.text.isprintable() else _BLANKS.sub(" ", text.text)
    found: dict[str, list[Hit]] = {}
    for last, entries in automaton().iter(content):
        end = last + 1
        if _joined(content, last, end):
            continue
        for group, length, meant in entries:
            start = end - length
            if start == 0 or not _joined(content, start - 1, start):
                found.setdefault(group, []).append((start, end, meant))
    return found


def _joined(content: str, left: int, right: int) -> bool:
    """Whether the two characters belong to one word; a word that ends in a sign (100%) ends anywhere."""
    if right >= len(content):
        return False
    return _in_word(content[left]) and _in_word(content[right])


def _in_word(character: str) -> bool:
    return character.isalnum() or "\u0900" <= character <= "\u0963"
