"""Texts of an operation: sentences with slots, drawn once, used with small edits in many adverts."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from felinar.demo.language import Fragment, Language

# concept -> (share of ordinary texts that show it, share of texts of coerced operations): common everywhere.
SERVICE_MARKS = {
    "trust": (0.17, 0.25),
    "movement": (0.20, 0.12),
    "screening": (0.18, 0.18),
    "team": (0.10, 0.22),
    "always": (0.18, 0.26),
    "rotating": (0.03, 0.12),
    "alone": (0.22, 0.07),
}
JOB_MARKS = {
    "experience": (0.28, 0.42),
    "language": (0.10, 0.22),
    "housing": (0.22, 0.42),
    "travel": (0.08, 0.22),
    "documents": (0.06, 0.17),
    "fee": (0.03, 0.08),
    "deductions": (0.03, 0.12),
    "urgent": (0.24, 0.32),
    "high_pay": (0.10, 0.20),
    "cash": (0.08, 0.12),
    "chat": (0.10, 0.22),
    "vague": (0.10, 0.22),
    "abroad": (0.14, 0.28),
    "age": (0.07, 0.11),
    "later": (0.03, 0.11),
    "regular": (0.34, 0.10),
}
_SERVICE_ORDER = (("open", 1.0), ("offer", 1.0), ("offer", 0.6), ("place", 0.7), ("time", 0.6), ("price", 0.7))
_JOB_ORDER = (("open", 1.0), ("duty", 0.9), ("duty", 0.4), ("pay", 0.8), ("offer", 0.8), ("need", 0.7), ("offer", 0.3))


@dataclass(frozen=True, slots=True)
class Template:
    """A text with slots in braces; `category` is service or job."""

    language: Language
    category: str
    title: str
    sentences: tuple[str, ...]
    indexes: tuple[tuple[str, int], ...]


def pick(rng: Random, fragments: tuple[Fragment, ...]) -> str:
    """Return one variant of one fragment."""
    fragment = fragments[int(rng.random() * len(fragments))]
    return fragment[int(rng.random() * len(fragment))] if len(fragment) > 1 else fragment[0]


def draw_template(rng: Random, language: Language, category: str, coerced: bool) -> Template:
    """Return a new text; markers of coerced operations are somewhat more frequent, never their own."""
    order = _JOB_ORDER if category == "job" else _SERVICE_ORDER
    indexes = [(f"{category}.{name}", int(rng.random() * 97)) for name, share in order if rng.random() < share]
    marks = JOB_MARKS if category == "job" else SERVICE_MARKS
    indexes += [
        (f"mark.{category}.{name}", int(rng.random() * 97))
        for name, rates in marks.items()
        if rng.random() < rates[coerced]
    ]
    if category == "service":
        indexes += [("service.extra", int(rng.random() * 97))] if rng.random() < 0.6 else []
    if rng.random() < 0.7:
        indexes.append((f"{category}.close", int(rng.random() * 97)))
    return _written(rng, language, category, tuple(indexes))


def translate(rng: Random, template: Template, language: Language) -> Template:
    """Return the same text in another language: the fragments stand in the same order in every file."""
    return _written(rng, language, template.category, template.indexes)


def _written(rng: Random, language: Language, category: str, indexes: tuple[tuple[str, int], ...]) -> Template:
    sections = language.sections
    sentences = []
    for section, index in dict.fromkeys((section, index % len(sections[section])) for section, index in indexes):
        fragment = sections[section][index]
        sentences.append(fragment[int(rng.random() * len(fragment))] if len(fragment) > 1 else fragment[0])
    return Template(language, category, pick(rng, sections[f"{category}.title"]), tuple(sentences), indexes)


def edited(rng: Random, sentences: list[str]) -> list[str]:
    """Return the sentences with one small edit: one dropped, two swapped, or a letter lost, doubled or exchanged."""
    if len(sentences) < 3:
        return sentences
    draw, i = rng.random(), int(rng.random() * len(sentences))
    if draw < 0.3:
        return sentences[:i] + sentences[i + 1 :]
    if draw < 0.6:
        j = int(rng.random() * len(sentences))
        sentences[i], sentences[j] = sentences[j], sentences[i]
        return sentences
    sentences[i] = typo(rng, sentences[i])
    return sentences


def typo(rng: Random, text: str) -> str:
    """Return the text with one letter lost, doubled or exchanged with the next; slots in braces stay whole."""
    at = int(rng.random() * (len(text) - 2)) + 1 if len(text) > 3 else 0
    if not (text[at].isalpha() and text[at + 1 : at + 2].isalpha()) or text.count("{", 0, at) > text.count("}", 0, at):
        return text
    kind = int(rng.random() * 3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
