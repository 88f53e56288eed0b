"""The loops of `native/lid.py`: from lines of UTF-8 to labels and scores, as fastText takes them."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

_BASIS, _PRIME = np.uint32(2166136261), np.uint32(16777619)
_FIRST, _LAST = np.uint8(60), np.uint8(62)  # `<` and `>` stand around a word
_LEAST = np.float32(math.log(1e-5))
# Compiled differently, sums of 32-bit numbers differ by some 1e-6; what is closer than this the library decides.
_NEAR = 1e-4


class Model(NamedTuple):
    """Word i is `letters[at[i]:at[i + 1]]` in UTF-8 and has row i; `slots` hold a word's number or -1.

    `grams` (slots too) hold a stretch's hash modulo `buckets` or -1, `gram_rows` its row. Node k of the tree is a label
    below the number of labels; others have the weights `forks[k - labels]` and go `left` or `right`.
    """

    rows: NDArray[np.float32]
    slots: NDArray[np.int32]
    at: NDArray[np.int32]
    letters: NDArray[np.uint8]
    grams: NDArray[np.int32]
    gram_rows: NDArray[np.int32]
    forks: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    label: NDArray[np.uint8]
    buckets: int


class Room(NamedTuple):
    """Room for the mean of a line's rows, and for the nodes and scores of a path of the tree."""

    mean: NDArray[np.float32]
    nodes: NDArray[np.int32]
    scores: NDArray[np.float32]

    @classmethod
    def of(cls, found: Model) -> Room:
        """Return room for this model."""
        path = 2 * len(found.forks)
        mean = np.zeros(found.rows.shape[1], dtype=np.float32)
        return cls(mean, np.zeros(path, dtype=np.int32), np.zeros(path, dtype=np.float32))


@kernel
def step(value: Any, byte: Any) -> Any:
    """Return the 32-bit FNV-1a hash with one byte more; fastText takes bytes as signed."""
    wide = np.uint32(byte)
    if wide >= 128:
        wide = wide | np.uint32(0xFFFFFF00)
    return np.uint32((value ^ wide) * _PRIME)


@kernel
def fill(found: Model, pairs: Any) -> None:
    """Give every word and every stretch its slot."""
    mask = len(found.slots) - 1
    for word in range(len(found.at) - 1):
        value = _BASIS
        for k in range(found.at[word], found.at[word + 1]):
            value = step(value, found.letters[k])
        slot = np.int64(value) & mask
        while found.slots[slot] >= 0:
            slot = (slot + 1) & mask
        found.slots[slot] = word
    mask = len(found.grams) - 1
    for i in range(len(pairs)):
        slot = np.int64(pairs[i, 0]) & mask
        while found.grams[slot] >= 0:
            slot = (slot + 1) & mask
        found.grams[slot] = pairs[i, 0]
        found.gram_rows[slot] = len(found.at) - 1 + pairs[i, 1]


@kernel
def word_of(found: Model, text: Any, start: int, end: int) -> Any:
    """Return the number of the word text[start:end], or -1."""
    value = _BASIS
    for k in range(start, end):
        value = step(value, text[k])
    mask = len(found.slots) - 1
    slot = np.int64(value) & mask
    while found.slots[slot] >= 0:
        word = found.slots[slot]
        first = found.at[word]
        if found.at[word + 1] - first == end - start:
            k = 0
            while k < end - start and found.letters[first + k] == text[start + k]:
                k += 1
            if k == end - start:
                return word
        slot = (slot + 1) & mask
    return np.int32(-1)


@kernel
def add_row(table: Any, row: Any, mean: Any) -> None:
    """Add a row to the sum."""
    for k in range(len(mean)):
        mean[k] += table[row, k]


