from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sources_samples import ADVERTS, FORMATS, PACKINGS, as_csv, as_jsonl, zipped, zstd

from felinar.ids import canonical_json, id_of_bytes
from felinar.sources import Mapping, propose_mapping, read, read_rows
from felinar.sources.contract import Problems
from felinar.sources.encoding import Encoding, lines
from felinar.sources.identity import advert_id_of
from felinar.sources.json_lines import _by_braces
from felinar.tables import ADVERTS as TABLE
from felinar.tables import IMAGES

File = Callable[[str, bytes], Path]


def adverts(path: Path, **settings: Any) -> list[dict[str, Any]]:
    """Every advert of a file; each batch holds to its promises."""
    out: list[dict[str, Any]] = []
    for batch in read(path, **settings):
        assert batch.adverts.schema.equals(TABLE.schema)
        assert batch.images.schema.equals(IMAGES.schema)
        assert len(batch.records) == batch.adverts.num_rows == len(batch.captured_at) <= 1_000
        assert 0 < batch.bytes_read <= path.stat().st_size
        out += batch.adverts.to_pylist()
    return out


def rejects(path: Path, severity: str = "") -> list[Any]:
    return [r for batch in read(path) for r in batch.rejects if not severity or r.severity == severity]


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("form", FORMATS)
def test_reads_the_same_adverts_in_every_format_and_packing(file: File, form: str, packing: str) -> None:
    name = f"adverts.{form}" if packing != ".zip" else "adverts"
    read_back = adverts(file(name + packing, PACKINGS[packing](FORMATS[form](ADVERTS))))
    assert [a["body"] for a in read_back] == [row["text"] for row in ADVERTS]
    assert [a["advert_id"] for a in read_back] == [
        a["advert_id"] for a in adverts(file("plain.jsonl", as_jsonl(ADVERTS)))
    ]
    first = read_back[0]
    assert (first["source_id"], first["site"], first["country_hint"]) == ("a1", "example.org", "GB")
    assert first["posted_at"].isoformat() == "2024-01-05T11:00:00+00:00"
    assert first["contact_text"] == "+4420 7946 0001"
    assert first["body_parts"] == [{"name": "text", "start": 0, "end": len(ADVERTS[0]["text"])}]
    assert [a["country_hint"] for a in read_back] == ["GB", "DE", ""]


def test_the_name_of_a_file_does_not_matter_when_its_content_is_clear(file: File) -> None:
    for form, write in FORMATS.items():
        assert len(adverts(file(f"{form}.dat", write(ADVERTS)))) == 3


def test_keeps_the_original_bytes_of_each_record(file: File) -> None:
    path = file("a.jsonl", b'{"text": "one"}\r\n{"text":"two",  "x":1}')
    assert [r for b in read(path) for r in b.records] == [b'{"text": "one"}', b'{"text":"two",  "x":1}']
    path = file("a.csv", b'text,id\r\n"one\nmore",1\r\ntwo,2')
    assert [r for b in read(path) for r in b.records] == [b'"one\nmore",1', b"two,2"]
    wide = "text;id\nänd;1\n".encode("utf-16")
    assert [r for b in read(file("w.csv", wide)) for r in b.records] == ["änd;1".encode("utf-16-le")]


def test_the_id_is_63_bits_of_the_sha256_of_canonical_json() -> None:
    content = {"source": "s", "source_id": "1", "url": "u", "site": "x", "title": "ä\n", "body": 'b"\x7f', "contact_text": "", "posted_at": ""}  # fmt: skip  # noqa: E501
    expected = id_of_bytes(canonical_json(content).encode())
    assert advert_id_of("s", "1", "u", "x", "ä\n", 'b"\x7f', "", "") == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=8, max_size=8))
def test_ids_of_any_text_follow_canonical_json(parts: list[str]) -> None:
    names = ("source", "source_id", "url", "site", "title", "body", "contact_text", "posted_at")
    expected = id_of_bytes(canonical_json(dict(zip(names, parts, strict=True))).encode())
    assert advert_id_of(*parts) == expected


def test_ids_do_not_depend_on_order_file_or_batch(file: File) -> None:
    rows = [{"id": str(i), "text": f"advert number {i}", "date": "2024-02-03"} for i in range(2_500)]
    whole = adverts(file("whole.jsonl", as_jsonl(rows)))
    turned = adverts(file("turned.jsonl", as_jsonl(rows[::-1])))
    parts = [a for k in range(5) for a in adverts(file(f"{k}.csv", as_csv(rows[k * 500 : k * 500 + 500])))]
    assert [a["advert_id"] for a in whole] == [a["advert_id"] for a in turned][::-1] == [a["advert_id"] for a in parts]
    assert len({a["advert_id"] for a in whole}) == 2_500


