"""`felinar export`: tables as files for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from felinar.audit import log
from felinar.cli.session import Session, pass_session
from felinar.errors import FelinarError, UnreadableInput, unknown_name
from felinar.export.formats import FORMATS, TO_STDOUT
from felinar.export.tables import BY_NAME
from felinar.store.workspace import Workspace

# Whole adverts and what was read in them: the only tables that the gate does not empty.
UNFILTERED = ("adverts", "mentions")


@click.command(
    short_help="Write a table as CSV, JSONL, Parquet or XLSX.",
    epilog="Tables: " + "; ".join(f"{e.name} ({e.meaning})" for e in BY_NAME.values()),
)
@click.argument("table")
@click.option("--format", "form", default="csv", show_default=True, help="csv, jsonl, parquet or xlsx.")
@click.option("--out", default="-", help="File to write; - writes CSV or JSONL to stdout.")
@pass_session
def export(session: Session, table: str, form: str, out: str) -> None:
    """Write a table as CSV, JSONL, Parquet or XLSX; the same tables give the same bytes.

    For Excel use xlsx: it keeps ids of 19 digits and every script, which Excel loses when it opens a CSV.
    """
    if table not in BY_NAME:
        raise unknown_name("table to export", table, BY_NAME)
    if form not in FORMATS:
        raise unknown_name("format", form, FORMATS)
    if out == "-" and form not in TO_STDOUT:
        raise FelinarError(f"{form} cannot be written to stdout; name a file with --out F.")
    workspace = Workspace.existing(session.folder())
    rows = write_export(workspace, table, form, out)
    session.say(_warning(workspace, table))
    if out != "-":
        session.emit(f"{rows:,} {table} written to {out}", {"table": table, "rows": rows, "out": out})


def _warning(workspace: Workspace, table: str) -> str:
    """Return what whoever opens the file has to know: whole adverts behind the gate."""
    from felinar.export.joined import gated_operations
    from felinar.export.sentences import count
    from felinar.store.lake import Lake

    gated = len(gated_operations(Lake(workspace.tables))) if table in UNFILTERED else 0
    if not gated:
        return ""
    return (
        f"This file holds the adverts of {count(gated, 'operation')} behind the gate 'possible minor' in full: "
        "report first, and pass it on only as your rules for such material say."
    )


def write_export(workspace: Workspace, table: str, form: str, out: str) -> int:
    """Log the export, write it to the file (or to stdout for "-"), and return its rows."""
    from felinar.store.lake import Lake

    lake = Lake(workspace.tables)
    if not lake.generation:
        raise FelinarError(f"There is nothing to export from {workspace.folder} yet; run `felinar run` first.")
    made = BY_NAME[table].table(lake)
    to = "stdout" if out == "-" else Path(out).name
    details = {"table": table, "format": form, "rows": made.num_rows, "to": to, "generation": str(lake.generation)}
    log(workspace, "export", details)
    if out == "-":
        FORMATS[form](made, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        _write_file(Path(out), form, made)
    return int(made.num_rows)


def _write_file(path: Path, form: str, made: object) -> None:
    """Write beside and rename, so that a file under this name is always whole."""
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            FORMATS[form](made, file)
        beside.replace(path)
    except OSError as problem:
        raise UnreadableInput(f"{path} cannot be written: {problem.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)
