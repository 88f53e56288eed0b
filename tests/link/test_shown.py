"""What adverts show, kept as numbers: the same keys whether read at once or batch by batch, with the ids of `ids`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.ids import key_id
from felinar.link.completed import completed
from felinar.link.graph import build
from felinar.link.shown import KINDS, Shown, added, extended, key_ids

NO_GROUPS = pa.table({n: pa.array([], pa.int64()) for n in ("advert_id", "group_id", "medoid_id", "similarity")})
NUMBER = st.sampled_from(["+447700900123", "07700900123", "+17700900123", "7700900123", "+447700900456", "900123"])
ROW = st.tuples(st.integers(0, 7), st.sampled_from(["phone", "email", "picture"]), NUMBER)
BATCHES = st.lists(st.sets(ROW, max_size=12), max_size=4)


def selectors(rows):
    columns = [
        pa.array([row[i] for row in rows], kind) for i, kind in enumerate((pa.int64(), pa.string(), pa.string()))
    ]
    return pa.table(columns, names=["advert_id", "key_kind", "value"])


@given(st.lists(st.tuples(st.sampled_from(range(len(KINDS))), st.text(max_size=9)), max_size=9))
def test_ids_of_keys_are_those_of_the_general_function(keys):
    kinds, values = np.array([k for k, _ in keys], dtype=np.int64), pa.array([v for _, v in keys], pa.string())
    assert key_ids(kinds, values).tolist() == [key_id(KINDS[kind], value) for kind, value in keys]


@settings(max_examples=80, deadline=None)
@given(BATCHES)
def test_batches_give_the_graph_of_all_at_once(batches):
    """Each batch brings adverts of its own, as in the pipeline."""
    batches = [{(8 * n + advert, kind, value) for advert, kind, value in rows} for n, rows in enumerate(batches)]
    kept = Shown.nothing()
    for rows in batches:
        kept = extended(kept, added(kept, selectors(sorted(rows))))
    whole = added(Shown.nothing(), selectors(sorted(set().union(*batches))))
    one, other = (build(np.arange(8 * len(batches)), shown, NO_GROUPS) for shown in (kept, whole))
    for name in ("kind", "key_ids", "advert", "key"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert one.values.to_pylist() == other.values.to_pylist()


@given(st.sets(NUMBER))
def test_a_number_is_completed_where_exactly_one_international_number_ends_alike(values):
    values = sorted(values)
    ending = {v: [i for i in values if i.startswith("+") and i[-9:] == v[-9:]] for v in values}
    expected = [
        values.index(ending[v][0]) if not v.startswith("+") and len(v) >= 9 and len(ending[v]) == 1 else place
        for place, v in enumerate(values)
    ]
    assert completed(pa.array(values, pa.string())).tolist() == expected
