"""What a word means inside a telephone number: digits, a connector, a repeater, or nothing.

Words are folded. All languages are known at once: no spelling of the lexicon stands for two different digits (tested).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from felinar.extract.lexicon import load
from felinar.kernels.fold import fold

PLAIN, ORDINARY, LOOKALIKE, REPEATER, CONNECTOR, EXTENSION, PLUS = range(7)

# Names of separators, read out loud. `und`, `et`, `y` … join tens and units.
_CONNECTORS = (
    "dash hyphen dot point space slash minus stop comma strich bindestrich punkt tiret espace guion punto punct spatiu "
    "cratima linie trattino ponto traco barra spazio streck mellanslag mellemrum punt streep kropka kreska tire "
    "next last finally lastly followed ensuite enfin dernier derniers danach zuletzt letzte luego despues finalmente "
    "ultimo ultimos infine depois ultimele последние daarna potem далее потом затем ardindan sonra "
    "дефис тире точка пробел then dann puis luego then apoi and und y e og och en et si i и sau و και και"
)
_EXTENSIONS = "x ext extn extension poste anexo interno int durchwahl ankn вн доб wew"
_PLUS = "plus mas più плюс più plius"
_LONGEST, _MOST_ALIKE = 100, 8
# No word of ordinary speech so long consists of digit words only.
_SURE = 14
# How a word speaks of hundreds: not, in one word (`девятьсот`), or as what a unit is taken times (`nine hundred`).
NO_HUNDRED, WHOLE, TIMES = range(3)
_TURKISH = "tr"
# What figures right behind a word may fill: nothing, the unit of a round ten (`treinta4`), the rest of a hundred
# (`четыреста19`).
SHUT, UNIT, REST = range(3)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that matters: its kind, digits and languages; whether it says 10 to 90, and how it speaks of hundreds.

    `open`: what figures that are glued to its end may fill.
    """

    kind: int
    digits: str = ""
    languages: tuple[str, ...] = ()
    tens: bool = False
    hundred: int = NO_HUNDRED
    open: int = SHUT


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Word]:
    """Return every known word in folded form."""
    words: dict[str, Word] = {}
    for text, kind in ((_CONNECTORS, CONNECTOR), (_EXTENSIONS, EXTENSION), (_PLUS, PLUS)):
        words.update({fold(w).text: Word(kind) for w in text.split()})
    for word, times in load().repeaters.items():
        words[fold(word).text] = Word(REPEATER, str(times))
    for word, (digits, languages) in _digits_of_words().items():
        kind = ORDINARY if word in _ordinary() else PLAIN
        hundred = 0 if len(digits) < 3 else TIMES if word in _times() else WHOLE
        words[word] = Word(kind, digits, tuple(languages), len(digits) == 2, hundred, _open(digits))
    return words


def _open(digits: str) -> int:
    """Return what figures may fill behind a word of these digits."""
    if len(digits) == 2 and digits[1] == "0" and digits != "10":
        return UNIT
    return REST if len(digits) == 3 and digits.endswith("00") else SHUT


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset(fold(word).text for word in load().ordinary)


@lru_cache(maxsize=1)
def _times() -> frozenset[str]:
    return frozenset(fold(word).text for words in load().hundred.values() for word in words)


def _digits_of_words() -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    singles = [(w, str(d), k) for k, rows in load().numbers.items() for d, row in enumerate(rows) for w in row]
    larger = [*load().pairs.items(), *load().hundreds.items()]
    pairs = [(w, str(value), k) for k, words in larger for w, value in words.items()]
    hundred = [(w, "100", k) for k, words in load().hundred.items() for w in words]
    for word, digits, language in singles + pairs + hundred:
        known = found.setdefault(fold(word).text, (digits, []))
        if known[0] == digits and language not in known[1]:
            known[1].append(language)
    return found


@lru_cache(maxsize=1)
def _lookalikes() -> dict[str, str]:
    table = {fold(c).text: digit for c, digit in load().lookalikes.items()}
    return {c: d for c, d in table.items() if len(c) == 1 and c.isalpha()}


@lru_cache(maxsize=8192)
def lookalike_digits(original: str) -> str:
    """Return the digits that these letters look like (case matters: B is 8, b is 6), or nothing."""
    exact, folded = load().lookalikes, _lookalikes()
    digits = [exact.get(c) or folded.get(fold(c).text, "") for c in original]
    return "".join(digits) if all(digits) else ""


@lru_cache(maxsize=65536)
def read_word(word: str) -> Word | None:
    """Return what a folded word means, None for a word that has no place in a number."""
    known = vocabulary().get(word)
    if known is not None:
        return known
    spoken = _split(word) if (4 - _is_hangul(word)) <= len(word) <= _LONGEST else None
    if spoken is None and len(word) <= _MOST_ALIKE and all(c in _lookalikes() for c in word):
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
    if letter and not shared:
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
    return Word(kind, spoken, shared or numbers[0].languages, open=_still_open(numbers[-1].open, spoken))


def _still_open(last: int, digits: str) -> int:
    """Return what may be filled behind digits of which the last word is so open."""
    return last if digits.endswith(("", "0", "00")[last]) else SHUT


def joins_tens(word: Word) -> int:
    """Return 1 for a word that may join its neighbour, 2 for a ten that takes every unit (Turkish `on bir`), else 0.

    Ten to nineteen join in French only (soixante-treize).
    """
    if word.tens and word.digits == "10" and _TURKISH in word.languages:
        return 2
    return int(word.tens and (word.digits[0] != "1" or word.digits == "10" or "fr" in word.languages))


