"""The known text that is most like an asking one: who meets it in band keys and in rare terms is compared with it.

Known texts may lie in mapped files: only the rows of those that are met are read. The answer for an asking text depends
on it and on the known texts only, never on who else asks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.likeness import shared_terms

FEW = 32  # known texts that are counted per band key, and that may hold a term that names them
TRIES = 8  # of the texts met most often these many are compared
NEAR = 64  # places from where a key is expected; looked at first
ENOUGH = 850  # thousandths: who is so similar is not outdone by much


class Terms(NamedTuple):
    """Terms by ascending hash, how many texts hold each, and rows of such texts: rows[starts[t]:starts[t + 1]].

    Where more than `FEW` texts hold a term, there are fewer rows than texts, or none.
    """

    hashes: NDArray[np.uint32]
    texts: NDArray[np.int32]
    starts: NDArray[np.int32]
    rows: NDArray[np.int32]


class Bands(NamedTuple):
    """The band keys of texts, band after band: in each the keys ascend, and the texts of one key."""

    keys: NDArray[np.uint32]
    rows: NDArray[np.int32]


class Rows(NamedTuple):
    """Texts as shingles, and how many of each text's are not boilerplate."""

    offsets: NDArray[np.int32]
    hashes: NDArray[np.uint32]
    rare_sizes: NDArray[np.int32]


@kernel
def find_nearest(  # type: ignore[no-untyped-def]
    asking, rare, keys, known, bands, terms, numbers, rule, first, end, found, similarity
):
    """Write for each asking text the most similar known text that is similar enough; ties to the smaller.

    Texts from first to end - 1 are looked at; none is found for them yet. `rare`: the shingles of the asking texts that
    are not boilerplate. `numbers`: the place among the terms of each shingle, -1 for none.
    """
    met = np.zeros(len(known.rare_sizes), dtype=np.int32)
    touched = np.empty(len(known.rare_sizes), dtype=np.int64)
    chosen = np.empty(TRIES, dtype=np.int64)
    begins = begins_of_keys(keys, bands, first, end)
    for text in range(first, end):
        count = meet(asking, keys, text, begins[text - first], bands, terms, numbers, met, touched)
        for at in range(choose(met, touched, count, chosen)):
            most = chosen[at]
            if similarity[text] >= ENOUGH:
                break
            score = similarity_to_known(asking, rare, text, known, most, rule, similarity[text])
            if score > similarity[text] or (score == similarity[text] and score > 0 and most < found[text]):
                found[text], similarity[text] = most, score
        for i in range(count):
            met[touched[i]] = 0


@kernel
def begins_of_keys(keys, bands, first, end):  # type: ignore[no-untyped-def]
    """Return for these asking texts where each of their band keys begins in its band.

    Band after band: what is looked up then stays in the processor's cache.
    """
    begins = np.empty((end - first, keys.shape[1]), dtype=np.int64)
    width = len(bands.keys) // keys.shape[1]
    for band in range(keys.shape[1]):
        low, high = band * width, (band + 1) * width
        for text in range(first, end):
            begins[text - first, band] = first_of_key(bands.keys, low, high, keys[text, band])
    return begins


@kernel
def choose(met, touched, count, chosen):  # type: ignore[no-untyped-def]
    """Write the texts that were met most often, of equals the smaller first, and return how many."""
    n = 0
    for i in range(count):
        other = touched[i]
        at = n
        while at > 0 and is_before(met, other, chosen[at - 1]):
            at -= 1
        if at < len(chosen):
            n = min(n + 1, len(chosen))
            for place in range(n - 1, at, -1):
                chosen[place] = chosen[place - 1]
            chosen[at] = other
    return n


@kernel
def is_before(met, one, other):  # type: ignore[no-untyped-def]
    """Say whether a text was met more often than another one, or as often and is smaller."""
    return met[one] > met[other] or (met[one] == met[other] and one < other)


@kernel
def most_met(met, touched, count):  # type: ignore[no-untyped-def]
    """Return the text that was met most often, the smallest of these, -1 for none."""
    most = -1
    for i in range(count):
        other = touched[i]
        if met[other] > 0 and (most < 0 or met[other] > met[most] or (met[other] == met[most] and other < most)):
            most = other
    return most


@kernel
def meet(asking, keys, text, begins, bands, terms, numbers, met, touched):  # type: ignore[no-untyped-def]
    """Count how often a text meets each known one, and return how many it meets; `begins`: where its keys begin."""
    count = 0
    width = len(bands.keys) // keys.shape[1]
    for band in range(keys.shape[1]):
        at = begins[band]
        last = min(at + FEW, (band + 1) * width)
        while keys[text, band] != 0 and at < last and bands.keys[at] == keys[text, band]:
            count = meet_one(bands.rows[at], met, touched, count)
            at += 1
    for place in range(asking.offsets[text], asking.offsets[text + 1]):
        term = numbers[place]
        if term >= 0 and terms.texts[term] <= FEW:
            for at in range(terms.starts[term], terms.starts[term + 1]):
                count = meet_one(terms.rows[at], met, touched, count)
    return count


@kernel
def meet_one(other, met, touched, count):  # type: ignore[no-untyped-def]
    """Count a known text once more; return how many are met."""
    if met[other] == 0:
        touched[count] = other
        count += 1
    met[other] += 1
    return count


@kernel
def first_of_key(keys, low, high, key):  # type: ignore[no-untyped-def]
    """Return the first place from low on, at most high, whose key is not smaller than this one; keys ascend.

    They are spread evenly, so it lies near the place that the key itself names.
    """
    near = low + ((high - low) * np.int64(key) >> 32)
    step = NEAR
    if low < high and keys[near] < key:
        low = near + 1
        while low + step < high and keys[low + step] < key:
            low += step + 1
            step *= 2
        high = min(high, low + step)
    elif low < high:
        high = near
        while high - step >= low and keys[high - step] >= key:
            high -= step
            step *= 2
        low = max(low, high - step)
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def similarity_to_known(asking, rare, text, known, other, rule, least):  # type: ignore[no-untyped-def]
    """Return what `likeness.similarity_of` does, from the hashes of an asking and of a known text.

    Where that is less than `least` it may be any number that is less.
    """
    i, i_end, j, j_end = span_of(asking, text, known, other)
    size = max(1, min(i_end - i, j_end - j))
    needed = max(rule[0], (rule[1] * size + 999) // 1000)
    k, k_end = rare.offsets[text], rare.offsets[text + 1]
    fewest = min(k_end - k, known.rare_sizes[other])
    rare_needed = max(rule[0], (rule[2] * fewest + 999) // 1000, (rule[3] * size + 999) // 1000)
    # What is boilerplate is none of the asking text's rare shingles, so it need not be taken out of the known one.
    if shared_terms(rare.hashes, k, k_end, known.hashes, j, j_end, rare_needed) >= rare_needed:
        needed = 0
    shared = shared_terms(asking.hashes, i, i_end, known.hashes, j, j_end, max(needed, least * size // 1000))
    return 1000 * shared // size if shared >= needed else 0


@kernel
def span_of(asking, text, known, other):  # type: ignore[no-untyped-def]
    """Return where the shingles of an asking text begin and end, and those of a known one."""
    return asking.offsets[text], asking.offsets[text + 1], known.offsets[other], known.offsets[other + 1]
