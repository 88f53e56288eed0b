"""Handles, natively: the plain reader, `extract/handle.py`, reads the few stretches of text in which one may stand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import handle
from felinar.extract.native.asked import Asked, Ints, Result, crowded, distinct
from felinar.extract.native.characters import SPACE
from felinar.extract.native.charsets import is_figure
from felinar.extract.native.handle_alone import Anchors, Cues, named_alone
from felinar.extract.native.machine import NONE
from felinar.extract.native.marks import AT, SLASH, marks_of
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import FIELDS, About
from felinar.extract.native.rows import joined, readings_of
from felinar.extract.native.signs import Signs, words_of_group
from felinar.extract.native.stretches import read_plainly, stretches_of
from felinar.extract.native.table import WordTable, find_word, word_table
from felinar.kernels.compile import kernel
from felinar.kernels.kept_tables import kept_table

PATTERNS = (handle._AFTER_CUE, handle._SIGNED, handle._BEFORE_CUE, handle._LINK)
_AFTER, _SIGNED, _BEFORE, _LINK = range(len(PATTERNS))
_COLON, _EQUALS, _DOT, _LOW, _BLANK = map(ord, ":=._ ")
# Hints end in a slash or in the word; a link begins at most so many characters before the end of a hint, and what
# makes it one ends at most so many behind it (`_LINK`).
_ONE = np.uint64(1)
_WORD, _FAR, _NEAR = "slash", 40, 160
_LAST, _BEFORE_LAST = ord(_WORD[-1]), ord(_WORD[-2])
_URL = FIELDS.index("url")
_REACH = 200  # what a handle depends on lies no further from its cue, sign or hint


@kept_table
def book() -> Book:
    """Return the patterns of handles."""
    return book_of(PATTERNS)


@lru_cache(maxsize=1)
def _hints() -> tuple[NDArray[np.uint32], Ints]:
    """Return the hints of links, one behind the other, and their bounds."""
    known = (*handle._LINK_HINTS, "meslash")
    return np.array([ord(c) for hint in known for c in hint], dtype=np.uint32), np.cumsum([0, *map(len, known)])


@lru_cache(maxsize=1)
def _no_names() -> WordTable:
    """Return words that are no user names: those that follow a platform anyway, and the platforms themselves."""
    return word_table(sorted(handle._NOT_NAMES | set(handle._OF_WORD)))


def read(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return the handles in these texts; texts with more than MOST_PLACES places for one are declined."""
    asked = Asked(page, book(), plain)
    cued = np.zeros(len(page.first), dtype=np.bool_)
    cues = _cues(asked, texts, about, signs, cued)
    anchors = _all([_linked(asked, texts), cues.anchors, _signs(asked, cued)])
    wanted = np.zeros(len(page.first), dtype=np.bool_)
    wanted[anchors.text[anchors.asked]] = True
    full = crowded(anchors.text, handle.MOST_PLACES)
    wanted[full] = False
    alone = _alone(anchors, wanted, cues.anchors)
    wanted[cues.anchors.text[alone]] = False
    near = wanted[anchors.text]
    text, place, needed = anchors.text[near], anchors.place[near], anchors.asked[near]
    group, stretches = stretches_of(page, text, place, _REACH, plain=plain)
    stretches = stretches[:, distinct(group[needed])]
    readings = read_plainly(handle.find, page, stretches, about, (("cued", cued),), signs, "handle")
    return joined([readings, readings_of(list(named_alone(page, cues, alone)))]), full


def _alone(anchors: Anchors, wanted: NDArray[np.bool_], cues: Anchors) -> Ints:
    """Return the rows of cues that are all that is asked about in their wanted texts."""
    asked = anchors.text[anchors.asked]
    places = np.bincount(asked, minlength=len(wanted))
    return np.flatnonzero(cues.asked & (places == 1)[cues.text] & wanted[cues.text])


def _all(parts: list[Anchors]) -> Anchors:
    """Return all anchors by their places."""
    every: list[Any] = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    order = np.argsort(every[1], kind="stable")
    return Anchors(*(column[order] for column in every))


