"""Recognise spam, scams, agencies and independents by what they do, so that they step back. None of it is a veto.

Only counts of adverts, contacts, names, places, sites, texts and days are read: nothing about a person, no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from felinar.score.contract import FULL, Evidence, Found
from felinar.score.counting import Bools, Ints
from felinar.score.features import Features
from felinar.score.indicators.contact_form import obscured
from felinar.score.pile import Pile

# Spam: one text on most adverts, spread widely, and hardly anybody named.
SPAM_ADVERTS = 15  # fewer adverts with one text are a keen private person
SPAM_TEXT_SHARE = 600
SPAM_PLACES_AT_ONCE = 4  # within one week: whoever travels is in one place, spam is everywhere
SPAM_SITES = 5
SPAM_NAMES_PER_1000_ADVERTS = 100  # a person behind every tenth advert is no longer "hardly any"
# Scam mills: like spam, but money is asked for in advance.
SCAM_ADVERTS = 5
SCAM_PLACES_AT_ONCE = 3
SCAM_MONEY_SHARE = 300
# Agencies and venues: can be found again.
AGENCY_NAMES = 3
AGENCY_CONTACTS = 2
AGENCY_DAYS = 28  # rotation changes contacts within weeks
AGENCY_KEPT = 700  # the longest-kept contact covers this share of the operation's time
AGENCY_ONE_PLACE = 800
AGENCY_OPEN_SHARE = 300  # adverts with team voice, an own site or signs of a regular firm
AGENCY_DISGUISED_SHARE = 200  # a venue that wants to be found writes its number plainly
# Independents and duos.
INDEPENDENT_NAMES = 2
INDEPENDENT_CONTACTS = 2
INDEPENDENT_ADVERTS = 40
INDEPENDENT_PLACES_AT_ONCE = 2  # within one week: whoever tours alone leaves one town and arrives in the next


def recognised(f: Features) -> dict[str, Bools]:
    """Return for each kind which operations it is; the first kind that fits holds, in this order."""
    pile = f.pile
    wide = (f.places_at_once >= SPAM_PLACES_AT_ONCE) | (f.sites >= SPAM_SITES)
    nameless = f.names * FULL <= pile.size * SPAM_NAMES_PER_1000_ADVERTS
    money = np.maximum(f.said("JOB_FEE"), np.maximum(f.share(pile.shows("wallet")), f.share(pile.shows("iban"))))
    kinds = {
        "scam": (pile.size >= SCAM_ADVERTS)
        & (f.one_text >= SPAM_TEXT_SHARE)
        & (f.places_at_once >= SCAM_PLACES_AT_ONCE)
        & (money >= SCAM_MONEY_SHARE),
        "spam": (pile.size >= SPAM_ADVERTS) & (f.one_text >= SPAM_TEXT_SHARE) & wide & nameless,
        "agency": _agency(f),
        "independent": (f.names <= INDEPENDENT_NAMES)
        & (f.names >= 1)
        & (f.contacts <= INDEPENDENT_CONTACTS)
        & (pile.size <= INDEPENDENT_ADVERTS)
        & (f.places_at_once <= INDEPENDENT_PLACES_AT_ONCE)
        & (f.share(pile.is_job) == 0),
    }
    taken = pile.size < 2
    for kind, mark in kinds.items():
        kinds[kind] = np.asarray(mark & ~taken, dtype=np.bool_)
        taken = taken | mark
    return kinds


def _agency(f: Features) -> Bools:
    """Return the operations that keep their number and their town, and do not hide."""
    kept = (f.contact_days >= AGENCY_DAYS) & (f.contact_days * FULL >= f.days * AGENCY_KEPT)
    there = (f.contacts >= 1) & (f.contacts <= AGENCY_CONTACTS) & (f.one_place >= AGENCY_ONE_PLACE)
    speaks = f.said("ADV_THIRD_PERSON", "CTR_REGULAR_JOB") >= AGENCY_OPEN_SHARE
    site = f.share(f.pile.shows("url")) >= AGENCY_OPEN_SHARE
    plain = f.share(obscured(f.pile)) < AGENCY_DISGUISED_SHARE
    return np.asarray((f.names >= AGENCY_NAMES) & kept & there & (speaks | site | plain), dtype=np.bool_)


def numbers(f: Features) -> Mapping[str, Ints]:
    """Return the numbers that the sentences need, by name."""
    return {
        "adverts": f.pile.size,
        "names": f.names,
        "contacts": f.contacts,
        "places": f.places,
        "sites": f.sites,
        "one_text": f.one_text,
        "contact_days": f.contact_days,
    }


def find(pile: Pile, kind: str, mark: Bools, counts: Mapping[str, Ints]) -> Iterator[Found]:
    """Return the operations recognised as this kind, with their numbers."""
    for operation in np.flatnonzero(mark).tolist():
        evidence = {name: int(count[operation]) for name, count in counts.items()}
        yield Found(operation, FULL, evidence, pile.in_operation.rows(operation))


SENTENCES = {
    "spam": "Looks like advertising spam: one text on {text} % of {adverts} adverts in {places} place(s) "
    "and on {sites} site(s), with {names} first name(s).",
    "scam": "Looks like fraud on the reader: one text on {text} % of {adverts} adverts in {places} place(s), "
    "with a demand for money or an account.",
    "agency": "Looks like an open agency or venue: {names} first names, {contacts} contact(s), one of them kept for "
    "{contact_days} days, in {places} place(s).",
    "independent": "Looks like one or two people working for themselves: {names} first name(s), {contacts} contact(s), "
    "{adverts} adverts.",
}


def because(kind: str, evidence: Evidence) -> str:
    """Return the sentence of a kind."""
    return SENTENCES[kind].format(text=evidence["one_text"] // 10, **evidence)