def test_ten_thousand_identical_rows_come_in_as_they_are(file: File) -> None:
    path = file("same.jsonl", as_jsonl([{"text": "the same"}]) * 10_000)
    assert len({a["advert_id"] for a in adverts(path)}) == 1
    assert sum(len(b.records) for b in read(path)) == 10_000


def test_labels_are_never_read(file: File) -> None:
    row = {
        "text": "advert",
        "fraudulent": "1",
        "Is_Trafficking": 1,
        "operation_id": 7,
        "truth": {"op": 3},
        "colour": "red",
    }
    path = file("a.jsonl", as_jsonl([row]))
    assert adverts(path)[0]["extra"] == '{"colour":"red"}'
    notes = rejects(path, "note")
    assert [n.column for n in notes] == ["Is_Trafficking", "fraudulent", "operation_id", "truth.op"]
    assert propose_mapping(path).fields == {"body": ("text",)}


def test_several_text_columns_make_one_body_with_named_parts(file: File) -> None:
    row = {
        "description": "work",
        "company_profile": "",
        "benefits": "pay",
        "job_id": "7",
        "location": "US, IL, Chicago",
    }
    advert = adverts(file("a.csv", as_csv([row])))[0]
    assert advert["body"] == "work\n\npay"
    assert [advert["body"][p["start"] : p["end"]] for p in advert["body_parts"]] == ["work", "pay"]
    assert (advert["category"], advert["country_hint"], advert["place_text"]) == ("job", "US", "US, IL, Chicago")


def test_reads_a_schema_org_job_posting(file: File) -> None:
    row = {
        "@type": "JobPosting",
        "title": "Cleaner",
        "description": "Cleaning of offices",
        "datePosted": "2024-03-01",
        "jobLocation": {"@type": "Place", "address": {"addressLocality": "Köln", "addressCountry": "DE"}},
        "baseSalary": {"currency": "EUR", "value": {"value": 14, "unitText": "HOUR"}},
        "hiringOrganization": {"name": "Example GmbH"},
    }
    advert = adverts(file("a.json", orjson.dumps([row], option=orjson.OPT_INDENT_2)))[0]
    assert (advert["category"], advert["place_text"], advert["country_hint"]) == ("job", "Köln", "DE")
    assert advert["price_text"] == "EUR 14 HOUR"
    assert orjson.loads(advert["extra"])["hiringOrganization.name"] == "Example GmbH"


def test_categories_languages_and_countries_are_read_in_words(file: File) -> None:
    rows = [
        {
            "text": "a",
            "category": "Massage & Spa",
            "language": "English",
            "country": "România",
            "lat": "51,5",
            "lon": -0.1,
        },
        {"text": "b", "category": "Antiques", "language": "de-AT", "country": "Atlantis", "lat": "95", "lon": ""},
    ]
    first, second = adverts(file("a.jsonl", as_jsonl(rows)))
    assert (first["category"], first["language"], first["country_hint"]) == ("service", "en", "RO")
    assert (first["latitude"], first["longitude"]) == (51.5, -0.1)
    assert (second["category"], second["language"], second["country_hint"], second["latitude"]) == ("", "de", "", None)
    assert second["extra"] == '{"category":"Antiques","country":"Atlantis"}'


