"""Ways of writing a number that hardly any advert uses, the signs that tell them, and a plainer form of such a text.

`RARE_GATE` is one pattern without look-around, so that any engine can search a column of folded texts for it: a text
without a match is read without this module, phone_reversed, phone_vanity, phone_extensions and phone_loose_links.
`RARE` has the fixed words and signs of the gate.
"""

from __future__ import annotations

import re
import unicodedata

from felinar.extract.phone_extensions import EXTENSION_GATE
from felinar.extract.phone_loose_links import LINK_GATE
from felinar.extract.phone_reversed import CUES
from felinar.extract.phone_vanity import VANITY_GATE
from felinar.kernels.fold import Folded

# Digits that Unicode's compatibility forms do not lead back to 0-9: ❼ ➆ ⓻ 𐩂 …
_SIGNS = {
    chr(code): str(unicodedata.digit(chr(code)))
    for code in (*range(0x24F5, 0x2500), *range(0x2776, 0x2793))
    if unicodedata.digit(chr(code), None) is not None
}
_SIGNS |= dict.fromkeys("🄋🄌🅾", "0")  # circled and squared zeros, of which Unicode names no digit
_APOSTROPHES = "'’ʼ`´′"
# п'ять, дев'ять and what is made of them: the apostrophe is no letter.
_FIVES = tuple(start + sign + "ят" for sign in _APOSTROPHES for start in ("п", "в")) + tuple(
    f"дев{sign}ян" for sign in _APOSTROPHES
)
_APOSTROPHE = re.compile(rf"(?<=[пв])[{re.escape(_APOSTROPHES)}](?=ят[ьднис]|ян)(?!ятни)")
_PLUS_GATE = r"[0-9](?: ?\+ ?[0-9]{1,4}){3}"  # two may be a sum: 650+253+1234
_PLUSES, _PLUS = re.compile(r"(?<=[0-9])(?: ?\+ ?[0-9]{1,4}){3,}"), re.compile(r" ?\+ ?")
# The same one or two letters between all groups of figures: `0a7a7a0a0…`.
BETWEEN_GATE = r"[0-9](?:[a-zа-я]{1,2}[0-9]{1,4}){3}"
_BETWEEN = re.compile(r"(?<![a-zа-я0-9])[0-9]{1,4}([a-zа-я]{1,2})[0-9]{1,4}(?:\1[0-9]{1,4}){2,}(?![a-zа-я0-9])")
_FEWEST, _MOST = 9, 15
# A heart in plain signs is no figure.
_HEART = "<3"
_HEARTS = re.compile(r"(?<![0-9a-z])<3(?![0-9])")
# Nor are fractions, and what UTF-8 became that was read as another encoding: `à¤¸à¤®` (Hindi), `Ð½Ð¾Ð³` (Cyrillic).
_MANGLED_SIGNS = ("⁄", "a¤", "a¥", "ð1", "ð2", "ð3")
_MANGLED = re.compile(r"(?<![0-9])[1-7]⁄[2-9](?![0-9])|(?<=a[¤¥])[1-3]|(?<=ð)[1-3]")

RARE: tuple[str, ...] = (*sorted(_SIGNS), *_FIVES, _HEART, *_MANGLED_SIGNS, *CUES)
RARE_GATE = "|".join((*map(re.escape, RARE), _PLUS_GATE, BETWEEN_GATE, EXTENSION_GATE, LINK_GATE, VANITY_GATE))
_DIGITS = {ord(sign): digit for sign, digit in _SIGNS.items()}
_sign = re.compile(f"[{''.join(_SIGNS)}]").search
_mangled, _five = (re.compile("|".join(map(re.escape, words))).search for words in (_MANGLED_SIGNS, _FIVES))
_ASCII_CUES = tuple(cue for cue in CUES if cue.isascii())
_OTHERS = (*_FIVES, *_MANGLED_SIGNS, *(cue for cue in CUES if not cue.isascii()))
_plus, _extension = re.compile(_PLUS_GATE).search, re.compile(EXTENSION_GATE).search
_between = re.compile(BETWEEN_GATE).search
_link, _vanity = re.compile(LINK_GATE).search, re.compile(VANITY_GATE).search
# One of these is in every text that a gate would find: a search for them costs less.
_LINK_KEYS = ("me/", "me /", "%", "slash", "slech", "strich", "me\n/", "me\t/")
_VANITY_KEYS = ("800", "888", "877", "866", "855", "844", "833", "0808", "1300")
_hyphen = re.compile(r"[0-9][-.][0-9]{0,3}-?[a-z]{3}").search


def is_rare(text: str) -> bool:
    """Say whether a folded text may have one of these ways of writing: whether `RARE_GATE` matches in it."""
    has = text.__contains__
    if any(map(has, _ASCII_CUES)) or _extension(text) or ("+" in text and _plus(text)) or _between(text):
        return True
    if _HEART in text:
        return True
    if not text.isascii() and (_sign(text) or any(map(has, _OTHERS))):
        return True
    if any(map(has, _LINK_KEYS)) and _link(text):
        return True
    return bool((_hyphen(text) or any(map(has, _VANITY_KEYS))) and _vanity(text))


def plainer(folded: Folded) -> Folded:
    """Return the text in its plain form, which is the same text where it has none of these signs."""
    text, gone = plain_form(folded.text)
    if text == folded.text and not gone:
        return folded
    left_out = set(gone)
    kept = [i for i in range(len(text)) if i not in left_out]
    starts, ends = [folded.starts[i] for i in kept], [folded.ends[i] for i in kept]
    return Folded(folded.original, "".join(text[i] for i in kept), starts, ends)


def plain_form(text: str) -> tuple[str, list[int]]:
    """Return a folded text, as long as before, in which signs for digits are digits, and places that are to go.

    Plus, letters and hearts between digits are `*` in it, and so are fractions and figures of mangled words; the places
    are those of apostrophes in number words.
    """
    if not text.isascii() and _sign(text):
        text = text.translate(_DIGITS)
    if "+" in text:
        text = _PLUSES.sub(lambda row: _PLUS.sub(lambda plus: "*".center(len(plus.group())), row.group()), text)
    if _HEART in text:
        text = _HEARTS.sub("**", text)
    if not text.isascii() and _mangled(text):
        text = _MANGLED.sub(lambda figures: "*" * len(figures[0]), text)
    if _between(text):
        text = _BETWEEN.sub(_starred, text)
    if text.isascii() or not _five(text):
        return text, []
    return text, [match.start() for match in _APOSTROPHE.finditer(text)]


def _starred(row: re.Match[str]) -> str:
    """Return figures with stars for the letters between them, unchanged where they are too few or too many."""
    groups = row[0].split(row[1])
    return ("*" * len(row[1])).join(groups) if _FEWEST <= sum(map(len, groups)) <= _MOST else row[0]
