"""What linked adverts show, by indicator: evidence in, a sentence out that could be read out in court.

Nothing heavy is imported here: a lead is explained without the stage that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from felinar.score.words import counted, decimal, joined, percent, period, some_of

Evidence: TypeAlias = Mapping[str, Any]


_CONTACTS = {"phone": "telephone number", "email": "e-mail address", "handle": "handle", "url": "link"}


def _when(evidence: Evidence) -> str:
    when = period(evidence.get("first", ""), evidence.get("last", ""))
    return f", {when}" if when else ""


def _all_contacts(evidence: Evidence) -> str:
    several = evidence["contacts"] > 1
    return f"the {evidence['contacts']} contacts of this operation together" if several else "the only contact shown"


def _names(evidence: Evidence) -> str:
    who = evidence["contact"] if "contact" in evidence else _all_contacts(evidence)
    within = f" within {evidence['days']} days" if "days" in evidence else ""
    names = some_of(evidence["examples"], evidence["names"])
    usual = counted(evidence["usual"], "first name")
    return (
        f"{evidence['names']} different first names stand behind {who}{within} ({names}){_when(evidence)}; "
        f"contacts with as many adverts show {usual} as a rule."
    )


def _rotation(evidence: Evidence) -> str:
    short = evidence["short"]
    which = "each of them" if short == evidence["contacts"] else f"{short or 'none'} of them"
    contacts = counted(evidence["contacts"], f"different {_CONTACTS.get(evidence['kind'], 'contact')}")
    places = f", in {counted(evidence['places'], 'place')}" if evidence.get("places") else ""
    return (
        f"{contacts} were used within {evidence['days']} days{_when(evidence)}{places}, one replaced by the next "
        f"{_times(evidence['changes'])}; {which} for less than {evidence['short_days']} days."
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _circuit(evidence: Evidence) -> str:
    names, places = counted(evidence["names"], "name"), counted(evidence["places"], "place")
    if "stops" in evidence:
        return (
            f"The adverts of {names} moved together, one place at a time{_when(evidence)}: "
            f"{counted(evidence['stops'], 'stop')} in {places} (first {' → '.join(evidence['examples'])})."
        )
    who = f"{evidence['contact']} stands for {names}" if "contact" in evidence else f"The adverts of {names} stand"
    return f"{who} in {places} ({some_of(evidence['examples'], evidence['places'])}){_when(evidence)}."


def _simultaneous(evidence: Evidence) -> str:
    places = some_of(evidence["examples"], evidence["places"])
    if "within_days" in evidence:
        return (
            f"Within {evidence['within_days']} days{_when(evidence)}, the contact {evidence['contact']} stood in "
            f"{counted(evidence['places'], 'place')} ({places})."
        )
    return (
        f"On {counted(evidence['times'], 'day')}{_when(evidence)}, one contact stood in different places within "
        f"24 hours ({places}); one such contact is {evidence['contact']}."
    )


def _apart(evidence: Evidence) -> str:
    names, places = counted(evidence["names"], "name"), counted(evidence["places"], "place")
    return (
        f"{evidence['contact']} stands for {names} in {places} "
        f"({some_of(evidence['examples'], evidence['places'])}){_when(evidence)}, "
        f"some of them in different places within the same {evidence['within_days']} days."
    )


def _shared(thing: str, things: str) -> Callable[[Evidence], str]:
    def because(evidence: Evidence) -> str:
        parts = [
            counted(evidence[part], word)
            for part, word in (("contacts", "contact"), ("names", "first name"))
            if evidence[part]
        ]
        more = f"; there are {evidence['keys']} such {things} in all" if evidence["keys"] > 1 else ""
        adverts = counted(evidence["adverts"], "advert")
        return f"One {thing} stands on {adverts} with {joined(parts)}{_when(evidence)}{more}."

    return because


def _price(evidence: Evidence) -> str:
    return (
        f"{evidence['names']} of {counted(evidence['of'], 'first name')} go with the same price, "
        f"{evidence['price']}{_when(evidence)}; {percent(evidence['usual'])} of all adverts with a price ask it."
    )


def _size(evidence: Evidence) -> str:
    adverts, weeks = evidence["adverts"], evidence["weeks"]
    return (
        f"{counted(adverts, 'dated advert')} in {counted(weeks, 'active week')}{_when(evidence)}, "
        f"{decimal((adverts * 200 + weeks) // (2 * weeks))} a week; "
        f"the middle operation of this pile posts {decimal(evidence['usual_hundredths'])} a week."
    )


def _sites(evidence: Evidence) -> str:
    sites = some_of(evidence["examples"], evidence["sites"])
    return f"The adverts stood on {counted(evidence['sites'], 'site')} within one week (among {sites})."


def _both(evidence: Evidence) -> str:
    jobs, services = counted(evidence["jobs"], "job offer"), counted(evidence["services"], "service advert")
    return f"{evidence['contact']} stands in {jobs} and in {services}{_when(evidence)}."


def _same_text(evidence: Evidence) -> str:
    examples = some_of(evidence["examples"], max(evidence["employers"], evidence["places"]))
    employers = f" for {counted(evidence['employers'], 'named employer')}" if evidence["employers"] else ""
    places = f" in {counted(evidence['places'], 'place')}" if evidence["places"] else ""
    adverts = counted(evidence["adverts"], "advert")
    return f"One job text stands on {adverts}{employers}{places} ({examples}){_when(evidence)}."


def _towns(evidence: Evidence) -> str:
    offers, places = counted(evidence["adverts"], "job offer"), counted(evidence["places"], "place")
    examples = some_of(evidence["examples"], evidence["places"])
    return f"{evidence['contact']} stands in {offers} in {places} ({examples}){_when(evidence)}."


def _moving(evidence: Evidence) -> str:
    route = " → ".join(evidence["examples"])
    return (
        f"{counted(evidence['adverts'], 'job offer')} moved on from place to place{_when(evidence)}: "
        f"{counted(evidence['stops'], 'stop')} in {counted(evidence['places'], 'place')} (first {route}), "
        "each kept for a while."
    )


def _cadence(evidence: Evidence) -> str:
    return (
        f"{evidence['same']} of {counted(evidence['adverts'], 'advert')} were posted in the same minute of the hour "
        f"({evidence['minute']:02d}){_when(evidence)}; by chance it would be one in 60."
    )


def _burst(evidence: Evidence) -> str:
    return (
        f"{counted(evidence['adverts'], 'advert')} stood in {evidence['place']} in the week from {evidence['week']}; "
        f"in a middle week of this operation it is {evidence['usual']}."
    )


def _venue(evidence: Evidence) -> str:
    return (
        f"{counted(evidence['contacts'], 'contact')} are reached at one address ({evidence['venue']}), "
        f"on {counted(evidence['adverts'], 'advert')}{_when(evidence)}."
    )


BECAUSE: Mapping[str, Callable[[Evidence], str]] = {
    "OP_MANY_NAMES_PER_CONTACT": _names,
    "OP_MANY_CONTACTS_PER_NAMESET": _rotation,
    "OP_CIRCUIT": _circuit,
    "OP_PEOPLE_APART": _apart,
    "OP_SIMULTANEOUS_CITIES": _simultaneous,
    "OP_SHARED_TEMPLATE": _shared("text with slots", "texts"),
    "OP_SHARED_PHOTOS": _shared("picture", "pictures"),
    "OP_PAYMENT_LINK": _shared("wallet or account", "wallets or accounts"),
    "OP_PRICE_UNIFORM": _price,
    "OP_SIZE": _size,
    "OP_MULTI_SITE": _sites,
    "OP_JOBS_AND_SERVICES": _both,
    "JOB_SAME_TEXT_MANY_EMPLOYERS": _same_text,
    "JOB_MOVING_OFFER": _moving,
    "JOB_SEVERAL_TOWNS": _towns,
    "OP_REGULAR_CADENCE": _cadence,
    "OP_BURST_EVENT": _burst,
    "OP_VENUE_CLUSTER": _venue,
}
