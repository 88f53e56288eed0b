"""Words of a text in common that an operation's own adverts hold: those of others are not shown on its pages.

The words of a template are those of the advert in the middle of its group, which may be another operation's; a name or
number in them would then be somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from felinar.store.published import Row
from felinar.store.published_desk import DeskReading

SLOT = "<*>"
_WORD = re.compile(r"\w+")


def own_words(reading: DeskReading, key: Row, operation_id: int | None, most: int) -> str:
    """Return the first words of a near-duplicate group that an advert of this operation holds too.

    None as the operation means all of them. Empty where the group has no template, or none of its words is there.
    """
    template = reading.template(key["key_id"])
    words = [word for word in template["tokens"] if word != SLOT] if template else []
    if words and operation_id is not None:
        own = OwnText(reading.plain_adverts(reading.one_showing(key["key_no"], operation_id)))
        words = [word for word in words if word in own]
    return " ".join(words[:most])


class OwnText:
    """All that some adverts say, to look words up in, whatever their case."""

    def __init__(self, adverts: Iterable[Row]) -> None:
        self._text = "\n".join(f"{advert['title']}\n{advert['body']}" for advert in adverts).casefold()
        self._words = frozenset(_WORD.findall(self._text))

    def __contains__(self, word: str) -> bool:
        """Return whether the adverts hold a word; scripts without blanks have no words, so there any place counts."""
        word = word.casefold()
        pieces = _WORD.findall(word)
        return word in self._text and (not word.isascii() or all(piece in self._words for piece in pieces))
