"""Working names: common first names that begin with a capital, and any capitalised word introduced as a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.evidence import evidence
from felinar.extract.signs import hits, register
from felinar.extract.words import Word, capitalised, folded, is_shouting
from felinar.kernels.fold import Folded


def _read_words() -> dict[str, frozenset[str]]:
    """Return the lists of `name_words.txt`; what they are for stands at its top."""
    lists: dict[str, list[str]] = {}
    content = resources.files("felinar.extract").joinpath("data/name_words.txt").read_text(encoding="utf-8")
    current: list[str] = []
    for line in content.splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current += [word.strip() for word in line.split("|")]
    return {name: frozenset(words) for name, words in lists.items()}


_WORDS = _read_words()
_STRONG, _WEAK, _NOT_NAMES, _WORDS_TOO = (_WORDS[name] for name in ("strong", "weak", "never", "also_words"))
_ENDINGS = tuple(sorted(_STRONG | _WEAK, key=lambda cue: (-len(cue), cue)))
register("name", lambda: [(cue, cue) for cue in sorted(_STRONG)])
_BETWEEN = " :,-–—=\"'“”«»(*_"


@lru_cache(maxsize=1)
def names() -> dict[str, tuple[str, ...]]:
    """Return the folded first names and the languages in which they are common."""
    found: dict[str, list[str]] = {}
    content = resources.files("felinar.extract").joinpath("data/names.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        language, _, listed = line.partition(" ")
        for name in listed.split() if language != "#" else ():
            form = folded(name)
            if language not in found.setdefault(form, []):
                found[form].append(language)
    return {form: tuple(languages) for form, languages in found.items()}


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the names, first letter a capital; the confidence is 80 and more where a cue introduces the name."""
    capitals, listed = capitalised(text), names()
    shouting, cued = is_shouting(text, capitals), _cued(text)
    for word in capitals:
        form, start, _ = word
        known = form in listed
        if len(form) < 2 or not (known or (cued and start in cued and not shouting)):
            continue
        cue = cued.get(start, "") or (_cue(text.text, start) if known else "")
        if known and form not in _WORDS_TOO and not shouting:
            yield _found(text, word, 85 if cue else 65, cue)
        elif cue and known:
            yield _found(text, word, 80, cue)
        elif cue in _STRONG and form not in _NOT_NAMES and _is_word(text, word):
            yield _found(text, word, 55, cue)


def _cued(text: Folded) -> dict[int, str]:
    """Return the places right after the words that introduce any name, with the words."""
    content, cued = text.text, {}
    for _, end, cue in hits(text, "name"):
        after = content[end : end + 40]
        rest = after.lstrip(_BETWEEN)
        if len(rest) < len(after):
            cued[end + len(after) - len(rest)] = cue
    return cued


def _is_word(text: Folded, word: Word) -> bool:
    """Whether the word can be an unlisted name: a capital, then small letters, in a script that has both."""
    start, end = text.span(word[1], word[2])
    raw = text.original[start:end]
    return 3 <= len(word[0]) <= 15 and raw[0].isupper() and raw[1:].islower()


def _cue(content: str, start: int) -> str:
    """Return the words right before that introduce a name, or the empty string; no sentence may end between."""
    before = content[max(0, start - 40) : start].rstrip(_BETWEEN)
    if not before.endswith(_ENDINGS):
        return ""
    for cue in _ENDINGS:
        rest = before[: -len(cue)]
        if before.endswith(cue) and not (rest and rest[-1].isalpha()):
            return cue
    return ""


def _found(text: Folded, word: Word, confidence: int, cue: str) -> Found:
    start, end = text.span(word[1], word[2])
    raw = text.original[start:end]
    why = evidence(("cue", cue)) if cue else evidence(("listed", names().get(word[0], ())))
    return Found(start, end, value_of(word[0], raw), display=raw, confidence=confidence, evidence=why)


def value_of(form: str, raw: str) -> str:
    """Return the folded name with a first capital; Indian scripts keep the vowel signs that the fold drops."""
    if "\u0900" <= raw[0] <= "\u0dff":
        return unicodedata.normalize("NFC", "".join(c for c in raw if unicodedata.category(c) != "Cf"))
    return form.title()


NAME = Extractor(
    "name",
    kind="name",
    version=3,
    find=find,
    examples=(
        ("Hello, my name is Andreea and this is Maria", ("Andreea", "Maria")),
        ("Mă numesc Ioana. Me llamo Lucía. Меня зовут Катя. Ich heiße Jana", ("Ioana", "Lucia", "Катя", "Jana")),
        ("Je m'appelle Chloé, mi chiamo Giulia, chamo-me Inês, मेरा नाम पूजा है", ("Chloe", "Giulia", "Ines", "पूजा")),
        ("Ask for Zendra at the desk", ("Zendra",)),
        ("we grace the market and mark the day", ()),
        ("I am Available today. Rose oil massage, Will follow", ()),
    ),
)
