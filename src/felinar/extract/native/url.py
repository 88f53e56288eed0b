"""Links and domains, natively: the twin of `extract/url.py`, which gives the form of the few that are not ASCII.

Where a domain may be written with a spoken dot, the plain reader reads that stretch.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.extract import url
from felinar.extract.native.asked import Asked, distinct, string_of, written
from felinar.extract.native.characters import UPPER, WORD_LETTER
from felinar.extract.native.lookup import words_at
from felinar.extract.native.machine import NONE
from felinar.extract.native.marks import DOT, marks_of
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import FIELDS, About, Readings, empties
from felinar.extract.native.rows import joined, readings_of
from felinar.extract.native.signs import Signs, words_of_group
from felinar.extract.native.stretches import read_plainly, stretches_of
from felinar.extract.native.table import WordTable, word_table
from felinar.extract.native.url_form import forms_of
from felinar.kernels.compile import kernel
from felinar.kernels.kept_tables import kept_table

PATTERNS = (url._PLAIN, url._LAST_DOT)
_PLAIN, _LAST_DOT = range(2)
_SCHEME, _ENDING, _PATH = (2 * url._PLAIN.groupindex[name] - 2 for name in ("scheme", "end", "path"))
_URL = FIELDS.index("url")
_SLASH, _BLANK, _BREAK, _A, _Z, _ZERO, _NINE = 47, 32, 10, 97, 122, 48, 57
Ints = NDArray[np.int64]
_REACH = 400  # what a spoken domain depends on lies no further from its dots
_OPENS = list(map(ord, "([{"))
_MOST = 64  # links between two blanks; a text with more is declined


class Tables(NamedTuple):
    """The patterns, the known endings of domains, those of them that are words too, and what is trimmed."""

    book: Book
    endings: WordTable
    also_words: NDArray[np.bool_]
    trimmed: NDArray[np.uint32]


class Links(NamedTuple):
    """Links found: text, place, end, begin of the ending (-1 after a scheme), and whether a path or scheme is there."""

    text: Ints
    start: Ints
    end: Ints
    ending: Ints
    ending_end: Ints
    scheme: Ints
    with_path: NDArray[np.bool_]


@kept_table
def tables() -> Tables:
    """Return the tables of this process."""
    endings = sorted(url._ENDINGS)
    also_words = np.array([word in url._WORDS for word in endings])
    return Tables(
        book_of(PATTERNS), word_table(endings), also_words, np.array(sorted(map(ord, url._END)), dtype=np.uint32)
    )


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the links in these texts, and the texts that are declined."""
    asked = Asked(page, tables().book, plain)
    links, crowded = _links(asked, texts)
    links, sure = _believable(asked, links)
    text, end = links.text, links.end
    start, stop = page.place[links.start], page.place[end - 1] + np.int32(1)
    same = np.zeros(len(page.first), dtype=np.bool_)
    asked.form(is_identity)(page.first, page.last, page.place, page.at, distinct(text), same)
    value, fine = forms_of(page, text, links.start, end, start, stop, same[text], plain=plain)
    if not fine.all():
        value = _with_others(page, links, start, stop, same[text], value, fine)
    declined = distinct(crowded).astype(np.int32)
    with_dot = pc.match_substring(value, ".").to_numpy(zero_copy_only=False)
    keep = np.flatnonzero(with_dot & ~np.isin(text, declined))
    display = written(page, text[keep].astype(np.int32), start[keep], stop[keep], plain)
    nothing = empties(len(keep))
    confidence = np.where(sure[keep], 95, 45).astype(np.int32)
    obscured = np.zeros(len(keep), dtype=np.bool_)
    numbers = (text[keep].astype(np.int32), start[keep], stop[keep], confidence, obscured)
    readings = Readings(*numbers, value.take(pa.array(keep)), display, nothing, nothing)
    spoken = _spoken(asked, np.setdiff1d(texts, declined, assume_unique=True), about, signs)
    return (joined([readings, spoken]) if len(spoken.text) else readings), declined


def _with_others(page: Page, links: Links, start: Any, stop: Any, same: Any, value: pa.Array, fine: Any) -> pa.Array:
    """Return the forms of links, also of those that are not ASCII, as the plain reader gives them."""
    found = value.to_pylist()
    for i in np.flatnonzero(~fine).tolist():
        shift = page.first[links.text[i]]
        own = string_of(page.original[shift + start[i] : shift + stop[i]]) if same[i] else ""
        found[i] = url.value_of(own, string_of(page.folded[links.start[i] : links.end[i]]))
    return pa.array(found, pa.string())


