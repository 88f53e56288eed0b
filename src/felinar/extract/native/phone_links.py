"""Links that hold a number (`wa.me/…`, `tel:…`), found and read natively: the twin of `extract/phone_links.py`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import DECIMAL, DIGIT
from felinar.extract.native.page import Page
from felinar.extract.native.phone_columns import L_DIGITS, L_DIGITS_END, L_END, L_START, L_TEXT, LINK_COLUMNS
from felinar.extract.native.phone_digits import RANK_POSSIBLE, DigitReading, plans, region_id
from felinar.extract.native.phone_plans import (
    no_reading,
    read_abroad_digits,
    read_international_digits,
    read_national_digits,
)
from felinar.extract.native.readings import About
from felinar.extract.phone_links import BEFORE
from felinar.kernels.compile import kernel

# Digits and signs between the first and the last digit of a link; a blank is written %20.
FEWEST_BETWEEN, MOST_BETWEEN = 5, 24


def links_of(
    page: Page, texts: NDArray[Any], about: About, *, plain: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Return the links of these texts with a number that reads, in order, and their digits (0 to 9).

    A row: text, absolute folded places of the digits, and where the digits stand in the second array.
    """
    if not len(texts):
        return np.zeros((0, LINK_COLUMNS), dtype=np.int64), np.zeros(0, dtype=np.uint8)
    write: Any = write_links.plain if plain else write_links
    read: Any = read_links.plain if plain else read_links
    letters, bounds = _prefixes()
    room = 16 + len(texts) // 8
    while True:
        rows = np.empty((room, LINK_COLUMNS), dtype=np.int64)
        digits = np.empty(room * (MOST_BETWEEN + 2), dtype=np.uint8)
        n = write(page.folded, page.kinds, page.at, texts, letters, bounds, rows, digits)
        if n <= room:
            break
        room = n
    rows, readings = rows[:n], np.empty((n, len(DigitReading._fields)), dtype=np.int64)
    read(plans(), rows, digits, regions_given(about), readings)
    return rows[readings[:, 0] >= 0], digits[: rows[n - 1, L_DIGITS_END] if n else 0]


def regions_given(about: About) -> NDArray[np.int64]:
    """Return the region that the advert of each text states, -1 for none or one without numbers."""
    given: NDArray[np.int64] = _regions(about.countries)[about.country]
    return given


@lru_cache(maxsize=256)
def _regions(countries: tuple[str, ...]) -> NDArray[np.int64]:
    return np.array([region_id(code.upper()) if code.isalpha() else -1 for code in countries], dtype=np.int64)


@lru_cache(maxsize=1)
def _prefixes() -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    letters = np.frombuffer("".join(BEFORE).encode("utf-32-le"), dtype=np.uint32)
    return letters, np.cumsum([0, *map(len, BEFORE)])


@kernel
def write_links(  # type: ignore[no-untyped-def]
    folded, kinds, at, texts, letters, bounds, rows, digits
) -> Any:
    """Write what looks like a link in these texts; return how many there are, also beyond the room."""
    n = np.int64(0)
    used = np.int64(0)
    for text in texts:
        done = at[text]
        last = at[text + 1]
        for k in range(at[text], last - 1):
            if k < done or not may_begin_digits(folded[k], folded[k + 1]):
                continue
            if not ends_prefix(folded, at[text], k + 1, letters, bounds):
                continue
            start = behind_plus(folded, k + 1, last)
            end = end_of_number(folded, kinds, start, last)
            if end < 0:
                continue
            done = end
            if n < len(rows):
                rows[n, L_TEXT], rows[n, L_START], rows[n, L_END], rows[n, L_DIGITS] = text, start, end, used
                used = copy_link_digits(folded, kinds, start, end, digits, used)
                rows[n, L_DIGITS_END] = used
            n += 1
    return n


@kernel
def may_begin_digits(code: Any, beyond: Any) -> Any:
    """Say whether a character is one of `:/=+` and the next one a digit, a plus, a percent sign or not ASCII."""
    if code > 61 or not ((code == 58) | (code == 47) | (code == 61) | (code == 43)):
        return False
    return ((beyond >= 48) & (beyond <= 57)) | (beyond == 43) | (beyond == 37) | (beyond >= 128)


@kernel
def ends_prefix(folded: Any, first: Any, place: Any, letters: Any, bounds: Any) -> Any:
    """Say whether what makes a link of digits stands before this place."""
    for word in range(len(bounds) - 1):
        size = bounds[word + 1] - bounds[word]
        if place - first >= size:
            same = True
            k = 1
            while same and k <= size:
                same = folded[place - k] == letters[bounds[word + 1] - k]
                k += 1
            if same:
                return True
    return False


@kernel
def behind_plus(folded: Any, place: Any, last: Any) -> Any:
    """Return the place behind a plus, which may be written %2b."""
    if folded[place] == 43:
        return place + 1
    if place + 3 <= last and folded[place] == 37 and folded[place + 1] == 50 and folded[place + 2] == 98:
        return place + 3
    return place


@kernel
def end_of_number(folded: Any, kinds: Any, start: Any, last: Any) -> Any:
    """Return where the number of a link ends that starts here, -1 where none does."""
    if start >= last or kinds[start] & DECIMAL == 0:
        return np.int64(-1)
    end = np.int64(-1)
    place = start + 1
    for between in range(MOST_BETWEEN + 1):
        if place >= last:
            break
        decimal = kinds[place] & DECIMAL != 0
        if decimal and between >= FEWEST_BETWEEN:
            end = place + 1
        code = folded[place]
        if decimal or code == 40 or code == 41 or code == 46 or code == 45:  # ( ) . -
            place += 1
        elif code == 37 and place + 3 <= last and folded[place + 1] == 50 and folded[place + 2] == 48:
            place += 3
        else:
            break
    return end


@kernel
def copy_link_digits(folded: Any, kinds: Any, start: Any, end: Any, digits: Any, used: Any) -> Any:
    """Append the digits of a link, blanks left out; return where they end."""
    place = start
    while place < end:
        if folded[place] == 37:
            place += 3
            continue
        if kinds[place] & DIGIT:
            digits[used] = folded[place] - 48
            used += 1
        place += 1
    return used


@kernel
def read_link(plans: Any, digits: Any, first: Any, last: Any, given: Any) -> Any:
    """Return the reading of the digits of a link; `given`: the region of its advert or -1."""
    found = read_abroad_digits(plans, digits, first, last, given)
    if found.region < 0 and digits[first] != 0:
        found = read_international_digits(plans, digits, first, last)
    if given >= 0 and found.rank <= RANK_POSSIBLE:  # none or possible
        national = read_national_digits(plans, digits, first, last, given)
        if found.region < 0 or national.rank > RANK_POSSIBLE:
            return national
    return found if found.region >= 0 else no_reading()


@kernel
def read_links(plans: Any, links: Any, digits: Any, given: Any, out: Any) -> None:
    """Write the readings of all links: the fields of `DigitReading`, a row a link."""
    for k in range(len(links)):
        row = links[k]
        found = read_link(plans, digits, row[L_DIGITS], row[L_DIGITS_END], given[row[L_TEXT]])
        out[k, 0], out[k, 1], out[k, 2], out[k, 3] = found.region, found.code, found.rank, found.trunk
        out[k, 4], out[k, 5], out[k, 6] = found.typical, found.cut, found.start
        out[k, 7], out[k, 8] = found.rest, found.last
