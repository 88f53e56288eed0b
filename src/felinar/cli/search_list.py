"""`felinar search --list`: a row for every value of a list, on the screen or as a table to pass on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from felinar.audit import log
from felinar.cli.reading import Reading
from felinar.cli.search import found
from felinar.cli.search_text import COLUMNS, table_row
from felinar.errors import UnreadableInput
from felinar.export.formats import escaped_text
from felinar.search.lists import read_list
from felinar.search.together import look_up_all


def search_list(reading: Reading, path: Path, out: Path | None) -> None:
    """Look up every value of a list; one entry of the log, with keyed hashes, stands before the answer."""
    values = read_list(path)
    answers = look_up_all(reading.published, values.kept)
    data = [found(reading, answer) for answer in answers]
    rows = [table_row(one) for one in data]
    noted = {"values": [answer.logged for answer in answers]}
    hits = sum(1 for answer in answers if not answer.empty)
    told = f"{hits:,} of {len(answers):,} values are in the pile. {values.told}".rstrip()
    if out is None:
        reading.show("search", noted, "\n".join("\t".join(row) for row in [COLUMNS, *rows]), data)
        reading.session.say(told)
        return
    log(reading.workspace, "export", {**noted, "table": "search list", "rows": len(rows), "to": out.name})
    _write(out, rows)
    reading.session.emit(f"{told} Written to {out}.", {"rows": len(rows), "found": hits, "out": str(out)})


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write the table as CSV for a spreadsheet: no cell is run as a formula, numbers stay as they are."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([escaped_text(cell) for cell in row] for row in rows)
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(text.getvalue(), encoding="utf-8")
        beside.replace(path)
    except OSError as problem:
        raise UnreadableInput(f"{path} cannot be written: {problem.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)
