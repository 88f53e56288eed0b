"""Words of a text in common that an operation's own adverts hold: those of others are not shown on its pages.

The words of a template are those of the advert in the middle of its group, which may be another operation's; a name or
number in them would then be somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable

from felinar.store.published import Row
from felinar.store.published_desk import DeskReading

SLOT = "<*>"


def own_words(reading: DeskReading, key: Row, operation_id: int | None, most: int) -> str:
    """Return the first words of a near-duplicate group that an advert of this operation holds too.

    None as the operation means all of them. Empty where the group has no template, or none of its words is there.
    """
    template = reading.template(key["key_id"])
    words = [word for word in template["tokens"] if word != SLOT] if template else []
    if words and operation_id is not None:
        own = reading.plain_adverts(reading.one_showing(key["key_no"], operation_id))
        there = own_text(own)
        words = [word for word in words if word.casefold() in there]
    return " ".join(words[:most])


def own_text(adverts: Iterable[Row]) -> str:
    """Return all that these adverts say, to look words up in."""
    return "\n".join(f"{advert['title']}\n{advert['body']}" for advert in adverts).casefold()
