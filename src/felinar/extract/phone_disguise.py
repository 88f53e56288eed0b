"""How a number was hidden, if it was: what a digit pattern over ordinary separators would not have read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from felinar.extract.phone_atoms import GUESS, WORD, Atom

_PLAIN = re.compile(r"[0-9]+(?:[ .()/\-\u00a0\u2007\u2009\u202f\u2010-\u2013]{1,3}[0-9]+)*")

# Blocks of 256 characters with living scripts that have figures of their own: Arabic to Myanmar.
FIRST_BLOCK, LAST_BLOCK, NEAR = 0x06, 0x10, 64
_UNSEEN = ("Cf", "Cc", "Mn", "Me", "Co", "Cn", "Cs")


def disguise(raw: str, atoms: list[Atom], around: str) -> dict[str, str]:
    """Return {"written": how, …} for a hidden number, an empty dict for a plain one.

    `around` is the text near it: figures of its own script hide nothing.
    """
    words = [a.word for a in atoms if a.word is not None and (a.kind == WORD or a.word.languages)]
    if words:
        counts = Counter(language for word in words for language in word.languages)
        return {"written": "words", "words": counts.most_common(1)[0][0] if counts else ""}
    if any(a.kind == GUESS for a in atoms):
        return {"written": "look-alikes"}
    if not raw.isascii():
        raw = "".join(str(unicodedata.decimal(c)) if _is_own(c, around) else c for c in raw)
    if not raw.isascii() and (how := _characters(raw)):
        return {"written": how}
    if sum(len(a.digits) == 1 for a in atoms) >= 6:
        return {"written": "spaced"}
    if any(c.isalpha() for c in raw):
        return {"written": "words between"}
    return {} if _PLAIN.fullmatch(raw) and raw.count("(") < 2 else {"written": "separators"}


def _is_own(character: str, around: str) -> bool:
    """Say whether this is a figure of a script of which letters stand near: `٠٧٧٠٠` in an Arabic text."""
    block = ord(character) >> 8
    if not FIRST_BLOCK <= block <= LAST_BLOCK or not character.isdecimal():
        return False
    return any(ord(c) >> 8 == block and c.isalpha() for c in around)


def _characters(raw: str) -> str:
    if any("\uff10" <= c <= "\uff19" for c in raw):
        return "fullwidth"
    if any(c.isnumeric() and not c.isascii() for c in raw):
        return "other digits"
    if "\u20e3" in raw:
        return "keycaps"
    return "hidden characters" if any(not c.isspace() and unicodedata.category(c) in _UNSEEN for c in raw) else ""
