"""Texts of the fourth family: lines with choices out of `words/`, drawn once for a text, and again by who rewrites."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from fourth_world.kinds import LESS, MORE, SIGNS, Kind

_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_LISTS = ("names", "services", "roles", "areas", "months", "digits", "teens", "tens")


@dataclass(frozen=True)
class Speech:
    """The words of one language: `lists` of single words, `lines` by section, `signs` by the sign that they show."""

    code: str
    lists: dict[str, tuple[str, ...]]
    lines: dict[str, tuple[str, ...]]
    signs: dict[str, str]


@dataclass(frozen=True)
class Text:
    """A text of an operation: its lines as they can be drawn, and as they were drawn."""

    speech: Speech
    use: str
    title: str
    raw: tuple[str, ...]
    drawn: tuple[str, ...]


@functools.cache
def speech(code: str) -> Speech:
    """Return the words of one language."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / f"words/{code}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found[line[1:-1]] = current = []
        elif not line.startswith("#"):
            current.append(line)
    lists = {name: tuple(found[name][0].split("|")) for name in _LISTS if name in found}
    signs = dict(line.split(": ", 1) for use in SIGNS for line in found[f"{use}.marks"])
    return Speech(code, lists, {name: tuple(lines) for name, lines in found.items()}, signs)


def drawn(rng: Random, line: str) -> str:
    """Return a line with each of its choices made."""
    return _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), line)


def draw_text(rng: Random, kind: Kind, spoken: Speech, use: str) -> Text:
    """Return a new text of an operation of this kind."""
    bank = spoken.lines[use]
    raw = rng.sample(bank, rng.randrange(2, min(len(bank), 7)))
    for sign, rate in SIGNS[use].items():
        usual = 1.0 if not kind.coerced else 1 / MORE if sign in LESS else MORE
        if rng.randrange(10_000) < rate * usual:
            raw.insert(rng.randrange(len(raw) + 1), spoken.signs[sign])
    if use == "job" and rng.random() < (0.5 if kind.coerced else 0.12):
        raw.insert(0, spoken.lines["about"][0])
    title = drawn(rng, rng.choice(spoken.lines[f"{use}.head"]))
    return Text(spoken, use, title, tuple(raw), tuple(drawn(rng, line) for line in raw))


def lines_of(rng: Random, text: Text, rewritten: float) -> list[str]:
    """Return the lines for one advert: some left out or moved, and rewritten with this probability each."""
    lines = [
        drawn(rng, raw) if rng.random() < rewritten else line
        for raw, line in zip(text.raw, text.drawn, strict=True)
        if len(text.raw) < 3 or rng.random() > 0.06 + 0.15 * rewritten
    ]
    if len(lines) > 2 and rng.random() < 0.1 + rewritten / 2:
        lines.insert(rng.randrange(len(lines)), lines.pop())
    return lines
