"""`felinar ingest`: adverts in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from felinar.cli.session import Session, pass_session

if TYPE_CHECKING:
    from felinar.pipeline.brought import Brought
    from felinar.pipeline.ingest import Ingested

_REASONS = 10


@click.command(short_help="Bring adverts in from files.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", default="", help="Name of the delivery; part of the adverts' ids.")
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="TOML file that names the columns.")
@click.option("--pictures", type=click.Path(path_type=Path, exists=True), help="Folder or ZIP that holds the pictures.")
@click.option("--text-in-pictures", is_flag=True, help="Also read what is written in them (needs tesseract).")
@pass_session
def ingest(
    session: Session, files: tuple[Path, ...], source: str, mapping_file: Path | None, pictures: Path | None,
    text_in_pictures: bool,
) -> None:  # fmt: skip
    """Bring adverts in from FILES (JSONL, CSV, TSV, XLSX, Parquet; also gzip, zstd, ZIP).

    Pictures are looked for where --pictures says and beside FILES. Of a picture on a hash list nothing is kept.
    """
    from functools import partial

    from felinar.audit import log
    from felinar.cli.mapping import column_mapping
    from felinar.cli.progress import Bar
    from felinar.pipeline.ingest import ingest as bring_in
    from felinar.store.workspace import Workspace

    workspace = Workspace.open(session.folder(), session.stated_purpose())
    columns = column_mapping(workspace.folder, files, mapping_file)
    with workspace.writing("ingest"), Bar(quiet=session.quiet) as bar, columns as mapping:
        log(workspace, "ingest", {"files": len(files)})
        take = partial(bring_in, source=source, mapping=mapping, pictures=pictures, text_in_pictures=text_in_pictures)
        done = take(workspace, files, progress=bar)
    session.emit(told(done, workspace.folder), asdict(done))


def told(done: Ingested, folder: Path) -> str:
    """Return what an ingest did, in sentences."""
    from felinar.cli.pictures_text import pictures_told
    from felinar.export.sentences import count

    lines = [f"{count(done.rows, 'row')} read: {count(done.added, 'new advert')}, {done.known:,} known already."]
    if done.rejected or done.warnings:
        lines.append(
            f"{count(done.rejected, 'row')} rejected, {count(done.warnings, 'field')} mended or left empty; "
            f"see {folder / 'rejects.jsonl'}:"
        )
        lines += _reasons(done.reasons)
    lines += pictures_told(done.pictures)
    lines += [f"Note: {note}" for note in done.notes]
    return "\n".join(lines)


def _reasons(reasons: Mapping[str, int]) -> list[str]:
    """Return the commonest reasons, a line each, and how many others there are."""
    most = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    more = [f"  … and {len(most) - _REASONS} more reasons"] if len(most) > _REASONS else []
    return [f"  {rows:,} × {reason}" for reason, rows in most[:_REASONS]] + more


def brought_told(found: Brought) -> str:
    """Return what was linked of a delivery, in a sentence."""
    from felinar.export.sentences import count

    linked = f"{count(found.linked, 'advert')} of it in {count(found.operations, 'operation')} with others"
    return f"Linked: {linked}, {found.alone:,} alone; adverts of it in {count(found.in_leads, 'lead')}."