def join_pairs(parts: Sequence[tuple[str, int, bool]]) -> list[str]:
    """Return the digits of each part after tens and units became one: 40 5 → 45, 5 und 40 → 45, 4 20 18 → 98.

    Parts are (digits, what `joins_tens` says, a connector stands before it); empty digits are no number word. A part
    that went into its neighbour comes back empty; the length stays.
    """
    out = [digits for digits, _, _ in parts]
    tens = [joins for _, joins, _ in parts]
    left = -1
    for right, (digits, _, connected) in enumerate(parts):
        if left >= 0 and digits and (joined := _pair(out[left], tens[left], digits, tens[right] == 1, connected)):
            out[left], out[right], tens[right] = "", joined, int(joined in ("60", "70", "80", "90"))
        left = right if digits else -1
    return out


class Part(NamedTuple):
    """A group of digits that may join its neighbours: `word` is None for figures, `apart`: a new number may begin.

    `glued`: nothing stands before it.
    """

    digits: str
    word: Word | None = None
    apart: bool = False
    connected: bool = False
    glued: bool = False


def join_numbers(parts: list[Part]) -> list[str]:
    """Return the digits of each part after words for one number became one: 900 40 5 → 945; the length stays.

    A part that went into its neighbour comes back empty.
    """
    rows = [(p.digits, _joins(parts, i), p.connected) if p.word else ("", 0, False) for i, p in enumerate(parts)]
    cuts = [0, *(i for i, p in enumerate(parts) if i and (p.apart or _is_taken_times(parts, i))), len(parts)]
    joined = [digits for left, right in pairwise(cuts) for digits in join_pairs(rows[left:right])]
    joined = _join_hundreds(parts, joined) if any(p.word and p.word.hundred for p in parts) else joined
    return _join_figures(parts, joined)


def _join_figures(parts: list[Part], joined: list[str]) -> list[str]:
    """Return the digits after figures filled what the word before them left open: treinta4 → 34, четыреста19 → 419."""
    out = list(joined)
    for at, part in enumerate(parts[1:], 1):
        word, digits = parts[at - 1].word, joined[at - 1]
        if not part.glued or part.word is not None or word is None or not digits:
            continue
        size = _still_open(word.open, digits)
        if size and len(part.digits) == size and part.digits[0] != "0":
            out[at - 1], out[at] = "", digits[:-size] + part.digits
    return out


def _joins(parts: list[Part], at: int) -> int:
    """Return what `joins_tens` says, 0 for the English `on` before a word that is not Turkish."""
    word, following = parts[at].word, parts[at + 1].word if at + 1 < len(parts) else None
    joins = joins_tens(word) if word else 0
    return joins if joins < 2 or (following is not None and _TURKISH in following.languages) else 0


def _is_taken_times(parts: list[Part], at: int) -> bool:
    """Say whether this is the `two` of `two hundred`."""
    following = parts[at + 1] if at + 1 < len(parts) else Part("")
    single = len(parts[at].digits) == 1 and parts[at].digits != "0" and parts[at].word is not None
    return single and not following.apart and following.word is not None and following.word.hundred == TIMES


def _join_hundreds(parts: list[Part], joined: list[str]) -> list[str]:
    """Return the digits after hundreds took the unit before and the rest behind: 9 100 → 900, 900 45 → 945.

    A unit behind belongs to them unless another one follows: `nine hundred four seven one` is 900 4 7 1.
    """
    out = list(joined)
    said = [i for i, p in enumerate(parts) if joined[i] or p.word is None]
    unit = held = -1
    for at, following in zip(said, [*said[1:], -1], strict=True):
        word, digits = parts[at].word, joined[at]
        if parts[at].apart or word is None:
            unit = held = -1
        if word is not None and word.hundred:
            if word.hundred == TIMES and unit >= 0:
                out[at], out[unit] = out[unit] + "00", ""
            held, unit = at, -1
            continue
        single = word is not None and len(digits) == 1 and digits != "0"
        if held >= 0 and word is not None and _fits(parts, joined, at, following, single):
            out[at], out[held] = out[held][0] + digits.zfill(2), ""
            single = False
        held, unit = -1, at if single else -1
    return out


def _fits(parts: list[Part], joined: list[str], at: int, following: int, single: bool) -> bool:
    """Say whether this part is what stands behind a hundred: 10 to 99 said as one, or a unit that stands alone."""
    word = parts[at].word
    if len(joined[at]) == 2:
        return joined[at] != parts[at].digits or (word is not None and word.tens)
    if not single or following < 0:
        return single
    other = parts[following]
    goes_on = other.word is not None and (len(joined[following]) == 1 or other.word.hundred == TIMES)
    return other.apart or not goes_on


def _pair(left: str, left_tens: int, right: str, right_tens: bool, connected: bool) -> str:
    if left_tens and left[1] == "0" and left != "10" and len(right) == 1 and right != "0":
        return left[0] + right
    if left_tens and right_tens and left in ("60", "80") and right[0] == "1":
        return str(int(left) + int(right))
    if left == "10" and left_tens and right in (("7", "8", "9") if left_tens == 1 else tuple("123456789")):
        return "1" + right
    if left == "4" and right == "20" and right_tens and not connected:
        return "80"
    turned = connected and right_tens and right[1] == "0" and right != "10" and len(left) == 1 and left != "0"
    return right[0] + left if turned else ""
