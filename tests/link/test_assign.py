"""Which group of the epoch a later text joins, against a twin that looks at every text of the pile."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.attach import ALIKE, OWN
from felinar.kernels.minhash import band_keys
from felinar.kernels.nearest import ENOUGH, FEW, TRIES
from felinar.kernels.shingle import Shingles
from felinar.link.assign import assign
from felinar.link.distinct import distinct_texts
from felinar.link.freeze import frozen_of
from felinar.link.frozen import Frozen
from felinar.link.grouping import LOOSE

WORDS = [a + b for a in ("ba", "de", "fi", "go", "lu") for b in ("n", "ra", "st", "lic", "mon", "tur")]
LEAST, ENOUGH_OF_ALL, ENOUGH_OF_RARE, RARE_OF_ALL = LOOSE.tolist()


def texts(source: random.Random, count: int, bases: list[list[str]]) -> pa.Table:
    """Adverts of a few templates with changed words, some with a footer that many share."""
    footer = " please stay safe and report what seems wrong to the team of this site"
    bodies = [
        " ".join(source.choice(WORDS) if source.random() < 0.15 else word for word in source.choice(bases))
        + (footer if source.random() < 0.3 else "")
        for _ in range(count)
    ]
    return pa.table({"advert_id": list(range(count)), "title": [""] * count, "body": bodies})


def sets_of(offsets: Iterable[int], hashes: Iterable[int]) -> list[set[int]]:
    ends, flat = list(offsets), list(hashes)
    return [set(flat[a:b]) for a, b in pairwise(ends)]


def similarity(mine: set[int], theirs: set[int], common: set[int]) -> int:
    size = max(1, min(len(mine), len(theirs)))
    shared, rare = len(mine & theirs), len((mine & theirs) - common)
    fewest = min(len(mine - common), len(theirs - common))
    loose = rare >= LEAST and 1000 * rare >= ENOUGH_OF_RARE * fewest and 1000 * rare >= RARE_OF_ALL * size
    enough = shared >= LEAST and 1000 * shared >= ENOUGH_OF_ALL * size
    return 1000 * shared // size if loose or enough else 0


def nearest(frozen: Frozen, known: list[set[int]], chosen: set[int], mine: set[int]) -> tuple[int, int]:
    """The most similar chosen text among the few that share most band keys and rare shingles with this one."""
    met = Counter(row for h in mine if len(held := [r for r in chosen if h in known[r]]) <= FEW for row in held)
    keys = keys_of([mine, *(known[row] for row in sorted(chosen))])
    for band in range(keys.shape[1]):
        alike = [row for row, key in zip(sorted(chosen), keys[1:, band], strict=True) if key == keys[0, band] != 0]
        met.update(alike[:FEW])
    common, best = set(frozen.boilerplate.tolist()), (0, 1)  # similarity, minus the row
    for row in sorted(met, key=lambda row: (-met[row], row))[:TRIES]:
        if best[0] >= ENOUGH:
            break
        score = similarity(mine, known[row], common)
        best = max(best, (score, -row)) if score else best
    return (-best[1], best[0]) if best[0] else (-1, 0)


def keys_of(rows: list[set[int]]) -> np.ndarray:
    flat = np.array([h for row in rows for h in sorted(row)], dtype=np.uint32)
    return band_keys(np.cumsum([0, *map(len, rows)]).astype(np.int64), flat, plain=True)


def own_group(frozen: Frozen, known: list[set[int]], mine: set[int]) -> tuple[int, int]:
    """The group of the member that shares most rare shingles, if most who hold what they share are of this group."""
    medoid = frozen.in_groups.tolist()
    holders = {h: [row for row, theirs in enumerate(known) if h in theirs] for h in mine}
    met = Counter(row for rows in holders.values() if len(rows) <= FEW for row in rows if medoid[row] >= 0)
    if not met:
        return -1, 0
    member = min(met, key=lambda row: (-met[row], row))
    shared = mine & known[member]
    if len(shared) < LEAST or 1000 * len(shared) < ALIKE * min(len(mine), len(known[member])):
        return -1, 0
    own = sum(medoid[row] == medoid[member] for h in shared for row in holders[h])
    if 1000 * own < OWN * sum(len(holders[h]) - 1 for h in shared):
        return -1, 0
    centre = medoid[member]
    return centre, 1000 * len(mine & known[centre]) // max(1, min(len(mine), len(known[centre])))


def twin(frozen: Frozen, asking: Shingles) -> list[tuple[int, int]]:
    known = sets_of(frozen.rows.offsets.tolist(), frozen.rows.hashes.tolist())
    lone = set(np.flatnonzero(frozen.is_lone).tolist())
    medoids = {int(row) for row in frozen.medoid if row >= 0} - lone
    found = []
    for mine in sets_of(asking.offsets.tolist(), asking.hashes.tolist()):
        answer = nearest(frozen, known, medoids, mine)
        answer = answer if answer[0] >= 0 else own_group(frozen, known, mine)
        found.append(answer if answer[0] >= 0 else nearest(frozen, known, lone, mine))
    return found


@pytest.mark.parametrize("plain", [True, False])
@settings(deadline=None, max_examples=10)
@given(source=st.randoms(use_true_random=False), pile=st.integers(0, 25), templates=st.integers(1, 8))
def test_each_later_text_joins_what_is_most_like_it(
    source: random.Random, pile: int, templates: int, plain: bool
) -> None:
    # At most FEW texts hold a shingle, so that no index leaves one out.
    bases = [source.choices(WORDS, k=source.randint(8, 30)) for _ in range(templates)]
    frozen = frozen_of(distinct_texts([texts(source, pile, bases)], 1), plain=plain, threads=1)
    asking = distinct_texts([texts(source, 20, bases)], 1).shingles
    row, likeness = assign(frozen, asking, plain=plain)
    assert list(zip(row.tolist(), likeness.tolist(), strict=True)) == twin(frozen, asking)


def test_a_pile_of_templates_is_joined_by_texts_of_all_three_kinds() -> None:
    """The twin's test above would say nothing if no text joined anything."""
    source = random.Random(3)
    bases = [source.choices(WORDS, k=source.randint(8, 30)) for _ in range(30)]
    frozen = frozen_of(distinct_texts([texts(source, 60, bases)], 1), plain=True, threads=1)
    asking = distinct_texts([texts(source, 200, bases)], 1).shingles
    row, _ = assign(frozen, asking, plain=True)
    lone = frozen.is_lone[row[row >= 0]]
    assert 0 < lone.sum() < len(lone)
    assert (row < 0).any()
