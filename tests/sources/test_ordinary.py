"""Lines taken many at a time are those that one would have got one by one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.sources import encoding, ordinary
from felinar.sources.encoding import Encoding, lines, split
from felinar.sources.ordinary import OrdinaryLines

_line = st.sampled_from([b"{}", b'{"text": "a"}', b"x" * 30, b'{"a": "\r"}', b"bad\r"])
_odd = st.sampled_from([b"", b" ", b"\r", b"\t{}", b"\xef\xbb\xbf{}"])
_content = st.lists(_line | _odd | _line | _line, max_size=30).map(b"\n".join)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(encoding, "PIECE", 16)
    monkeypatch.setattr(ordinary, "PIECE", 16)


@settings(deadline=None)
@given(_content, st.booleans(), st.integers(1, 4), st.integers(1, 80))
def test_lines_of_blocks_and_the_others_are_all_lines(content, marked, most, size):
    content = b"\xef\xbb\xbf" + content if marked else content
    expected = list(lines(io.BytesIO(content), Encoding("utf-8")))
    ordinary = OrdinaryLines(io.BytesIO(content), Encoding("utf-8"))
    blocks = list(ordinary.blocks(most, size))
    found = [split(block) for _, block in blocks]
    assert [len(block) for block in found] == [count for count, _ in blocks]
    assert all(0 < len(block) <= most for block in found)
    assert not any(line.isspace() for block in found for line in block)
    assert [line for block in found for line in block] + list(ordinary.others()) == expected


@pytest.mark.parametrize("kind", [Encoding("utf-16-le", wide=True), Encoding("utf-8", old_mac=True)])
def test_a_file_with_other_line_ends_is_read_line_by_line(kind):
    content = "{}\n{}\n".encode("utf-16-le") if kind.wide else b"{}\r{}\r"
    ordinary = OrdinaryLines(io.BytesIO(content), kind)
    assert list(ordinary.blocks(10, 1_000)) == []
    assert list(ordinary.others()) == [b"{}\n", b"{}\n"]


def test_lines_far_apart_come_in_blocks_of_about_the_size_asked_for():
    content = b"\n".join([b"x" * 14] * 50) + b"\n"
    ordinary = OrdinaryLines(io.BytesIO(content), Encoding("utf-8"))
    assert {len(block) <= 100 + 16 for _, block in ordinary.blocks(1_000, 100)} == {True}
