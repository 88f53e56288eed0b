"""Find what is published under a value that somebody typed; exact keys only, no guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from felinar.search.answer import Answer, Asked
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
