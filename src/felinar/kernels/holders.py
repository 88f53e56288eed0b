"""The first texts that hold each term: what a look-up needs to know of a posting, however long that is."""

from __future__ import annotations

from felinar.kernels.compile import kernel


@kernel
def first_holders(starts, texts, row_of, wanted, asked, most, whole, counts, begins, rows):  # type: ignore[no-untyped-def]
    """Write for each term how many wanted texts hold it, and the rows of the first so many of them.

    A term that no asked text holds has none. `whole`: of a term with more holders than that no row is written.
    """
    n = 0
    for term in range(len(starts) - 1):
        begin, count, asks = n, 0, False
        for place in range(starts[term], starts[term + 1]):
            row = row_of[texts[place]]
            asks |= asked[row]
            if wanted[row]:
                if count < most:
                    rows[n] = row
                    n += 1
                count += 1
        if not asks or (whole and count > most):
            n = begin
        counts[term] = count if asks else 0
        begins[term + 1] = n
    return n
