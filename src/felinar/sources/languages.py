"""Languages as adverts name them -> ISO 639-1 codes."""

from __future__ import annotations

import re
from functools import lru_cache

from felinar.sources.names import plain

_NAMES = """
en: english, englisch, inglés, anglais, inglese, inglês, engleză, английский
ro: romanian, română, rumänisch, rumano, roumain
es: spanish, español, spanisch, espagnol, spagnolo, castellano
fr: french, français, französisch, francés, francese
de: german, deutsch, alemán, allemand, tedesco
it: italian, italiano, italienisch, italien
pt: portuguese, português, portugués, portugiesisch
ru: russian, русский, russisch, ruso, russe
hu: hungarian, magyar
bg: bulgarian, български
pl: polish, polski
uk: ukrainian, українська
nl: dutch, nederlands
tr: turkish, türkçe
zh: chinese, 中文
ar: arabic, العربية
el: greek, ελληνικά
cs: czech, čeština
"""
_THREE_LETTERS = (
    "eng:en ron:ro rum:ro spa:es fra:fr fre:fr deu:de ger:de ita:it por:pt rus:ru hun:hu bul:bg pol:pl ukr:uk"
)
_THREE = dict(pair.split(":") for pair in _THREE_LETTERS.split(" "))
_BY_NAME = {plain(name): line[:2] for line in _NAMES.strip().splitlines() for name in line[4:].split(", ")}


@lru_cache(maxsize=4_096)
def language_code(text: str) -> str:
    """Return the code of a language given by code or name (`en-GB`, `eng`, `English`), empty if unknown."""
    first = re.split(r"[-_]", text.strip().lower(), maxsplit=1)[0]
    if len(first) == 2 and first.isascii() and first.isalpha():
        return first
    return _THREE.get(first, "") or _BY_NAME.get(plain(text), "")