def _linked(asked: Asked, texts: NDArray[np.int32]) -> Anchors:
    """Return where the links to profiles stand that the hints may be of."""
    page = asked.page
    hints, bounds = _hints()
    text, place = marks_of(page, plain=asked.plain).of(SLASH, texts, page)
    rows = np.empty((2, len(text) + len(page.folded) // len(_WORD)), dtype=np.int64)
    run = asked.form(write_hinted)
    text, place = rows[:, : run(page.folded, page.kinds, page.at, text, place, hints, bounds, rows)]
    lo, hi = page.at[text], np.minimum(page.at[text + 1], place + _NEAR)
    return Anchors(text, place, asked.match(_LINK, lo, hi, np.maximum(lo, place - _FAR), last=place).end != NONE)


def _cues(asked: Asked, texts: NDArray[np.int32], about: About, signs: Signs, cued: NDArray[np.bool_]) -> Cues:
    """Return the platforms' names with what follows them; mark the texts that have one in `cued`."""
    page = asked.page
    held = np.zeros(len(page.first), dtype=np.bool_)
    held[texts[about.field[texts] != _URL]] = True
    hit = np.flatnonzero(words_of_group("handle")[signs.word])
    hit = hit[held[signs.text[hit]]]
    text = signs.text[hit].astype(np.int64)
    cued[text] = True
    place, lo, hi = page.at[text] + signs.start[hit], page.at[text], page.at[text + 1]
    after = asked.match(_AFTER, lo, hi, place)
    groups = {name: after.groups[:, 2 * g - 2 : 2 * g] for name, g in handle._AFTER_CUE.groupindex.items()}
    there = after.end != NONE
    may_be = there.copy()
    run = asked.form(mark_names)
    run(page.folded, there, groups["joint"], groups["sign"], groups["name"], _no_names(), may_be)
    row = np.flatnonzero(_with_sign(page, text, asked.plain))
    signed = asked.match(_SIGNED, lo[row], hi[row], place[row])
    may_be[row] |= signed.end != NONE
    return Cues(Anchors(text, place, may_be), after, row, signed)


def _signs(asked: Asked, cued: NDArray[np.bool_]) -> Anchors:
    """Return each "@" in these texts."""
    page = asked.page
    own, at = marks_of(page, plain=asked.plain).of(AT, np.flatnonzero(cued).astype(np.int32), page)
    return Anchors(own, at, asked.there(_BEFORE, page.at[own], page.at[own + 1], at))


def _with_sign(page: Page, text: Ints, plain: bool) -> NDArray[np.bool_]:
    """Return which of these texts have an "@"."""
    marks = marks_of(page, plain=plain)
    signed = np.zeros(len(page.first), dtype=np.bool_)
    signed[marks.every(AT)[0]] = True
    return signed[text]


@kernel
def is_hint(folded: Any, kinds: Any, k: int, lo: int, hints: Any, first: int, last: int) -> bool:
    """Say whether a hint ends here; any blank stands for its blanks."""
    if k + 1 - lo < last - first:
        return False
    for back in range(last - first):
        code = hints[last - 1 - back]
        if folded[k - back] != code and not (code == _BLANK and (kinds[k - back] & SPACE) != 0):
            return False
    return True


@kernel
def has_pair(folded: Any, first: Any, last: Any, left: int, right: int) -> bool:
    """Say whether these two characters stand beside each other; without a branch for each one."""
    found = 0
    for k in range(np.uint64(first + 1), np.uint64(last)):
        found |= (folded[k] == right) & (folded[k - _ONE] == left)
    return found != 0


@kernel
def write_hinted(folded: Any, kinds: Any, at: Any, text: Any, place: Any, hints: Any, bounds: Any, rows: Any) -> int:
    """Write (text, place) of the slashes (`place`) and of each last letter, in texts with one, at which a hint ends."""
    n = 0
    done: Any = np.int64(-1)  # the last text that was searched for letters
    for i in range(len(place)):
        lo = at[text[i]]
        first: Any = np.int64(place[i])
        last: Any = np.int64(place[i] + 1)
        if text[i] != done:
            done = text[i]
            if has_pair(folded, lo, at[text[i] + 1], _BEFORE_LAST, _LAST):
                first, last = lo, at[text[i] + 1]
        for k in range(first, last):
            if k != place[i] and (folded[k] != _LAST or k == lo or folded[k - 1] != _BEFORE_LAST):
                continue
            for hint in range(len(bounds) - 1):
                if n < len(rows[0]) and is_hint(folded, kinds, k, lo, hints, bounds[hint], bounds[hint + 1]):
                    rows[0, n] = text[i]
                    rows[1, n] = k
                    n += 1
                    break
    return n


@kernel
def mark_names(folded: Any, there: Any, joint: Any, sign: Any, name: Any, no_names: WordTable, may_be: Any) -> None:
    """Mark the cues whose name has a sign, a figure, a dot, or a colon before it, and is no number or known word."""
    for i in range(len(there)):
        if not there[i]:
            continue
        marked = sign[i, 1] > sign[i, 0]
        for k in range(joint[i, 0], joint[i, 1]):
            marked = marked or folded[k] == _COLON or folded[k] == _EQUALS
        number = True
        for k in range(name[i, 0], name[i, 1]):
            figure = is_figure(folded[k])
            marked = marked or figure or folded[k] == _DOT or folded[k] == _LOW
            number = number and (figure or folded[k] == _DOT)
        may_be[i] = marked and not number and find_word(no_names, folded, name[i, 0], name[i, 1]) < 0
