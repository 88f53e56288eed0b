"""What an operation does, in numbers: one number per operation each. Nothing about a person, no language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from felinar.score.branches import branches
from felinar.score.contract import FULL
from felinar.score.counting import Bools, Ints, count_distinct
from felinar.score.main_contact import MainContact, main_contact, span
from felinar.score.pile import Pile
from felinar.score.sorting import cells_of, distinct, order_of, places
from felinar.score.staying import one_place

_WEEK = 7


@dataclass(frozen=True)
class Features:
    """One number per operation each; shares in thousandths."""

    pile: Pile

    @cached_property
    def contacts(self) -> Ints:
        """Distinct contacts."""
        pile = self.pile
        return pile.count_contacts(pile.operation[pile.contacts.advert], pile.m, pile.contacts)

    @cached_property
    def names(self) -> Ints:
        """Distinct first names."""
        return count_distinct(self.pile.operation[self.pile.names.advert], self.pile.names.code, self.pile.m)

    @cached_property
    def named_adverts(self) -> Ints:
        """Adverts that give a first name."""
        adverts = np.flatnonzero(self.pile.names.counts(self.pile.n))
        return np.bincount(self.pile.operation[adverts], minlength=self.pile.m).astype(np.int64)

    @cached_property
    def sites(self) -> Ints:
        """Distinct sites."""
        return count_distinct(self.pile.operation, self.pile.site, self.pile.m)

    @cached_property
    def places(self) -> Ints:
        """Distinct places."""
        at = np.flatnonzero(self.pile.place >= 0)
        return count_distinct(self.pile.operation[at], self.pile.place[at], self.pile.m)

    @cached_property
    def places_at_once(self) -> Ints:
        """Most distinct places within one week."""
        at = np.flatnonzero((self.pile.place >= 0) & (self.pile.day >= 0))
        operation, week, _ = distinct(self.pile.operation[at], self.pile.day[at] // _WEEK, self.pile.place[at])
        weeks = cells_of(operation, week)
        most = np.zeros(self.pile.m, dtype=np.int64)
        np.maximum.at(most, weeks.columns[0], weeks.rows)
        return most

    @cached_property
    def days(self) -> Ints:
        """Days from the first to the last dated advert."""
        return span(self.pile.operation, self.pile.day, self.pile.m)

    @cached_property
    def one_text(self) -> Ints:
        """Share of the adverts that carry the operation's most used text."""
        reach = self.pile.text_spread
        most = np.zeros(self.pile.m, dtype=np.int64)
        np.maximum.at(most, reach.operation, reach.adverts)
        return most * FULL // np.maximum(self.pile.size, 1)

    @cached_property
    def one_place(self) -> Ints:
        """Share of the adverts with a place that are in the operation's most named place."""
        return one_place(self.pile)

    @cached_property
    def branches(self) -> Ints:
        """Towns with a contact of their own, in use side by side."""
        return branches(self.pile)

    @cached_property
    def two_texts(self) -> Ints:
        """Share of the adverts that carry one of the operation's two most used texts; one advert may carry both."""
        reach = self.pile.text_spread
        order = order_of(reach.operation, -reach.adverts)
        operation = reach.operation[order]
        first = places(operation) < 2
        carried = np.bincount(operation[first], weights=reach.adverts[order][first], minlength=self.pile.m)
        return np.minimum(carried.astype(np.int64), self.pile.size) * FULL // np.maximum(self.pile.size, 1)

    @cached_property
    def scattered(self) -> Ints:
        """Share of the steps from advert to advert that change the place, one unmoved step added on trust.

        Whoever tours stays for a while and moves on; what stands everywhere at once changes with nearly every advert.
        """
        advert = np.flatnonzero((self.pile.place >= 0) & (self.pile.day >= 0))
        advert = advert[order_of(self.pile.operation[advert], self.pile.second[advert], advert)]
        operation, place = self.pile.operation[advert], self.pile.place[advert]
        same = operation[1:] == operation[:-1]
        steps = np.bincount(operation[1:][same], minlength=self.pile.m)
        moves = np.bincount(operation[1:][same & (place[1:] != place[:-1])], minlength=self.pile.m)
        return np.asarray(moves * FULL // (steps + 1), dtype=np.int64)

    @cached_property
    def _contacts(self) -> MainContact:
        return main_contact(self.pile)

    @property
    def one_contact(self) -> Ints:
        """Share of the adverts with a contact of its kind that show the operation's most used contact."""
        return self._contacts.share

    @property
    def contact_days(self) -> Ints:
        """Days from the first to the last advert of the contact that is used most."""
        return self._contacts.days

    @property
    def seen_days(self) -> Ints:
        """Days from the first to the last advert with any contact of that kind."""
        return self._contacts.seen_days

    @property
    def repeated_contacts(self) -> Ints:
        """Contacts of that kind on two adverts and more; what stands on one may be misread."""
        return self._contacts.repeated

    @cached_property
    def money(self) -> Ints:
        """Share of the adverts that ask for money in advance, or name a wallet or an account."""
        asked = self.pile.phrases.get("JOB_FEE", np.zeros(self.pile.n, dtype=np.bool_))
        return self.share(asked | self.pile.shows("wallet") | self.pile.shows("iban"))

    def share(self, shown: Bools) -> Ints:
        """Return the share of each operation's adverts that are marked."""
        count = np.bincount(self.pile.operation[shown], minlength=self.pile.m)
        return np.asarray(count * FULL // np.maximum(self.pile.size, 1), dtype=np.int64)

    def said(self, *indicators: str) -> Ints:
        """Return the share of adverts with a phrase for one of the indicators."""
        none = np.zeros(self.pile.n, dtype=np.bool_)
        marks = [self.pile.phrases.get(i, none) for i in indicators]
        return self.share(np.logical_or.reduce(marks))
