"""Pictures in a process of their own: one bad picture costs itself only, and nothing is written to disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from felinar.pictures import reader as module
from felinar.pictures.intake import look
from felinar.pictures.looked import READ, UNREADABLE
from felinar.pictures.reader import PictureReader

AsFile = Callable[..., bytes]
Make = Callable[..., np.ndarray]


@pytest.fixture(scope="module")
def reader() -> Iterator[PictureReader]:
    with PictureReader() as reader:
        yield reader


def test_the_process_says_what_this_process_would_say(reader: PictureReader, abstract: Make, as_file: AsFile) -> None:
    files = [as_file(abstract(1)), as_file(abstract(2), "JPEG"), b"", b"no picture", as_file(abstract(3), "GIF", "P")]
    assert [reader.look(data) for data in files] == [look(data) for data in files]


def test_a_reader_that_dies_costs_one_picture(reader: PictureReader, abstract: Make, as_file: AsFile) -> None:
    data = as_file(abstract(4))
    assert reader.look(data).state == READ
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()
    assert reader.look(data).state == READ


def test_a_picture_that_takes_too_long_is_given_up(
    reader: PictureReader, monkeypatch: pytest.MonkeyPatch, abstract: Make, as_file: AsFile
) -> None:
    reader.look(b"")
    monkeypatch.setattr(module, "SECONDS", 0.0)
    given_up = reader.look(as_file(abstract(5)))
    assert given_up.state == UNREADABLE
    assert "longer than" in given_up.reason
    assert len(given_up.sha256) == 64
    monkeypatch.undo()
    assert reader.look(as_file(abstract(5))).state == READ
