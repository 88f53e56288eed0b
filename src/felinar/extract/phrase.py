"""Marker phrases of the lexicon, in one Aho-Corasick pass; a hit is evidence only for its indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import ahocorasick

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.lexicon import load
from felinar.extract.words import folded
from felinar.ids import canonical_json
from felinar.kernels.fold import Folded

_CUE = "EXTRACTION_CUE"  # such words help the other extractors and say nothing by themselves
_BLANKS = re.compile(r"\s")
# Concept, its indicator, the languages in which the phrase says it.
Meaning = tuple[str, str, tuple[str, ...]]


@lru_cache(maxsize=1)
def automaton() -> Any:
    """Return the automaton over all folded phrases; a value is the phrase's length and its meanings."""
    languages: dict[str, dict[tuple[str, str], list[str]]] = {}
    for concept in load().concepts.values():
        for language, phrases in concept.phrases.items() if concept.indicator != _CUE else ():
            for phrase in map(folded, phrases):
                meant = languages.setdefault(" ".join(phrase.split()), {}).setdefault(
                    (concept.name, concept.indicator), []
                )
                meant += [language] if language not in meant else []
    built = ahocorasick.Automaton()
    for phrase, meanings in languages.items():
        built.add_word(phrase, (len(phrase), tuple((n, i, tuple(found)) for (n, i), found in meanings.items())))
    built.make_automaton()
    return built


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the concepts said; of overlapping phrases the longest, the first of equally long ones."""
    content = _BLANKS.sub(" ", text.text)
    hits: list[tuple[int, int, tuple[Meaning, ...]]] = []
    for last, (length, meanings) in automaton().iter(content):
        start = last + 1 - length
        if _is_edge(content, start - 1, start) and _is_edge(content, last + 1, last):
            hits.append((start, last + 1, meanings))
    taken_to = -1
    for start, end, meanings in _longest(hits):
        if start < taken_to:
            continue
        taken_to = end
        first, last = text.span(start, end)
        for concept, indicator, languages in meanings:
            language = context.language if context.language in languages else languages[0]
            evidence = canonical_json({"indicator": indicator, "language": language})
            yield Found(first, last, concept, display=content[start:end], confidence=80, evidence=evidence)


def _is_edge(content: str, outside: int, inside: int) -> bool:
    """Whether a word ends between the two characters; a phrase that ends in a sign (100%) ends anywhere."""
    if not 0 <= outside < len(content):
        return True
    return not (_in_word(content[outside]) and _in_word(content[inside]))


def _in_word(character: str) -> bool:
    return character.isalnum() or "\u0900" <= character <= "\u0963"


def _longest(hits: list[tuple[int, int, tuple[Meaning, ...]]]) -> list[tuple[int, int, tuple[Meaning, ...]]]:
    """Return the hits that are not inside or across a longer one, in the order of the text."""
    kept: list[tuple[int, int, tuple[Meaning, ...]]] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
        if kept and hit[0] < kept[-1][1]:
            if hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


PHRASE = Extractor(
    "phrase",
    kind="phrase",
    version=1,
    find=find,
    examples=(
        ("No experience needed, accommodation provided.", ("no_experience", "accommodation")),
        ("Fără experiență, cazare asigurată", ("no_experience", "accommodation")),
        ("жильё предоставляется", ("accommodation",)),
        ("बिना अनुभव", ("no_experience",)),
        ("100% real, open 24/7", ("trust_claim", "round_the_clock")),
        ("call this number: the honesty box is urgently full", ()),
    ),
)
