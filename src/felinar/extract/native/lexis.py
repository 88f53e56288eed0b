"""Words with what is known of them, as one trie in one array of integers, walked letter by letter.

Numba counts references of every array that a kernel hands on, so tables that are asked often are one array.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

# A trie begins with these; places count from its own beginning. KEYS has (node << 21 | code point, child) or (-1, 0);
# ENDS the row of the word that ends at a node or -1; ROOTS the first node by code point; ABOUT the rows of all words.
MASK, KEYS, ENDS, ROOTS, MANY_ROOTS, ABOUT, WIDTH, HEAD = range(8)
_STEP, _SPREAD = 0x9E3779B97F4A7C15, 40
_STEP_64, _SPREAD_64 = np.uint64(_STEP), np.uint64(_SPREAD)


def lexis_of(words: Mapping[str, Sequence[int]], roots: int = 128) -> NDArray[np.int64]:
    """Return the trie of these words with their rows, which have one length."""
    children: list[dict[int, int]] = [{}]
    ends = [-1]
    for number, word in enumerate(words):
        node = 0
        for letter in map(ord, word):
            if letter not in children[node]:
                children[node][letter] = len(children)
                children.append({})
                ends.append(-1)
            node = children[node][letter]
        ends[node] = number
    pairs = [(node << 21 | code, child) for node, found in enumerate(children) for code, child in found.items()]
    size = 1 << max(3, (2 * len(pairs)).bit_length())
    keys = np.zeros((size, 2), dtype=np.int64)
    keys[:, 0] = -1
    for key, child in pairs:
        slot = (key * _STEP % (1 << 64) >> _SPREAD) % size
        while keys[slot, 0] >= 0:
            slot = (slot + 1) % size
        keys[slot] = key, child
    first = np.zeros(roots, dtype=np.int64)
    for code, child in children[0].items():
        if code < roots:
            first[code] = child
    rows = [list(row) for row in words.values()]
    width = len(rows[0]) if rows else 0
    starts = np.cumsum([HEAD, 2 * size, len(ends), roots])
    head = [size - 1, *starts[:3], roots, starts[3], width]
    about = np.array(rows, dtype=np.int64).reshape(-1)
    return np.concatenate([np.array(head, dtype=np.int64), keys.reshape(-1), np.array(ends), first, about])


@kernel
def next_node(table: Any, base: Any, node: Any, code: Any) -> Any:
    """Return the node after this one by this character, 0 for none."""
    if node == 0 and code < table[base + MANY_ROOTS]:
        return table[base + table[base + ROOTS] + code]
    key = (node << 21) | code
    mask, keys = table[base], base + table[base + KEYS]
    slot = np.int64((np.uint64(key) * _STEP_64) >> _SPREAD_64) & mask
    while table[keys + 2 * slot] != key:
        if table[keys + 2 * slot] < 0:
            return 0
        slot = (slot + 1) & mask
    return table[keys + 2 * slot + 1]


@kernel
def word_at(table: Any, base: Any, node: Any) -> Any:
    """Return where the row of the word stands that ends at this node, -1 for none."""
    row = table[base + table[base + ENDS] + node]
    return -1 if row < 0 else base + table[base + ABOUT] + row * table[base + WIDTH]


@kernel
def find_row(table: Any, base: Any, text: Any, start: Any, end: Any) -> Any:
    """Return where the row of the word text[start:end] stands, -1 for an unknown word."""
    node = np.int64(0)
    for k in range(start, end):
        node = next_node(table, base, node, np.int64(text[k]))
        if node == 0:
            return -1
    return word_at(table, base, node)
