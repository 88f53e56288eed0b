"""Which texts hold each term, and over how many groups of texts a term is spread."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel


@kernel
def count_holders(terms, starts):  # type: ignore[no-untyped-def]
    """Write into zeros, one more than there are terms, where the holders of each term begin and the last end."""
    for term in terms:
        starts[term + 1] += 1
    for term in range(len(starts) - 1):
        starts[term + 1] += starts[term]


@kernel
def fill_postings(offsets, terms, starts, low, high, texts):  # type: ignore[no-untyped-def]
    """Write the texts that hold each term from low to high - 1, in order."""
    cursor = starts[low:high].copy()
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            term = terms[place]
            if low <= term < high:
                texts[cursor[term - low]] = text
                cursor[term - low] += 1


@kernel
def spread_of(starts, texts, labels, groups, spread, largest):  # type: ignore[no-untyped-def]
    """Write for each term over how many groups its texts are spread, and how many of them are of the largest group.

    `labels` are numbers of so many groups; -1 is a text that is a group of its own.
    """
    last = np.full(groups, -1, dtype=np.int64)
    times = np.zeros(groups, dtype=np.int64)
    for term in range(len(starts) - 1):
        different, most = 0, 0
        for place in range(starts[term], starts[term + 1]):
            label = labels[texts[place]]
            if label < 0:
                different += 1
                most = max(most, 1)
            else:
                if last[label] != term:
                    last[label] = term
                    times[label] = 0
                    different += 1
                times[label] += 1
                most = max(most, times[label])
        spread[term], largest[term] = different, most
