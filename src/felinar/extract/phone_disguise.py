"""How a number was hidden, if it was: what a digit pattern over ordinary separators would not have read."""

from __future__ import annotations

import re

from felinar.extract.phone_atoms import GUESS, WORD, Atom

_PLAIN = re.compile(r"[0-9]+(?:[ .()/\-\u00a0\u2010-\u2013]{1,3}[0-9]+)*")


def disguise(raw: str, atoms: list[Atom]) -> dict[str, str]:
    """Return {"written": how, …} for a hidden number, an empty dict for a plain one."""
    words = [a.word for a in atoms if a.word is not None and (a.kind == WORD or a.word.languages)]
    if words:
        shared = [k for k in words[0].languages if all(k in w.languages for w in words)]
        return {"written": "words", "words": (shared or list(words[0].languages) or [""])[0]}
    if any(a.kind == GUESS for a in atoms):
        return {"written": "look-alikes"}
    if not raw.isascii() and (how := _characters(raw)):
        return {"written": how}
    if sum(len(a.digits) == 1 for a in atoms) >= 6:
        return {"written": "spaced"}
    return {} if _PLAIN.fullmatch(raw) else {"written": "separators"}


def _characters(raw: str) -> str:
    if any("\uff10" <= c <= "\uff19" for c in raw):
        return "fullwidth"
    if any(c.isnumeric() and not c.isascii() for c in raw):
        return "other digits"
    return "hidden characters" if any(not c.isprintable() or c in "\u200b\u00ad\u20e3\ufe0f" for c in raw) else ""
