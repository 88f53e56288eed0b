"""What is never looked for: the stated age of somebody under 18, in figures or in words."""

from __future__ import annotations

import re
from functools import lru_cache

from felinar.errors import FelinarError
from felinar.kernels.fold import fold

ADULT = 18
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"(?<![\w.,:/+-])[1-9](?![\w.,:/+]|-\d)")
SENTENCE = (
    "Adverts are not searched or watched by a stated age under 18. Where an advert states one, it is held for the "
    "supervisor and the national reporting channel: `felinar leads` names it. Nothing was searched."
)


class Refused(FelinarError):
    """A search that is not made, and why."""


def refuse_young(typed: str) -> None:
    """Raise Refused where what was typed asks for an age under 18, read as in adverts and with number words too."""
    from felinar.extract.age import AGE
    from felinar.extract.contract import Context

    folded = fold(typed).text
    forms = {folded, _WORD.sub(_in_figures, folded)}
    # Ages have two digits for the extractor; for a question, those of children count alike.
    forms |= {_SMALL.sub("10", form) for form in forms}
    for form in sorted(forms):
        if any(int(found.value) < ADULT for found in AGE.find(fold(form), Context())):
            raise Refused(SENTENCE)


def _in_figures(word: re.Match[str]) -> str:
    number = _small_numbers().get(word[0])
    return word[0] if number is None else str(number)


@lru_cache(maxsize=1)
def _small_numbers() -> dict[str, int]:
    """Return the words of all languages for one to seventeen."""
    from felinar.extract.lexicon import load

    lexicon = load()
    found = {fold(w).text: n for rows in lexicon.numbers.values() for n, words in enumerate(rows) for w in words}
    found |= {fold(w).text: n for words in lexicon.pairs.values() for w, n in words.items()}
    return {word: number for word, number in found.items() if 0 < number < ADULT}
