"""Who shows which key is the same whether it is looked up or known by place."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.score.reading import Reading, Tables
from felinar.tables import ADVERTS, KEYS, LINKS, MEMBERSHIPS, MENTIONS, TEMPLATES

KINDS = ("email", "phone", "picture")
ROWS = st.sets(st.tuples(st.integers(0, 5), st.sampled_from(KINDS), st.integers(0, 4)), max_size=30)
COUNTS = dict.fromkeys(("adverts", "contexts", "texts", "others", "sites", "epoch"), 1)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sets(st.integers(0, 14)))
def test_ties_are_those_of_looking_up_each_key(shown, hubs):
    rows = sorted(shown)
    known = sorted({(kind, key) for _, kind, key in rows})
    keys = [
        {"key_kind": kind, "key_id": 10 * KINDS.index(kind) + key, "value": f"{kind} {key}", "hub": n in hubs} | COUNTS
        for n, (kind, key) in enumerate(known)
    ]
    links = [
        {"advert_id": 100 + advert, "key_kind": kind, "key_id": 10 * KINDS.index(kind) + key, "millibits": 9_000}
        for advert, kind, key in rows
    ]
    adverts = ADVERTS.from_rows([{"advert_id": 100 + i} for i in range(6)])
    tables = adverts, MENTIONS.empty(), KEYS.from_rows(keys), LINKS.from_rows(links), TEMPLATES.empty()
    places = [np.array(column, dtype=np.int64) for column in (
        [advert for advert, _, _ in rows], [known.index((kind, key)) for _, kind, key in rows]
    )]  # fmt: skip
    for kinds in (("phone",), ("email", "picture"), KINDS):
        looked_up = Reading(Tables(*tables, MEMBERSHIPS.empty())).tied(kinds)
        by_place = Reading(Tables(*tables, MEMBERSHIPS.empty(), (places[0], places[1]))).tied(kinds)
        assert by_place.advert.tolist() == looked_up.advert.tolist()
        assert [by_place.values[c] for c in by_place.code] == [looked_up.values[c] for c in looked_up.code]
        assert [by_place.kinds[c] for c in by_place.code] == [looked_up.kinds[c] for c in looked_up.code]
