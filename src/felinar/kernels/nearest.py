"""The most similar one of many known texts, by band keys and by terms that few of them hold.

Rows of shingles hold the known texts first and then the asking ones. The answer for an asking text depends on it and on
the known texts only, never on who else asks.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.likeness import similarity_of

FEW = 32  # known texts that are counted per band key, and that may hold a term that names them
TRIES = 8  # of the texts met most often these many are compared
ENOUGH = 850  # thousandths: who is so similar is not outdone by much


@kernel
def chain_keys(keys, known, slots, chained):  # type: ignore[no-untyped-def]
    """Chain the known texts of each band that have one key, ascending; the heads stand in `slots`."""
    slots[:] = -1
    for band in range(keys.shape[1]):
        for text in range(known - 1, -1, -1):
            if keys[text, band] != 0:
                slot = slot_of_key(keys, band, slots, keys[text, band])
                chained[band, text] = slots[band, slot]
                slots[band, slot] = text


@kernel
def slot_of_key(keys, band, slots, key):  # type: ignore[no-untyped-def]
    """Return the slot of a key in a band, or the free one where it belongs."""
    mask = slots.shape[1] - 1
    slot = np.int64(key) & mask
    while slots[band, slot] >= 0 and keys[slots[band, slot], band] != key:
        slot = (slot + 1) & mask
    return slot


@kernel
def find_nearest(whole, rare, keys, known, slots, chained, starts, texts, rule, found, similarity):  # type: ignore[no-untyped-def]
    """Write for each asking text the most similar known one that is similar enough, -1 for none; ties to the smaller.

    `starts`, `texts`: the known texts that hold each term.
    """
    met = np.zeros(known, dtype=np.int32)
    touched = np.empty(known, dtype=np.int64)
    for asking in range(len(found)):
        text = known + asking
        found[asking], similarity[asking] = -1, 0
        count = meet(whole, keys, text, slots, chained, starts, texts, met, touched)
        for _ in range(TRIES):
            most = -1
            for i in range(count):
                other = touched[i]
                if met[other] > 0 and (
                    most < 0 or met[other] > met[most] or (met[other] == met[most] and other < most)
                ):
                    most = other
            if most < 0 or similarity[asking] >= ENOUGH:
                break
            met[most] = 0
            score = similarity_of(whole, rare, text, most, rule)
            if score > similarity[asking] or (score == similarity[asking] and score > 0 and most < found[asking]):
                found[asking], similarity[asking] = most, score
        for i in range(count):
            met[touched[i]] = 0


@kernel
def meet(whole, keys, text, slots, chained, starts, texts, met, touched):  # type: ignore[no-untyped-def]
    """Count how often a text meets each known one, and return how many it meets."""
    count = 0
    for band in range(keys.shape[1]):
        if keys[text, band] == 0:
            continue
        other = slots[band, slot_of_key(keys, band, slots, keys[text, band])]
        steps = 0
        while other >= 0 and steps < FEW:
            if met[other] == 0:
                touched[count] = other
                count += 1
            met[other] += 1
            other = chained[band, other]
            steps += 1
    for place in range(whole.offsets[text], whole.offsets[text + 1]):
        term = whole.terms[place]
        if starts[term + 1] - starts[term] <= FEW:
            for at in range(starts[term], starts[term + 1]):
                other = texts[at]
                if met[other] == 0:
                    touched[count] = other
                    count += 1
                met[other] += 1
    return count
