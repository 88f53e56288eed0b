"""Excel workbooks (XLSX): the first sheet that has rows under a header; read row by row."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator
from typing import IO, Any

import orjson

from felinar.errors import UnreadableInput
from felinar.sources.clean import mend_row
from felinar.sources.contract import Problems, Row
from felinar.sources.delimited import unique_names
from felinar.sources.unpack import BOMB_BYTES, BOMB_RATIO, BROKEN, Member, first_line

SUFFIXES = (".xlsx", ".xlsm")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_xlsx(head: bytes, name: str) -> bool:
    """Return whether a file that begins so is a workbook (or the wrapping of a protected or an old one)."""
    return head.startswith((b"PK\x03\x04", _OLE2))


def rows(member: Member, problems: Problems) -> Iterator[Row | None]:
    """Return the rows under the first row that is not empty; the record of a row is its cells as JSON."""
    if member.head.startswith(_OLE2):
        raise UnreadableInput(
            f"{member.name} is protected by a password, or an old .xls. Open it in Excel or LibreOffice and save it as "
            "XLSX without a password."
        )
    import openpyxl

    file = member.on_disk()
    try:
        _refuse_bomb(file, member.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles that it cannot draw; we only read texts
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
        yield from _sheets(workbook, problems)
    except (*BROKEN, TypeError, AttributeError, SyntaxError) as problem:
        raise UnreadableInput(
            f"{member.name} is not a whole workbook ({first_line(problem)}). Open it and save it again."
        ) from None
    finally:
        file.close()


def _refuse_bomb(file: IO[bytes], name: str) -> None:
    with zipfile.ZipFile(file) as archive:
        infos = archive.infolist()
    packed, unpacked = (sum(i.compress_size for i in infos), sum(i.file_size for i in infos))
    if unpacked > max(BOMB_BYTES, BOMB_RATIO * packed):
        raise UnreadableInput(
            f"{name} unpacks to {unpacked:,} bytes: it may be a ZIP bomb. Save it as CSV if you trust it."
        )
    file.seek(0)


def _sheets(workbook: Any, problems: Problems) -> Iterator[Row | None]:
    seen = False
    for sheet in workbook.worksheets:
        if seen:
            problems.note("", f"the sheet '{sheet.title}' was not read: only the first sheet with rows is")
            continue
        for row in _sheet(sheet, problems):
            seen = True
            yield row


def _sheet(sheet: Any, problems: Problems) -> Iterator[Row | None]:
    header: list[str] = []
    number = -1
    for values in sheet.iter_rows(values_only=True):
        if all(v is None or v == "" for v in values):
            continue
        texts = [_text(v) for v in values]
        if not header:
            while texts and not texts[-1].strip():
                texts.pop()
            header = unique_names(texts)
            continue
        number += 1
        if any(texts[len(header) :]):
            problems.error(number, f"the row has cells beyond the header's {len(header)} columns", " ".join(texts))
            yield None
            continue
        texts += [""] * (len(header) - len(texts))
        cells: dict[str, Any] = dict(zip(header, texts, strict=False))
        yield _row(number, cells, problems)


def _row(number: int, cells: dict[str, Any], problems: Problems) -> Row:
    """Return the row with its cells as JSON; texts that JSON cannot hold are mended."""
    try:
        record = orjson.dumps(cells)
        whole = b"\\u0000" not in record
    except TypeError:
        whole = False
    if not whole:
        cells = mend_row(number, cells, problems)
        record = orjson.dumps(cells)
    return Row(number, record, cells)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
