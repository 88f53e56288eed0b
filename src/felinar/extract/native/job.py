"""Terms of jobs: the twin of `extract/job.py`, from the native hits and the native prices of the same texts."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.extract import job
from felinar.extract.evidence import evidence
from felinar.extract.job_amounts import FAR, NEAR, PRICED
from felinar.extract.job_employer import has_legal_form
from felinar.extract.native import price
from felinar.extract.native.asked import distinct
from felinar.extract.native.job_employers import employers
from felinar.extract.native.job_kernels import Cues, Prices, assign, keep_longest, keep_said
from felinar.extract.native.page import Page, original_of
from felinar.extract.native.readings import About, Readings, empties
from felinar.extract.native.rows import joined
from felinar.extract.native.signs import Signs, sign_words
from felinar.kernels.fold import Folded

_GROUP = "job"
# What an amount can be for, by number: 0 is nothing.
_FOR = ("", *sorted(set(PRICED.values())))
Ints = NDArray[np.int32]


class Meanings(NamedTuple):
    """What the registered words say of jobs: word w the meanings `of[at[w]:at[w + 1]]`, numbers into `names`.

    `bits` has one bit a meaning, `speaks` whether there is any, `priced` the number in _FOR of each meaning, `denied`
    the meaning that says its opposite (-1: none, it says nothing then), `leads` whether it is no value by itself,
    `because` each word's evidence.
    """

    bits: NDArray[np.int64]
    speaks: NDArray[np.bool_]
    said: tuple[tuple[str, ...], ...]
    at: NDArray[np.int64]
    of: Ints
    names: tuple[str, ...]
    priced: Ints
    denied: Ints
    leads: NDArray[np.bool_]
    because: pa.Array
    never: NDArray[np.uint32]


@lru_cache(maxsize=1)
def meanings() -> Meanings:
    """Return the meanings of all registered words, in the order of the words' numbers."""
    said = tuple(tuple(m for e in found if e[0] == _GROUP for m in e[2]) for _, found in sign_words())
    names = tuple(sorted({meaning for many in said for meaning in many}))
    number = {name: i for i, name in enumerate(names)}
    denied = [
        i if ":" in name else number.get(f"{name}:none", -1) if name in job.DENIABLE else -1
        for i, name in enumerate(names)
    ]
    words = np.zeros((len(job.NOT), max(map(len, job.NOT))), dtype=np.uint32)
    for row, word in enumerate(sorted(job.NOT)):
        words[row, : len(word)] = list(map(ord, reversed(word)))
    return Meanings(
        np.array([sum(1 << number[m] for m in many) for many in said], dtype=np.int64),
        np.array(list(map(bool, said))),
        said,
        np.cumsum([0, *map(len, said)], dtype=np.int64),
        np.array([number[m] for many in said for m in many], dtype=np.int32),
        names,
        np.array([_FOR.index(PRICED.get(name, "")) for name in names], dtype=np.int32),
        np.array(denied, dtype=np.int32),
        np.array([name in job.LEADS for name in names]),
        pa.array([evidence(("said", word)) for word, _ in sign_words()], pa.string()),
        words,
    )


def read(page: Page, texts: Ints, about: About, signs: Signs) -> tuple[Readings, Ints]:
    """Return the terms of jobs in these texts; none is declined."""
    rows = _rows(page, texts, signs)
    adverts = distinct(signs.text[rows])
    prices = price.read_again(page, adverts, about, signs)
    keep = np.zeros(len(rows), dtype=np.bool_)
    keep_longest(signs.text[rows], signs.start[rows], signs.end[rows], keep)
    rows = rows[keep]
    known = meanings()
    many = np.diff(known.at)[signs.word[rows]]
    row = np.repeat(rows, many)
    meaning = known.of[known.at[signs.word[row]] + np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)]
    text = signs.text[row]
    first = page.place[page.at[text] + signs.start[row]]
    last = page.place[page.at[text] + signs.end[row] - 1] + np.int32(1)
    cues = Cues(text, signs.start[row], first, last, meaning, known.priced[meaning])
    meant, near, used = _amounts(page, cues, prices)
    value = np.full(len(row), -1, dtype=np.int32)
    keep_said(page.folded, page.kinds, page.at, cues, used, known.denied, known.leads, known.never, value)
    spoken = np.flatnonzero(value >= 0)
    parts = [
        employers(page, signs, rows, *_leading()),
        _told(prices, meant, near),
        _said(cues, spoken, value[spoken], signs.word[row[spoken]]),
    ]
    return joined([part for part in parts if len(part.text)] or parts[:1]), np.zeros(0, dtype=np.int32)


