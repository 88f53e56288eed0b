"""The words that mean something inside a telephone number: digits, a connector, a repeater.

Words are folded. All languages are known at once: no spelling of the lexicon stands for two different digits (tested).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from felinar.extract.lexicon import load
from felinar.kernels.fold import fold

PLAIN, ORDINARY, LOOKALIKE, REPEATER, CONNECTOR, EXTENSION, PLUS = range(7)

# Names of separators, read out loud. `und`, `et`, `y` … join tens and units.
_CONNECTORS = (
    "dash hyphen dot point space slash minus stop comma strich bindestrich punkt tiret espace guion punto punct spatiu "
    "cratima linie trattino ponto traco barra spazio streck mellanslag mellemrum punt streep kropka kreska tire "
    "next last finally lastly followed phir fir potem potom zatim posle sitten dopo ensuite enfin dernier derniers "
    "danach zuletzt letzte luego despues finalmente ultimo ultimos infine depois ultimele последние потім फिर daarna "
    "далее потом затем ardindan sonra "
    "дефис тире точка пробел then dann puis luego then apoi and und y e og och en et si i и sau و και και"
)
_EXTENSIONS = "x ext extn extension poste anexo interno int durchwahl ankn вн доб wew"
_PLUS = "plus mas più плюс più plius"
# How a word speaks of hundreds: not, in one word (`девятьсот`), or as what a unit is taken times (`nine hundred`).
NO_HUNDRED, WHOLE, TIMES = range(3)
# Here the unit stands before the ten: `zweiundachtzig` is 82, `achtzig zwei` 80 2.
TURNED = frozenset(("de", "nl", "da"))
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
        words[word] = Word(kind, digits, tuple(languages), len(digits) == 2, hundred, _open(digits, languages))
    return words


def _open(digits: str, languages: list[str]) -> int:
    """Return what figures may fill behind a word of these digits."""
    if len(digits) == 2 and digits[1] == "0" and digits != "10":
        return SHUT if TURNED.issuperset(languages) else UNIT
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
def folded_lookalikes() -> dict[str, str]:
    """Return the letters that look like digits in their folded form, with the digit."""
    table = {fold(c).text: digit for c, digit in load().lookalikes.items()}
    return {c: d for c, d in table.items() if len(c) == 1 and c.isalpha()}


@lru_cache(maxsize=8192)
def lookalike_digits(original: str) -> str:
    """Return the digits that these letters look like (case matters: B is 8, b is 6), or nothing."""
    exact, folded = load().lookalikes, folded_lookalikes()
    digits = [exact.get(c) or folded.get(fold(c).text, "") for c in original]
    return "".join(digits) if all(digits) else ""
