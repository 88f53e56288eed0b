"""E-mail addresses, natively: `name@host.tld` in ASCII as it stands; the twin of `extract/email.py` for these.

A stretch of text in which an address may be spoken, spaced or disguised is given to the plain reader, and so is a whole
text with more places for one than that reads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract import email
from felinar.extract.native.asked import Asked, Result, crowded, distinct
from felinar.extract.native.email_plain import Words, mark_lookalikes, mark_odd, mark_single, write_plain
from felinar.extract.native.machine import NONE
from felinar.extract.native.marks import AT, marks_of
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import About, Readings, empties
from felinar.extract.native.rows import in_places, joined
from felinar.extract.native.signs import Signs, words_of_group
from felinar.extract.native.stretches import read_plainly, stretches_of
from felinar.extract.native.table import word_table
from felinar.kernels.kept_tables import kept_table

PATTERNS = (email._AT, email._DOMAIN, email._SINGLE)
_AT, _DOMAIN, _SINGLE = range(3)
_SIGN = ord("@")
_REACH = 200  # what an address depends on lies no further from its sign (email._REACH, email._DOMAIN)
_OPENS = np.array([chr(code) in email._OPENERS for code in range(128)])  # the last character is none of them
Ints = NDArray[np.int64]


class Tables(NamedTuple):
    """The patterns, the words of joints, and the letters (by code point) that look like Latin ones."""

    book: Book
    words: Words
    looks: NDArray[np.bool_]


@kept_table
def tables() -> Tables:
    """Return the tables of this process."""
    spoken = sorted(email._JOINT_OF)
    looks = np.zeros(0x1000, dtype=np.bool_)
    looks[list(email._LOOKS)] = True
    words = Words(
        word_table(sorted({word.split()[0] for word in spoken})),
        word_table(sorted({word.split()[-1] for word in spoken})),
        word_table(spoken),
        word_table(sorted(email._FILES)),
    )
    return Tables(book_of(PATTERNS), words, looks)


def read(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return the addresses in these texts; texts with more than MOST_PLACES places for one are declined."""
    asked = Asked(page, tables().book, plain)
    text, place = _places(page, texts, signs, plain)
    full = crowded(text, email.MOST_PLACES)
    if len(full):
        kept = ~np.isin(text, full)
        text, place = text[kept], place[kept]
    group, stretches = stretches_of(page, text, place, _REACH, plain=plain)
    declined = np.zeros(stretches.shape[1], dtype=np.bool_)
    signed = page.folded[place] == _SIGN
    _mark_lookalikes(asked, text[signed], place[signed], group[signed], stretches[0], declined)
    at = asked.match(_AT, page.at[text], page.at[text + 1], place).end
    text, place, group, at = (column[at != NONE] for column in (text, place, group, at))
    there = asked.there(_DOMAIN, page.at[text], page.at[text + 1], at)
    text, place, group, at = (column[there] for column in (text, place, group, at))
    lo, hi = page.at[text], page.at[text + 1]
    is_sign = (page.folded[place] == _SIGN) & (at == place + 1)
    rows = np.empty((len(text), 4), dtype=np.int64)
    words = tables().words
    n = asked.form(write_plain)(page.folded, page.kinds, lo, hi, place, group, text, is_sign, words, declined, rows)
    asked.form(mark_odd)(page.original, page.first, page.place, rows, n, declined)
    readings = _readings(page, rows[:n][~declined[rows[:n, 3]]], plain)
    if not declined.any():
        return readings, full
    with_sign = np.zeros(len(page.first), dtype=np.bool_)
    with_sign[marks_of(page, plain=plain).of(AT, texts, page)[0]] = True
    others = read_plainly(email.find, page, stretches[:, declined], about, (("signed", with_sign),), signs, "email")
    return in_places(joined([readings, others])), full


def _mark_lookalikes(
    asked: Asked, text: Ints, place: Ints, group: Ints, owner: Ints, declined: NDArray[np.bool_]
) -> None:
    """Mark the stretches with a sign in which letters that look Latin may be read as Latin ones.

    `owner` is the text of each stretch.
    """
    page = asked.page
    run = asked.form(mark_lookalikes)
    run(page.folded, page.at[text], page.at[text + 1], place, group, tables().looks, declined)
    single = np.zeros(len(page.first), dtype=np.bool_)
    asked.form(mark_single)(page.folded, page.kinds, page.at, distinct(text), tables().looks, single)
    declined[np.isin(owner, asked.with_match(_SINGLE, np.flatnonzero(single)))] = True


def _places(page: Page, texts: NDArray[np.int32], signs: Signs, plain: bool) -> tuple[Ints, Ints]:
    """Return (text, place) where an "at" may begin, in order: at its sign or word, or at the bracket before."""
    asked = np.zeros(len(page.first), dtype=np.bool_)
    asked[texts] = True
    hit = np.flatnonzero(words_of_group("email")[signs.word])
    hit = hit[asked[signs.text[hit]]]
    text, signed = marks_of(page, plain=plain).of(AT, texts, page)
    text = np.concatenate([signs.text[hit], text])
    start = np.concatenate([page.at[signs.text[hit]] + signs.start[hit], signed])
    places = [start]
    for back in (1, 2):
        before = np.maximum(start - back, page.at[text])
        places.append(before[_OPENS[np.minimum(page.folded[before], 127)] & (before == start - back)])
    place = distinct(np.concatenate(places))
    return np.searchsorted(page.at, place, side="right") - 1, place


def _readings(page: Page, rows: Ints, plain: bool) -> Readings:
    text, start, end = rows[:, 0].astype(np.int32), page.place[rows[:, 1]], page.place[rows[:, 2] - 1] + np.int32(1)
    folded = [page.folded[a:b].astype(np.uint8).tobytes().decode() for _, a, b, _ in rows.tolist()]
    value = pa.array(folded, pa.string())
    nothing = empties(len(rows))
    sure, obscured = np.full(len(rows), 95, dtype=np.int32), np.zeros(len(rows), dtype=np.bool_)
    return Readings(text, start, end, sure, obscured, value, value, nothing, nothing)