def test_pictures_beside_the_adverts_are_hashed_and_no_others(file: File, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.jpg").write_bytes(b"picture")
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (inside / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    names = ["a.jpg", "../secret.jpg", "link.jpg", str(tmp_path / "secret.jpg"), "https://example.org/x.jpg"]
    path = inside / "a.jsonl"
    path.write_bytes(as_jsonl([{"text": "t", "images": names}, {"text": "u", "images": '["a.jpg"]'}]))
    images = pa.concat_tables([b.images for b in read(path)]).to_pylist()
    assert [i["path"] for i in images] == [*names, "a.jpg"]
    assert [bool(i["sha256"]) for i in images] == [True, False, False, False, False, True]
    assert images[0]["image_id"] == images[0]["sha256"] == images[5]["image_id"]
    assert [i["position"] for i in images] == [0, 1, 2, 3, 4, 0]


def test_every_table_in_a_zip_is_read_and_the_rest_passed_over(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for form, write in FORMATS.items():
            archive.writestr(f"x/{form}.{form}", write(ADVERTS))
        archive.writestr("readme.txt", "hello")
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
        archive.writestr("__MACOSX/._a.csv", b"\0\1")
    assert len(adverts(path)) == 12


def test_a_mapping_is_proposed_saved_loaded_and_used(file: File, tmp_path: Path) -> None:
    path = file("a.csv", as_csv([{"nr": "1", "wording": "a long text of an advert", "when": "03/04/2024"}]))
    proposed = propose_mapping(path)
    assert proposed.fields == {"body": ("wording",)}
    chosen = Mapping({**proposed.fields, "posted_at": ("when",), "source_id": ("nr",)}, "month_first", "service")
    chosen.save(tmp_path / "m.toml")
    assert Mapping.load(tmp_path / "m.toml") == chosen
    advert = adverts(path, mapping=chosen)[0]
    assert (advert["source_id"], advert["posted_at"].month, advert["category"]) == ("1", 3, "service")


def test_plain_rows_are_given_for_extract_and_templates(file: File) -> None:
    path = file("a.csv", b"anything,b\nx,1\nbad\ny,2\n")
    assert list(read_rows(path)) == [(0, {"anything": "x", "b": "1"}), (2, {"anything": "y", "b": "2"})]
    assert list(read_rows(file("b.jsonl", b'{"a": {"b": 1.0}, "c": null, "d": [1, true]}'))) == [
        (0, {"a.b": "1", "c": "", "d": "1, true"})
    ]


# Control characters are left out: a few of them in a small file are taken for a binary one, and refused.
_texts = st.lists(
    st.tuples(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.text("ab\",;|\n\r' ")),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_texts, st.sampled_from(",;\t|"))
def test_what_is_written_as_csv_is_read_back_unchanged(file: File, rows: list[tuple[str, str]], delimiter: str) -> None:
    written = [{"id": str(n), "text": text, "title": title} for n, (text, title) in enumerate(rows)]
    path = file("r.csv", as_csv(written, delimiter))
    assert rejects(path, "error") == []
    assert [(a["body"], a["title"]) for a in adverts(path)] == rows


def test_the_real_job_adverts_come_in_without_a_mapping() -> None:
    root = Path(__file__).parents[2]
    path = Path(os.environ.get("FELINAR_SHARED", root / "../shared")) / "data/jobs/job_adverts.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here: the job adverts may not be redistributed")
    batches = list(read(path))
    assert sum(b.adverts.num_rows for b in batches) == 710
    found = [r for b in batches for r in b.rejects]
    assert [(r.severity, r.column) for r in found] == [("note", "fraudulent")]
    assert all("fraudulent" not in extra for b in batches for extra in b.adverts["extra"].to_pylist())
    assert {c for b in batches for c in b.adverts["category"].to_pylist()} == {"job"}


def test_zipped_name_is_shown_in_rejects(file: File) -> None:
    path = file("a.zip", zipped(b'{"text": "a"}\n[1]\n', "inner.jsonl"))
    assert [(r.file, r.row) for r in rejects(path, "error")] == [("a.zip/inner.jsonl", 1)]


def test_gzip_and_zstd_files_glued_together_are_read_to_the_end(file: File) -> None:
    import gzip

    parts = [as_jsonl(ADVERTS[:1]), as_jsonl(ADVERTS[1:])]
    for name, pack in (("a.gz", gzip.compress), ("a.zst", zstd)):
        assert len(adverts(file(name, b"".join(pack(part) for part in parts)))) == 3


class _InPieces:
    """A stream that gives one piece at a time."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        self._pieces = []
        for size in sizes:
            self._pieces.append(data[:size])
            data = data[size:]
        self._pieces.append(data)
        self._pieces = [p for p in self._pieces if p]

    def read(self, size: int) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


_objects = st.lists(st.dictionaries(st.text('a{}["\\,', max_size=4), st.text('b{}]"\\\n'), max_size=3), max_size=4)


@given(_objects, st.lists(st.integers(1, 9), max_size=30), st.booleans())
def test_objects_in_a_list_are_cut_as_a_whole_parser_reads_them(
    objects: list[dict[str, str]], sizes: list[int], spread: bool
) -> None:
    data = orjson.dumps(objects, option=orjson.OPT_INDENT_2 if spread else None)
    found = list(_by_braces(_InPieces(data, sizes), Encoding("utf-8"), Problems("a")))
    assert [row.cells for row in found if row] == json.loads(data)


@given(
    st.binary(max_size=60).map(lambda b: b.replace(b"\r", b"").replace(b"\xef", b"")),
    st.lists(st.integers(1, 9), max_size=20),
)
def test_lines_are_the_same_whatever_the_pieces(data: bytes, sizes: list[int]) -> None:
    found = list(lines(_InPieces(data, sizes), Encoding("utf-8")))
    assert found == data.splitlines(keepends=True)
