"""The words that several readers wait for, found in one native pass: the twin of `extract/signs.py`.

A trie is walked from every place where a word or a sign may begin; most walks end after one to three characters.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import ALNUM, SPACE
from felinar.extract.native.page import Page
from felinar.extract.signs import entries
from felinar.kernels.compile import kernel

_STEP, _SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(40)
_FIRST_SIGN, _LAST_SIGN = 0x0900, 0x0963
_PAIR_BITS = 14


class Trie(NamedTuple):
    """Nodes and their children in one hash table: `keys` (node << 21 | code point, or -1), `nodes`; `words` ends here.

    `pairs` says of every pair of characters whether it may begin a word (`pair_of`): most walks end before they begin.
    """

    keys: NDArray[np.int64]
    nodes: NDArray[np.int32]
    words: NDArray[np.int32]
    pairs: NDArray[np.uint8]


class Signs(NamedTuple):
    """Hits in the order of texts and of their starts (of equal starts the shortest first); places are folded ones."""

    text: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    word: NDArray[np.int32]


@lru_cache(maxsize=1)
def sign_words() -> tuple[tuple[str, tuple[tuple[str, int, Any], ...]], ...]:
    """Return (folded word, its (group, length, meaning) entries) in the order of the words' numbers in `Signs`."""
    return tuple(sorted(entries().items()))


@cache
def words_of_group(group: str) -> NDArray[np.bool_]:
    """Return for every word number whether the word belongs to the group."""
    return np.array([any(e[0] == group for e in found) for _, found in sign_words()], dtype=np.bool_)


@lru_cache(maxsize=1)
def trie() -> Trie:
    """Return the trie over all registered words."""
    children: list[dict[int, int]] = [{}]
    words = [-1]
    for number, (word, _) in enumerate(sign_words()):
        node = 0
        for letter in map(ord, word):
            if letter not in children[node]:
                children[node][letter] = len(children)
                children.append({})
                words.append(-1)
            node = children[node][letter]
        words[node] = number
    return _packed(children, words)


def _packed(children: list[dict[int, int]], words: list[int]) -> Trie:
    pairs = [(node << 21 | code, child) for node, found in enumerate(children) for code, child in found.items()]
    size = 1 << max(3, (2 * len(pairs)).bit_length())
    keys, nodes = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int32)
    for key, child in pairs:
        slot = (key * int(_STEP) % (1 << 64) >> int(_SPREAD)) % size
        while keys[slot] >= 0:
            slot = (slot + 1) % size
        keys[slot], nodes[slot] = key, child
    begins = np.zeros(1 << _PAIR_BITS, dtype=np.uint8)
    for first, child in children[0].items():
        begins[[pair_of.plain(first, second) for second in children[child]]] = 1
        if words[child] >= 0:
            raise ValueError(f"a sign word has two characters at least, not {chr(first)!r}")
    return Trie(keys, nodes, np.array(words, dtype=np.int32), begins)


def signs_of(page: Page, *, plain: bool = False) -> Signs:
    """Return the registered words that stand in the texts of a page as whole words."""
    room = max(64, len(page.folded) // 24)
    run = scan.plain if plain else scan
    while True:
        rows = np.empty((room, 4), dtype=np.int32)
        n = run(page.folded, page.kinds, page.at, *trie(), rows)
        if n <= room:
            return Signs(*(rows[:n, i].copy() for i in range(4)))
        room = n


@kernel
def pair_of(first: int, second: int) -> int:
    """Return the place of a pair of characters in `Trie.pairs`."""
    return (first * 67 + second) & ((1 << _PAIR_BITS) - 1)


@kernel
def child_of(keys: Any, nodes: Any, node: int, code: int) -> Any:
    """Return the node after this one by this character, 0 for none."""
    key = (np.int64(node) << 21) | np.int64(code)
    mask = len(keys) - 1
    slot = np.int64((np.uint64(key) * _STEP) >> _SPREAD) & mask
    while keys[slot] != key:
        if keys[slot] < 0:
            return 0
        slot = (slot + 1) & mask
    return nodes[slot]


@kernel
def in_word(kind: int, code: int) -> bool:
    """Say whether a character belongs to a word, vowel signs of Devanagari among them."""
    return (kind & ALNUM) != 0 or (code >= _FIRST_SIGN and code <= _LAST_SIGN)


@kernel
def scan(folded: Any, kinds: Any, at: Any, keys: Any, nodes: Any, words: Any, pairs: Any, rows: Any) -> int:
    """Write (text, start, end, word) of every hit; return how many there are, also beyond the room."""
    n = 0
    for text in range(len(at) - 1):
        first = at[text]
        stop = at[text + 1]
        joins = False  # whether the character before belongs to a word
        for start in range(first, stop - 1):
            inside = in_word(kinds[start], folded[start])
            goes_on = joins and inside
            joins = inside
            if goes_on or not pairs[pair_of(code_of(folded, kinds, start), code_of(folded, kinds, start + 1))]:
                continue
            place = start
            node = 0
            while place < stop:
                node = child_of(keys, nodes, node, code_of(folded, kinds, place))
                if node == 0:
                    break
                place += 1
                if words[node] >= 0 and ends_at(folded, kinds, place, stop):
                    if n < len(rows):
                        rows[n, 0] = text
                        rows[n, 1] = start - first
                        rows[n, 2] = place - first
                        rows[n, 3] = words[node]
                    n += 1
    return n


@kernel
def code_of(folded: Any, kinds: Any, place: int) -> Any:
    """Return the code point at a place, the plain blank for every blank."""
    return 32 if kinds[place] & SPACE else np.int64(folded[place])


@kernel
def ends_at(folded: Any, kinds: Any, place: int, stop: int) -> bool:
    """Say whether a word may end before this place."""
    return place == stop or not (in_word(kinds[place - 1], folded[place - 1]) and in_word(kinds[place], folded[place]))
