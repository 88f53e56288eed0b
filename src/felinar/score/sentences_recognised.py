"""What an operation looks like, by indicator, and the gate: evidence in, a sentence out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from felinar.score.words import counted, percent, verb

Evidence: TypeAlias = Mapping[str, Any]


def _minor(evidence: Evidence) -> str:
    adverts = f"{counted(evidence['adverts'], 'advert')} {verb(evidence['adverts'], 'states')}"
    return f"{adverts} an age under 18: follow the national reporting route first. This raises no score."


def _kept(evidence: Evidence) -> str:
    days = evidence["contact_days"]
    kept = f"was kept for {counted(days, 'day')}" if days else "was seen on one day"
    return f"one contact is on {percent(evidence['one_contact'])} of the adverts with a contact and {kept}"


def _spam(evidence: Evidence) -> str:
    return (
        f"Looks like advertising spam: one text on {percent(evidence['one_text'])} of "
        f"{counted(evidence['adverts'], 'advert')}, in {counted(evidence['places'], 'place')} and on "
        f"{counted(evidence['sites'], 'site')} at once, with {counted(evidence['names'], 'first name')}."
    )


def _scam(evidence: Evidence) -> str:
    money = f"; {percent(evidence['money'])} ask for money or name an account" if evidence["money"] else ""
    return (
        f"Looks like fraud on the reader: one or two texts on {percent(evidence['two_texts'])} of "
        f"{counted(evidence['adverts'], 'advert')}, in {counted(evidence['places'], 'place')} and on "
        f"{counted(evidence['sites'], 'site')} at once, with {counted(evidence['names'], 'first name')}{money}."
    )


def _agency(evidence: Evidence) -> str:
    names, places = counted(evidence["names"], "first name"), counted(evidence["places"], "place")
    found = _kept(evidence)
    if evidence.get("branches"):
        found = f"{evidence['branches']} of them have a contact of their own, in use side by side"
    return f"Looks like an open agency or venue: {names} in {places}; {found}."


def _employer(evidence: Evidence) -> str:
    adverts, places = counted(evidence["adverts"], "advert"), counted(evidence["places"], "place")
    return f"Looks like a regular employer: {adverts}, only job offers, in {places}; {_kept(evidence)}."


def _independent(evidence: Evidence) -> str:
    names, adverts = counted(evidence["names"], "first name"), counted(evidence["adverts"], "advert")
    return (
        f"Looks like one or two people working for themselves: {names} in {adverts} "
        f"in {counted(evidence['places'], 'place')}; {_kept(evidence)}."
    )


LOOKS_LIKE: Mapping[str, Callable[[Evidence], str]] = {
    "POSSIBLE_MINOR": _minor,
    "RECOGNISED_SPAM": _spam,
    "RECOGNISED_SCAM": _scam,
    "RECOGNISED_AGENCY": _agency,
    "RECOGNISED_EMPLOYER": _employer,
    "RECOGNISED_INDEPENDENT": _independent,
}
