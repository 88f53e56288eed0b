"""Marker phrases of the lexicon; a hit is evidence only for its indicator."""

from __future__ import annotations

from collections.abc import Iterator

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.evidence import evidence
from felinar.extract.lexicon import load
from felinar.extract.signs import Hit, hits, register
from felinar.extract.words import folded
from felinar.kernels.fold import Folded

_CUE = "EXTRACTION_CUE"  # such words help the other extractors and say nothing by themselves
# Concept, its indicator, the languages in which the phrase says it.
Meaning = tuple[str, str, tuple[str, ...]]


def _phrases() -> Iterator[tuple[str, tuple[Meaning, ...]]]:
    """Return the folded phrases of the lexicon and what they mean."""
    languages: dict[str, dict[tuple[str, str], list[str]]] = {}
    for concept in load().concepts.values():
        for language, phrases in concept.phrases.items() if concept.indicator != _CUE else ():
            for phrase in map(folded, phrases):
                meant = languages.setdefault(" ".join(phrase.split()), {}).setdefault(
                    (concept.name, concept.indicator), []
                )
                meant += [language] if language not in meant else []
    for phrase, meanings in languages.items():
        yield phrase, tuple((name, indicator, tuple(found)) for (name, indicator), found in meanings.items())


register("phrase", _phrases)


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the concepts said; of overlapping phrases the longest, the first of equally long ones."""
    said = hits(text, "phrase")
    for start, end, meanings in _longest(said) if len(said) > 1 else said:
        first, last = text.span(start, end)
        display = " ".join(text.text[start:end].split())
        for concept, indicator, languages in meanings:
            language = context.language if context.language in languages else languages[0]
            why = evidence(("indicator", indicator), ("language", language))
            yield Found(first, last, concept, display=display, confidence=80, evidence=why)


def _longest(said: list[Hit]) -> list[Hit]:
    """Return the hits that are not inside or across a longer one, in the order of the text."""
    kept: list[Hit] = []
    for hit in sorted(said, key=lambda h: (h[0], -h[1])):
        if kept and hit[0] < kept[-1][1]:
            if hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


PHRASE = Extractor(
    "phrase",
    kind="phrase",
    version=3,
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
