"""What may be part of a number beside a span or alone in it: misspelt number words, letters that look like digits."""

from __future__ import annotations

from felinar.extract.phone_glued import read_word
from felinar.extract.phone_prefilter import GUESSED, STRONG
from felinar.extract.phone_wording import bare, misread, shared_languages
from felinar.extract.phone_words import LOOKALIKE, Word

MOST_MISSPELT = 6  # in a row
# Letters that may stand alone for digits: without those that make most words.
_LIKE_DIGITS, _MOST_LIKE = frozenset("olizsbgtqо"), 5


def with_beside(chunks: list[str], weights: list[int], first: int, last: int, more: dict[str, Word]) -> tuple[int, int]:
    """Return the first and last chunk with what is misspelt beside them; what words mean only there goes into `more`.

    Where no number words stand, but letters that look like digits beside digits, such letters count alone too.
    """
    inside = range(first, last + 1)
    letters = [i for i in inside if GUESSED <= weights[i] < STRONG and _is_alike(chunks[i])]
    languages = shared_languages(chunks[first : last + 1], 2) if last - first >= 3 else frozenset()
    if not languages:
        if any(weights[i] >= STRONG and weights[i] % STRONG >= GUESSED for i in inside if letters):
            alone = [bare(chunks[i]) for i in letters]
            more.update({w: Word(LOOKALIKE, "0") for w in alone if len(w) <= _MOST_LIKE and _LIKE_DIGITS.issuperset(w)})
        return first, last
    more.update(found for i in letters if (found := misread(chunks[i], languages)))
    left = _widened(chunks, first, -1, languages, more)
    return left, _widened(chunks, last, 1, languages, more)


def _is_alike(chunk: str) -> bool:
    """Say whether a chunk is letters alone that look like digits and are no number word."""
    word = read_word(bare(chunk))
    return word is not None and word.kind == LOOKALIKE


def _widened(chunks: list[str], at: int, step: int, languages: frozenset[str], words: dict[str, Word]) -> int:
    for _ in range(MOST_MISSPELT):
        following = at + step
        if not 0 <= following < len(chunks):
            break
        found = misread(chunks[following], languages)
        if found is None:
            break
        words[found[0]] = found[1]
        at = following
    return at
