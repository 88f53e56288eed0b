"""How the fourth family writes a telephone number: plain ways of many countries, and disguises of its own."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from felinar.demo.numbers import Number
from fourth_world.countries import PLANS
from fourth_world.words import Speech, speech

SIGNS = ("•", " – ", "·", "➖", "→", "..", " - - ", "'", " ~ ", "^", "+", "x", "\\", " ... ", "…")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
BALLS = "⓿❶❷❸❹❺❻❼❽❾"
SQUARES = "🄋➀➁➂➃➄➅➆➇➈"
OTHER_DIGITS = ("۰۱۲۳۴۵۶۷۸۹", "๐๑๒๓๔๕๖๗๘๙", "૦૧૨૩૪૫૬૭૮૯", "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫", "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵")
LETTERS = str.maketrans("0123456789", "OIZEASGTBg")
ASIDES = ("(and)", "[x]", "(no spam)", "*", "<3", "(:", "_then_")


def plain(rng: Random, number: Number) -> str:
    """Return the number as somebody writes it who hides nothing."""
    plan = PLANS[number.country]
    short = number.e164[1 + len(plan.code) :]
    groups = (3, 3, 4) if len(short) == 10 else (len(short) - 6, 3, 3)
    ways = (
        _cut(number.national, plan.groups, rng.choice((" ", plan.separator, "-", "."))),
        number.national,
        f"+{plan.code} {_cut(short, groups, ' ')}",
        f"00{plan.code}{short}",
        f"+{plan.code} (0) {_cut(short, (3, 9), ' ')}" if plan.trunk == "0" else number.e164,
        _cut(number.national, (2, 2, 2, 2, 2, 2), rng.choice((" ", "."))),
        f"({number.national[:3]}) {_cut(number.national[3:], (3, 9), '-')}",
        f"{number.national[:4]}/{number.national[4:]}",
        f"wa.me/{number.e164[1:]}",
    )
    return ways[min(len(ways) - 1, int(rng.expovariate(0.4)))]


def _cut(digits: str, lengths: tuple[int, ...], joint: str) -> str:
    parts, at = [], 0
    for length in lengths:
        parts.append(digits[at : at + length])
        at += length
    return joint.join(part for part in (*parts, digits[at:]) if part)


def _pieces(rng: Random, digits: str, most: int = 4) -> list[str]:
    parts, at = [], 0
    while at < len(digits):
        length = rng.randint(1, most)
        parts.append(digits[at : at + length])
        at += length
    return parts


def _spelt(rng: Random, digits: str, spoken: Speech) -> str:
    words = [spoken.lists["digits"][int(digit)] for digit in digits]
    way = rng.randrange(3)
    return ".".join(words) if way == 0 else " ".join(word.upper() for word in words) if way == 1 else ", ".join(words)


def _pairs(rng: Random, digits: str, spoken: Speech) -> str:
    """Return the number in words of two digits each, "oh seventy-seven"; single digits where no pair is spoken."""
    if "tens" not in spoken.lists:
        return _spelt(rng, digits, spoken)
    ones, joint = spoken.lists["digits"], spoken.lines["join"][0]
    words, at = [], 0
    while at < len(digits):
        ten, one = digits[at], digits[at + 1 : at + 2]
        if ten == "0" or not one:
            words.append(ones[int(ten)])
            at += 1
            continue
        if ten == "1":
            words.append(spoken.lists["teens"][int(one)])
        else:
            tens = spoken.lists["tens"][int(ten) - 2]
            words.append(tens if one == "0" else joint.format(t=tens, u=ones[int(one)]))
        at += 2
    # "thirty seven" is 37 where no word stands between ten and one, so only a comma can part 30 and 7.
    return (", " if joint == "{t} {u}" else rng.choice((" ", ", "))).join(words)


def _lettered(rng: Random, digits: str, _: Speech) -> str:
    """Return the number with two to four of its digits, not the first three, as letters that look like them."""
    places = set(rng.sample(range(3, len(digits)), rng.randint(2, 4)))
    return "".join(digit.translate(LETTERS) if at in places else digit for at, digit in enumerate(digits))


def _drawn_over(rng: Random, digits: str, _: Speech) -> str:
    return "".join(digit + rng.choice(("\u0336", "\u0332")) for digit in digits)


def _other_digits(rng: Random, digits: str, _: Speech) -> str:
    table = rng.choice((RAISED, BALLS, SQUARES, *OTHER_DIGITS))
    return rng.choice(("", " ")).join(table[int(digit)] for digit in digits)


def _mixed(rng: Random, digits: str, spoken: Speech) -> str:
    """Return the pieces of the number in turn as digits, in words and in other digits."""
    words = rng.choice((spoken, speech("en"))).lists["digits"]
    pieces = _pieces(rng, digits)
    spelt = set(range(1, len(pieces), 2))
    return " ".join(" ".join(words[int(d)] for d in p) if at in spelt else p for at, p in enumerate(pieces))


DISGUISES: dict[str, Callable[[Random, str, Speech], str]] = {
    "signs": lambda rng, digits, _: rng.choice(SIGNS).join(_pieces(rng, digits)),
    "wide": lambda rng, digits, _: rng.choice(("  ", "   ", "\u2003", " . ", " , ")).join(digits),
    "lines": lambda rng, digits, _: "\n".join(_pieces(rng, digits)),
    "asides": lambda rng, digits, _: f" {rng.choice(ASIDES)} ".join(_pieces(rng, digits)),
    "other_digits": _other_digits,
    "drawn_over": _drawn_over,
    "letters": _lettered,
    "spelt": _spelt,
    "foreign": lambda rng, digits, _: _spelt(rng, digits, speech("en")),
    "pairs": _pairs,
    "mixed": _mixed,
    "split": lambda rng, digits, _: digits,  # the caller puts the first half into the title
}


def disguised(rng: Random, number: Number, way: str, spoken: Speech) -> str:
    """Return the number in one of `DISGUISES`; mostly the national form."""
    digits = number.national if rng.random() < 0.75 else number.e164[1:]
    return DISGUISES[way](rng, digits, spoken)
