"""What stands around the spelling of a town: it may be meant as something else, stand apart, or belong to a list."""

from __future__ import annotations

from felinar.extract.name import names
from felinar.extract.place_words import AFTER, BRANDS, INTRODUCE, PARTICLES, TITLES, WARES, is_street
from felinar.extract.words import before, word_after, word_set
from felinar.kernels.fold import Folded

# What joins the towns of a list. The weak ones join no town that is also a word.
JOINTS = word_set(
    ",|/|-|–|—|;|&|+|#|, #|→|>|and|or|și|si|sau|y|o|e|ou|et|und|oder|и|или|та|або|और|या|तथा|व|aur|ya|to|"
    "și la|și din|și în|și de la|and to|or to|et à|and in|, and|, or|o en|y en|e em|ou em|e a|e ad|a|у|і"
)
WEAK_JOINTS = word_set("a|o|e|y|u|i|to|ya|у|і")
_LONGEST_JOINT = 15  # characters
_OPENS, _CLOSES = frozenset(",;:(/|-–—•\n") | {""}, frozenset(",;:)/|-–—•.\n") | {""}
_HEADS = frozenset(":|-–—•\n") | {""}


def is_part(original: str, first: int, last: int) -> bool:
    """Whether signs or line ends stand on both sides; at the start of a text a list of nouns may begin."""
    before_it = original[max(0, first - 3) : first].rstrip(" ")[-1:]
    after_it = original[last : last + 3].lstrip(" ")[:1]
    return after_it in (_CLOSES if before_it else _HEADS) and before_it in _OPENS


def is_other(text: Folded, start: int, end: int, word: str, at: int, language: str) -> bool:
    """Whether the words around make it a street, a person, a brand or a ware."""
    if (word in BRANDS or (word in names() and text.text[at + len(word) : start] == " ")) and _is_title(text, at):
        return True
    if word in INTRODUCE:
        return True
    hops = 0
    while word in PARTICLES and hops < 3:
        word, at = before(text, at)
        hops += 1
    if is_street(word, language) or word in TITLES or (hops and word in WARES):
        return True
    return word_after(text, end) in AFTER


def _is_title(text: Folded, at: int) -> bool:
    """Whether the word at this place begins with a capital and goes on with a small letter."""
    first = text.starts[at]
    return text.original[first].isupper() and text.original[first + 1 : first + 2].islower()


def joint(text: Folded, start: int, end: int, is_coded: bool) -> str:
    """Return what stands between two towns, without the code of the left one where it has one."""
    gap = text.text[start:end][:_LONGEST_JOINT]
    if is_coded:
        gap = gap.lstrip(", (")[2:].lstrip(")")
    return " ".join(gap.split())
