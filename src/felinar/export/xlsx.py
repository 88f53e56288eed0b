"""Write one sheet of XLSX whose bytes do not depend on the day: openpyxl dates its files, so the dates are fixed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

from felinar.errors import FelinarError

MOST_ROWS = 1_048_575  # under the header
MOST_CHARACTERS = 32_767
_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  openpyxl wants a naive time
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_sheet(names: list[str], rows: Iterable[tuple[Any, ...]], ids: set[int], file: BinaryIO) -> None:
    """Write the header and rows; columns in `ids` as text, control characters left out, long texts cut with …."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("export")
    sheet.append(names)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise FelinarError(f"An XLSX sheet holds {MOST_ROWS:,} rows and there are more. Use --format csv.")
        sheet.append([_cell(value, place in ids) for place, value in enumerate(row)])
    book.properties.created = _DAY
    made = BytesIO()
    book.save(made)
    _write_undated(made, file)


def _cell(value: Any, is_id: bool) -> Any:
    if isinstance(value, str):
        clean = _FORBIDDEN.sub("", value)
        return clean if len(clean) <= MOST_CHARACTERS else clean[: MOST_CHARACTERS - 1] + "…"
    return str(value) if is_id and value is not None else value


def _write_undated(made: BytesIO, file: BinaryIO) -> None:
    """Copy the archive with one date for all entries, and that date inside the properties."""
    day = _DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(made) as dated, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as plain:
        for name in sorted(dated.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = dated.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + day, content)
            plain.writestr(zipfile.ZipInfo(name, _ZIP_DAY), content, zipfile.ZIP_DEFLATED)
