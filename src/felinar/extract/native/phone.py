"""Telephone numbers of a page: the scan for what may be numbers and for links, then the best reading of every part.

The twin of `extract/phone.py`. Declined are texts with a rare way of writing (`phone_rare`). Those with signs that look
like digits are read by `phone_second.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.page import Page
from felinar.extract.native.phone_digits import is_current
from felinar.extract.native.phone_found import readings_of_scan
from felinar.extract.native.phone_scan import scan_texts
from felinar.extract.native.phone_second import read_signed
from felinar.extract.native.readings import About, Readings
from felinar.extract.native.rows import joined, readings_of
from felinar.extract.native.signs import Signs


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs | None = None, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the telephone numbers of these texts, and the texts that only the plain reader can decide."""
    if not is_current():
        return readings_of([]), texts
    scan = scan_texts(page, texts, about, plain=plain)
    readings = readings_of_scan(page, scan, about, plain=plain)
    if not len(scan.signed):
        return readings, scan.declined
    others, odd = read_signed(page, scan.signed, about, plain=plain)
    unread = np.zeros(len(page.first), dtype=np.bool_)
    unread[scan.declined] = True
    unread[scan.signed] = False
    unread[odd] = True
    return joined([readings, others]), np.flatnonzero(unread).astype(np.int32)
