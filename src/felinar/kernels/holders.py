"""The first texts that hold each term: what a look-up needs to know of a posting, however long that is."""

from __future__ import annotations

from felinar.kernels.compile import kernel


@kernel
def few_holders(starts, texts, row_of, wanted, most, counts, rows):  # type: ignore[no-untyped-def]
    """Write for each term how many wanted texts hold it, and their rows; both for terms that at most so many hold.

    Return how many rows were written.
    """
    n = 0
    for term in range(len(starts) - 1):
        count, place = 0, starts[term]
        while place < starts[term + 1] and count <= most:
            if wanted[texts[place]]:
                if count < most:
                    rows[n + count] = row_of[texts[place]]
                count += 1
            place += 1
        counts[term] = count if count <= most else 0
        n += counts[term]
    return n


@kernel
def first_holders(starts, texts, row_of, asked, most, counts, rows):  # type: ignore[no-untyped-def]
    """Write for each term that an asked text holds how many texts hold it, and the rows of the first so many of them.

    Return how many rows were written.
    """
    n = 0
    for term in range(len(starts) - 1):
        place = starts[term]
        while place < starts[term + 1] and not asked[texts[place]]:
            place += 1
        counts[term] = starts[term + 1] - starts[term] if place < starts[term + 1] else 0
        for at in range(min(counts[term], most)):
            rows[n] = row_of[texts[starts[term] + at]]
            n += 1
    return n
