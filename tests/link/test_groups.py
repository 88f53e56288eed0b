"""What became of groups since the run before, against dictionaries."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from felinar.link.groups import changed
from felinar.link.text import NEAR_DUPLICATES

# Advert to group; the medoid of a group is one of two numbers.
SAID = st.dictionaries(st.integers(0, 20), st.integers(0, 5), max_size=20)
MEDOIDS = st.lists(st.integers(0, 1), min_size=6, max_size=6)


def table(said: dict[int, int], medoids: list[int]) -> pa.Table:
    rows = [(advert, group, medoids[group], 1000) for advert, group in said.items()]
    return pa.Table.from_pylist([dict(zip(NEAR_DUPLICATES.names, row, strict=True)) for row in rows], NEAR_DUPLICATES)


def members(said: dict[int, int]) -> dict[int, set[int]]:
    return {group: {advert for advert in said if said[advert] == group} for group in set(said.values())}


@given(SAID, MEDOIDS, SAID, MEDOIDS)
def test_groups_with_other_adverts_or_another_medoid_changed(
    now: dict[int, int], medoids: list[int], old: dict[int, int], old_medoids: list[int]
) -> None:
    found = changed(table(now, medoids), table(old, old_medoids))
    is_now, was = members(now), members(old)
    every = {g for g in is_now.keys() | was if (is_now.get(g), medoids[g]) != (was.get(g), old_medoids[g])}
    assert found.ids.tolist() == sorted(g for g in every if g in is_now or g in was)
    assert found.groups.ids.tolist() == sorted(every & is_now.keys())
    of = found.groups
    for number, group in enumerate(of.ids.tolist()):
        rows = slice(of.bounds[number], of.bounds[number + 1])
        assert of.adverts[rows].tolist() == sorted(is_now[group])
        assert of.medoids[number] == medoids[group]
        assert of.adverts[rows][found.is_new[rows]].tolist() == sorted(is_now[group] - was.get(group, set()))
        assert found.whole[number] == (group not in was or not was[group] <= is_now[group])
