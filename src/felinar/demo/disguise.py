"""Ways of writing a telephone number: plain ones, and ones that a plain reader of digits misses."""

from __future__ import annotations

from random import Random

from felinar.demo.numbers import Number, grouped, international

ODD = ("/", "*", "_", "~", "|", ":", "#", " / ", "*-*", ",", "=", " _ ")
EMOJI = ("⭐", "🌸", "✨", "🌿", "☎️", "🍀", "▪️", "💬")
SCRIPTS = ("०१२३४५६७८९", "٠١٢٣٤٥٦٧٨٩", "০১২৩৪৫৬৭৮৯", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿")
FULL_WIDTH = "０１２３４５６７８９"
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
INVISIBLE = ("\u200b", "\u2060", "\u00ad", "\u200d")
LOOK_ALIKE = {"0": "OoО", "1": "lI|", "5": "S", "8": "B"}
PAIRS = ("[{}]", "{{{}}}", "<{}>", "«{}»")

PLAIN = ("grouped", "compact", "international", "spaced", "dotted", "wa_link")
EASY = ("odd_separator", "full_width", "zero_width", "emoji", "brackets")
MIDDLE = ("script", "keycap", "circled", "words", "mixed", "look_alike")
HARD = ("glued", "misspelt", "between", "split", "layered")


def choose_way(rng: Random, rate: float, evasion: float) -> str:
    """Return the name of a way of writing; a disguise with probability `rate`, the harder the more evasion."""
    if rng.random() >= rate:
        draw = rng.random()
        return PLAIN[0 if draw < 0.4 else 1 if draw < 0.6 else 2 if draw < 0.78 else int(3 + rng.random() * 3)]
    easy, hard = 1.1 - 0.8 * evasion, 0.1 + 0.9 * evasion
    draw = rng.random() * (easy + 0.8 + hard)
    group = EASY if draw < easy else MIDDLE if draw < easy + 0.8 else HARD
    return group[int(rng.random() * len(group))]


def is_disguise(way: str) -> bool:
    """Return whether a plain reader of digits misses numbers written in this way."""
    return way not in PLAIN


def write_number(
    rng: Random, number: Number, way: str, words: tuple[tuple[str, ...], ...], links: tuple[str, ...]
) -> str:
    """Return the number written in that way; `words` are the language's digit words, `links` its short connectors.

    For "split" the two halves stand around a line feed: the first belongs into the title.
    """
    if way in PLAIN:
        return _plain(rng, number, way)
    digits = number.national if rng.random() < 0.8 else number.e164[1:]
    if way == "layered":
        return _layered(rng, digits, words)
    if way == "look_alike":
        return _look_alike(rng, digits)
    if way in ("words", "mixed", "glued", "misspelt", "between"):
        return _spoken(rng, digits, way, words, links)
    if way == "split":
        cut = 4 + int(rng.random() * 3)
        return f"{digits[:cut]}\n{digits[cut:]}"
    return _marked(rng, digits, way)


def _plain(rng: Random, number: Number, way: str) -> str:
    if way == "compact":
        return number.national
    if way == "international":
        return international(number) if rng.random() < 0.6 else number.e164
    if way == "spaced":
        return " ".join(number.national)
    if way == "dotted":
        return grouped(number, "." if rng.random() < 0.6 else "-")
    if way == "wa_link":
        return f"https://wa.me/{number.e164[1:]}"
    return grouped(number)


def _chunks(rng: Random, digits: str) -> list[str]:
    parts, start = [], 0
    while start < len(digits):
        length = 1 + int(rng.random() * 3)
        parts.append(digits[start : start + length])
        start += length
    return parts


def _marked(rng: Random, digits: str, way: str) -> str:
    if way == "odd_separator":
        return ODD[int(rng.random() * len(ODD))].join(_chunks(rng, digits))
    if way == "emoji":
        return EMOJI[int(rng.random() * len(EMOJI))].join(_chunks(rng, digits))
    if way == "brackets":
        pair = PAIRS[int(rng.random() * len(PAIRS))]
        return "".join(pair.format(part) for part in _chunks(rng, digits))
    if way == "zero_width":
        return INVISIBLE[int(rng.random() * len(INVISIBLE))].join(_chunks(rng, digits))
    if way == "keycap":
        return "".join(f"{digit}\ufe0f\u20e3" for digit in digits)
    table = {"full_width": FULL_WIDTH, "circled": CIRCLED}.get(way) or SCRIPTS[int(rng.random() * len(SCRIPTS))]
    written = [table[ord(digit) - 48] for digit in digits]
    return "".join(written) if rng.random() < 0.6 else " ".join(written)


def _look_alike(rng: Random, digits: str) -> str:
    places = [i for i, digit in enumerate(digits) if digit in LOOK_ALIKE]
    if sum(i > 3 for i in places) < 2:
        return "/".join(_chunks(rng, digits))
    written = list(digits)
    for i in places:
        letters = LOOK_ALIKE[digits[i]]
        if i > 3 or rng.random() < 0.5:
            written[i] = letters[int(rng.random() * len(letters))]
    return "".join(written) if rng.random() < 0.5 else "".join(written[:5]) + " " + "".join(written[5:])


def _spoken(rng: Random, digits: str, way: str, words: tuple[tuple[str, ...], ...], links: tuple[str, ...]) -> str:
    if way == "words":
        return " ".join(words[ord(digit) - 48][0] for digit in digits)
    if way == "misspelt":
        return " ".join(_any(rng, words[ord(digit) - 48]) for digit in digits)
    if way == "glued":
        return "".join(digit if rng.random() < 0.25 else words[ord(digit) - 48][0] for digit in digits)
    if way == "between":
        return f" {_any(rng, links)} ".join(digits[i : i + 3] for i in range(0, len(digits), 3))
    spoken = {5 + int(rng.random() * 3), 2 + int(rng.random() * 3), int(rng.random() * len(digits))}
    return " ".join(words[ord(digit) - 48][0] if i in spoken else digit for i, digit in enumerate(digits))


def _layered(rng: Random, digits: str, words: tuple[tuple[str, ...], ...]) -> str:
    """Write each third of the number in another way."""
    third = len(digits) // 3
    first = "".join(FULL_WIDTH[ord(digit) - 48] for digit in digits[:third])
    middle = " ".join(_any(rng, words[ord(digit) - 48]) for digit in digits[third : 2 * third])
    return f"{first} {middle} {'*'.join(digits[2 * third :])}"


def _any(rng: Random, choices: tuple[str, ...]) -> str:
    return choices[int(rng.random() * len(choices))]
