"""Which texts hold each term, and over how many groups of texts a term is spread."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel


@kernel
def fill_postings(offsets, terms, alive, starts, texts, most):  # type: ignore[no-untyped-def]
    """Write the texts that hold each term among their first `most`, in order, if they are alive.

    `starts` has one place more than there are terms.
    """
    starts[:] = 0
    for text in range(len(offsets) - 1):
        if alive[text]:
            for place in range(offsets[text], min(offsets[text] + most, offsets[text + 1])):
                starts[terms[place] + 1] += 1
    for term in range(len(starts) - 1):
        starts[term + 1] += starts[term]
    cursor = starts[:-1].copy()
    for text in range(len(offsets) - 1):
        if alive[text]:
            for place in range(offsets[text], min(offsets[text] + most, offsets[text + 1])):
                texts[cursor[terms[place]]] = text
                cursor[terms[place]] += 1


@kernel
def spread_of(starts, texts, labels, spread, largest):  # type: ignore[no-untyped-def]
    """Write for each term the number of different labels among its texts, and the texts with the most frequent one."""
    last = np.full(len(labels), -1, dtype=np.int64)
    times = np.zeros(len(labels), dtype=np.int64)
    for term in range(len(starts) - 1):
        for place in range(starts[term], starts[term + 1]):
            label = labels[texts[place]]
            if last[label] != term:
                last[label] = term
                times[label] = 0
                spread[term] += 1
            times[label] += 1
            largest[term] = max(largest[term], times[label])
