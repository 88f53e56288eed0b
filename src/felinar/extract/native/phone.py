"""Telephone numbers of a page: the scan for what may be numbers and for links, then the best reading of every part.

The twin of `extract/phone.py`. Texts with signs that look like digits are read by `phone_second.py`, those with signs
that have a plainer form once more in that form; numbers in rare ways of writing are added by `phone_rare_ways.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.page import Page
from felinar.extract.native.phone_digits import is_current
from felinar.extract.native.phone_found import readings_of_scan
from felinar.extract.native.phone_plainer import about_texts, plainer_page
from felinar.extract.native.phone_rare import CHANGE, M_TEXT, M_WAY
from felinar.extract.native.phone_rare_ways import with_rare
from felinar.extract.native.phone_scan import scan_texts
from felinar.extract.native.phone_second import read_signed
from felinar.extract.native.readings import About, Readings
from felinar.extract.native.rows import joined, readings_of
from felinar.extract.native.signs import Signs

Texts = NDArray[np.int32]


def read(
    page: Page, texts: Texts, about: About, signs: Signs | None = None, *, plain: bool = False
) -> tuple[Readings, Texts]:
    """Return the telephone numbers of these texts, and the texts that only the plain reader can decide."""
    if not is_current():
        return readings_of([]), texts
    readings, unread, changed = _read(page, texts, about, False, plain)
    if not len(changed):
        return readings, unread
    around = about_texts(about, changed)
    others, odd, _ = _read(plainer_page(page, changed), np.arange(len(changed), dtype=np.int32), around, True, plain)
    return joined([readings, others._replace(text=changed[others.text])]), np.union1d(unread, changed[odd])


def _read(page: Page, texts: Texts, about: About, as_it_is: bool, plain: bool) -> tuple[Readings, Texts, Texts]:
    """Return the numbers of these texts, the texts that are declined, and those that need a plainer form."""
    scan = scan_texts(page, texts, about, as_it_is=as_it_is, plain=plain)
    readings = readings_of_scan(page, scan, about, plain=plain)
    unread = scan.declined
    if len(unread):
        unread = np.setdiff1d(unread, np.concatenate([scan.signed, scan.changed]))
    if len(scan.signed):
        others, odd = read_signed(page, scan.signed, about, plain=plain)
        readings, unread = joined([readings, others]), np.union1d(unread, odd)
    rare = scan.rare[scan.rare[:, M_WAY] != CHANGE]
    if len(rare):
        rare = rare[~np.isin(rare[:, M_TEXT], np.concatenate([unread, scan.changed]))]
        readings = with_rare(page, readings, rare, about)
    return readings, unread, scan.changed