@kernel
def add_stretches(found: Model, text: Any, start: int, end: int, mean: Any) -> int:
    """Add the rows of all stretches of two to four letters of a word between `<` and `>`; return how many."""
    added = 0
    mask = len(found.grams) - 1
    for first in range(start - 1, end + 1):
        if first >= start and first < end and (text[first] & 0xC0) == 0x80:
            continue  # inside a letter
        value = _BASIS
        k = first
        letters = 0
        while k <= end and letters < 4:
            value = step(value, _FIRST if k < start else _LAST if k == end else np.uint8(text[k]))
            k += 1
            while k < end and k >= start and (text[k] & 0xC0) == 0x80:
                value = step(value, text[k])
                k += 1
            letters += 1
            if letters < 2:
                continue
            gram = np.int64(value) % found.buckets
            slot = gram & mask
            while found.grams[slot] >= 0 and found.grams[slot] != gram:
                slot = (slot + 1) & mask
            if found.grams[slot] == gram:
                add_row(found.rows, np.int64(found.gram_rows[slot]), mean)
                added += 1
    return added


@kernel
def is_blank(byte: int) -> bool:
    """Say whether a byte parts two words for fastText."""
    return byte in (0, 9, 10, 11, 12, 13, 32)


@kernel
def add_words(found: Model, text: Any, start: int, end: int, mean: Any) -> int:
    """Add the rows of all words of a line; return how many rows there are."""
    added = 0
    k = start
    while k < end:
        if is_blank(text[k]):
            k += 1
            continue
        first = k
        while k < end and not is_blank(text[k]):
            k += 1
        word = word_of(found, text, first, k)
        if word == 0:  # written like the end of the line
            break
        labelled = k - first >= len(found.label)
        for letter in range(len(found.label)):
            labelled = labelled and text[first + letter] == found.label[letter]
        if labelled:
            continue
        if word > 0:
            add_row(found.rows, word, mean)
            added += 1
        added += add_stretches(found, text, first, k, mean)
    add_row(found.rows, np.int64(0), mean)
    return added + 1


@kernel
def logarithm(x: Any) -> Any:
    """Return the logarithm as fastText takes it."""
    return np.float32(math.log(np.float64(np.float32(x)) + 1e-5))


@kernel
def is_near(left: Any, right: Any) -> Any:
    """Say whether rounding might put two logarithms of scores in the other order."""
    return abs(left - right) < _NEAR


@kernel
def best_label(found: Model, mean: Any, nodes: Any, scores: Any) -> Any:
    """Return (label or -1, the logarithm of its score, whether rounding may have decided).

    `nodes` and `scores` are room for a path of the tree.
    """
    labels = len(found.forks)
    nodes[0] = 2 * labels - 2
    scores[0] = np.float32(0)
    waiting = 1
    best = np.int64(-1)
    highest = np.float32(0)
    close: Any = False
    while waiting:
        waiting -= 1
        node = nodes[waiting]
        score = scores[waiting]
        close = close or is_near(score, _LEAST) or (best >= 0 and is_near(score, highest))
        if score < _LEAST or (best >= 0 and score < highest):
            continue
        if found.left[node] < 0:
            best = np.int64(node)
            highest = score
            continue
        product = np.float32(0)
        for k in range(len(mean)):
            product += found.forks[node - labels, k] * mean[k]
        chance = np.float32(1.0 / (1.0 + np.float64(np.exp(-product))))
        nodes[waiting] = found.right[node]
        scores[waiting] = np.float32(score + logarithm(np.float64(chance)))
        nodes[waiting + 1] = found.left[node]
        scores[waiting + 1] = np.float32(score + logarithm(1.0 - np.float64(chance)))
        waiting += 2
    return best, highest, close


@kernel
def predict(found: Model, text: Any, at: Any, room: Room, label: Any, score: Any, close: Any) -> None:
    """Write for every line text[at[i]:at[i + 1]] of UTF-8 its label (or -1), its score, and whether that was close."""
    mean = room.mean
    for i in range(len(at) - 1):
        mean[:] = 0
        rows = add_words(found, text, at[i], at[i + 1], mean)
        share = np.float32(1.0 / rows)
        for k in range(len(mean)):
            mean[k] *= share
        label[i], logarithmic, close[i] = best_label(found, mean, room.nodes, room.scores)
        score[i] = np.exp(logarithmic)
