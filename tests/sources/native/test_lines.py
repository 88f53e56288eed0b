"""What kernels read of lines of JSON is what the careful way reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.sources import Batch, Mapping, OpenOrder, batches_of, piece
from felinar.sources.encoding import Encoding
from felinar.sources.piece import How, Piece, is_ordinary

_COLUMNS = ["id", "url", "site", "text", "description", "title", "city", "region", "images", "photo", "phone", "email",
            "price", "salary", "latitude", "date", "scraped_at", "country", "language", "category", "colour", "büro",
            "label", 'a"b', "user"]  # fmt: skip
_letters = st.text('ab,;|[/:"\\\n\t\x01\x7f\x1c\u0085\u00a0\u00e9\u2003\u2028\u3000\u4e2d\U0001f600 ', max_size=6)
_text = _letters | st.sampled_from(
    ["2024-01-31T08:00:00Z", "2024-02-30T08:00:00Z", "31/12/2024", "0999-01-01T00:00:00Z", "UK", "Atlantis",
     "english", "massage", "US, IL, Chicago", "https://www.Example.org/ad", "img/a.jpg", "a.jpg, b.jpg", '["c.jpg"]',
     "12.5", "91"]
)  # fmt: skip
_number = st.sampled_from(
    ["0", "-0", "7", "-12", "007", "1.5", "-0.5", "0.10", "0.0001", "0.01", "12.50", "1.0", "1e5", "1.", ".5", "-",
     "1_0", "123456789012345678", "1234567890123456789", "123456789012345678901", "0.1234567890123456", "NaN",
     "Infinity"]
)  # fmt: skip
_word = st.sampled_from(
    ["null", "true", "false", "[]", "{}", "nul", "True", "[1]", '["a", 1]', "[[]]", '{"a": "b"}', "[null]"]
)
_forms = st.sampled_from([(", ", ": "), (",", ":"), (" ,\t", " : ")])


@st.composite
def _value(draw: st.DrawFn) -> str:
    texts = st.one_of(_text, st.lists(_text, max_size=3))
    plain = st.builds(json.dumps, texts, ensure_ascii=st.booleans())
    return draw(st.one_of(plain, plain, plain, plain, _number, _word))


@st.composite
def _line(draw: st.DrawFn) -> bytes:
    columns = draw(
        st.lists(st.sampled_from(_COLUMNS), max_size=6, unique=draw(st.sampled_from([True, True, True, False])))
    )
    between, after = draw(_forms)
    cells = between.join(json.dumps(name, ensure_ascii=False) + after + draw(_value()) for name in columns)
    return f"{{{cells}}}".encode() + draw(st.sampled_from([b"", b"", b" ", b"\r"]))


@st.composite
def _broken(draw: st.DrawFn) -> bytes:
    """A line of which a few bytes were replaced, put in or left out."""
    line = draw(_line())
    at, size = draw(st.integers(0, len(line))), draw(st.integers(0, 2))
    put = draw(st.sampled_from([b"", b'"', b"\\", b"\\u", b"\\u0000", b"\\ud800", b"\\udc00", b"\\ud83d\\ude00",
                                b"\xff", b"}", b"{", b",", b":", b"\xc3", b"\x00", b"1", b"\\u00e9", b"\\/", b"\\x",
                                b"\xed\xa0\x80"]))  # fmt: skip
    return (line[:at] + put + line[at + size :]).replace(b"\n", b"") or b"x"


def piece_of(
    lines: list[bytes], *, order: str = "day_first", mapping: Mapping | None = None, end: bytes = b"\n"
) -> Piece:
    how = How("S", mapping, order, Path(__file__), 0)
    return Piece("a.jsonl", Encoding("utf-8"), 3, b"\n".join(lines) + end, [], 7, how)


def as_data(batches: list[Batch]) -> list[Any]:
    """What the batches hold; Arrow's buffers are looked at, too."""
    for batch in batches:
        batch.adverts.validate(full=True)
        batch.images.validate(full=True)
    assert all(batch.adverts.schema.equals(batches[0].adverts.schema, check_metadata=True) for batch in batches)
    return [
        (b.records, b.adverts.to_pylist(), b.captured_at.to_pylist(), b.images.to_pylist(), _sorted(b), b.bytes_read)
        for b in batches
    ]


def _sorted(batch: Batch) -> list[Any]:
    return sorted(batch.rejects, key=lambda r: (r.severity != "note", r.row))


