"""Number words that are written wrong: the digit of the one number word that sounds or looks nearly the same.

Only asked for words that stand among digits; `siks`, `nyne` and `sevn` are 6, 9 and 7, `fine` alone is never asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from felinar.extract.phone_words import ORDINARY, PLAIN, vocabulary

_SHORTEST, _LONGEST = 3, 12
_SOUNDS_ALIKE = "ph>f ck>k ks>x cz>c sz>s sch>s sh>s ch>c qu>k q>k c>k y>i w>v z>s j>i h>"
_SOUNDS = tuple(pair.split(">") for pair in _SOUNDS_ALIKE.split())
_TWICE = re.compile(r"(.)\1+")


def misspelt(word: str, languages: frozenset[str]) -> str:
    """Return the digit of this folded word among number words of these languages, or nothing when two digits fit."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ""
    for near in (_near_in_sound(word), _near_in_letters(word)):
        digits = {digit for digit, spoken in near if not languages.isdisjoint(spoken)}
        if digits:
            return digits.pop() if len(digits) == 1 else ""
    return ""


@lru_cache(maxsize=16384)
def _near_in_sound(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((digit, spoken) for _, digit, spoken in _by_sound().get(_sound(word), ()))


@lru_cache(maxsize=16384)
def _near_in_letters(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    sound = _sound(word)
    found = {entry for part in (sound, *_shortened(sound)) for entry in _by_part().get(part, ())}
    return tuple((digit, spoken) for known, digit, spoken in sorted(found) if one_apart(sound, known))


def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _TWICE.sub(r"\1", word)


def _shortened(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def one_apart(a: str, b: str) -> bool:
    """Say whether one letter more, less or changed, or two swapped, make one word the other."""
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < 2:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    one, other = a[start:], b[start:]
    swapped = len(one) == len(other) > 1 and one[1::-1] == other[:2] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


_Entries = dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]


@lru_cache(maxsize=1)
def _by_sound() -> _Entries:
    table: _Entries = {}
    for word, meaning in vocabulary().items():
        if meaning.kind in (PLAIN, ORDINARY) and len(meaning.digits) == 1 and len(word) >= 2:
            sound = _sound(word)
            table[sound] = (*table.get(sound, ()), (sound, meaning.digits, meaning.languages))
    return table


@lru_cache(maxsize=1)
def _by_part() -> _Entries:
    table: _Entries = {}
    for sound, entries in _by_sound().items():
        if len(sound) < _SHORTEST:
            continue
        for part in dict.fromkeys((sound, *_shortened(sound))):
            table[part] = (*table.get(part, ()), *entries)
    return table