def _links(asked: Asked, texts: NDArray[np.int32]) -> tuple[Links, Ints]:
    """Return what has the shape of a link, in the order of the page, and the texts with more than that."""
    page = asked.page
    text, place = marks_of(page, plain=asked.plain).of(DOT, texts, page)
    room = np.empty((3, len(text)), dtype=np.int64)
    chunks = room[:, : asked.form(write_chunks)(page.folded, page.kinds, page.at, text, place, room)]
    text, at, hi = chunks
    found: list[Links] = []
    while len(text) and len(found) < _MOST:  # one link of every chunk after the other
        match = asked.match(_PLAIN, page.at[text], hi, at, last=hi)
        there = match.end != NONE
        groups = match.groups[there]
        scheme = groups[:, _SCHEME + 1] - groups[:, _SCHEME]
        text, at, hi, start = text[there], match.end[there], hi[there], match.start[there]
        end = start.copy()
        asked.form(write_trimmed)(page.folded, start, at, tables().trimmed, end)
        ending, path = groups[:, _ENDING : _ENDING + 2], groups[:, _PATH]
        found.append(Links(text, start, end, ending[:, 0], ending[:, 1], scheme, path != NONE))
    return _in_order(found), text


def _in_order(found: list[Links]) -> Links:
    """Return all links in the order of the page."""
    none = np.zeros(0, dtype=np.int64)
    found.append(Links(none, none, none, none, none, none, none.astype(np.bool_)))
    every: list[Any] = [np.concatenate(columns) for columns in zip(*found, strict=True)]
    order = np.argsort(every[1], kind="stable")
    return Links(*(column[order] for column in every))


def _believable(asked: Asked, links: Links) -> tuple[Links, NDArray[np.bool_]]:
    """Return the links that hold: a scheme with something behind it, or a known ending that begins no sentence."""
    page, plain = asked.page, links.ending == NONE
    ending = words_at(page, tables().endings, links.ending, np.where(plain, NONE, links.ending_end), plain=asked.plain)
    also_word = tables().also_words[ending]
    upper = page.original_kinds[page.first[links.text] + page.place[links.ending]] & UPPER > 0
    holds = np.where(plain, True, (ending >= 0) & ~(also_word & upper & ~links.with_path))
    holds &= links.end - links.start > links.scheme
    sure = plain | links.with_path | ~also_word
    held: list[Any] = [column[holds] for column in links]
    return Links(*held), sure[holds]


def _spoken(asked: Asked, texts: Ints, about: About, signs: Signs) -> Readings:
    """Return the domains with a spoken dot: around each word or sign for one, in texts that have a registered one."""
    page = asked.page
    hit = np.flatnonzero(words_of_group("url")[signs.word])
    said = np.zeros(len(page.first), dtype=np.bool_)
    said[texts[about.field[texts] != _URL]] = True
    hit = hit[said[signs.text[hit]]]
    if not len(hit):
        return readings_of([])
    places = [page.at[signs.text[hit]] + signs.start[hit]]
    text, dot = marks_of(page, plain=asked.plain).of(DOT, distinct(signs.text[hit]), page)
    for back in (1, 2):  # a dot in brackets that is registered in some forms only
        before = np.maximum(dot - back, page.at[text])
        places.append(dot[np.isin(page.folded[before], _OPENS)])
    place = distinct(np.concatenate(places))
    text = np.searchsorted(page.at, place, side="right") - 1
    lo, hi = page.at[text], page.at[text + 1]
    ends = np.zeros(len(place), dtype=np.bool_)
    for back in range(4):  # a bracket and blanks may stand before
        ends |= asked.there(_LAST_DOT, lo, hi, np.maximum(lo, place - back))
    group, stretches = stretches_of(page, text, place, _REACH, plain=asked.plain)
    return read_plainly(url.spoken, page, stretches[:, distinct(group[ends])], about)


@kernel
def write_chunks(folded: Any, kinds: Any, at: Any, text: Any, place: Any, rows: Any) -> int:
    """Write (text, begin, end) of the stretches between blanks that have a dot or colon of a link; return how many.

    `place` are the dots and colons in rising order.
    """
    n = 0
    done: Any = np.int64(0)
    for i in range(len(place)):
        k = place[i]
        done = max(done, at[text[i]])
        stop = at[text[i] + 1]
        if k < done or k == at[text[i]] or k + 1 >= stop:
            continue
        before = folded[k - 1]
        if not ((before >= _A and before <= _Z) or (before >= _ZERO and before <= _NINE)):
            continue
        if (kinds[k + 1] & WORD_LETTER) == 0 and folded[k + 1] != _SLASH:
            continue
        start = k
        while start > done and folded[start - 1] != _BLANK and folded[start - 1] != _BREAK:
            start -= 1
        done = k
        while done < stop and folded[done] != _BLANK:
            done += 1
        rows[0, n] = text[i]
        rows[1, n] = start
        rows[2, n] = done
        n += 1
    return n


@kernel
def write_trimmed(folded: Any, start: Any, end: Any, trimmed: Any, trimmed_end: Any) -> None:
    """Write where each link ends without the punctuation at its end."""
    for i in range(len(start)):
        stop = end[i]
        while stop > start[i]:
            held = True
            for code in trimmed:
                if folded[stop - 1] == code:
                    held = False
                    break
            if held:
                break
            stop -= 1
        trimmed_end[i] = stop


@kernel
def is_identity(first: Any, last: Any, place: Any, at: Any, texts: Any, same: Any) -> None:
    """Mark the texts whose folded and original characters correspond one to one."""
    for text in texts:
        same[text] = at[text + 1] - at[text] == last[text] - first[text]
        for k in range(at[text], at[text + 1]):
            if place[k] != k - at[text]:
                same[text] = False
                break