def both(given: Piece) -> None:
    """Compare the two ways; dates that ask for an order ask for it in both."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(piece, "LEAST_LINES", 1)
        try:
            expected = as_data(list(batches_of(given)))
        except OpenOrder:
            with pytest.raises(OpenOrder):
                list(batches_of(given, native=True))
            return
        assert as_data(list(batches_of(given, native=True))) == expected


@settings(deadline=None, max_examples=300)
@given(st.lists(_line(), min_size=1, max_size=6), st.sampled_from(["day_first", "month_first", ""]))
@example([b'{"text": "a"}', b'{"text": "a", "text": "b"}'], "")
@example([b'{"date": "03/04/2024"}'], "")
def test_lines_of_any_values_give_the_same_adverts(lines: list[bytes], order: str) -> None:
    both(piece_of(lines, order=order))


_usual = st.one_of(
    st.builds(json.dumps, st.one_of(_text, _text, st.lists(_text, max_size=3)), ensure_ascii=st.booleans()),
    st.sampled_from(["null", "true", "false", "[]", "0", "-12", "1.5", "-0.5", "0.01", "123456789012345678"]),
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.dictionaries(st.sampled_from(_COLUMNS[:-1]), _usual, min_size=1, max_size=8), min_size=1, max_size=6),
    _forms,
)
def test_ordinary_lines_give_the_same_adverts_without_the_careful_way(
    rows: list[dict[str, str]], form: tuple[str, str]
) -> None:
    between, after = form
    lines = [b"{" + between.join(json.dumps(n) + after + v for n, v in row.items()).encode() + b"}" for row in rows]
    columns = [line for line, row in zip(lines, rows, strict=True) if 'a"b' not in row and "büro" not in row]
    assert all(map(read_natively, columns))
    both(piece_of(lines))


@settings(deadline=None, max_examples=300)
@given(st.lists(_line(), max_size=2), _broken(), st.booleans())
def test_broken_lines_give_the_same_adverts_and_rejects(lines: list[bytes], broken: bytes, ended: bool) -> None:
    both(piece_of([*lines, broken], end=b"\n" if ended else b""))


@settings(deadline=None, max_examples=50)
@given(st.lists(_line(), min_size=1, max_size=4))
def test_a_mapping_says_the_same_in_both_ways(lines: list[bytes]) -> None:
    mapping = Mapping({"body": ("colour", "büro"), "place_text": ("user", "title"), "images": ("id",)}, category="job")
    both(piece_of(lines, mapping=mapping))


@pytest.mark.parametrize(
    "line",
    [b'{"text": "a\\u00e9\\ud83d\\ude00\\n\\/"}', b'{"a": 1, "b": -2.5, "c": null, "d": true, "e": [], "f": ["x", ""]}',
     b' {"text" : "a" }\r', "{\"büro\": \"ß\"}".encode()],
)  # fmt: skip
def test_usual_lines_are_ordinary(line: bytes) -> None:
    assert read_natively(line)


@pytest.mark.parametrize(
    "line",
    [b'{"text": "\\u0000"}', b'{"text": "\\ud800"}', b'{"a": 1e5}', b'{"a": 1.0}', b'{"a": {"b": 1}}', b'{"a": [1]}',
     b"[]", b"{}", b"7", b'{"a": 1, "a": 2}', b'{"\\u0061": 1}', b'{"a": "\xff"}', b'{"a": "b"', b'{"a": "b"} x',
     b'{"a": 12345678901234567890}'],
)  # fmt: skip
def test_odd_lines_are_left_to_the_careful_way(line: bytes) -> None:
    assert not read_natively(line)


def read_natively(line: bytes) -> bool:
    from felinar.sources.native import all_ordinary

    return all_ordinary(b'{"text": "x"}\n' + line + b"\n")


def test_more_columns_or_more_shapes_than_kernels_keep_are_left_to_the_careful_way() -> None:
    wide = json.dumps({f"c{n}": "x" for n in range(70)}).encode()
    shapes = [json.dumps({f"c{n}": "x", f"d{m}": "y"}).encode() for n in range(30) for m in range(30)]
    for lines in ([wide], shapes):
        assert not read_natively(b"\n".join(lines))
        both(piece_of(lines))


def test_lines_of_several_batches_keep_their_numbers_and_their_pictures() -> None:
    rows = [{"id": n, "text": "x" * (n % 2), "images": ["a.jpg"] * (n % 3), "date": "never"} for n in range(2_500)]
    both(piece_of([json.dumps(row).encode() for row in rows]))


def test_few_lines_are_not_worth_loading_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    few = piece_of([b'{"text": "x"}'] * 1_999)
    many = piece_of([b'{"text": "x"}'] * 2_000)
    assert (is_ordinary(few), is_ordinary(many)) == (False, True)
