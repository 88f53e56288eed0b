"""The stretches of a text that have digits enough for a number, found over its chunks before any character is read.

Between two chunks with certain digits may stand: chunks without any letter that ends a number; words that recur
between the groups (`020 poi 918 poi 745`, in any language); number words that are written wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from felinar.extract.phone_beside import MOST_MISSPELT, with_beside
from felinar.extract.phone_prefilter import GUESSED, LETTERS, NEUTRAL, STRONG, enough, weight_of
from felinar.extract.phone_wording import bare, languages_of, misread, shared_languages
from felinar.extract.phone_words import CONNECTOR, Word

_CHUNK = re.compile(r"\S+")
_is_word = re.compile(rf"{LETTERS}+").fullmatch
_WIDEST_WEAK = 20
_WIDEST, _WIDEST_LINK, _LONGEST_LINK, _AHEAD = 6, 3, 12, 4
_MOST_WEAK = 8
_FEWEST = 3 * STRONG
# Certain digits and number words of a text in which the others may be misspelt.
_FEWEST_SPELT, _FEWEST_SPOKEN = 4 * STRONG, 3
_OWN_MEANING = frozenset(("x", "ext", "tel", "or", "oder", "ou", "o", "sau", "или"))


@dataclass(slots=True)
class Span:
    """Folded characters start..end; `words` are meanings that hold only here (links, misspelt number words).

    `wide` also holds the misspelt number words at the two ends, and letters that stand alone and look like digits: it
    counts where the span alone makes no number.
    """

    start: int
    end: int
    words: dict[str, Word] = field(default_factory=dict)
    wide: Span | None = None


def spans(text: str) -> Iterator[Span]:
    """Yield the spans in order; a text without one costs a few microseconds."""
    chunks = text.split()
    weights = list(map(weight_of, chunks))
    total = sum(weights)
    if not enough(total) and not (total >= _FEWEST_SPELT and _spoken(chunks) >= _FEWEST_SPOKEN):
        return
    places: _Places | None = None
    for first, last, words in _groups(chunks, weights):
        places = places or _Places(text, chunks)
        span = Span(places.start(first), places.start(last) + len(chunks[last]), words)
        more: dict[str, Word] = {}
        left, right = with_beside(chunks, weights, first, last, more)
        if more:
            span.wide = Span(places.start(left), places.start(right) + len(chunks[right]), words | more)
        yield span


def _spoken(chunks: list[str]) -> int:
    return sum(map(bool, map(languages_of, chunks)))


class _Places:
    """Where each chunk begins; most texts have one blank between any two, and nothing needs to be looked for."""

    def __init__(self, text: str, chunks: list[str]) -> None:
        self._ends = [0, *accumulate(map(len, chunks))]
        self._starts: list[int] = []
        if len(text) != self._ends[-1] + len(chunks) - 1:
            self._starts = [match.start() for match in _CHUNK.finditer(text)]

    def start(self, chunk: int) -> int:
        return self._starts[chunk] if self._starts else self._ends[chunk] + chunk


def _groups(chunks: list[str], weights: list[int]) -> Iterator[tuple[int, int, dict[str, Word]]]:
    """Yield (first chunk, last chunk, words) around the chunks with certain digits."""
    hits = [i for i, weight in enumerate(weights) if weight >= STRONG]
    if not hits:
        return
    words: dict[str, Word] = {}
    first = last = hits[0]
    done = 0
    for hit in hits[1:]:
        if hit - last > 1 and not _bridged(chunks, weights, last, hit, words):
            yield from _group(weights, first, last, done, words)
            first, words, done = hit, {}, last + 1
        last = hit
    yield from _group(weights, first, last, done, words)


def _group(
    weights: list[int], first: int, last: int, done: int, words: dict[str, Word]
) -> Iterator[tuple[int, int, dict[str, Word]]]:
    """Yield the group with the guessed digits beside it, if it is enough."""
    if sum(weights[first : last + 1]) < _FEWEST:  # beside it are guessed digits only
        return
    start, stop = first, last
    while start > max(done, first - _MOST_WEAK) and weights[start - 1]:
        start -= 1
    while stop < min(len(weights) - 1, last + _MOST_WEAK) and weights[stop + 1] and weights[stop + 1] < STRONG:
        stop += 1
    if enough(sum(weights[start : stop + 1]) + weights[first : last + 1].count(0) * GUESSED):
        yield start, stop, words


def _bridged(chunks: list[str], weights: list[int], last: int, hit: int, words: dict[str, Word]) -> bool:
    """Say whether the chunks between two hits may stand inside a number; what they mean goes into `words`."""
    if hit - last - 1 > (_WIDEST if 0 in weights[last + 1 : hit] else _WIDEST_WEAK):
        return False
    gap = chunks[last + 1 : hit]
    breaks = [i for i in range(last + 1, hit) if not weights[i]]
    if len(gap) <= _WIDEST_LINK and _links(chunks, weights, last, hit, gap):
        if not _misspelt(chunks, breaks, last, hit, words):
            words.update({bare(word): Word(CONNECTOR) for word in gap})
        return True
    return not breaks or _misspelt(chunks, breaks, last, hit, words) or all(bare(chunks[i]) in words for i in breaks)


def _links(chunks: list[str], weights: list[int], last: int, hit: int, gap: list[str]) -> bool:
    """Say whether the same words follow again soon, and digits after them; a known digit word is no link by itself."""
    if gap[0] not in chunks[hit + 1 : hit + 1 + _AHEAD] or gap[0] in _OWN_MEANING:
        return False
    if not all(_is_word(bare(word)) and len(word) <= _LONGEST_LINK for word in gap):
        return False
    if all(weights[i] for i in range(last + 1, hit)) and not _between_figures(chunks, last, hit):
        return False
    size = len(gap)
    for at in range(hit + 1, min(hit + 1 + _AHEAD, len(chunks) - size)):
        if chunks[at : at + size] == gap:
            return weights[at + size] > NEUTRAL
    return False


def _between_figures(chunks: list[str], last: int, hit: int) -> bool:
    """Say whether groups of figures stand on both sides: there `plus` or `a` is a link, not a plus sign or a 4."""
    return all(chunks[i].isdigit() and len(chunks[i]) > 1 for i in (last, hit))


def _misspelt(chunks: list[str], breaks: list[int], last: int, hit: int, words: dict[str, Word]) -> bool:
    if not breaks or len(breaks) > MOST_MISSPELT or not (languages_of(chunks[last]) or languages_of(chunks[hit])):
        return False
    languages = shared_languages(chunks[max(0, last - 3) : hit + 4], 1)
    found = {chunks[i]: misread(chunks[i], languages) for i in breaks}
    if not all(found.values()):
        return False
    words.update({word: meaning for _, read in found.items() if read for word, meaning in (read,)})
    return True
