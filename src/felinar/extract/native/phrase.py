"""Marker phrases, natively: the twin of `extract/phrase.py` over the hits of `native/signs.py`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract import phrase
from felinar.extract.evidence import evidence
from felinar.extract.native.page import Page
from felinar.extract.native.readings import About, Readings, empties
from felinar.extract.native.signs import Signs, sign_words, words_of_group
from felinar.kernels.compile import kernel

_GROUP, _SURE = "phrase", 80


class Phrases(NamedTuple):
    """The phrases among the registered words: word w has the meanings `at[w]:at[w + 1]`."""

    is_phrase: NDArray[np.bool_]
    words: pa.Array
    at: NDArray[np.int64]
    meanings: tuple[phrase.Meaning, ...]
    concepts: pa.Array


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Return the phrases with their meanings, in the order of the words' numbers."""
    said = [[meaning for e in found if e[0] == _GROUP for meaning in e[2]] for _, found in sign_words()]
    meanings = tuple(meaning for meant in said for meaning in meant)
    return Phrases(
        words_of_group(_GROUP),
        pa.array([word for word, _ in sign_words()], pa.string()),
        np.cumsum([0, *map(len, said)], dtype=np.int64),
        meanings,
        pa.array([name for name, _, _ in meanings], pa.string()),
    )


@lru_cache(maxsize=64)
def _reasons(language: str) -> pa.Array:
    """Return the evidence of every meaning in a text of this language."""
    meanings = phrases().meanings
    spoken = [language if language in languages else languages[0] for _, _, languages in meanings]
    reasons = [evidence(("indicator", m[1]), ("language", code)) for m, code in zip(meanings, spoken, strict=True)]
    return pa.array(reasons, pa.string())


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the concepts said in these texts; none is declined."""
    found = phrases()
    asked = np.zeros(len(page.first), dtype=np.bool_)
    asked[texts] = True
    rows = np.flatnonzero(found.is_phrase[signs.word] & asked[signs.text])
    keep = np.zeros(len(rows), dtype=np.bool_)
    (longest.plain if plain else longest)(signs.text[rows], signs.start[rows], signs.end[rows], keep)
    rows = rows[keep]
    many = np.diff(found.at)[signs.word[rows]]
    rows = np.repeat(rows, many)
    first = np.cumsum(many) - many
    meaning = found.at[signs.word[rows]] + np.arange(len(rows)) - np.repeat(first, many)
    text = signs.text[rows]
    numbers = (
        page.place[page.at[text] + signs.start[rows]],
        page.place[page.at[text] + signs.end[rows] - 1] + np.int32(1),
        np.full(len(rows), _SURE, dtype=np.int32),
        np.zeros(len(rows), dtype=np.bool_),
    )
    strings = (found.concepts.take(pa.array(meaning)), found.words.take(pa.array(signs.word[rows])))
    nothing = empties(len(rows))
    return Readings(text, *numbers, *strings, nothing, _because(about, text, meaning)), np.zeros(0, dtype=np.int32)


def _because(about: About, text: NDArray[np.int32], meaning: NDArray[np.int64]) -> pa.Array:
    """Return the evidence of these meanings, each in the language of its text."""
    language = about.language[text]
    spoken, column = np.unique(language, return_inverse=True)
    columns = [_reasons(about.languages[code]) for code in spoken.tolist()]
    every = pa.concat_arrays(columns) if columns else pa.array([], pa.string())
    return every.take(pa.array(column * len(phrases().meanings) + meaning))


@kernel
def longest(text: Any, start: Any, end: Any, keep: Any) -> None:
    """Mark the hits that are not inside or across a longer one, the first of equally long ones."""
    held = -1
    for i in range(len(text)):
        if i + 1 < len(text) and text[i + 1] == text[i] and start[i + 1] == start[i]:
            continue  # a longer one begins here
        if held >= 0 and text[held] == text[i] and start[i] < end[held]:
            if end[i] - start[i] <= end[held] - start[held]:
                continue
            keep[held] = False
        held = i
        keep[i] = True
