"""What a word means inside a telephone number: a known word, number words glued together, or letters like digits."""

from __future__ import annotations

from functools import lru_cache

from felinar.extract.phone_joining import Part, join_numbers, still_open
from felinar.extract.phone_words import CONNECTOR, LOOKALIKE, ORDINARY, PLAIN, Word, folded_lookalikes, vocabulary

_LONGEST, _MOST_ALIKE = 100, 8
# No word of ordinary speech so long consists of digit words only.
_SURE = 14


@lru_cache(maxsize=65536)
def read_word(word: str) -> Word | None:
    """Return what a folded word means, None for a word that has no place in a number."""
    known = vocabulary().get(word)
    if known is not None:
        return known
    spoken = _split(word) if (4 - _is_hangul(word)) <= len(word) <= _LONGEST else None
    if spoken is None and len(word) <= _MOST_ALIKE and all(c in folded_lookalikes() for c in word):
        return Word(LOOKALIKE, "0" * len(word))
    return spoken


def _is_hangul(word: str) -> bool:
    """Say whether a word begins with a syllable of Korean, where one is a figure."""
    return "가" <= word[:1] <= "힣"


_JOINT = Word(CONNECTOR)


def _split(word: str) -> Word | None:
    """Return the digits of glued number words (`fivefive`, `cuatrocero`), the fewest and longest pieces first."""
    best: list[tuple[int, tuple[Word, ...], bool] | None] = [(0, (), False)] + [None] * len(word)
    words = vocabulary()
    for start in range(len(word)):
        so_far = best[start]
        if so_far is None:
            continue
        for end in range(start + 1, min(start + 14, len(word)) + 1):
            joins = _is_joint(word, start, end)
            piece = _JOINT if joins else words.get(word[start:end])
            if piece is None or (piece.kind > ORDINARY and not joins):
                continue
            cost = so_far[0] + (1 if end - start > 2 or joins else 3)
            reached = best[end]
            if reached is None or cost < reached[0]:
                best[end] = (cost, (*so_far[1], piece), so_far[2] or end - start == 1)
    found = best[len(word)]
    return _glue(found[1], len(word), found[2]) if found else None


def _is_joint(word: str, start: int, end: int) -> bool:
    """Say whether this is the `und` of `fünfundvierzig` or the `en` of `vijfenveertig`."""
    return start > 0 and end < len(word) and word[start:end] in ("und", "en", "og")


def _glue(pieces: tuple[Word, ...], size: int, letter: bool) -> Word | None:
    """Return what these pieces say together; `letter`: one of them is a single letter, as in `patruu`."""
    numbers = [p for p in pieces if p.kind != CONNECTOR]
    plain = sum(p.kind == PLAIN for p in numbers)
    shared = tuple(k for k in numbers[0].languages if all(k in p.languages for p in numbers)) if numbers else ()
    if not shared and (letter or (len(numbers) == 2 and plain < 2)):  # `bost|on`, `bes|uch` of two languages
        return None
    sure = plain >= 2 and (2 * plain >= len(numbers) or size >= _SURE)
    kind = PLAIN
    if len(pieces) == size >= 3 and "ko" in shared:  # `이이공사`: each syllable is a figure
        sure = True
    if len(pieces) < 2 or (plain < max(1, len(numbers) - 1) and not sure):
        if len(numbers) < 2 or not shared or 2 * size < 5 * len(numbers) or size < 6:
            return None
        sure = plain > 0 and (size >= _SURE or (len(numbers) > 2 and size >= 9))
        kind = PLAIN if sure else ORDINARY  # `seisette` counts only where other digits stand
    joined = [i > 0 and pieces[i - 1].kind == CONNECTOR for i, p in enumerate(pieces) if p.kind != CONNECTOR]
    digits = join_numbers([Part(p.digits, p, False, c) for p, c in zip(numbers, joined, strict=True)])
    spoken = "".join(digits)
    return Word(kind, spoken, shared or numbers[0].languages, open=still_open(numbers[-1].open, spoken))
