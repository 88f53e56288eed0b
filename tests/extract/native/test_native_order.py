"""The order of mentions is that of their columns, however many there are in a text."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.native.order import by_value, key_of, order_of

SPAN = st.one_of(st.just((-1, -1)), st.tuples(st.integers(0, 9), st.integers(0, 5)).map(lambda s: (s[0], sum(s))))
ROW = st.tuples(st.integers(0, 3), SPAN, st.integers(0, 2), st.sampled_from(["", "a", "b", "ä"]))


def _last(start: int) -> int:
    return 1 << 40 if start < 0 else start


@settings(max_examples=200, deadline=None)
@given(st.lists(ROW, max_size=120))
def test_rows_come_by_text_then_start_then_kind_then_end_then_value(rows):
    text, start, end, kind = (
        np.array(column, dtype=np.int32)
        for column in (
            [r[0] for r in rows], [r[1][0] for r in rows], [r[1][1] for r in rows], [r[2] for r in rows],
        )
    )  # fmt: skip
    key = key_of(start, end, kind)
    order = by_value(order_of(text, key, 4), text, key, pa.array([r[3] for r in rows], pa.string()))
    wanted = sorted(range(len(rows)), key=lambda i: (text[i], _last(start[i]), kind[i], end[i], rows[i][3]))
    assert order.tolist() == wanted
