"""The stretches of a text that have digits enough for a number, found over its chunks before any character is read.

Between two chunks with digits may stand: nothing or neutral chunks; a word that recurs between the groups (`020 poi 918 poi
745`, in any language); a number word that is written wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from felinar.extract.phone_misspelt import misspelt
from felinar.extract.phone_prefilter import LETTERS, NEUTRAL, STRONG, enough, weight_of
from felinar.extract.phone_words import CONNECTOR, ORDINARY, Word, read_word

_CHUNK = re.compile(r"\S+")
_is_word = re.compile(rf"{LETTERS}+").fullmatch
_DIGITS = NEUTRAL - 1
_WIDEST_LINK, _LONGEST_LINK, _AHEAD = 2, 12, 4
_MOST_MISSPELT = 3
_EDGES = ".,;:!?*~_-–/|()[]{}<>\"'…"
_OWN_MEANING = frozenset("x ext tel or oder ou o sau или или".split())


@dataclass(slots=True)
class Span:
    """Folded characters start..end; `words` are meanings that hold only here (links, misspelt number words)."""

    start: int
    end: int
    words: dict[str, Word] = field(default_factory=dict)


def spans(text: str) -> Iterator[Span]:
    """Yield the spans in order; a text without one costs a few microseconds."""
    chunks = text.split()
    weights = list(map(weight_of, chunks))
    if not enough(sum(weights)):
        return
    starts: list[int] = []
    for first, last, words in _groups(chunks, weights):
        starts = starts or _starts(text, chunks)
        yield Span(starts[first], starts[last] + len(chunks[last]), words)


def _starts(text: str, chunks: list[str]) -> list[int]:
    ends = list(accumulate(map(len, chunks)))
    if len(text) == ends[-1] + len(chunks) - 1:  # one blank between any two chunks
        return [end - len(chunk) + i for i, (end, chunk) in enumerate(zip(ends, chunks, strict=True))]
    return [match.start() for match in _CHUNK.finditer(text)]


def _groups(chunks: list[str], weights: list[int]) -> Iterator[tuple[int, int, dict[str, Word]]]:
    hits = [i for i, weight in enumerate(weights) if weight & _DIGITS]
    words: dict[str, Word] = {}
    first = last = hits[0]
    total = weights[first]
    for hit in hits[1:]:
        if hit - last == 1 or _bridged(chunks, weights, first, last, hit, words):
            total += weights[hit]
        else:
            yield from _group(chunks, weights, first, last, total, words)
            first, total, words = hit, weights[hit], {}
        last = hit
    yield from _group(chunks, weights, first, last, total, words)


def _group(
    chunks: list[str], weights: list[int], first: int, last: int, total: int, words: dict[str, Word]
) -> Iterator[tuple[int, int, dict[str, Word]]]:
    """Yield the group if it is enough; misspelt number words at its two ends belong to it."""
    if not enough(total + len(words)):
        return
    if (languages := _languages(chunks, weights, first, last)) and last - first >= 3:
        first = _widened(chunks, first, -1, languages, words)
        last = _widened(chunks, last, 1, languages, words)
    yield first, last, words


def _bridged(chunks: list[str], weights: list[int], first: int, last: int, hit: int, words: dict[str, Word]) -> bool:
    """Say whether the chunks between two hits may stand inside a number; what they mean goes into `words`."""
    between = range(last + 1, hit)
    breaks = [i for i in between if not weights[i]]
    if not breaks:
        return len(between) <= 6
    gap = chunks[last + 1 : hit]
    if all(word in words for word in gap):
        return True
    if again := _recurs(chunks, weights, hit, gap):
        # `a seguir … a seguir`: the first word alone looks like a digit
        alike = chunks[last] == chunks[again - 1] and weights[last] < STRONG
        words.update({word: Word(CONNECTOR) for word in (*gap, *([chunks[last]] if alike else ()))})
        return True
    if len(breaks) > _MOST_MISSPELT or len(breaks) != len(between):
        return False
    languages = _languages(chunks, weights, max(first, last - 3), min(hit + 3, len(chunks) - 1))
    found = [_read_misspelt(chunk, languages) for chunk in gap] if languages else []
    if not found or not all(found):
        return False
    words.update({word.strip(_EDGES): digits for word, digits in zip(gap, found, strict=True) if digits})
    return True


def _recurs(chunks: list[str], weights: list[int], hit: int, gap: list[str]) -> int:
    """Return where the same words follow again soon with digits after them, 0 if they do not."""
    size = len(gap)
    if size > _WIDEST_LINK or gap[0] in _OWN_MEANING or not all(_is_word(w) and len(w) <= _LONGEST_LINK for w in gap):
        return 0
    for at in range(hit + 1, min(hit + 1 + _AHEAD, len(chunks) - size)):
        if chunks[at : at + size] == gap:
            return at if weights[at + size] & _DIGITS else 0
    return 0


def _languages(chunks: list[str], weights: list[int], first: int, last: int) -> frozenset[str]:
    """Return the languages of the number words of a stretch, nothing where fewer than three stand there."""
    if last - first < 2:
        return frozenset()
    spoken = []
    for i in range(first, last + 1):
        chunk = chunks[i].strip(_EDGES)
        if weights[i] & _DIGITS and not chunk.isdigit() and (word := read_word(chunk)) and word.languages:
            spoken.append(word.languages)
    counts: dict[str, int] = {}
    for row in spoken:
        for language in row:
            counts[language] = counts.get(language, 0) + 1
    most = max(counts.values(), default=0)
    return frozenset(k for k, n in counts.items() if n == most) if most >= 2 else frozenset()


def _widened(chunks: list[str], at: int, step: int, languages: frozenset[str], words: dict[str, Word]) -> int:
    for _ in range(_MOST_MISSPELT):
        following = at + step
        if not 0 <= following < len(chunks):
            break
        found = _read_misspelt(chunks[following], languages)
        if found is None:
            break
        words[chunks[following].strip(_EDGES)] = found
        at = following
    return at


def _read_misspelt(chunk: str, languages: frozenset[str]) -> Word | None:
    word = chunk.strip(_EDGES)
    if not _is_word(word):
        return None
    digit = misspelt(word, languages)
    return Word(ORDINARY, digit, tuple(sorted(languages))) if digit else None
