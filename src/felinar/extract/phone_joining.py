"""Words for one number become one: forty five is 45, nine hundred twelve 912, treinta4 34, vier und achtzig 84."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from felinar.extract.phone_words import ORDINARY, SHUT, TIMES, TURNED, Word

_TURKISH = "tr"


def joins_tens(word: Word) -> int:
    """Return 1 for a word that may join its neighbour, 2 for a ten that takes every unit (Turkish `on bir`), else 0.

    Ten to nineteen join in French only (soixante-treize). 3: it joins a unit before it only.
    """
    if word.tens and word.digits == "10" and _TURKISH in word.languages:
        return 2
    if word.tens and word.digits[1] == "0" and TURNED.issuperset(word.languages):
        return 3 * (word.digits != "10")
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
        if (
            left >= 0
            and digits
            and (joined := _pair(out[left], tens[left] % 3, digits, tens[right] % 2 == 1, connected))
        ):
            out[left], out[right], tens[right] = "", joined, int(joined in ("60", "70", "80", "90"))
        left = right if digits else -1
    return out


class Part(NamedTuple):
    """A group of digits that may join its neighbours: `word` is None for figures, `apart`: a new number may begin.

    `glued`: nothing or a hyphen stands before it.
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
        size = still_open(word.open, digits)
        if size and len(part.digits) == size and part.digits[0] != "0":
            out[at - 1], out[at] = "", digits[:-size] + part.digits
    return out


def _joins(parts: list[Part], at: int) -> int:
    """Return what `joins_tens` says, 0 for the English `on` before a word that is not Turkish."""
    word, following = parts[at].word, parts[at + 1].word if at + 1 < len(parts) else None
    joins = joins_tens(word) if word else 0
    return joins if joins != 2 or (following is not None and _TURKISH in following.languages) else 0


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
    unit = held = article = -1
    for at, following in zip(said, [*said[1:], -1], strict=True):
        word, digits = parts[at].word, joined[at]
        if parts[at].apart or word is None:
            unit = held = article = -1
        if word is not None and word.hundred:
            if word.hundred == TIMES and unit >= 0:
                out[at], out[unit] = out[unit] + "00", ""
            elif word.hundred == TIMES and article >= 0:  # `o sută`
                out[article] = ""
            held, unit, article = at, -1, -1
            continue
        article = at if word is not None and word.kind == ORDINARY and digits == "0" else -1
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


def still_open(last: int, digits: str) -> int:
    """Return what may be filled behind digits of which the last word is so open."""
    return last if digits.endswith(("", "0", "00")[last]) else SHUT
