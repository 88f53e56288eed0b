"""The registered words of `extract/signs.py` by the words with which they begin, and the loop that compares them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import ALNUM, OPENS, SIGN, SPACE, kind_of
from felinar.extract.native.fetch import fetched
from felinar.extract.native.vocabulary import first_word, vocabulary
from felinar.extract.signs import entries
from felinar.kernels.compile import kernel
from felinar.kernels.kept_tables import kept_table

_IN_WORD = ALNUM | SIGN
_BLANK = 32
_BUCKETS, _SPREAD = 1 << 13, np.uint64(64 - 13)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_ANY = 64  # classes of characters
_AHEAD = 12  # how many places ahead their characters are fetched


class Spelt(NamedTuple):
    """The registered words. For each word of the vocabulary: whether one `begins` with it, and which it is `alone`.

    Those that go on are in buckets by their first word and the two characters after it, or, where they begin with no
    word, by their first two characters: bucket b has the entries `first[b]` to `first[b + 1]` - 1, shortest first.
    Entry i is of the first `word`, -1 for none, after which follow `letters[at[i]:at[i + 1]]`.
    """

    begins: NDArray[np.bool_]
    alone: NDArray[np.int32]
    first: NDArray[np.int32]
    word: NDArray[np.int32]
    number: NDArray[np.int32]
    at: NDArray[np.int32]
    letters: NDArray[np.uint32]


@lru_cache(maxsize=1)
def sign_words() -> tuple[tuple[str, tuple[tuple[str, int, Any], ...]], ...]:
    """Return (folded word, its (group, length, meaning) entries) in the order of the words' numbers in `Signs`."""
    return tuple(sorted(entries().items()))


@kept_table
def spelt() -> Spelt:
    """Return all registered words."""
    numbers = {word: number for number, word in enumerate(vocabulary())}
    begins, alone = np.zeros(len(numbers), dtype=np.bool_), np.full(len(numbers), -1, dtype=np.int32)
    buckets: list[list[tuple[int, str, int, int]]] = [[] for _ in range(_BUCKETS)]
    for number, (sign, _) in enumerate(sign_words()):
        word, rest = _parted(sign, numbers)
        if word >= 0:
            begins[word] = True
        if not rest:
            alone[word] = number
        # After a sign of one more letter anything may stand.
        thirds = {ord(rest[1]) % _ANY} if len(rest) > 1 else range(_ANY if rest else 0)
        for bucket in sorted({bucket_of.plain(word, ord(rest[0]), third) for third in thirds}):
            buckets[bucket].append((len(sign), rest, word, number))
    every = [entry for bucket in buckets for entry in sorted(bucket)]
    return Spelt(
        begins,
        alone,
        np.cumsum([0, *map(len, buckets)], dtype=np.int32),
        np.array([word for _, _, word, _ in every], dtype=np.int32),
        np.array([number for _, _, _, number in every], dtype=np.int32),
        np.cumsum([0, *(len(rest) for _, rest, _, _ in every)], dtype=np.int32),
        np.array([ord(letter) for _, rest, _, _ in every for letter in rest], dtype=np.uint32),
    )


def _parted(sign: str, numbers: dict[str, int]) -> tuple[int, str]:
    """Return the number of the word with which a sign begins, -1 for none, and the rest."""
    first = first_word(sign)
    if not first and not (kind_of(sign[0]) & OPENS and len(sign) > 1):
        raise ValueError(f"no sign word may begin with {sign[0]!r}")
    return (numbers[first] if first else -1), sign[len(first) :]


@kernel
def bucket_of(word: Any, second: Any, third: Any) -> Any:
    """Return the bucket of a first word and the two characters after it."""
    key = np.uint64(((word + 1) << 12) | ((second & 63) << 6) | (third & 63))
    return np.int64((key * _STEP) >> _SPREAD)


@kernel
def bucket_at(word: Any, folded: Any, kinds: Any, k: Any, stop: Any) -> Any:
    """Return the bucket of the signs with this first word that may go on here."""
    after = k + np.uint64(1)
    second = np.int64(0) if k >= stop else np.int64(_BLANK) if kinds[k] & SPACE else np.int64(folded[k])
    third = np.int64(0) if after >= stop else np.int64(_BLANK) if kinds[after] & SPACE else np.int64(folded[after])
    return bucket_of(word, second, third)


@kernel
def write_signs(folded: Any, kinds: Any, at: Any, spelt: Spelt, begun: Any, count: Any, rows: Any) -> Any:
    """Write (text, start, end, number) of every sign; return how many there are, also beyond the room.

    `begun` are rows of (text, start, end of the first word, its number or -1, bucket) where signs may begin.
    """
    firsts, words, numbers, begins, letters = spelt.first, spelt.word, spelt.number, spelt.at, spelt.letters
    alone, room = spelt.alone, rows.shape[1]
    n = 0
    for i in range(count):
        if i + _AHEAD < count:
            fetched(folded, np.uint64(begun[2, i + _AHEAD]))
            fetched(kinds, np.uint64(begun[2, i + _AHEAD]))
        first = at[begun[0, i]]
        stop = at[begun[0, i] + 1]
        place = np.int64(begun[2, i])
        word = np.int64(begun[3, i])
        if word >= 0 and alone[word] >= 0 and (place == stop or (kinds[place] & _IN_WORD) == 0):
            if n < room:
                rows[0, n], rows[1, n], rows[2, n] = begun[0, i], begun[1, i] - first, place - first
                rows[3, n] = alone[word]
            n += 1
        for entry in range(firsts[begun[4, i]], firsts[begun[4, i] + 1]):
            begin = np.int64(begins[entry])
            size = np.int64(begins[entry + 1]) - begin
            if words[entry] != word or place + size > stop:
                continue
            k = 0
            while k < size and letters[begin + k] == code_of(folded, kinds, place + k):
                k += 1
            if k == size and ends_at(kinds, place + size, stop):
                if n < room:
                    rows[0, n], rows[1, n], rows[2, n] = begun[0, i], begun[1, i] - first, place + size - first
                    rows[3, n] = numbers[entry]
                n += 1
    return n


@kernel
def code_of(folded: Any, kinds: Any, place: Any) -> Any:
    """Return the code point at a place, the plain blank for every blank."""
    return _BLANK if kinds[place] & SPACE else np.int64(folded[place])


@kernel
def ends_at(kinds: Any, place: Any, stop: Any) -> Any:
    """Say whether a word may end before this place."""
    return place == stop or (kinds[place - 1] & _IN_WORD) == 0 or (kinds[place] & _IN_WORD) == 0
