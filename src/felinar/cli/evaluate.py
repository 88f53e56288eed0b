"""`felinar evaluate`: the scorecard of exports against a truth."""

from __future__ import annotations

from pathlib import Path

import click

from felinar.cli.session import Session, pass_session

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Compare exports with a truth.")
@click.option("--truth", required=True, type=_FILE, help="CSV: source_id,operation_id,kind,coerced,phones.")
@click.option("--clusters", type=_FILE, help="Export of memberships: source_id,advert_id,operation_id.")
@click.option("--phones", type=_FILE, help="Export of mentions: source_id,advert_id,kind,value.")
@click.option("--leads", type=_FILE, help="Export of leads: operation_id,rank,score; needs --clusters.")
@pass_session
def evaluate(session: Session, truth: Path, clusters: Path | None, phones: Path | None, leads: Path | None) -> None:
    """Compare exports with a truth: operations, telephone numbers, leads."""
    from felinar.evaluate import evaluate as measure

    card = measure(truth, clusters, phones, leads)
    session.emit(card.text(), card.data())
