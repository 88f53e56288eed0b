"""Find what is published under a value that somebody typed; exact keys only, no guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from felinar.audit import Contact
from felinar.search.readings import SHORTEST_TAIL, Reading, readings
from felinar.store.published import Row

# Networks on which a user name is looked for; the handle extractor's, held together by a test.
NETWORKS = (
    "discord",
    "facebook",
    "instagram",
    "kakaotalk",
    "kik",
    "line",
    "linkedin",
    "ok",
    "signal",
    "skype",
    "snapchat",
    "telegram",
    "threads",
    "threema",
    "tiktok",
    "twitter",
    "viber",
    "vk",
    "wechat",
    "whatsapp",
    "youtube",
    "zalo",
)
_PREFIX = re.compile(r"(operation|advert|key):(.+)", re.DOTALL)


class Asked(Protocol):
    """What a look-up asks of the published rows, each as `Published` answers it."""

    def ids_by_source_id(self, source_id: str) -> list[int]:
        """Return the adverts to which their sources gave this id."""
        ...

    def keys_by_value(self, value: str, kind: str = "") -> list[Row]:
        """Return the keys with exactly this value (and kind)."""
        ...

    def weak_mentions(self, kind: str, value: str) -> list[int]:
        """Return the adverts where this was read too uncertainly to tie anything together."""
        ...

    def keys_by_id(self, key_id: int) -> list[Row]:
        """Return the keys with this id."""
        ...

    def local_phones_ending_in(self, digits: str) -> list[Row]:
        """Return the numbers that were read without a country and whose last digits are these."""
        ...

    def phones_ending_in(self, digits: str) -> list[Row]:
        """Return the numbers whose last digits are these."""
        ...

    def operation(self, operation_id: int) -> Row | None:
        """Return one operation."""
        ...

    def has_advert(self, advert_id: int) -> bool:
        """Return whether there is an advert with this id."""
        ...


@dataclass
class Answer:
    """What was found: keys (each with `matched`), advert ids, operation ids, and adverts with an uncertain reading.

    `near` holds numbers one slip of typing away, only where nothing was found.
    """

    what: str
    readings: list[Reading]
    keys: list[Row] = field(default_factory=list)
    advert_ids: list[int] = field(default_factory=list)
    operation_ids: list[int] = field(default_factory=list)
    weak_advert_ids: list[int] = field(default_factory=list)
    near: list[Row] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.keys or self.advert_ids or self.operation_ids or self.weak_advert_ids)

    @property
    def logged(self) -> dict[str, Any]:
        """What the log keeps of a search: keyed hashes of what was typed, read and found; ids of the other things.

        A key's id is a plain hash of its value, which a list of all numbers would undo; so it is a keyed hash too.
        """
        return {
            "typed": Contact(self.what.strip()),
            "read": [{"kind": r.kind, "value": Contact(r.value)} for r in self.readings if r.kind != "as written"],
            "keys": [Contact(key["value"]) for key in self.keys],
            "near": [Contact(key["value"]) for key in self.near],
            "adverts": [str(i) for i in self.advert_ids],
            "operations": [str(i) for i in self.operation_ids],
        }

    def sentence(self, pile: int) -> str:
        """Return how the text was read, and why nothing was found where nothing was."""
        ways = [r.how for r in self.readings if r.kind != "as written"] or [r.how for r in self.readings[:1]]
        if not ways:
            return "Nothing was typed."
        read = f"Read as {' or '.join(ways)}."
        if self.weak_advert_ids and not self.keys:
            return (
                f"{read} It ties nothing together: it was read too uncertainly on {len(self.weak_advert_ids)} adverts."
            )
        return f"{read} None of the {pile:,} adverts shows it." if self.empty else read

    @property
    def is_read(self) -> bool:
        """Whether the text was read as something else than a value as written."""
        return any(reading.kind != "as written" for reading in self.readings)


def look_up(published: Asked, what: str, *, read: Sequence[Reading] | None = None) -> Answer:
    """Return everything that is published under what was typed; keys in the order of the readings.

    `operation:`, `advert:` or `key:` in front asks for the id alone, as in `show`. `read` are the readings of the text
    where they are known already.
    """
    named = _PREFIX.fullmatch(what.strip())
    if named:
        return _only(named[1], by_id(published, named[2]), what)
    answer = Answer(what, readings(what) if read is None else list(read))
    answer.advert_ids = list(published.ids_by_source_id(what.strip()))
    for reading in answer.readings:
        _look_up_one(published, reading, answer)
    answer.advert_ids = sorted(set(answer.advert_ids))
    answer.weak_advert_ids = sorted(set(answer.weak_advert_ids) - set(answer.advert_ids))
    return answer


def _only(kind: str, found: Answer, what: str) -> Answer:
    """Return the things of one kind from an answer by id."""
    answer = Answer(what, found.readings)
    answer.operation_ids = found.operation_ids if kind == "operation" else []
    answer.advert_ids = found.advert_ids if kind == "advert" else []
    answer.keys = found.keys if kind == "key" else []
    return answer


def _look_up_one(published: Asked, reading: Reading, answer: Answer) -> None:
    if reading.kind == "id":
        _by_id(published, int(reading.value), answer)
    elif reading.kind == "phone ending":
        _add(answer, published.phones_ending_in(reading.value), "same last digits")
        _add(answer, _shorter_forms(published, reading.value), "same last digits")
    elif reading.kind == "user":
        for name in users_of(reading):
            _add(answer, published.keys_by_value(name, "handle"), "same user name")
    elif reading.kind == "as written":
        _add(answer, published.keys_by_value(reading.value), "exact")
    else:
        _add(answer, published.keys_by_value(reading.value, reading.kind), "exact")
        answer.weak_advert_ids += published.weak_mentions(reading.kind, reading.value)
        if reading.kind == "phone":
            _add(answer, _shorter_forms(published, reading.value[1:]), "same last digits")


def users_of(reading: Reading) -> list[str]:
    """Return the handles on every network of a user name; none where something else was read."""
    return [f"{network}:{reading.value}" for network in NETWORKS] if reading.kind == "user" else []


def by_id(published: Asked, what: str) -> Answer:
    """Return only what has this text as its id or source id; cheaper than reading it as a contact."""
    answer = Answer(what, [Reading("id", what.strip())])
    answer.advert_ids = list(published.ids_by_source_id(what.strip()))
    if what.strip().isascii() and what.strip().isdigit():
        _by_id(published, int(what), answer)
    answer.advert_ids = sorted(set(answer.advert_ids))
    return answer


def _by_id(published: Asked, number: int, answer: Answer) -> None:
    if number >= 1 << 63:
        return
    if published.operation(number) is not None:
        answer.operation_ids.append(number)
    if published.has_advert(number):
        answer.advert_ids.append(number)
    _add(answer, published.keys_by_id(number), "exact")


def _shorter_forms(published: Asked, digits: str) -> list[Row]:
    """Return the numbers read without a country whose digits end this longer number."""
    if len(digits) < SHORTEST_TAIL:
        return []
    near = published.local_phones_ending_in(digits[-SHORTEST_TAIL:])
    stored = ((row, row["value"].lstrip("0")) for row in near)
    return [row for row, own in stored if len(own) >= SHORTEST_TAIL and digits.endswith(own)]


def _add(answer: Answer, keys: list[Row], matched: str) -> None:
    known = {(key["key_kind"], key["key_id"]) for key in answer.keys}
    answer.keys += [{**key, "matched": matched} for key in keys if (key["key_kind"], key["key_id"]) not in known]
