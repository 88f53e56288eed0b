"""The template of every group in one pass: align to the medoid, keep what most share, weigh it in bits.

As in InfoShield (Lee et al., ICDE 2021): a template is worth having when writing it once and every text's slots and
edits takes fewer bits than writing every text out. A word takes WORD_BITS, whatever the pile: so the template of a
group depends on its texts alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.common_text import count_support, fill_slots, number_tokens
from felinar.kernels.compile import kernel

WORD_BITS = 14
SAMPLE = 200  # members that a template is made from; the others are only aligned to it
KEEP_PERCENT, SLOT_PERCENT = 50, 30


class Rows(NamedTuple):
    """Texts as rows of tokens: text i has hashes[offsets[i]:lasts[i]].

    `raws` are hashes of the original characters of digits (0 for other tokens). Texts of one `identity` have the same
    tokens, digits included.
    """

    offsets: NDArray[np.int64]
    lasts: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    raws: NDArray[np.uint64]
    identity: NDArray[np.uint64]


@kernel
def fit_groups(rows, members, bounds, medoids, kept, kept_bounds, gaps, gap_bounds, saved):  # type: ignore[no-untyped-def]
    """Write kept tokens of the medoids, gaps that are slots and bits saved; return rows text, slot, first, last.

    Group g has texts members[bounds[g]:bounds[g + 1]], kept[kept_bounds[g]:kept_bounds[g + 1]] of its medoid's tokens
    and the slots gaps[gap_bounds[g]:gap_bounds[g + 1]]; gap n stands before the n-th kept token. The rows say which
    tokens a member puts into which slot, group by group; a text that is cheaper written out has none.
    """
    fillers = np.empty((1024, 4), dtype=np.int64)
    n = 0
    for group in range(len(medoids)):
        some = members[bounds[group] : bounds[group + 1]]
        first, last = rows.offsets[medoids[group]], rows.lasts[medoids[group]]
        known = np.unique(rows.hashes[first:last])
        centre = np.searchsorted(known, rows.hashes[first:last])
        versions, version = versions_of(rows.identity, some)
        symbols, starts = symbols_of(rows, versions, known)
        times, sampled = np.zeros(len(versions), dtype=np.int64), np.zeros(len(versions), dtype=np.int64)
        for i in range(len(some)):
            times[version[i]] += 1
            sampled[version[i]] += i < SAMPLE
        template = kept_tokens(rows, centre, first, symbols, starts, versions, sampled)
        is_slot = slots_of(centre[template], len(known), symbols, starts, sampled)
        slots = np.flatnonzero(is_slot)
        kept_bounds[group + 1] = kept_bounds[group] + len(template)
        kept[kept_bounds[group] : kept_bounds[group + 1]] = template
        gap_bounds[group + 1] = gap_bounds[group] + len(slots)
        gaps[gap_bounds[group] : gap_bounds[group + 1]] = slots
        saved[group] = -bits_of_template(len(template), len(slots))
        gains, found = fill_versions(centre[template], len(known), symbols, starts, times, is_slot)
        fillers, n = write_members(some, version, gains, found, is_slot, saved, group, fillers, n)
    return fillers[:n].copy()


@kernel
def refill_groups(rows, members, bounds, hashes, hash_bounds, gaps, gap_bounds, saved):  # type: ignore[no-untyped-def]
    """Return the same rows for given templates: their tokens' hashes and the gaps that are slots; `saved` grows."""
    fillers = np.empty((1024, 4), dtype=np.int64)
    n = 0
    for group in range(len(bounds) - 1):
        some = members[bounds[group] : bounds[group + 1]]
        template = hashes[hash_bounds[group] : hash_bounds[group + 1]]
        known = np.unique(template)
        versions, version = versions_of(rows.identity, some)
        symbols, starts = symbols_of(rows, versions, known)
        is_slot = np.zeros(len(template) + 1, dtype=np.bool_)
        is_slot[gaps[gap_bounds[group] : gap_bounds[group + 1]]] = True
        times = np.ones(len(versions), dtype=np.int64)
        centre = np.searchsorted(known, template)
        gains, found = fill_versions(centre, len(known), symbols, starts, times, is_slot)
        fillers, n = write_members(some, version, gains, found, is_slot, saved, group, fillers, n)
    return fillers[:n].copy()


@kernel
def versions_of(identity, some):  # type: ignore[no-untyped-def]
    """Return one text for each wording among these texts, and for each text the number of its wording."""
    order = np.argsort(identity[some], kind="mergesort")
    versions, version = np.empty(len(some), dtype=np.int64), np.empty(len(some), dtype=np.int64)
    n = 0
    for i in range(len(order)):
        if i == 0 or identity[some[order[i]]] != identity[some[order[i - 1]]]:
            versions[n] = some[order[i]]
            n += 1
        version[order[i]] = n - 1
    return versions[:n].copy(), version


