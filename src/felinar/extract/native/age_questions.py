"""The questions that ages put to a page: patterns, words before and after a number, ends of clauses."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract import age, age_words
from felinar.extract.name import names
from felinar.extract.native.age_loops import (
    clause_starts,
    clause_stops,
    cues,
    mark_alone,
    mark_joined,
    number_places,
    statement_ends,
    words_before,
)  # fmt: skip
from felinar.extract.native.asked import Asked, Flags, Ints
from felinar.extract.native.characters import ALNUM
from felinar.extract.native.lookup import pairs_of, words_at
from felinar.extract.native.marks import FIGURES, marks_of
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.table import WordTable, word_table
from felinar.kernels.kept_tables import kept_table

# The patterns by their numbers in the book, and the groups that are asked for.
PATTERNS = (
    age._RANGE, age._TAIL, age._AGE, age._SAYS, age._PERSON, age._DEMAND, age._APPLICANTS, age._SOUGHT,
    age._JOINED, age._CLOSED, age._LASTS, age._LASTED, age._SPENT, age._THING, age._CHILD, age._FIRM,
)  # fmt: skip
RANGE, TAIL, AGE, SAYS, PERSON, DEMAND, APPLICANTS = range(7)
SOUGHT, JOINED, CLOSED, LASTS, LASTED, SPENT, THING, CHILD, FIRM = range(7, len(PATTERNS))
PLUS, OLD, YEARS = (2 * age._TAIL.groupindex[name] - 2 for name in ("plus", "old", "years"))
OF = 2 * age._JOINED.groupindex["of"] - 2
# What a word may be.
NAME, ONE_PERSON, MONTH, GOES_ON, CUE, SAYS_ALONE = 1, 2, 4, 8, 16, 32
_J, _CAPITAL_J, _DOT = ord("j"), ord("J"), ord(".")


class Tables(NamedTuple):
    """The patterns, the words with what each may be, and with which two characters cues may begin (`pair_of`)."""

    book: Book
    words: WordTable
    roles: NDArray[np.int64]
    cues: NDArray[np.uint8]


@kept_table
def tables() -> Tables:
    """Return the tables of this process."""
    sets: tuple[tuple[int, Any], ...] = (
        (NAME, names()), (ONE_PERSON, age_words.ONE_PERSON), (MONTH, age_words.MONTHS), (GOES_ON, age_words.GOES_ON),
        (CUE, age._CUE_WORDS), (SAYS_ALONE, age_words.SAYS_ALONE),
    )  # fmt: skip
    words = sorted({word for _, found in sets for word in found})
    roles = np.array([sum(bit for bit, found in sets if word in found) for word in words])
    cues = pairs_of((word + "\0")[:2] for word in age._CUE_WORDS)
    return Tables(book_of(PATTERNS), word_table(words), roles, cues)


class AgesAsked(Asked):
    """A page that is asked for ages; rows have the columns of `native/age.py`."""

    reach = age._REACH

    def __init__(self, page: Page, plain: bool) -> None:
        super().__init__(page, tables().book, plain)

    def places(self, texts: NDArray[np.int32]) -> Ints:
        """Return (text, place) of the numbers of two figures that may be ages."""
        page = self.page
        text, place = marks_of(page, plain=self.plain).of(FIGURES, texts, page)
        rows = np.empty((2, len(text)), dtype=np.int64)
        found: Ints = rows[:, : self.form(number_places)(page.folded, page.kinds, page.at, text, place, rows)]
        return found

    def before(self, pattern: int, rows: Any) -> Flags:
        """Return whether a pattern is found in what stands before each number."""
        return self.there(pattern, rows.reach, rows.start)

    def has(self, role: int, start: Ints, end: Ints) -> Flags:
        """Return whether each word has a role."""
        words = words_at(self.page, tables().words, start, end, exact=True, plain=self.plain)
        return (words >= 0) & (tables().roles[words] & role > 0)

    def has_cue(self, reach: Ints, start: Ints) -> Flags:
        """Return whether one of the last four words before each number speaks of an age."""
        found = np.zeros(len(start), dtype=np.bool_)
        page = self.page
        self.form(cues)(
            page.folded, page.kinds, reach, start, tables().words, tables().roles, CUE, tables().cues, found
        )
        return found

    def last_words(self, reach: Ints, end: Ints, place: Ints) -> tuple[Ints, Ints]:
        """Return where the last words in the 20 characters before the ends begin and end, -1 for none."""
        found = np.full((2, len(end)), -1, dtype=np.int64)
        self.form(words_before)(self.page.kinds, np.maximum(reach, end - 20), end, found)
        return found[0], found[1]

    def only_joints(self, start: Ints, end: Ints) -> Flags:
        """Return whether only blanks and a few signs stand between."""
        found = np.zeros(len(start), dtype=np.bool_)
        self.form(mark_joined)(self.page.folded, np.where(start < 0, end, start), end, found)
        return found

    def ends(self, rows: Any) -> Flags:
        """Return whether the statement ends after each number, or goes on with a word that may follow an age."""
        found = np.zeros(len(rows.start), dtype=np.bool_)
        page = self.page
        run = self.form(statement_ends)
        run(page.folded, page.kinds, rows.after, rows.hi, tables().words, tables().roles, GOES_ON, found)
        return found

    def clause_after(self, rows: Any) -> Ints:
        """Return where the clause after each number ends, within reach."""
        found: Ints = np.minimum(rows.hi, rows.after + self.reach)
        self.form(clause_stops)(self.page.folded, rows.after, found)
        return found

    def clause_before(self, rows: Any) -> Ints:
        """Return where the clause before each number begins, within reach."""
        found: Ints = rows.start.copy()
        self.form(clause_starts)(self.page.folded, rows.reach, found)
        return found

    def stands_alone(self, rows: Any) -> Flags:
        """Return whether no letter or figure stands before each number, blanks aside."""
        found = np.zeros(len(rows.start), dtype=np.bool_)
        self.form(mark_alone)(self.page.folded, self.page.kinds, rows.reach, rows.start, found)
        return found

    def is_alnum(self, place: Ints, hi: Ints) -> Flags:
        """Return whether a letter or figure stands at each place."""
        return self.is_kind(place, hi, ALNUM)

    def is_small_j(self, text: Ints, start: Ints, end: Ints) -> Flags:
        """Return whether the word for years is a lone j that is no capital in the original: days in French."""
        page, there = self.page, start >= 0
        size, begin = end - start, np.where(there, start, 0)
        dotted = (size == 2) & (page.folded[np.where(there, end - 1, 0)] == _DOT)
        is_j: Flags = there & (page.folded[begin] == _J) & ((size == 1) | dotted)
        own = page.first[text] + page.place[begin]
        is_j[is_j] = page.original[own[is_j]] != _CAPITAL_J
        return is_j
