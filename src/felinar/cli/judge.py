"""`felinar judge`: write down what a person decided on two adverts or operations, or on a key."""

from __future__ import annotations

from typing import Any

import click

from felinar.audit import Contact, actor, log
from felinar.cli.reading import Reading
from felinar.cli.session import Session, pass_session
from felinar.errors import FelinarError
from felinar.export.judged import as_data, sentence
from felinar.search.find import find
from felinar.store.judgements import add_judgement, all_judgements, judgements, withdraw_judgement

NEXT = "It holds from the next run on: felinar run."
_reason = click.option("--reason", required=True, help="Why, in a few words; kept with your name and the time.")


@click.group(short_help="Say what belongs together or apart; it holds in every run.")
def judge() -> None:
    """Say what belongs together, what does not, and which key is a hub; it holds in every later run.

    Nothing is overwritten: a contradiction is refused, and `withdraw` takes a judgement back while it stays written.
    """


def _of_two(verdict: str, meaning: str) -> None:
    @judge.command(verdict, help=meaning)
    @click.argument("thing")
    @click.argument("other")
    @_reason
    @pass_session
    def command(session: Session, thing: str, other: str, reason: str) -> None:
        _judge_two(Reading.open(session), thing, other, verdict, reason)


_of_two("same", "Two adverts, or two operations with all adverts that they hold now, belong together.")
_of_two("different", "Two adverts, or two operations, do not belong together: never joined, whatever they share.")
_of_two("unsure", "Somebody looked at two adverts or operations and cannot tell; nothing follows.")


def _of_key(name: str, verdict: str, meaning: str) -> None:
    @judge.command(name, help=meaning)
    @click.argument("key")
    @_reason
    @pass_session
    def command(session: Session, key: str, reason: str) -> None:
        _judge_key(Reading.open(session), key, verdict, reason)


_of_key("hub", "hub", "Strangers share this key (a booking line, a copied text): it links nothing.")
_of_key("not-a-hub", "not a hub", "One operation owns this key: it links, however many show it.")


@judge.command("withdraw")
@click.argument("number", type=int)
@_reason
@pass_session
def withdraw(session: Session, number: int, reason: str) -> None:
    """Take judgement NUMBER back; it stays written, but no longer holds."""
    reading = Reading.open(session)
    log(reading.workspace, "judge", {"verdict": "withdrawn", "judgement": number, "reason": reason})
    workspace = reading.workspace
    who = {"actor": actor(), "purpose": workspace.config.purpose, "reason": _stated(reason)}
    own = withdraw_judgement(workspace.desk, number, **who)
    text = f"Judgement {number} is withdrawn (as number {own}). {NEXT}"
    session.emit(text, {"judgement_id": own, "withdraws": number})


@judge.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those withdrawn, and the withdrawals.")
@pass_session
def list_judgements(session: Session, everything: bool) -> None:
    """List the judgements that hold, oldest first, with who gave them, when and why."""
    reading = Reading.open(session)
    found = (all_judgements if everything else judgements)(reading.workspace.desk)
    text = "\n".join(map(sentence, found)) or "No judgement holds."
    reading.show("judge", {"listed": len(found)}, text, [as_data(judgement) for judgement in found])


def _judge_two(reading: Reading, left: str, right: str, verdict: str, reason: str) -> None:
    """Write a verdict on two adverts or two operations; an operation stands for the adverts that it holds now."""
    one, other = find(reading.published, left), find(reading.published, right)
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 or "key" in kinds:
        raise FelinarError(
            f"'{verdict}' is said of two adverts or of two operations; '{left}' is {_a(one.kind)} and '{right}' is "
            f"{_a(other.kind)}. Name both by their ids (advert:123 or operation:123)."
        )
    sides = [[] if one.kind == "advert" else thing.advert_ids(reading.published) for thing in (one, other)]
    ids = {"left": str(one.thing_id), "right": str(other.thing_id)}
    details = {"scope": one.kind, **ids, "verdict": verdict, "reason": reason}
    _write(reading, details, one.kind, **ids, left_adverts=sides[0], right_adverts=sides[1])


def _judge_key(reading: Reading, what: str, verdict: str, reason: str) -> None:
    thing = find(reading.published, what)
    if thing.kind != "key":
        raise FelinarError(
            f"Only a key can be a hub; '{what}' is {_a(thing.kind)}. Name a number, an address, a text (key:ID) …"
        )
    kind, value = thing.row["key_kind"], thing.row["value"]
    details = {"scope": "key", "kind": kind, "key": Contact(value), "verdict": verdict, "reason": reason}
    _write(reading, details, "key", left=kind, right=value)


def _write(reading: Reading, details: dict[str, Any], scope: str, **sides: Any) -> None:
    """Log, write the judgement and say so; a contradiction to what others judged is logged too, and refused."""
    log(reading.workspace, "judge", details)
    workspace = reading.workspace
    said = {"scope": scope, "verdict": details["verdict"], "reason": _stated(details["reason"])}
    number = add_judgement(workspace.desk, **said, **sides, actor=actor(), purpose=workspace.config.purpose)
    written = next(j for j in judgements(workspace.desk) if j.judgement_id == number)
    reading.session.emit(f"{sentence(written)} {NEXT}", as_data(written))


def _stated(reason: str) -> str:
    if not reason.strip():
        raise FelinarError("A judgement needs a reason that others can follow: --reason 'same bag in both pictures'.")
    return reason.strip()


def _a(kind: str) -> str:
    return f"{'a' if kind == 'key' else 'an'} {kind}"
