"""The tables of a dossier as CSV, for spreadsheets and other programs: no cell of theirs is ever run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from felinar.export.formats import escaped_text

_ADVERTS = "exhibit advert_id operation_id posted_at source source_id url site account category language"
_MENTIONS = "exhibit field start end kind value raw region extractor confidence obscured"
_RECORDS = "exhibit chunk_sha256 offset captured_at state seal sha256 bytes file"
_REASONS = "operation_id side indicator grade points because adverts"
_KEYS = "operation_id kind value digest shown adverts hub because"
TEXTS = ("title", "body", "contact_text", "place_text", "price_text")


def sheets(exhibits: list[dict[str, Any]], operations: list[dict[str, Any]]) -> dict[str, bytes]:
    """Return the files `tables/….csv` by their path; rows in the order of the exhibits and of the page."""
    adverts = [{**e, **e["fields"]} for e in exhibits]
    mentions = [{**m, "exhibit": e["exhibit"]} for e in exhibits for m in e["mentions"]]
    records = [{**r, "exhibit": e["exhibit"]} for e in exhibits for r in e["records"]]
    return {
        "tables/adverts.csv": sheet([*_ADVERTS.split(), *TEXTS], adverts),
        "tables/mentions.csv": sheet(_MENTIONS.split(), mentions),
        "tables/records.csv": sheet(_RECORDS.split(), records),
        "tables/reasons.csv": sheet(_REASONS.split(), [row for told in operations for row in _reasons(told)]),
        "tables/keys.csv": sheet(_KEYS.split(), [row for told in operations for row in _keys(told)]),
    }


def sheet(names: list[str], rows: Iterable[dict[str, Any]]) -> bytes:
    """Return a CSV in UTF-8; a missing value is empty, and a text that a spreadsheet would run begins with '."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return file.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: Any) -> Any:
    return escaped_text(value) if isinstance(value, str) else value


def _reasons(told: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for side in ("reasons_for", "reasons_against"):
        for reason in told[side]:
            adverts = " ".join(map(str, reason["advert_ids"]))
            yield {**reason, "operation_id": told["operation_id"], "side": side[8:], "adverts": adverts}


def _keys(told: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for key in told["keys"]:
        yield {**key, "operation_id": told["operation_id"], "hub": "true" if key["hub"] else "false"}
