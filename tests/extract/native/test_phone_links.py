"""Links with a number, found natively, are those of the plain reader."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.phone_digits import RANKS, DigitReading, plans, region_codes, write_national
from felinar.extract.native.phone_links import links_of, read_links, regions_given
from felinar.extract.native.readings import about_of
from felinar.extract.phone_links import links
from felinar.kernels.fold import fold

EXAMPLES = (
    ("https://wa.me/447700900123 and tel:+33639981234", ""),
    ("api.whatsapp.com/send?phone=%2B447700900123&text=hi whatsapp://send/?phone=447700900456", "GB"),
    ("t.me/+447700900123 t.me/++447700900124 t.me/447700900125", "GB"),
    ("viber://chat?number=%2b447700900123 viber://add?number=07700900123", "GB"),
    ("signal.me/#p/+33639981234 sms:0770%20090%200123 callto:(0770)0900-123", "FR"),
    ("hotel:0770 tel:12345 tel:0770090012345678901234567890123456 wa.me/", "GB"),
    ("TEL:٠٧٧٠٠٩٠٠١٢٣ wa.me/７７００９００１２３", "GB"),
)


def compare(rows: list[tuple[str, str]], plain: bool) -> int:
    """Compare the links of these texts, (text, country) each; return how many there are."""
    page = page_of_texts([text for text, _ in rows], plain=True)
    about = about_of([Context("body", country) for _, country in rows])
    found, digits = links_of(page, np.arange(len(rows), dtype=np.int32), about, plain=plain)
    readings = np.zeros((len(found), 9), dtype=np.int64)
    (read_links.plain if plain else read_links)(plans(), found, digits, regions_given(about), readings)
    got = []
    for (text, start, end, *_), row in zip(found.tolist(), readings.tolist(), strict=True):
        reading, national = DigitReading(*row), np.zeros(40, dtype=np.uint8)
        size = write_national.plain(plans(), reading, digits, national)
        first = int(page.at[text])
        number = "".join(map(str, national[:size]))
        read = region_codes()[reading.region], str(reading.code), number, RANKS[reading.rank], bool(reading.typical)
        got.append((text, start - first, end - first, read))
    want = []
    for i, (text, country) in enumerate(rows):
        for start, end, r in links(fold(text).text, country):
            want.append((i, start, end, (r.region, r.country_code, r.national, r.rank, r.typical)))
    assert got == want
    return len(got)


@pytest.mark.parametrize("plain", [True, False])
def test_the_links_of_examples_are_the_plain_ones(plain: bool) -> None:
    assert compare(list(EXAMPLES), plain) > 10


def test_more_links_than_room_are_all_found() -> None:
    assert compare([("wa.me/447700900123 " * 100, "")], False) == 100


_PIECES = (
    "tel:", "callto:", "sms:", "wa.me/", "whatsapp.com/send?phone=", "whatsapp.com/send/?phone=",
    "whatsapp://send?phone=", "t.me/+", "t.me/", "viber://chat?number=", "viber://add?number=",
    "signal.me/#p/", "+", "%2b", "%2B", "%20", "%", "-", "(0)", ".", " ", "447700900123", "07700900123",
    "0639981234", "0044", "a", "x", "1", "77", "=", "/", ":", "7700900",
)  # fmt: skip
PIECES = st.sampled_from(_PIECES)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(("", "GB", "US", "FR", "RO"))),
        max_size=20,
    )
)
def test_the_links_of_random_texts_are_the_plain_ones(rows: list[tuple[str, str]]) -> None:
    compare(rows, False)