@kernel
def symbols_of(rows, texts, known):  # type: ignore[no-untyped-def]
    """Return the tokens of these texts as places among the known ones, -1 for others, and where each text begins."""
    firsts, lasts = rows.offsets[texts], rows.lasts[texts]
    symbols = np.empty(np.sum(lasts - firsts), dtype=np.int32)
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    number_tokens(rows.hashes, firsts, lasts, known, starts, symbols)
    return symbols, starts


@kernel
def kept_tokens(rows, centre, first, symbols, starts, versions, sampled):  # type: ignore[no-untyped-def]
    """Return which tokens of the medoid half of the sample shares, digits that change left out."""
    support, changed = np.zeros(len(centre), dtype=np.int64), np.zeros(len(centre), dtype=np.int64)
    raws = rows.raws[first : first + len(centre)]
    count_support(centre, raws, symbols, starts, rows.raws, rows.offsets[versions], sampled, support, changed)
    total = np.sum(sampled)
    return np.flatnonzero((100 * support >= KEEP_PERCENT * total) & (100 * changed < SLOT_PERCENT * total))


@kernel
def slots_of(template, most, symbols, starts, sampled):  # type: ignore[no-untyped-def]
    """Return which gaps of the template so many members fill that they are slots."""
    filled, missing = np.zeros(len(template) + 1, dtype=np.int64), np.zeros(len(sampled), dtype=np.int64)
    none = np.zeros(len(template) + 1, dtype=np.bool_)
    fillers = np.empty((len(symbols), 4), dtype=np.int64)
    fill_slots(template, most, symbols, starts, sampled, none, filled, missing, fillers)
    return 100 * filled >= SLOT_PERCENT * np.sum(sampled)


@kernel
def fill_versions(template, most, symbols, starts, times, is_slot):  # type: ignore[no-untyped-def]
    """Return what each wording saves in bits, and the fillers: rows of wording, gap, first token, one past the last."""
    filled, missing = np.zeros(len(is_slot), dtype=np.int64), np.zeros(len(times), dtype=np.int64)
    fillers = np.empty((len(symbols), 4), dtype=np.int64)
    n = fill_slots(template, most, symbols, starts, times, is_slot, filled, missing, fillers)
    gains = np.empty(len(times), dtype=np.int64)
    slots = np.sum(is_slot)
    for i in range(len(times)):
        length = starts[i + 1] - starts[i]
        places = length + missing[i]
        place_bits = 2 + log2_up(places)
        # An empty slot takes two bits.
        gains[i] = universal(length) + length * WORD_BITS
        gains[i] -= universal(places) + places + missing[i] * place_bits + 2 * slots
    for row in range(n):
        i, gap, width = fillers[row, 0], fillers[row, 1], fillers[row, 3] - fillers[row, 2]
        place_bits = 2 + log2_up(starts[i + 1] - starts[i] + missing[i])
        gains[i] -= width * WORD_BITS + (2 * log2_up(width + 1) if is_slot[gap] else width * place_bits)
    return gains, fillers[:n]


@kernel
def write_members(some, version, gains, found, is_slot, saved, group, fillers, n):  # type: ignore[no-untyped-def]
    """Add each member's bits to the group's, and its fillers of slots to the rows; return the rows and their end."""
    slot = np.cumsum(is_slot.astype(np.int64)) - 1
    begins = np.searchsorted(found[:, 0], np.arange(len(gains) + 1))
    for i in range(len(some)):
        own = version[i]
        if gains[own] <= 0:
            continue
        saved[group] += gains[own]
        while n + begins[own + 1] - begins[own] > len(fillers):
            fillers = np.concatenate((fillers, np.empty_like(fillers)))
        for row in range(begins[own], begins[own + 1]):
            if is_slot[found[row, 1]]:
                fillers[n, 0], fillers[n, 1] = some[i], slot[found[row, 1]]
                fillers[n, 2], fillers[n, 3] = found[row, 2], found[row, 3]
                n += 1
    return fillers, n


@kernel
def log2_up(number):  # type: ignore[no-untyped-def]
    """Return the smallest k with 2**k >= number, 0 for numbers under 2."""
    k = 0
    while (1 << k) < number:
        k += 1
    return k


@kernel
def universal(number):  # type: ignore[no-untyped-def]
    """Return the bits that a positive whole number takes: 2 * ceil(log2 x) + 1."""
    return 2 * log2_up(number) + 1


@kernel
def bits_of_template(size, slots):  # type: ignore[no-untyped-def]
    """Return the bits of the template itself."""
    return universal(size) + size * WORD_BITS + (slots + 1) * log2_up(size)
