"""The phrases of one language: files of sections in `phrases/`, a fragment a line, variants as (a|b|c)."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from importlib import resources

CODES = ("en", "ro", "es", "ru", "hi", "hi_latin", "pt", "fr", "de", "it")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_LISTS = ("names", "near", "service.kind", "job.role")

Fragment = tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """Fragments by section; each fragment is the tuple of its variants. `lists` are words that fill slots."""

    code: str
    sections: dict[str, tuple[Fragment, ...]]
    lists: dict[str, tuple[str, ...]]
    digits: tuple[tuple[str, ...], ...]
    links: tuple[str, ...]


def variants(line: str) -> Fragment:
    """Return all texts of a line, e.g. two for "(Hello|Hi), {name}"."""
    pieces = _CHOICE.split(line)
    options = [piece.split("|") if i % 2 else [piece] for i, piece in enumerate(pieces)]
    return tuple("".join(chosen) for chosen in itertools.product(*options))


@functools.cache
def language(code: str) -> Language:
    """Return the phrases of one of `CODES`."""
    text = resources.files("felinar.demo").joinpath(f"phrases/{code}.txt").read_text(encoding="utf-8")
    lines: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif line.strip():
            lines.setdefault(section, []).append(line.strip())
    lists = {name: tuple("|".join(lines[name]).split("|")) for name in _LISTS}
    digits = tuple(tuple(line.split("|")) for line in lines["digits"])
    links = tuple(lines["links"])
    sections = {n: tuple(map(variants, found)) for n, found in lines.items() if n not in (*_LISTS, "digits", "links")}
    return Language(code, sections, lists, digits, links)
