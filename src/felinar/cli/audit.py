"""`felinar audit`: read the log, and check that nobody changed it."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from felinar.audit import Event, events, log, report, verify
from felinar.cli.session import Session, pass_session
from felinar.store.workspace import Workspace


@click.group(short_help="Show the log of who saw what and why, and check it.")
def audit() -> None:
    """Show and check the log of who saw what, when and why."""


@audit.command("verify")
@click.option("--head", default="", help="A hash noted earlier; it must still be in the chain.")
@pass_session
def verify_chain(session: Session, head: str) -> None:
    """Check every link of the chain; exit code 1 names the first event that does not hold."""
    count, last = verify(Workspace.existing(session.folder()).desk, head)
    text = f"{count:,} events, unbroken. Head of the chain (note it outside this folder): {last}"
    session.emit(text, {"events": count, "head": last, "unbroken": True})


@audit.command("report")
@pass_session
def officers_report(session: Session) -> None:
    """Show what to ask about: bulk browsing, searches without a case, repeated look-ups, refusals."""
    workspace = Workspace.existing(session.folder())
    log(workspace, "audit", {"report": True})
    found = report(events(workspace.desk), workspace.config.purpose)
    lines = [f"{f.what:<18} {f.who:<14} {f.sentence} (events {f.first} to {f.last})" for f in found]
    session.emit("\n".join(lines) or "Nothing stands out.", [asdict(finding) for finding in found])


@audit.command("list")
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many events.")
@pass_session
def list_events(session: Session, last: int) -> None:
    """Show the last events, oldest first; contact values stand as keyed hashes."""
    found = events(Workspace.existing(session.folder()).desk, last)
    data = [{**asdict(event), "details": json.loads(event.details)} for event in found]
    session.emit("\n".join(map(_line, found)) or "The log is empty.", data)


def _line(event: Event) -> str:
    details = event.details if len(event.details) <= 160 else event.details[:159] + "…"
    return f"{event.seq:>6}  {event.at[:19]}Z  {event.actor:<12}  {event.action:<8}  {event.purpose}  {details}"
