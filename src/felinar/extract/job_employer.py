"""The employer's name: after a word such as "company", before one such as "is hiring", or with a legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract.contract import Found
from felinar.extract.evidence import evidence
from felinar.extract.language import small_words
from felinar.extract.place_words import ordinary
from felinar.extract.signs import Hit
from felinar.extract.words import folded, word_set
from felinar.kernels.fold import Folded

Span = tuple[int, int]
NAMING = frozenset(("form", "employer", "hirer"))
_WHY = evidence(("read", "name"))
_LONGEST = 60  # characters
_UPPER = r"[^\W\d_a-zа-яßà-öø-ÿ]"
_JOINTS = "&|and|of|the|de|la|e|y|und|et|i|du|des|do|da|dos|del|della|dei|der|van|von"
# Bounded, and begun only where a word begins: a megabyte of capitals costs no more than its length.
_NAMED = rf"(?<!\w){_UPPER}[\w&'’.-]{{0,30}}\w(?:[ ](?:(?:{_JOINTS})[ ])?{_UPPER}[\w&'’-]{{0,30}}){{0,5}}"
_AFTER = re.compile(rf"[ :\-–—]{{0,3}}[\"'“”«»„]?({_NAMED})")
_BEFORE_CUE = rf"({_NAMED})[\"»”]?\s$"
# From where a stretch begins, else after a sign in it.
_BEFORE = re.compile(_BEFORE_CUE)
_BEFORE_SIGNED = re.compile(rf"[.!?:;,\n|–—\"«„“]\s?{_BEFORE_CUE}")
# Legal forms as people write them; in small letters some are common words.
_SPELLED = (
    "Ltd Limited LLC Inc Corp GmbH AG KG SRL S.R.L S.r.l SA S.A SAS SARL SL S.L Lda Ltda SpA S.p.A BV B.V Pvt EOOD OOD"
    " d.o.o Kft a.s s.r.o ООО ОАО ЗАО АО ИП ТОВ"
)
_FORMS = frozenset(_SPELLED.split())
_LEGAL = re.compile(rf"({_NAMED},? (?:{'|'.join(map(re.escape, sorted(_FORMS)))})\.?)(?!\w)")
_RUSSIAN = re.compile(r"((?<!\w)(?:ООО|ОАО|ЗАО|АО|ИП|ТОВ)\s[«\"„]?[^\W\d_][^»\"”\n,.;]{1,40}»?)")
# Words that name no employer by themselves, and that are no part of its name at the beginning.
_GENERIC = word_set(
    "hotel|restaurant|bar|cafe|pub|salon|spa|clinic|hospital|farm|factory|company|agency|family|house|client|employer|"
    "team|shop|store|warehouse|office|lady|man|woman|couple|firma|angajator|familie|fabrica|pensiune|empresa|familia|"
    "granja|residencia|hotelul|restaurante|albergo|ristorante|azienda|famiglia|fabbrica|residence|entreprise|famille|"
    "usine|societe|societatea|compania|betrieb|fabrik|hof|gasthof|unternehmen|ditta|компания|отель|семья|ресторан|"
    "завод|фабрика|кафе|фирма|клиника|салон|employee|representative|account|executive|role|description|consultant"
)
_LEADING = word_set("firma|compania|societatea|empresa|entreprise|societe|azienda|ditta|company|компания|фирма|the")


def has_legal_form(text: Folded) -> bool:
    """Whether the text has a name with a legal form, as in `Green Bridge Ltd`."""
    return bool(_LEGAL.search(text.original) or _RUSSIAN.search(text.original))


def employers(text: Folded, cues: list[Hit]) -> Iterator[Found]:
    """Return the names of employers, each once, in the order of the text."""
    original, done, given = text.original, -1, set[str]()
    for start, end in sorted(set(_spans(text, cues)), key=lambda span: (span[0], -span[1])):
        start, name = _trimmed(start, original[start:end])
        if start >= done and name not in given and _is_name(name):
            done = end
            given.add(name)
            yield Found(start, start + len(name), f"employer:{name}", name, confidence=70, evidence=_WHY)


def _spans(text: Folded, cues: list[Hit]) -> Iterator[Span]:
    """Return the places of what may be names: before a legal form, after "company", before "is hiring"."""
    original = text.original
    for cue_start, cue_end, many in cues:
        if not NAMING.isdisjoint(many):
            first, last = text.span(cue_start, cue_end)
            begin = max(0, first - _LONGEST)
            if "form" in many and original[first:last] in _FORMS:
                yield from (m.span(1) for m in _LEGAL.finditer(original, begin, last + 1))
                yield from (m.span(1) for m in _RUSSIAN.finditer(original, first, last + _LONGEST))
            if "employer" in many and (match := _AFTER.match(original, last, last + _LONGEST)):
                yield match.span(1)
            if "hirer" in many and (match := _before(original[begin:first])):
                yield match.start(1) + begin, match.end(1) + begin


def _before(written: str) -> re.Match[str] | None:
    """Return the name with which what is written ends."""
    return _BEFORE.match(written) or _BEFORE_SIGNED.search(written)


def _trimmed(start: int, name: str) -> tuple[int, str]:
    """Return a name and its place without signs at its end and without "company" before it."""
    first, _, rest = name.partition(" ")
    if rest and folded(first) in _LEADING:
        start, name = start + len(first) + 1, rest
    return start, name.rstrip(' .,-"“”„' if "«" in name else ' .,-"“”„»')


def _is_name(name: str) -> bool:
    """Whether at least one word is neither a common word nor a kind of business."""
    words = [folded(word).strip(".'&-") for word in name.split()]
    small, common = small_words(), ordinary()
    if words and words[0] in small and len(words) == 1:
        return False
    return any(
        w not in _GENERIC and w not in small and (w not in common or len(words) > 1) for w in words if len(w) > 1
    )
