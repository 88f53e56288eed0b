"""Recognise spam, scams, agencies and independents by what they do, so that they step back. None of it is a veto.

Only counts of adverts, contacts, names, places, sites, texts and days are read: nothing about a person, no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from felinar.score.contract import FULL, Found
from felinar.score.counting import Bools, Ints
from felinar.score.features import Features
from felinar.score.pile import Pile
from felinar.score.staying import ONE_PLACE

# Spam: one text on most adverts, everywhere at once, and hardly anybody named.
SPAM_ADVERTS = 8  # fewer adverts with one text are a keen private person
SPAM_TEXT_SHARE = 600
SPAM_TWO_TEXTS_SHARE = 800
SPAM_PLACES = 4
SPAM_SITES = 4
SPAM_PLACES_ONE_SITE = 6  # a delivery may hold one site only
SPAM_SCATTERED = 600  # steps from advert to advert that change the place: nobody tours like that
FEW_NAMES = 2  # whoever answers
NAMES_PER_1000_ADVERTS = 100  # a person behind every tenth advert is no longer "hardly any"
# Scam mills: job offers of one or two texts everywhere at once, nobody named; or such a text that asks for money.
SCAM_ADVERTS = 5
SCAM_PLACES = 3
SCAM_TEXT_SHARE = 600
SCAM_MONEY_SHARE = 300
SCAM_SCATTERED = 700
SCAM_SITES = 2
SCAM_PLACES_ONE_SITE = 5
# Whoever can be found again: the contact that most adverts show is shown by most, and was kept nearly all the time.
STEADY_CONTACT = 700
STEADY_KEPT = 700  # of the time in which the operation shows a contact
STEADY_CONTACTS = 2  # or there are two at most, a new contract is ordinary, …
STEADY_DAYS = 28  # … and one was kept for twice as long as a rotated one
# Agencies and venues.
AGENCY_NAMES = 3
BRANCHES = 4  # towns in which one firm is open at the same time under one number …
BRANCH_SCATTERED = 400  # … so that its adverts change the town and come back, where a tour moves on …
BRANCH_DAYS = 45  # … and for so long that it can be found again
# Regular employers.
EMPLOYER_PLACES = 3  # branches, with signs of a regular firm
EMPLOYER_REGULAR_SHARE = 300
EMPLOYER_BURDEN_SHARE = 250  # fees, documents, deductions, no contract: then no sign of a regular firm counts
# Independents and duos.
INDEPENDENT_NAMES = 2
INDEPENDENT_ADVERTS = 40
TOURING_NAMES = 1  # two who tour three towns together may be sent there
TOURING_NAMED = 3  # adverts with that name: on one or two of them it does not say that nobody else is there
TOURING_PLACES_AT_ONCE = 2  # within one week: whoever tours alone leaves one town and arrives in the next


def recognised(f: Features) -> dict[str, Bools]:
    """Return for each kind which operations it is; the first kind that fits holds, in this order."""
    kinds = {
        "scam": _scam(f),
        "spam": _spam(f),
        "agency": _agency(f),
        "employer": _employer(f),
        "independent": _independent(f),
    }
    taken = f.pile.size < 2
    for kind, mark in kinds.items():
        kinds[kind] = np.asarray(mark & ~taken, dtype=np.bool_)
        taken = taken | mark
    return kinds


def _nameless(f: Features) -> Bools:
    few = (f.names <= FEW_NAMES) | (f.names * FULL <= f.pile.size * NAMES_PER_1000_ADVERTS)
    return np.asarray(few, dtype=np.bool_)


def _spam(f: Features) -> Bools:
    """Return the operations that stand everywhere with one text."""
    wide = ((f.places >= SPAM_PLACES) & (f.sites >= SPAM_SITES)) | (f.places >= SPAM_PLACES_ONE_SITE)
    one = (f.one_text >= SPAM_TEXT_SHARE) | (f.two_texts >= SPAM_TWO_TEXTS_SHARE)
    everywhere = wide & (f.scattered >= SPAM_SCATTERED) & (f.pile.size >= SPAM_ADVERTS)
    return np.asarray(one & everywhere & _nameless(f), dtype=np.bool_)


def _scam(f: Features) -> Bools:
    """Return the operations that offer one job everywhere, or want money with one text."""
    pile = f.pile
    wide = ((f.places >= SCAM_PLACES) & (f.sites >= SCAM_SITES)) | (f.places >= SCAM_PLACES_ONE_SITE)
    everywhere = wide & (f.scattered >= SCAM_SCATTERED)
    jobs = (f.share(pile.is_job) == FULL) & (f.two_texts >= SCAM_TEXT_SHARE)
    asks = (f.money >= SCAM_MONEY_SHARE) & (f.one_text >= SCAM_TEXT_SHARE)
    return np.asarray((pile.size >= SCAM_ADVERTS) & everywhere & (jobs | asks) & _nameless(f), dtype=np.bool_)


def _one_contact(f: Features) -> Bools:
    kept = f.contact_days * FULL >= f.seen_days * STEADY_KEPT
    return np.asarray((f.one_contact >= STEADY_CONTACT) & kept, dtype=np.bool_)


def _steady(f: Features) -> Bools:
    """Return the operations that can be found again under one contact."""
    two = (f.repeated_contacts <= STEADY_CONTACTS) & (f.contact_days >= STEADY_DAYS)
    return np.asarray(_one_contact(f) | two, dtype=np.bool_)


def _agency(f: Features) -> Bools:
    """Return the operations of several names that keep their number and their town, or their towns side by side."""
    stays = _steady(f) & (f.one_place >= ONE_PLACE)
    several = (f.names >= AGENCY_NAMES) & (f.share(f.pile.is_job) < FULL)
    return np.asarray(several & (stays | _one_for_branches(f) | (f.branches > 0)), dtype=np.bool_)


def _one_for_branches(f: Features) -> Bools:
    """Return the operations that are open in few towns at the same time under one contact."""
    come_back = (f.scattered >= BRANCH_SCATTERED) & (f.contact_days >= BRANCH_DAYS)
    return np.asarray(_one_contact(f) & (f.places <= BRANCHES) & come_back, dtype=np.bool_)


def _employer(f: Features) -> Bools:
    """Return the operations that only offer work, under one contact, at one place or with signs of a regular firm."""
    burden = f.said("JOB_FEE", "JOB_DOCUMENTS", "JOB_DEDUCTIONS", "JOB_CONTRACT_LATER")
    regular = (f.said("CTR_REGULAR_JOB") >= EMPLOYER_REGULAR_SHARE) & (f.places <= EMPLOYER_PLACES)
    stays = f.places == 1  # in several towns it may be a recruiter
    firm = _steady(f) & (f.places >= 1) & (f.share(f.pile.is_job) == FULL) & (burden < EMPLOYER_BURDEN_SHARE)
    return np.asarray(firm & (regular | stays), dtype=np.bool_)


def _independent(f: Features) -> Bools:
    """Return the operations of one or two names that stay, or of one name that tours, under one contact."""
    home = (f.one_place >= ONE_PLACE) | (f.places == 0)  # where no place is known, nothing says that they travel
    stays = home & (f.names <= INDEPENDENT_NAMES)
    one = (f.names == TOURING_NAMES) & (f.named_adverts >= TOURING_NAMED)
    tours = one & (f.places_at_once <= TOURING_PLACES_AT_ONCE)
    alone = _steady(f) & (f.pile.size <= INDEPENDENT_ADVERTS) & (f.share(f.pile.is_job) == 0)
    return np.asarray(alone & (stays | tours), dtype=np.bool_)


def numbers(f: Features) -> Mapping[str, Ints]:
    """Return the numbers that the sentences need, by name."""
    return {
        "adverts": f.pile.size,
        "names": f.names,
        "contacts": f.contacts,
        "places": f.places,
        "sites": f.sites,
        "one_text": f.one_text,
        "branches": f.branches,
        "one_contact": f.one_contact,
        "contact_days": f.contact_days,
        "two_texts": f.two_texts,
        "money": f.money,
    }


def find(pile: Pile, kind: str, mark: Bools, counts: Mapping[str, Ints]) -> Iterator[Found]:
    """Return the operations recognised as this kind, with their numbers."""
    numbers = zip(*(count[mark].tolist() for count in counts.values()), strict=True)
    for (operation, rows), told in zip(pile.in_operation.each(np.flatnonzero(mark)), numbers, strict=True):
        yield Found(operation, FULL, dict(zip(counts, told, strict=True)), rows)
