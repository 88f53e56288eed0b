"""The lexicon: marker phrases, number words and look-alike characters, read from `lexicon.yaml` beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea and the phrases that say it; `indicator` is the id of the only indicator that it is evidence for."""

    name: str
    indicator: str
    phrases: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists. `numbers[language][digit]` are the words of that digit; phrases and words are not folded."""

    concepts: dict[str, Concept]
    numbers: dict[str, tuple[tuple[str, ...], ...]]
    lookalikes: dict[str, str]
    pairs: dict[str, dict[str, int]]
    hundred: dict[str, tuple[str, ...]]
    hundreds: dict[str, dict[str, int]]
    repeaters: dict[str, int]
    ordinary: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Return the lexicon of this package; it is read once per process."""
    text = resources.files("felinar.extract").joinpath("lexicon.yaml").read_bytes()
    content: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return Lexicon(
        concepts={name: _concept(name, fields) for name, fields in content["concepts"].items()},
        numbers={language: _digits(rows) for language, rows in content["numbers"].items() if language != "notes"},
        lookalikes=_lookalikes(content["digit_lookalikes"]),
        pairs={language: _values(words) for language, words in content.get("pairs", {}).items()},
        hundred={language: tuple(map(str, words)) for language, words in content.get("hundred", {}).items()},
        hundreds={language: _values(words) for language, words in content.get("hundreds", {}).items()},
        repeaters={str(word): int(n) for n, words in content.get("repeaters", {}).items() for word in words},
        ordinary=frozenset(str(word) for word in content.get("ordinary_words", ())),
    )


def _concept(name: str, fields: dict[str, Any]) -> Concept:
    phrases = {k: tuple(str(p) for p in v) for k, v in fields.items() if k != "indicator"}
    return Concept(name, str(fields["indicator"]), phrases)


def _digits(rows: list[list[object]]) -> tuple[tuple[str, ...], ...]:
    if len(rows) != 10:
        raise ValueError(f"number words need ten rows, one per digit, and here are {len(rows)}: {rows}")
    return tuple(tuple(str(word) for word in row) for row in rows)


def _values(words: dict[int, list[object]]) -> dict[str, int]:
    return {str(word): int(value) for value, row in words.items() for word in row}


def _lookalikes(rows: dict[str, Any]) -> dict[str, str]:
    """Return single characters only: keycaps and their like are already digits after the fold."""
    return {c: digit for digit, row in rows.items() if digit != "rules" for c in map(str, row) if len(c) == 1}