def _rows(page: Page, texts: Ints, signs: Signs) -> NDArray[np.int64]:
    """Return the hits that say something of jobs in those of these texts that are job adverts."""
    known = meanings()
    asked = np.zeros(len(page.first), dtype=np.bool_)
    asked[texts] = True
    rows = np.flatnonzero(known.speaks[signs.word])
    rows = rows[asked[signs.text[rows]]]
    if not len(rows):
        return rows
    begins = np.flatnonzero(np.diff(signs.text[rows], prepend=-1))
    said = np.bitwise_or.reduceat(known.bits[signs.word[rows]], begins)
    every, which = np.unique(said, return_inverse=True)
    is_job = np.fromiter(map(_is_job, every.tolist()), np.bool_, len(every))[which]
    surely = np.fromiter(map(_is_surely, every.tolist()), np.bool_, len(every))[which]
    for i in np.flatnonzero(is_job & ~surely).tolist():
        written = original_of(page, int(signs.text[rows[begins[i]]]))
        is_job[i] = has_legal_form(Folded(written, "", range(0), range(0)))
    return rows[np.repeat(is_job, np.diff(np.append(begins, len(rows))))]


@lru_cache(maxsize=1)
def _leading() -> tuple[NDArray[np.bool_], ...]:
    """Return of every word whether a name may stand before it as a legal form, after it, and before what it does."""
    said = meanings().said
    return tuple(np.array([leads in many for many in said]) for leads in ("form", "employer", "hirer"))


_WITH_FORM, _WITHOUT = (Folded(t, t.lower(), range(len(t)), range(1, len(t) + 1)) for t in ("Green Ltd", "green"))


@lru_cache(maxsize=8192)
def _is_job(bits: int) -> bool:
    """Whether a text that says this is a job advert, if it has a name with a legal form."""
    return job.is_job(_WITH_FORM, _named(bits))


@lru_cache(maxsize=8192)
def _is_surely(bits: int) -> bool:
    return job.is_job(_WITHOUT, _named(bits))


def _named(bits: int) -> set[str]:
    return {name for i, name in enumerate(meanings().names) if bits >> i & 1}


def _amounts(page: Page, cues: Cues, prices: Readings) -> tuple[Ints, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what each price is for (a number in _FOR), whether a word says so, and which cues have a price."""
    meant, near = np.zeros(len(prices.text), dtype=np.int32), np.zeros(len(prices.text), dtype=np.bool_)
    used = np.zeros(len(cues.text), dtype=np.bool_)
    stated = Prices(prices.text, prices.start, prices.end)
    assign(page.original, page.first, cues, stated, _FOR.index("pay"), meant, near, used)
    return meant, near, used


def _told(prices: Readings, meant: Ints, near: NDArray[np.bool_]) -> Readings:
    """Return the prices that are for something as readings."""
    told = np.flatnonzero(meant)
    names = pa.array(_FOR, pa.string()).take(pa.array(meant[told]))
    value = pc.binary_join_element_wise(names, prices.value.take(pa.array(told)), ":")
    nothing = empties(len(told))
    sure = np.where(near[told], NEAR, FAR).astype(np.int32)
    numbers = prices.text[told], prices.start[told], prices.end[told], sure, np.zeros(len(told), dtype=np.bool_)
    return Readings(*numbers, value, value, nothing, nothing)


def _said(cues: Cues, spoken: NDArray[np.int64], value: Ints, word: Ints) -> Readings:
    """Return the terms that are said without an amount."""
    names = pa.array(meanings().names, pa.string()).take(pa.array(value))
    nothing = empties(len(spoken))
    sure, plain = np.full(len(spoken), job.SURE, dtype=np.int32), np.zeros(len(spoken), dtype=np.bool_)
    numbers = cues.text[spoken], cues.first[spoken], cues.last[spoken], sure, plain
    return Readings(*numbers, names, names, nothing, meanings().because.take(pa.array(word)))
