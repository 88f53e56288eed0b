"""Three adverts, and a way to write them in every form that comes in."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

ADVERTS: list[dict[str, str]] = [
    {
        "id": "a1",
        "url": "https://www.Example.org/ad/1",
        "title": "Massage, Mitte",
        "text": 'Ruhige "Massage"\nbeim Bahnhof; täglich',
        "phone": "+4420 7946 0001",
        "city": "Leeds",
        "country": "UK",
        "date": "2024-01-05T13:00:00+02:00",
    },
    {
        "id": "a2",
        "url": "https://example.org/ad/2",
        "title": "Уборка",
        "text": "Уборка квартир, звоните",
        "phone": "01632 960123",
        "city": "York",
        "country": "Deutschland",
        "date": "2024-01-06",
    },
    {
        "id": "a3",
        "url": "",
        "title": "Cleaner",
        "text": "Cleaning staff wanted",
        "phone": "",
        "city": "",
        "country": "",
        "date": "",
    },
]


def as_jsonl(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


def as_csv(rows: list[dict[str, Any]], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: list[dict[str, Any]]) -> bytes:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([value or None for value in row.values()])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def as_parquet(rows: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def zstd(data: bytes) -> bytes:
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


def zipped(data: bytes, name: str = "adverts.bin") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


FORMATS = {"jsonl": as_jsonl, "csv": as_csv, "xlsx": as_xlsx, "parquet": as_parquet}
PACKINGS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstd, ".zip": zipped}
