"""What kernels read of lines of JSON is what the careful way reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.kernels import compile as compiling
from felinar.kernels import kept
from felinar.sources import Batch, Mapping, OpenOrder, batches_of
from felinar.sources.contract import Problems
from felinar.sources.encoding import Encoding
from felinar.sources.native import is_worth_it
from felinar.sources.native import pieces as native
from felinar.sources.pictures import Pictures
from felinar.sources.piece import How, Piece, is_ordinary
from felinar.tables import ADVERTS

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
    """What the batches hold; Arrow's buffers are looked at, too. What comes last may be told sooner."""
    for batch in batches:
        batch.adverts.validate(full=True)
        batch.images.validate(full=True)
        assert batch.adverts.schema.equals(ADVERTS.schema, check_metadata=True)
    rows = [
        (list(b.records), b.adverts.to_pylist(), b.captured_at.to_pylist(), b.images.to_pylist(), b.bytes_read)
        for b in batches
        if b.records
    ]
    return [rows, sorted((r for b in batches for r in b.rejects), key=lambda r: (r.severity != "note", r.row))]


def both(given: Piece, few: int = 1) -> None:
    """Compare the two ways; dates that ask for an order ask for it in both. Of so many lines one may be odd."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(native, "FEW", few)
        try:
            expected = as_data(list(batches_of(given)))
        except OpenOrder:
            with pytest.raises(OpenOrder):
                list(batches_of(given, native=True))
            return
        assert as_data(list(batches_of(given, native=True))) == expected


@settings(deadline=None, max_examples=100)
@given(st.lists(_line(), min_size=1, max_size=6), st.sampled_from(["day_first", "month_first", ""]))
@example([b'{"text": "a"}', b'{"text": "a", "text": "b"}'], "")
@example([b'{"date": "03/04/2024"}'], "")
def test_lines_of_any_values_give_the_same_adverts(lines: list[bytes], order: str) -> None:
    both(piece_of(lines, order=order))


_usual = st.one_of(
    st.builds(json.dumps, st.one_of(_text, _text, st.lists(_text, max_size=3)), ensure_ascii=st.booleans()),
    st.sampled_from(["null", "true", "false", "[]", "0", "-12", "1.5", "-0.5", "0.01", "123456789012345678"]),
)


@settings(deadline=None, max_examples=100)
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


@settings(deadline=None, max_examples=100)
@given(st.lists(_line(), max_size=2), _broken(), st.booleans())
def test_broken_lines_give_the_same_adverts_and_rejects(lines: list[bytes], broken: bytes, ended: bool) -> None:
    both(piece_of([*lines, broken], end=b"\n" if ended else b""))


@settings(deadline=None, max_examples=30)
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
    return native.are_ordinary(b'{"text": "x"}\n' + line + b"\n")


def test_more_columns_or_more_shapes_than_kernels_keep_are_left_to_the_careful_way() -> None:
    wide = json.dumps({f"c{n}": "x" for n in range(70)}).encode()
    shapes = [json.dumps({f"c{n}": "x", f"d{m}": "y"}).encode() for n in range(30) for m in range(30)]
    for lines in ([wide], shapes):
        assert not read_natively(b"\n".join(lines))
        both(piece_of(lines))


def test_lines_of_several_batches_keep_their_numbers_and_their_pictures() -> None:
    rows = [{"id": n, "text": "x" * (n % 2), "images": ["a.jpg"] * (n % 3), "date": "never"} for n in range(2_500)]
    both(piece_of([json.dumps(row).encode() for row in rows]))


@pytest.mark.parametrize(
    "bad", [b'{"a": NaN}', b"{", b'{"text": "\xff"}', b'{"text": {"b": "c"}, "images": ["d.jpg"]}']
)
def test_an_odd_line_among_many_is_read_in_its_place(bad: bytes) -> None:
    lines = [json.dumps({"id": n, "text": "x", "images": ["a.jpg"] * (n % 3)}).encode() for n in range(2_100)]
    for place in (0, 999, 1_000, 2_099):
        given = piece_of([*lines[:place], bad, *lines[place:]])
        assert native.read(given.block, 0, Problems("a"), Pictures(None), "", None, "", 0) is not None
        both(given, native.FEW)


def test_a_file_of_other_lines_is_not_ordinary() -> None:
    odd = piece_of([b'{"text": {"a": "x"}}'] * 20)
    assert [is_ordinary(odd), is_ordinary(piece_of([b'{"text": "x"}'] * 20))] == [False, True]


def test_kernels_are_used_for_small_files_only_where_they_are_compiled(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    compiling.cache_folder.cache_clear()
    try:
        assert [is_worth_it(size) for size in (31 << 20, 32 << 20, 64 << 20)] == [False, False, True]
        kept.note_compiled("lines", Path(native.__file__).parent)
        assert [is_worth_it(size) for size in (31 << 20, 32 << 20, 64 << 20)] == [False, True, True]
    finally:
        compiling.cache_folder.cache_clear()


def test_every_kernel_is_compiled_by_the_lines_that_are_there_for_it() -> None:
    program = """if True:
        from importlib import import_module
        from pathlib import Path
        from felinar.kernels.compile import Kernel
        from felinar.sources import native
        assert native.compile_lines() == 2
        files = [path.stem for path in Path(native.__file__).parent.glob("[a-z]*.py")]
        known = [vars(import_module(f"felinar.sources.native.{file}")).values() for file in files]
        kernels = {kernel.__name__: kernel for values in known for kernel in values if isinstance(kernel, Kernel)}
        called = {name for kernel in kernels.values() for name in kernel.function.__code__.co_names}
        asked = [kernel for name, kernel in kernels.items() if name not in called]
        print(len(asked), sorted(kernel.__name__ for kernel in asked if not kernel.compiled.signatures))"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    many, _, left = done.stdout.strip().partition(" ")
    assert (int(many) > 7, left) == (True, "[]")
