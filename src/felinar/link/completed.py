"""Numbers without a region: where exactly one international number of the pile ends alike, it is that one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.int64]
# So many last digits name a subscriber almost surely; national and international forms share them.
SAME_LAST_DIGITS = 9


def completed(values: pa.Array) -> Codes:
    """Return for each of these distinct telephone numbers the place of the number that it is: its own, or another's."""
    place = np.arange(len(values), dtype=np.int64)
    international = pc.starts_with(values, "+").to_numpy(zero_copy_only=False)
    long_enough = pc.greater_equal(pc.utf8_length(values), SAME_LAST_DIGITS).to_numpy(zero_copy_only=False)
    ending = pc.utf8_slice_codeunits(values, -SAME_LAST_DIGITS).dictionary_encode().indices.to_numpy()
    full, national = np.flatnonzero(international), np.flatnonzero(~international & long_enough)
    endings = int(ending.max(initial=-1)) + 1
    only = np.bincount(ending[full], minlength=endings) == 1
    full_of = np.zeros(endings, dtype=np.int64)
    full_of[ending[full]] = full
    sure = national[only[ending[national]]]
    place[sure] = full_of[ending[sure]]
    return place
