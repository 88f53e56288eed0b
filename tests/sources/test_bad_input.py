from __future__ import annotations

import gzip
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sources_samples import ADVERTS, as_csv, as_jsonl, as_parquet, as_xlsx, zipped, zstd

from felinar.errors import UnreadableInput
from felinar.sources import Mapping, read, unpack

File = Callable[[str, bytes], Path]
MANY = [{"id": str(i), "text": f"advert {i} {os.urandom(200).hex()}"} for i in range(3_000)]


def everything(path: Path) -> tuple[list[str], list[tuple[str, int, str]]]:
    batches = list(read(path))
    bodies = [body for b in batches for body in b.adverts["body"].to_pylist()]
    return bodies, [(r.severity, r.row, r.reason) for b in batches for r in b.rejects]


def protected_zip() -> bytes:
    data = bytearray(zipped(as_csv(ADVERTS), "a.csv"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


BAD = {
    "empty.csv": (b"", "is empty"),
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + bytes(100), "is a picture"),
    "noise.csv": (bytes(range(256)) * 400, "mostly binary"),
    "noise.xlsx": (bytes(range(256)) * 400, "is no XLSX file, though its name says so"),
    "noise.parquet": (bytes(range(256)) * 400, "is no Parquet file, though its name says so"),
    "cut.jsonl.gz": (gzip.compress(as_jsonl(MANY))[:-9_000], "damaged or cut off"),
    "cut.jsonl.zst": (zstd(as_jsonl(MANY))[:-9_000], "damaged or cut off"),
    "cut.zip": (zipped(as_jsonl(MANY), "a.jsonl")[:-9_000], "damaged or cut off"),
    "cut.xlsx": (as_xlsx(ADVERTS)[:-900], "damaged or cut off"),
    "cut.parquet": (as_parquet(ADVERTS)[:-90], "not a whole Parquet file"),
    "cut.xlsx.gz": (gzip.compress(as_xlsx(ADVERTS)[:-900]), "not a whole workbook"),
    "protected.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "protected by a password"),
    "protected.zip": (protected_zip(), "protected by a password"),
    "pictures.zip": (zipped(b"x", "a.jpg")[:0] + zipped(b"\x89PNG\r\n", "a.jpg"), "is a picture"),
    "page.csv": (b"\xef\xbb\xbf <!DOCTYPE html>\n<html><body>text</body></html>", "is a web page"),
    "nothing.zip": (b"PK\x05\x06" + bytes(18), "is an empty ZIP"),
    "unknown.csv": (b"alpha,beta\n1,2\n", "'alpha', 'beta'"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_gets_one_sentence(file: File, name: str) -> None:
    content, words = BAD[name]
    with pytest.raises(UnreadableInput) as caught:
        list(read(file(name, content)))
    assert words in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="There is no file"):
        next(iter(read(tmp_path / "none.csv")))
    with pytest.raises(UnreadableInput, match="is a folder"):
        next(iter(read(tmp_path)))


@pytest.mark.parametrize("content", [b"id,text\n", b"\xef\xbb\xbfid;text", b"\n\n", b"[]"])
def test_a_file_without_rows_is_no_error_but_says_so(file: File, content: bytes) -> None:
    bodies, found = everything(file("a.csv", content))
    assert bodies == []
    assert [(severity, reason) for severity, _, reason in found] == [
        ("note", "the file holds no rows, at most a header")
    ]


def test_a_bad_line_costs_no_other_line(file: File) -> None:
    lines = [b'{"text":"a"}', b"{broken", b"[1,2]", b"null", b"", b'{"text":"b"}', b"[" * 100_000]
    bodies, found = everything(file("a.jsonl", b"\n".join(lines)))
    assert bodies == ["a", "b"]
    assert [(severity, row) for severity, row, _ in found] == [("error", 1), ("error", 2), ("error", 3), ("error", 5)]


def test_a_line_of_many_megabytes_is_left_out_with_its_size(file: File) -> None:
    long = b'{"text":"' + b"x" * 17_000_000 + b'"}\n'
    bodies, found = everything(file("a.jsonl", b'{"text":"a"}\n' + long + b'{"text":"b"}\n'))
    assert bodies == ["a", "b"]
    assert [(f[0], f[1]) for f in found] == [("error", 1)]
    assert f"{len(long):,}" in found[0][2]
    bodies, found = everything(file("a.csv", b"text,id\na,1\n" + b"y" * 17_000_000 + b",2\nb,3\n"))
    assert bodies == ["a", "b"]
    assert [(f[0], f[1]) for f in found] == [("error", 1)]
    bodies, found = everything(file("one.jsonl", b'{"text":"' + b"x" * 50_000_000))
    assert bodies == []
    assert "50,000,009" in found[0][2]


def test_an_advert_of_a_megabyte_of_digits_comes_in(file: File) -> None:
    bodies, _ = everything(file("a.jsonl", b'{"text":"' + b"7" * 1_000_000 + b'"}'))
    assert len(bodies[0]) == 1_000_000


def test_rows_with_too_many_or_too_few_cells_are_left_out(file: File) -> None:
    bodies, found = everything(file("a.csv", b"text,id\na,1\nb\nc,2,3\nd,4,,\ne,5\n"))
    assert bodies == ["a", "d", "e"]
    assert [(f[0], f[1]) for f in found] == [("error", 1), ("error", 2)]
    assert found[0][2] == "the row has 1 cells, the header has 2; check its quotes and separators"


@pytest.mark.parametrize("tail", ["", 'x,"y"\n'])
def test_a_stray_quote_costs_at_most_its_own_row(file: File, tail: str) -> None:
    rows = "".join(f"advert {i},{i}\n" for i in range(50))
    bodies, found = everything(file("a.csv", f'text,id\n"5 inch, wide,0\n{rows}{tail}'.encode()))
    assert bodies[:50] == [f"advert {i}" for i in range(50)]
    assert [f[0] for f in found] == ["error"]


def test_rows_of_separators_alone_are_left_out_and_the_others_keep_their_numbers(file: File) -> None:
    bodies, found = everything(file("a.csv", b'text;id\none;0\n;\ntwo;2\n "" ; \nthree;5;6\n;\n'))
    assert bodies == ["one", "two"]
    assert [(severity, row) for severity, row, _ in found] == [("note", 0), ("error", 4)]


def test_a_stray_quote_in_a_row_that_fits_is_read_as_it_stands(file: File) -> None:
    bodies, found = everything(file("a.csv", b'text,id\n"5 inch,0\nadvert,1\nlast,2\n'))
    assert bodies == ['"5 inch', "advert", "last"]
    assert [f[0] for f in found] == ["warning"]


def test_nul_surrogates_and_bad_bytes_are_mended_with_a_warning(file: File) -> None:
    bodies, found = everything(
        file("a.csv", "text,id\nschön,1\nein\0s,2\nzw\udcffei,3\n".encode("utf-8", "surrogateescape"))
    )
    assert bodies == ["schön", "eins", "zw\ufffdei"]
    assert [(f[0], f[1]) for f in found] == [("warning", 1), ("warning", 2)]
    lines = [
        b'{"text":"a\\ud83db"}',
        b'{"text":"a\\u0000b"}',
        b'{"text":"a\0b"}',
        b'{"text":"a\xffb"}',
        b'{"text":"\xc3\xa9"}',
    ]
    bodies, found = everything(file("a.jsonl", b"\n".join(lines)))
    assert bodies == ["a\ufffdb", "ab", "ab", "a\ufffdb", "é"]
    assert [(f[0], f[1]) for f in found] == [("warning", n) for n in range(4)]


def test_impossible_dates_leave_the_field_empty_and_9999_is_kept(file: File) -> None:
    rows = [
        {"text": t, "date": d}
        for t, d in (("a", "0000-01-01"), ("b", "9999-12-31"), ("c", "31/02/2024"), ("d", "soon"))
    ]
    batch = next(iter(read(file("a.jsonl", as_jsonl(rows)))))
    assert [t and t.year for t in batch.adverts["posted_at"].to_pylist()] == [None, 9999, None, None]
    assert [(r.severity, r.row, r.column) for r in batch.rejects] == [("warning", n, "date") for n in range(4)]


def test_a_bomb_is_stopped(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "BOMB_BYTES", 1 << 20)
    rows = b"text\n" + (b"a" * 100_000 + b"\n") * 60
    for name, content in (("a.zip", zipped(rows, "a.csv")), ("a.csv.gz", gzip.compress(rows))):
        with pytest.raises(UnreadableInput, match="bomb"):
            list(read(file(name, content)))


def test_a_mapping_that_does_not_fit_is_refused(file: File, tmp_path: Path) -> None:
    path = file("a.csv", as_csv(ADVERTS))
    with pytest.raises(UnreadableInput, match="no column 'words'"):
        list(read(path, mapping=Mapping({"body": ("words",)})))
    for text, words in (("[fields]\nbdy = 'x'", "Did you mean 'body'"), ("dates = 'x'", "dates"), ("[fields", "cannot be read"), ("[fields]\nbody = 'label'", "label")):  # fmt: skip  # noqa: E501
        (tmp_path / "m.toml").write_text(text)
        with pytest.raises(Exception, match=words):
            Mapping.load(tmp_path / "m.toml")


def test_a_damaged_member_deep_in_a_zip_is_noticed(file: File) -> None:
    data = bytearray(zipped(as_jsonl(MANY), "a.jsonl"))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(UnreadableInput, match="damaged"):
        list(read(file("a.zip", bytes(data))))


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_are_read_or_refused_in_one_sentence(file: File, seed: int) -> None:
    chance = random.Random(seed)
    whole = [as_csv(ADVERTS), as_jsonl(ADVERTS), as_xlsx(ADVERTS), as_parquet(ADVERTS)]
    packed = [*whole, gzip.compress(whole[0]), zstd(whole[1]), zipped(whole[0], "a.csv"), zipped(whole[2], "a.xlsx")]
    for number, content in enumerate(packed):
        data = bytearray(content)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            everything(file(f"{number}.bin", bytes(data)))
        except UnreadableInput as problem:
            assert "\n" not in str(problem)
