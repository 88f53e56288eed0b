"""Look up a whole list: the same answers as one by one, but few questions to the file, each for hundreds of values."""

from __future__ import annotations

from collections.abc import Sequence

from felinar.search.answer import Answer, Asked
from felinar.search.look_up import look_up, users_of
from felinar.search.readings import Reading, readings
from felinar.store.published import Published, Row


def look_up_all(published: Published, values: Sequence[str]) -> list[Answer]:
    """Return an answer for each value, in their order, each as `look_up` gives it."""
    read = [readings(value) for value in values]
    known = _Known(published, values, read)
    return [look_up(known, value, read=ways) for value, ways in zip(values, read, strict=True)]


class _Known(Asked):
    """What the answers need of the published rows, read beforehand; what is asked rarely is passed on."""

    def __init__(self, published: Published, values: Sequence[str], read: Sequence[Sequence[Reading]]):
        self._published = published
        every = [reading for ways in read for reading in ways]
        names = {reading.value for reading in every} | {name for reading in every for name in users_of(reading)}
        self._keys = published.keys_of_values(names)
        self._weak = published.weak_of_values({reading.value for reading in every})
        self._named = published.ids_of_sources({value.strip() for value in values})

    def ids_by_source_id(self, source_id: str) -> list[int]:
        return self._named.get(source_id, [])

    def keys_by_value(self, value: str, kind: str = "") -> list[Row]:
        return [key for key in self._keys.get(value, []) if kind in ("", key["key_kind"])]

    def weak_mentions(self, kind: str, value: str) -> list[int]:
        return self._weak.get((kind, value), [])

    def keys_by_id(self, key_id: int) -> list[Row]:
        return self._published.keys_by_id(key_id)

    def local_phones_ending_in(self, digits: str) -> list[Row]:
        return self._published.local_phones_ending_in(digits)

    def phones_ending_in(self, digits: str) -> list[Row]:
        return self._published.phones_ending_in(digits)

    def operation(self, operation_id: int) -> Row | None:
        return self._published.operation(operation_id)

    def has_advert(self, advert_id: int) -> bool:
        return self._published.has_advert(advert_id)
