"""The spellings of towns as a hash table, and the loops that fill it and look in it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import SPACE
from felinar.extract.native.page import Page
from felinar.extract.native.table import BASIS, PRIME
from felinar.extract.native.words import finished
from felinar.extract.place_choice import NAMED_COUNTS, NAMED_COUNTS_NEAR
from felinar.kernels.compile import kernel

_BLANK = 32
FORM, BEGINS, ORDINARY, NAMED, REGION = 1, 2, 4, 8, 16
FILTER, PAIRS = 1 << 15, 1 << 14  # sizes of filters, in words of 64 bits
_FILTER_PLACE, _SIX, _SIX_BITS, _PAIR = np.uint64(12), np.uint64(6), np.uint64(63), np.uint64(0x9E3779B97F4A7C15)


class Towns(NamedTuple):
    """Spelling i is `letters[first[i]:last[i]]` with the bits `kind` (FORM: of a town; BEGINS: a longer one
    begins so; an ORDINARY word; a first name, NAMED; also a REGION).

    Its towns are `town[at[i]:at[i + 1]]`, largest first, but one of that very name before others; `country` (of the
    alphabet's 26 letters, two digits) and `population` are of towns. `slots` hold a spelling's number or -1; `filter`
    says of most words that no spelling begins with them, and `pairs` of two words, from 384 KB together (Bloom, 1970).
    """

    slots: NDArray[np.int32]
    hashes: NDArray[np.uint64]
    letters: NDArray[np.uint32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    kind: NDArray[np.uint8]
    at: NDArray[np.int32]
    town: NDArray[np.int32]
    country: NDArray[np.int16]
    population: NDArray[np.int64]
    filter: NDArray[np.uint64]
    pairs: NDArray[np.uint64]


@kernel
def is_parting(code: int) -> bool:
    """Say whether a character may part two words of a name (see `words.next_word`)."""
    return code == _BLANK or code == 45 or code == 46 or code == 39 or code == 0x2019 or code == 40


@kernel
def is_spelt(letters: Any, first: int, last: int, text: Any, start: Any, end: Any) -> Any:
    """Say whether text[start:end] is the spelling letters[first:last], whose
    blanks stand for whatever parts two words of the text.
    """
    k = start
    for at in range(first, last):
        if k >= end:
            return False
        if letters[at] == _BLANK:
            if not is_parting(text[k]):
                return False
            while k < end and is_parting(text[k]):
                k += 1
        elif letters[at] == text[k]:
            k += 1
        else:
            return False
    return k == end


@kernel
def spelling_at(  # type: ignore[no-untyped-def]
    slots, hashes, letters, first, last, value, text, start, end
) -> Any:
    """Return the number of the spelling text[start:end], whose hash is given, or -1; the arrays are those of Towns."""
    mask = len(slots) - 1
    slot = np.int64(value & np.uint64(mask))
    spelling = np.int64(slots[slot])
    while spelling >= 0 and not (
        hashes[spelling] == value and is_spelt(letters, first[spelling], last[spelling], text, start, end)
    ):
        slot = (slot + 1) & mask
        spelling = np.int64(slots[slot])
    return spelling


@kernel
def filter_place(value: Any, size: Any) -> Any:
    """Return the place of a hash in a filter of this size, a power of two."""
    return np.int64((value >> _FILTER_PLACE) & np.uint64(size - 1))


@kernel
def filter_bits(value: Any) -> Any:
    """Return the two bits of a hash there."""
    one = np.uint64(1)
    return (one << (value & _SIX_BITS)) | (one << ((value >> _SIX) & _SIX_BITS))


@kernel
def is_in(bits: Any, value: Any) -> Any:
    """Say whether a hash may be in a filter; `bits` are those of its place."""
    wanted = filter_bits(value)
    return (bits & wanted) == wanted


@kernel
def pair_of(first: Any, second: Any) -> Any:
    """Return the hash of two words that follow each other, from their unfinished hashes."""
    return finished(first * _PAIR + second)


@kernel
def fill_filters(found: Towns) -> None:
    """Enter the first words of all spellings, and the first two of those of several words."""
    for spelling in range(len(found.at) - 1):
        first = second = BASIS
        blanks = 0
        for k in range(found.first[spelling], found.last[spelling]):
            code = found.letters[k]
            if code == _BLANK:
                blanks += 1
            elif blanks == 0:
                first = (first ^ np.uint64(code)) * PRIME
            elif blanks == 1:
                second = (second ^ np.uint64(code)) * PRIME
        value = finished(first)
        found.filter[filter_place(value, len(found.filter))] |= filter_bits(value)
        if blanks:
            value = pair_of(first, second)
            found.pairs[filter_place(value, len(found.pairs))] |= filter_bits(value)


@kernel
def place_in(found: Towns, value: Any, first: int, last: int, n: int) -> Any:
    """Return the number of the spelling letters[first:last]; a new one becomes the n-th."""
    mask = len(found.slots) - 1
    slot = np.int64(value & np.uint64(mask))
    while found.slots[slot] >= 0:
        known = found.slots[slot]
        size = found.last[known] - found.first[known]
        if found.hashes[known] == value and size == last - first:
            k = 0
            while k < size and found.letters[found.first[known] + k] == found.letters[first + k]:
                k += 1
            if k == size:
                return known
        slot = (slot + 1) & mask
    found.slots[slot] = n
    found.hashes[n] = value
    found.first[n] = first
    found.last[n] = last
    return n


@kernel
def fill(found: Towns, first: Any, last: Any) -> int:
    """Number the spellings letters[first:last], then the beginnings that are none themselves; return how many."""
    for spelling in range(len(first)):
        value = BASIS
        for k in range(first[spelling], last[spelling]):
            value = (value ^ np.uint64(found.letters[k])) * PRIME
        place_in(found, finished(value), first[spelling], last[spelling], spelling)
        found.kind[spelling] = FORM
    n = len(first)
    for spelling in range(len(first)):
        value = BASIS
        for k in range(first[spelling], last[spelling]):
            if found.letters[k] == _BLANK:
                number = place_in(found, finished(value), first[spelling], k, n)
                found.kind[number] |= BEGINS
                n = max(n, number + 1)
            value = (value ^ np.uint64(found.letters[k])) * PRIME
    return n


@kernel
def write_spellings(found: Towns, words: Page, spellings: Any) -> None:
    """Write the number of the spelling that each of these words is, or -1."""
    for word in range(len(words.first)):
        value = BASIS
        for k in range(words.first[word], words.last[word]):
            value = (value ^ np.uint64(words.original[k])) * PRIME
        spellings[word] = spelling_at(
            found.slots, found.hashes, found.letters, found.first, found.last, finished(value),
            words.original, words.first[word], words.last[word],
        )  # fmt: skip


@kernel
def write_forms(names: Page, separators: Any, form: Any, at: Any) -> None:
    """Write the folded words of every name, parted by single blanks, and where each form begins."""
    n = 0
    for name in range(len(names.first)):
        at[name] = n
        parted = False
        for k in range(names.at[name], names.at[name + 1]):
            code = names.folded[k]
            parts = (names.kinds[k] & SPACE) != 0
            for separator in separators:
                parts = parts or code == separator
            if parts:
                parted = n > at[name]
                continue
            if parted:
                form[n] = _BLANK
                n += 1
            form[n] = code
            n += 1
            parted = False
    at[len(names.first)] = n


@kernel
def is_near(letters: Any, first: int, size: int, form: Any, start: int, end: int) -> bool:
    """Say whether form[start:end] has the words of a spelling among its own, or one letter more or less."""
    for k in range(start, end - size + 1):
        if (k == start or form[k - 1] == _BLANK) and (k + size == end or form[k + size] == _BLANK):
            same = 0
            while same < size and form[k + same] == letters[first + same]:
                same += 1
            if same == size:
                return True
    least = min(size, end - start)
    head = 0
    while head < least and form[start + head] == letters[first + head]:
        head += 1
    tail = 0
    while tail < least and form[end - 1 - tail] == letters[first + size - 1 - tail]:
        tail += 1
    return abs(end - start - size) == 1 and head + tail >= least


@kernel
def put_named_first(found: Towns, form: Any, at: Any) -> None:
    """Put the first town whose own name is the spelling before larger ones, unless those have far more inhabitants."""
    for spelling in range(len(found.at) - 1):
        first = found.at[spelling]
        size = found.last[spelling] - found.first[spelling]
        for place in range(first, found.at[spelling + 1]):
            town = found.town[place]
            if at[town + 1] - at[town] != size:
                continue
            k = 0
            while k < size and form[at[town] + k] == found.letters[found.first[spelling] + k]:
                k += 1
            if k < size:
                continue
            most = found.town[first]
            near = is_near(found.letters, found.first[spelling], size, form, at[most], at[most + 1])
            counts = NAMED_COUNTS_NEAR if near else NAMED_COUNTS
            if found.population[town] * counts >= found.population[most]:
                for later in range(place, first, -1):
                    found.town[later] = found.town[later - 1]
                found.town[first] = town
            break
