"""The languages of many texts, natively: the twin of `extract/language.py`, whose lists and model it uses."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract import language as plainly
from felinar.extract.contract import Found
from felinar.extract.native import lid
from felinar.extract.native.language_loops import (
    CAPITALS,
    LINE,
    Answers,
    Counted,
    Small,
    count,
    write_found,
    write_lines,
)
from felinar.extract.native.lid_loops import Room, predict
from felinar.extract.native.name import TITLED
from felinar.extract.native.page import Page
from felinar.extract.native.readings import About, Readings, empties
from felinar.extract.native.signs import Signs
from felinar.extract.native.vocabulary import vocabulary, vocabulary_table
from felinar.extract.native.words import words_of

_READ = plainly._READ
_MARGIN = 1e-5
_MOST = 3  # languages of one text


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the languages of these texts; none is declined."""
    counted = _counted(page, texts, plain)
    asked = np.flatnonzero(~counted.clear).astype(np.int32)
    answers = _answers(page, texts[asked], plain)
    rows = np.empty((_MOST * len(texts), 3), dtype=np.int32)
    n = (write_found.plain if plain else write_found)(texts, counted, answers, rows)
    text, value, confidence = (rows[:n, i].copy() for i in range(3))
    none = np.full(n, -1, dtype=np.int32)
    values = codes().take(pa.array(value))
    empty = empties(n)
    obscured = np.zeros(n, dtype=np.bool_)
    found = Readings(text, none, none, confidence, obscured, values, values, empty, empty)
    return found, np.zeros(0, dtype=np.int32)


@lru_cache(maxsize=1)
def _languages() -> tuple[str, ...]:
    """Return the languages that have small words; of equal points the first one is ahead."""
    return tuple(sorted({language for many, _ in plainly.small_words().values() for language in many}))


@lru_cache(maxsize=1)
def small() -> Small:
    """Return the small words of the plain reader as arrays over the vocabulary."""
    known = plainly.small_words()
    owners = [known.get(word, ((), 0)) for word in vocabulary()]
    numbers = {language: i for i, language in enumerate(_languages())}
    return Small(
        vocabulary_table(),
        np.cumsum([0, *(len(many) for many, _ in owners)], dtype=np.int32),
        np.array([numbers[language] for many, _ in owners for language in many], dtype=np.int8),
        np.array([worth for _, worth in owners], dtype=np.int32),
    )


@lru_cache(maxsize=1)
def _values() -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Return all languages that are ever answered, and which of them each label of the model stands for."""
    labels = [plainly._NEAREST.get(label, label) for label in lid.model()[1]]
    values = tuple(dict.fromkeys([*_languages(), *labels]))
    return values, np.array([values.index(label) for label in labels], dtype=np.int32)


@lru_cache(maxsize=1)
def codes() -> pa.Array:
    """Return all languages that are ever answered, those with small words first."""
    return pa.array(_values()[0], pa.string())


def _counted(page: Page, texts: NDArray[np.int32], plain: bool) -> Counted:
    n = len(texts)
    points, others = np.zeros((n, len(_languages())), dtype=np.int32), np.full((n, 2), -1, dtype=np.int32)
    counted = Counted(points, np.full(n, -1, dtype=np.int32), others, np.zeros(n, dtype=np.bool_))
    stretches, best = np.zeros(len(_languages()), dtype=np.int64), np.zeros(4, dtype=np.int64)
    (count.plain if plain else count)(page, texts, words_of(page, plain=plain)[0], small(), counted, stretches, best)
    return counted


def _answers(page: Page, texts: NDArray[np.int32], plain: bool) -> Answers:
    """Return what the model says of the first words of these texts."""
    lines, at = np.empty(4 * _READ * len(texts), dtype=np.uint8), np.zeros(len(texts) + 1, dtype=np.int64)
    kind, titled = np.zeros(len(texts), dtype=np.int8), np.array(list(map(ord, TITLED)), dtype=np.uint32)
    (write_lines.plain if plain else write_lines)(page, texts, titled, lines, at, kind)
    label, score = np.full(len(texts), -1, dtype=np.int32), np.zeros(len(texts), dtype=np.float32)
    close = np.zeros(len(texts), dtype=np.bool_)
    model = lid.model()[0]
    (predict.plain if plain else predict)(model, lines, at, Room.of(model), label, score, close)
    near = (np.abs(score - 0.8) < _MARGIN) | (np.abs(score - 0.4) < _MARGIN)
    value = np.where((kind == LINE) & (label >= 0), _values()[1][label], -1).astype(np.int32)
    answers = Answers(value, np.where(score >= 0.8, 90, np.where(score >= 0.4, 70, 40)).astype(np.int32))
    for i in np.flatnonzero((kind == CAPITALS) | ((kind == LINE) & (close | near))).tolist():
        found = plainly._modelled(_line(lines[at[i] : at[i + 1]].tobytes().decode(), kind[i]))
        answers.value[i], answers.confidence[i] = _answer(found)
    return answers


def _line(line: str, kind: int) -> str:
    return line.lower() if kind == CAPITALS else line


def _answer(found: tuple[Found, ...]) -> tuple[int, int]:
    """Return the number and the confidence of what the plain reader's model says."""
    return (_values()[0].index(found[0].value), found[0].confidence) if found else (-1, 0)
