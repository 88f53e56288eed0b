"""`felinar export`: tables as files for other programs, and dossiers of leads and cases."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from felinar.audit import log
from felinar.cli import export_dossier
from felinar.cli.session import Session, pass_session
from felinar.errors import FelinarError, UnreadableInput, unknown_name
from felinar.export.contract import Exporter
from felinar.export.formats import FORMATS, TO_STDOUT
from felinar.export.tables import BY_NAME
from felinar.store.workspace import Workspace

# Whole adverts and what was read in them: the only tables that the gate does not empty.
UNFILTERED = ("adverts", "mentions")


class Tables(click.Group):
    """A group with a command for each table, so that a new exporter needs no line here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the tables in their order, then the commands on dossiers."""
        return [*BY_NAME, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a table, or one on dossiers."""
        return _command(BY_NAME[cmd_name]) if cmd_name in BY_NAME else super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which table was probably meant."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise unknown_name("table to export", args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


@click.group(cls=Tables, short_help="Write tables, or dossiers of a lead or a case.")
def export() -> None:
    """Write a table as CSV, JSONL, Parquet or XLSX, or a dossier of a lead or a case that anybody can check.

    The same tables give the same bytes. For Excel use xlsx: it keeps ids of 19 digits and every script.
    """


def _command(exporter: Exporter) -> click.Command:
    @click.command(exporter.name, help=f"Write {exporter.meaning}.", short_help=exporter.meaning)
    @click.option("--format", "form", default="csv", show_default=True, help="csv, jsonl, parquet or xlsx.")
    @click.option("--out", default="-", help="File to write; - writes CSV or JSONL to stdout.")
    @pass_session
    def one(session: Session, form: str, out: str) -> None:
        _export_table(session, exporter.name, form, out)

    return one


def _export_table(session: Session, table: str, form: str, out: str) -> None:
    if form not in FORMATS:
        raise unknown_name("format", form, FORMATS)
    if out == "-" and form not in TO_STDOUT:
        raise FelinarError(f"{form} cannot be written to stdout; name a file with --out F.")
    workspace = Workspace.existing(session.folder())
    rows, hidden = write_export(workspace, table, form, out)
    session.say(_warning(workspace, table))
    session.say(_kept_back(hidden))
    if out != "-":
        data = {"table": table, "rows": rows, "out": out, "suppressed_operations": hidden}
        session.emit(f"{rows:,} {table} written to {out}", data)


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


def _kept_back(hidden: int) -> str:
    from felinar.export.sentences import count

    return f"{count(hidden, 'suppressed operation')} and what hangs on them alone were left out." if hidden else ""


def write_export(workspace: Workspace, table: str, form: str, out: str) -> tuple[int, int]:
    """Log the export, write it to the file (or to stdout for "-"); return its rows and the operations left out."""
    from felinar.export.surfaced import Surfaced
    from felinar.store.lake import Lake
    from felinar.watch.suppress import hidden_now

    lake = Lake(workspace.tables)
    if not lake.generation:
        raise FelinarError(f"There is nothing to export from {workspace.folder} yet; run `felinar run` first.")
    hidden = hidden_now(workspace)
    made = BY_NAME[table].table(Surfaced(lake, hidden) if hidden else lake)
    to = "stdout" if out == "-" else Path(out).name
    details = {"table": table, "format": form, "rows": made.num_rows, "to": to, "generation": str(lake.generation)}
    log(workspace, "export", details | ({"suppressed": len(hidden)} if hidden else {}))
    if out == "-":
        FORMATS[form](made, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        _write_file(Path(out), form, made)
    return int(made.num_rows), len(hidden)


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


export_dossier.add_to(export)
