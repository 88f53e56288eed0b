"""The common text of a group: which tokens of the medoid stay, where slots are, what each member puts into them.

Texts are rows of symbols (numbers of the medoid's distinct tokens, -1 for all others) in one flat array.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.alignment import align, masks_of
from felinar.kernels.compile import kernel


@kernel
def number_tokens(hashes, firsts, lasts, known, offsets, out):  # type: ignore[no-untyped-def]
    """Write the tokens of each text as their places in the ascending row `known`, or -1, and where each text begins."""
    n = 0
    for text in range(len(firsts)):
        for token in range(firsts[text], lasts[text]):
            at = np.searchsorted(known, hashes[token])
            out[n] = at if at < len(known) and known[at] == hashes[token] else -1
            n += 1
        offsets[text + 1] = n


@kernel
def count_support(  # type: ignore[no-untyped-def]
    medoid, medoid_raws, symbols, offsets, raws, firsts, times, support, changed
):
    """Add up for each token of the medoid the members that hold it, and those that write its digits otherwise."""
    longest, most = 0, 0
    for text in range(len(times)):
        longest = max(longest, offsets[text + 1] - offsets[text])
    for token in range(len(medoid)):
        most = max(most, medoid[token] + 1)
    masks = masks_of(medoid, most)
    table, match = np.empty((longest, masks.shape[1]), dtype=np.uint64), np.empty(longest, dtype=np.int64)
    for text in range(len(times)):
        if times[text] == 0:
            continue
        right = symbols[offsets[text] : offsets[text + 1]]
        align(medoid, masks, right, table, match)
        for token in range(len(right)):
            mine = match[token]
            if mine >= 0:
                support[mine] += times[text]
                if medoid_raws[mine] != raws[firsts[text] + token]:
                    changed[mine] += times[text]


@kernel
def fill_slots(template, most, symbols, offsets, times, is_slot, filled, missing, fillers):  # type: ignore[no-untyped-def]
    """Return how many fillers were written: rows of text, gap, first token, one past the last; in order.

    Gap g stands before token g of the template. `filled` gets the members per gap, `missing` the template's tokens that
    each text lacks. Texts that stand for no member (`times` 0) are left out.
    """
    longest = 0
    for text in range(len(times)):
        longest = max(longest, offsets[text + 1] - offsets[text])
    masks = masks_of(template, most)
    table, match = np.empty((longest, masks.shape[1]), dtype=np.uint64), np.empty(longest + 1, dtype=np.int64)
    n = 0
    for text in range(len(times)):
        if times[text] == 0:
            continue
        right = symbols[offsets[text] : offsets[text + 1]]
        align(template, masks, right, table, match)
        match[len(right)] = len(template)
        gap, token, held = 0, 0, 0
        for theirs in range(len(right) + 1):
            mine = match[theirs]
            if mine < 0:
                continue
            held += 1
            if theirs > token:
                # Several gaps may be meant where constants are missing; a slot among them takes the words.
                slot = gap
                while slot <= mine and not is_slot[slot]:
                    slot += 1
                slot = gap if slot > mine else slot
                filled[slot] += times[text]
                fillers[n, 0], fillers[n, 1], fillers[n, 2], fillers[n, 3] = text, slot, token, theirs
                n += 1
            gap, token = mine + 1, theirs + 1
        missing[text] = len(template) - (held - 1)
    return n
