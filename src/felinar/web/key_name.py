"""Keys as people read them on the desk: a word for the kind, and a name in a few letters."""

from __future__ import annotations

from felinar.export.told import IDENTIFIERS
from felinar.store.published import Row
from felinar.web.own_text import own_words
from felinar.web.visit import Visit

TEXT = "near_duplicate"
_WORDS_OF_KINDS = {
    TEXT: "text",
    "picture_copy": "copies of picture",
    "picture_part": "parts of picture",
    "picture_small": "small picture",
}
_WORDS, _LONGEST, _OF_A_HASH = 4, 24, 12
_HASH = 64


def kind_word(kind: str) -> str:
    """Return the kind of a key as pages name it."""
    return _WORDS_OF_KINDS.get(kind, kind.replace("_", " "))


def name_of(visit: Visit, key: Row, operation_id: int | None = None) -> str:
    """Return a key in so few letters that it fits beside a dot: a contact itself, the first words of a text, which
    picture.

    Of a text only words that the operation's own adverts hold, where one is given.
    """
    name = name_in_full(visit, key, operation_id)
    return _short(f"picture {name.rpartition('/')[2][:_OF_A_HASH]}" if key["key_kind"].startswith("picture") else name)


def name_in_full(visit: Visit, key: Row, operation_id: int | None = None) -> str:
    """Return the name of a key beside which its kind is written; a contact or the place of a picture is whole."""
    kind, value = key["key_kind"], str(key["value"])
    if kind == TEXT:
        words = own_words(visit.reading, key, operation_id, _WORDS)
        return f"“{words} …”" if words else "a text"
    if kind.startswith("picture"):
        return f"{value[:_OF_A_HASH]}…" if len(value) == _HASH else value
    return visit.contact(value) if kind in IDENTIFIERS else value


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
