"""Shingles that two or more texts hold, as small numbers in the order of their hashes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.shingle import Shingles


class Numbered(NamedTuple):
    """Shared shingles as numbers: text i holds terms[offsets[i]:offsets[i + 1]] of sizes[i] shingles in all."""

    offsets: NDArray[np.int64]
    terms: NDArray[np.int32]
    sizes: NDArray[np.int64]
    terms_count: int


def number_shared(shingles: Shingles, *, plain: bool = False) -> Numbered:
    """Return the shingles that two or more texts hold, numbered; the others count in `sizes` only."""
    ordered = np.sort(shingles.hashes)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    shared = again[np.concatenate(([True], again[1:] != again[:-1]))] if len(again) else again
    offsets = np.zeros_like(shingles.offsets)
    terms = np.empty(len(shingles.hashes), dtype=np.int32)
    # Hashes are spread evenly: their high bits say nearly where in the sorted row each stands.
    shift = np.uint64(64 - max(1, len(shared).bit_length()))
    starts = np.searchsorted(shared >> shift, np.arange((1 << (64 - int(shift))) + 1, dtype=np.uint64))
    run = find_shared.plain if plain else find_shared
    run(shingles.offsets, shingles.hashes, shared, starts, shift, offsets, terms)
    return Numbered(offsets, terms[: offsets[-1]].copy(), np.diff(shingles.offsets), len(shared))


def keep_terms(numbered: Numbered, kept: NDArray[np.bool_]) -> Numbered:
    """Return the numbered shingles with the kept terms only, under their old numbers; `sizes` loses the others too."""
    places = kept[numbered.terms]
    before = np.concatenate(([0], np.cumsum(places)))
    offsets = before[numbered.offsets]
    lost = np.diff(numbered.offsets) - np.diff(offsets)
    return numbered._replace(offsets=offsets, terms=numbered.terms[places], sizes=numbered.sizes - lost)


@kernel
def find_shared(offsets, hashes, shared, starts, shift, out_offsets, out):  # type: ignore[no-untyped-def]
    """Write the place in `shared` of each text's hashes that stand there; `starts` is the first place per high bits."""
    n = 0
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            value = hashes[place]
            high = value >> shift
            at = starts[high]
            while at < starts[high + np.uint64(1)] and shared[at] < value:
                at += 1
            if at < starts[high + np.uint64(1)] and shared[at] == value:
                out[n] = at
                n += 1
        out_offsets[text + 1] = n
