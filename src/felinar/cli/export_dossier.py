"""`felinar export lead`, `case`, `requests`, `approve` and `refuse`: dossiers, and who allowed what is in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from felinar.access.roles import May
from felinar.audit import actor, log
from felinar.cli.session import Session, pass_session
from felinar.cli.signing import signed_in
from felinar.store.workspace import Workspace


def add_to(group: click.Group) -> None:
    """Add the commands to a group."""
    for command in (lead, case, list_requests, approve, refuse):
        group.add_command(command)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what every dossier is asked: where to, for whom, what for, and who allows identities."""
    for option in (
        click.option("--reason", default="", help="Why the recipient must have the identities; for the request."),
        click.option("--waive", default="", help="Working alone: why no second person is needed. The log keeps it."),
        click.option("--identities", is_flag=True, help="Numbers, addresses and names in full, and the records."),
        click.option("--purpose", required=True, help="What the recipient needs it for: a case number, a task."),
        click.option("--recipient", required=True, help="Who gets it: a person or an office."),
        click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="A new folder."),
    ):
        command = option(command)
    return command


@click.command("lead", short_help="a dossier of one lead: a folder that anybody can check")
@click.argument("operation_id", type=click.IntRange(0, (1 << 63) - 1))
@_options
@pass_session
def lead(session: Session, /, operation_id: int, **asked: Any) -> None:
    """Write a dossier of one operation: report, tables, records, log extract, and a verifier that needs only Python.

    Identities are masked. With --identities a second person must have approved; working alone, --waive says why not.
    """
    from felinar.export.dossier import subject

    _export(session, lambda _, published, hidden: subject.lead(published, operation_id, hidden), **asked)


@click.command("case", short_help="a dossier of all exhibits of a case")
@click.argument("case_id", type=int)
@_options
@pass_session
def case(session: Session, /, case_id: int, **asked: Any) -> None:
    """Write a dossier of all operations, adverts and notes of a case, in one folder."""
    from felinar.export.dossier import subject

    _export(session, lambda place, published, hidden: subject.of_case(place, published, case_id, hidden), **asked)


def _export(
    session: Session, find: Callable[..., Any], *, folder: Path, recipient: str, purpose: str, identities: bool,
    waive: str, reason: str,
) -> None:  # fmt: skip
    from felinar.export.dossier.gather import Order
    from felinar.export.dossier.package import make, refuse_existing, write_folder
    from felinar.export.dossier.permission import Handing, allowed
    from felinar.export.sentences import count
    from felinar.store.published import Published
    from felinar.store.watches import Who
    from felinar.watch.suppress import hidden_now

    workspace, folder = Workspace.existing(session.folder()), folder.resolve()
    refuse_existing(folder)
    published = Published.open(workspace.published)
    click.get_current_context().call_on_close(published.close)
    subject = find(workspace, published, hidden_now(workspace))
    handing = Handing(subject.name, frozenset(subject.advert_ids(published)), recipient.strip())
    handing.check(purpose)
    name = signed_in(workspace, May.EXPORT) if identities or waive else actor()
    who = Who(name, purpose.strip(), reason)
    given = allowed(workspace, handing, who, waive) if identities or waive else None
    dossier = make(Order(workspace, subject, recipient.strip(), who, given, folder.name))
    write_folder(dossier, folder)
    state = "identities masked" if dossier.masked else "identities in full"
    text = (
        f"Dossier of {count(dossier.adverts, 'advert')} written to {folder} ({state}). "
        f"Check it: python3 {folder}/verify.py\n"
        f"Note this outside the folder, SHA-256 of its manifest: {dossier.manifest_sha256}"
    )
    data = {"folder": str(folder), "adverts": dossier.adverts, "masked": dossier.masked}
    session.emit(text, data | {"manifest_sha256": dossier.manifest_sha256, "files": len(dossier.files)})


@click.command("requests", short_help="who asked to pass identities on, and what was answered")
@pass_session
def list_requests(session: Session) -> None:
    """List the requests to pass identities on, newest last."""
    from felinar.export.dossier.permission import request_told
    from felinar.store.disclosures import requests

    workspace = Workspace.existing(session.folder())
    found = requests(workspace.desk)
    log(workspace, "dossiers", {"requests": [one.request_id for one in found]})
    told = [request_told(one) for one in found]
    lines = [f"{one['request_id']:>4}  {one['state']:<9} {one['sentence']}" for one in told]
    session.emit("\n".join(lines) or "Nobody has asked.", told)


@click.command("approve", short_help="allow that identities are passed on (a second person, supervisor)")
@click.argument("request_id", type=int)
@click.option("--reason", required=True, help="Why the recipient may have them.")
@pass_session
def approve(session: Session, request_id: int, reason: str) -> None:
    """Approve request REQUEST_ID of another person; in a team you sign in as supervisor."""
    _answer(session, request_id, "approved", reason)


@click.command("refuse", short_help="refuse that identities are passed on (a second person, supervisor)")
@click.argument("request_id", type=int)
@click.option("--reason", required=True, help="Why the recipient may not have them.")
@pass_session
def refuse(session: Session, request_id: int, reason: str) -> None:
    """Refuse request REQUEST_ID of another person; in a team you sign in as supervisor."""
    _answer(session, request_id, "refused", reason)


def _answer(session: Session, request_id: int, answer: str, reason: str) -> None:
    from felinar.store.disclosures import answer_request

    workspace = Workspace.existing(session.folder())
    name = signed_in(workspace, May.APPROVE)
    log(workspace, "answer", {"request": request_id, "answer": answer, "reason": reason}, who=name)
    asked = answer_request(
        workspace.desk, request_id, answer, actor=name, purpose=workspace.config.purpose, reason=reason
    )
    session.emit(f"Request {request_id} ({asked.subject}) is {answer}.", {"request_id": request_id, "answer": answer})
