"""Telephone numbers of a page: links, then the scan for what may be numbers, then the best reading of every part.

The twin of `extract/phone.py`. Declined are texts with signs that look like digits, with a rare way of writing
(`phone_rare`), with a misspelt number word at the end of a number that is not complete, and very long rows of digits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.page import Page
from felinar.extract.native.phone_digits import is_current
from felinar.extract.native.phone_found import readings_of_scan, without
from felinar.extract.native.phone_links import links_of
from felinar.extract.native.phone_scan import scan_texts
from felinar.extract.native.phone_second import read_signed
from felinar.extract.native.readings import About, Readings
from felinar.extract.native.rows import joined
from felinar.extract.native.signs import Signs


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs | None = None, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the telephone numbers of these texts, and the texts that only the plain reader can decide."""
    known = texts if is_current() else texts[:0]
    scan = scan_texts(page, known, about, links_of(page, known, about, plain=plain), plain=plain)
    readings, undecided = readings_of_scan(page, scan, about, plain=plain)
    unread = np.union1d(scan.declined, undecided.astype(np.int32))
    readings = without(readings, unread)
    if len(scan.signed):
        others, odd = read_signed(page, scan.signed, about, plain=plain)
        readings = joined([readings, others])
        unread = np.union1d(np.setdiff1d(unread, scan.signed), odd)
    return readings, (unread if len(known) == len(texts) else texts).astype(np.int32)
