"""Lists that are no lines: workbooks, contact cards, and text in which contacts stand."""

from __future__ import annotations

import importlib
import io
import quopri
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from felinar.errors import UnreadableInput
from felinar.kernels.fold import fold
from felinar.search.readings import KINDS

_CARD = re.compile(r"\s*BEGIN:VCARD\s", re.IGNORECASE)
_PROPERTY = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;[^:]*)?):(.*)", re.DOTALL)
_QUOTED = re.compile("QUOTED-PRINTABLE", re.IGNORECASE)
_ASKED = {"TEL", "EMAIL", "URL", "IMPP", "X-SOCIALPROFILE"}
_MOST_UNPACKED = 200 << 20


def is_workbook(content: bytes) -> bool:
    """Return whether the content is a workbook, as XLSX is: a ZIP archive."""
    return content.startswith(b"PK\x03\x04")


def rows_of_workbook(content: bytes, name: str) -> Iterator[list[str]]:
    """Yield the rows of the first sheet that has any, as text; an error where it is no whole workbook."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > _MOST_UNPACKED:
            raise UnreadableInput(f"{name} unpacks to {unpacked:,} bytes, which no list needs. Save it as CSV.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles that openpyxl cannot draw; we only read texts
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
            if any(any(row) for row in rows):
                yield from rows
                return
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as problem:
        raise UnreadableInput(f"{name} is not a whole workbook ({problem}). Open it and save it again.") from None


def _cell(value: Any) -> str:
    """Return a cell as it was typed: Excel keeps a telephone number as 7700900123.0."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def is_cards(text: str) -> bool:
    """Return whether the text is a file of contact cards (VCF)."""
    return _CARD.match(text) is not None


def values_of_cards(text: str) -> Iterator[str]:
    """Yield the numbers, addresses, links and messenger names of the cards, in their order; no name, no picture."""
    for line in _lines_of_cards(text):
        match = _PROPERTY.match(line)
        if match and match[1].upper() in _ASKED:
            value = match[3].strip()
            if _QUOTED.search(match[2]):
                value = quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")
            value = re.sub(r"\\([,;:])", r"\1", value)
            yield re.sub(r"^(tel|mailto|xmpp|x-apple):", "", value.strip(), flags=re.IGNORECASE)


def _lines_of_cards(text: str) -> list[str]:
    """Return the lines of cards, those that were broken joined: a blank begins the rest, or = ends the first part."""
    lines: list[str] = []
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        if lines and lines[-1].endswith("=") and _QUOTED.search(lines[-1]):
            lines[-1] = lines[-1][:-1] + line
        else:
            lines.append(line)
    return lines


def contacts_of_text(text: str) -> Iterator[str]:
    """Yield the contacts that the extractors read in a text, as it writes them, in their order."""
    from felinar.extract.contract import Context

    folded = fold(text)
    found: list[tuple[int, int]] = []
    for kind in KINDS:
        extractor = getattr(importlib.import_module(f"felinar.extract.{kind}"), kind.upper())
        spans = [(one.start, one.end) for one in extractor.find(folded, Context()) if one.start is not None]
        # A link that is only the domain of an address, or a number inside a link, is not said twice.
        found += [span for span in spans if not any(a <= span[0] and span[1] <= b for a, b in found)]
    for start, end in sorted(found):
        yield " ".join(text[start:end].split())
