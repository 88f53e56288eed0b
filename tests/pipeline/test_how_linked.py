"""How a run linked the adverts comes back from its files as it was, for adverts that came since too."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from felinar.link import Linked
from felinar.pipeline.how_linked import how_linked, kept, linked_before, linked_otherwise
from felinar.store.lake import Lake
from felinar.tables import KEYS, LINKS

IDS = np.arange(100, 106)
KINDS = {1: "phone", 2: "email", 3: "phone", 4: "url"}
KEY = st.sampled_from(sorted(KINDS))
STATES = st.dictionaries(st.tuples(st.sampled_from(IDS.tolist()), KEY), st.sampled_from((9_000, 14_000)))


def linked(state, hubs):
    """Return what {(advert, key): millibits} says, some of the keys being hubs."""
    keys = sorted({key for _, key in state}, key=lambda key: (KINDS[key], key))
    numbers = dict.fromkeys(("adverts", "contexts", "texts", "others", "sites", "epoch"), 1)
    named = [
        {"key_kind": KINDS[key], "key_id": key, "value": "", "hub": key in hubs, "evidence": "", **numbers}
        for key in keys
    ]
    rows = [
        {"advert_id": a, "key_kind": KINDS[key], "key_id": key, "millibits": state[a, key], "evidence": ""}
        for a, key in sorted(state)
    ]
    advert, key = (np.array([pair[side] for pair in sorted(state)], dtype=np.int64) for side in (0, 1))
    place = {key: at for at, key in enumerate(keys)}
    codes = np.array([place[one] for one in key.tolist()], dtype=np.int64)
    return Linked(KEYS.from_rows(named), LINKS.from_rows(rows), advert - IDS[0], codes)


@given(STATES, STATES, st.sets(KEY), st.sets(KEY))
def test_adverts_with_other_links_or_a_key_that_became_a_hub_or_is_none_now_are_seen(then, now, hubs_then, hubs_now):
    flipped = {key for _, key in then if key in hubs_then} ^ {key for _, key in now if key in hubs_now}
    of = [
        {advert: {k: w for (a, k), w in state.items() if a == advert} for advert in IDS.tolist()}
        for state in (then, now)
    ]
    expected = [a for a in IDS.tolist() if of[0][a] != of[1][a] or flipped & of[1][a].keys()]
    ties = linked(now, hubs_now)
    marks = linked_otherwise(ties, how_linked(IDS, ties), how_linked(IDS, linked(then, hubs_then)))
    assert IDS[marks].tolist() == expected


def test_what_is_kept_comes_back_and_an_advert_that_came_since_had_no_links(tmp_path):
    lake = Lake(tmp_path)
    assert linked_before(lake) is None
    then = how_linked(IDS[1:], linked({}, set()))
    now = how_linked(IDS, linked({(int(advert), 1): 9_000 for advert in IDS}, {1}))
    lake.commit(kept(lake, now))
    back = linked_before(lake)
    assert back.ids.tolist() == IDS.tolist()
    assert back.prints.tolist() == now.prints.tolist()
    assert back.named_hubs() == {("phone", 1)}
    assert back.of(np.arange(104, 109)).tolist() == [*now.prints[4:].tolist(), 0, 0, 0]
    assert then.of(IDS).tolist() == [0] * len(IDS)
