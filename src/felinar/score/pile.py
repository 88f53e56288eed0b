"""The pile as integer codes: what every indicator reads, made once from the tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.sorting import numbered, places_among
from felinar.score.contacts import one_per_number, repeated
from felinar.score.counting import Bools, Groups, Ints, Ties, code_texts, count_distinct, is_text
from felinar.score.pictures import KINDS as PICTURE_KINDS
from felinar.score.pictures import widest
from felinar.score.reading import EMPLOYER, Reading, Tables
from felinar.score.spread import Spread, spread
from felinar.score.usual import Usual

CONTACT_KINDS = ("phone", "email", "handle")
PAYMENT_KINDS = ("wallet", "iban")
NO_TIME = -1
_SECONDS_PER_DAY = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = np.iinfo(np.int64).max


# Phrases that make a job offer of an advert whose kind the source did not state. "Messages only", "urgent", "cash" and
# high pay are said in service adverts too.
SAID_IN_JOBS_ONLY = frozenset(
    {
        "JOB_NO_EXPERIENCE", "JOB_NO_LANGUAGE", "JOB_ACCOMMODATION", "JOB_TRAVEL_PAID", "JOB_DOCUMENTS", "JOB_FEE",
        "JOB_DEDUCTIONS", "JOB_ABROAD", "JOB_CONTRACT_LATER", "CTR_REGULAR_JOB",
    }
)  # fmt: skip


# Said of a firm or of a person alike ("our team", "reliable"): such a phrase makes no service advert.
SAID_IN_BOTH = frozenset({"ADV_THIRD_PERSON", "ADV_TRUST_LANGUAGE", "ADV_ALWAYS_AVAILABLE"})


class Pile(Reading):
    """All adverts in the order of their ids; an advert is its position 0 … n-1, an operation likewise.

    In a batch these are the adverts of touched operations; what is usual in the whole pile stands in `usual`.
    """

    def __init__(self, tables: Tables, usual: Usual | None = None):
        super().__init__(tables)
        self.usual = usual or Usual()
        self._sizes: dict[tuple[str, bool], Ints] = {}
        rows = self.adverts
        self.operation_ids, self.operation = self._operations()
        self.m = len(self.operation_ids)
        self.size: Ints = np.bincount(self.operation, minlength=self.m).astype(np.int64)
        seconds = pc.fill_null(pc.divide(rows["posted_at"].cast(pa.int64()), 1_000_000), NO_TIME).to_numpy()
        self.second: Ints = np.where(seconds < 0, NO_TIME, seconds)  # nobody posted before 1970: a broken date
        self.day: Ints = np.where(self.second < 0, NO_TIME, self.second // _SECONDS_PER_DAY)
        self.site, self.sites = code_texts(rows["site"])
        self.latitude = pc.fill_null(rows["latitude"], np.nan).to_numpy()
        self.longitude = pc.fill_null(rows["longitude"], np.nan).to_numpy()

    def _operations(self) -> tuple[Ints, Ints]:
        """Return the operation ids and each advert's operation; an advert in no membership stands alone."""
        memberships = self.tables.memberships
        at, known = self.positions(memberships["advert_id"])
        operation = self.advert_ids.astype(np.int64).copy()
        operation[at[known]] = memberships["operation_id"].to_numpy()[known]
        return numbered(operation)

    @cached_property
    def employers(self) -> dict[int, str]:
        """The employer of each advert whose source names one."""
        named = self.adverts[EMPLOYER]
        at = np.flatnonzero(named.is_valid().to_numpy())
        return dict(zip(at.tolist(), named.take(pa.array(at)).to_pylist(), strict=True))

    @cached_property
    def dated(self) -> bool:
        """Whether any advert of the pile has a date."""
        return bool(self.usual.of("dates", lambda: {"adverts": int((self.day >= 0).sum())}).get("adverts", 0))

    @cached_property
    def counted(self) -> Bools:
        """Which adverts stand in the numbers of what is usual."""
        if self.usual.adverts is None:
            return np.ones(self.n, dtype=np.bool_)
        return places_among(self.usual.adverts, self.advert_ids) >= 0

    @cached_property
    def in_operation(self) -> Groups:
        """The adverts of each operation."""
        return Groups(self.operation)

    def periods(self, groups: Sequence[Ints]) -> list[tuple[str, str]]:
        """Return the days of the first and the last advert of each group as 2026-01-31, empty when none has a date."""
        day = self.day[np.concatenate([np.zeros(0, dtype=np.int64), *groups])]
        group = np.repeat(np.arange(len(groups)), [len(adverts) for adverts in groups])
        first, last = np.full(len(groups), _NEVER), np.full(len(groups), NO_TIME)
        np.minimum.at(first, group, np.where(day < 0, _NEVER, day))
        np.maximum.at(last, group, day)
        return [
            (_told(a), _told(b)) if b >= 0 else ("", "") for a, b in zip(first.tolist(), last.tolist(), strict=True)
        ]

    @cached_property
    def names(self) -> Ties:
        """First names by advert."""
        return self.mentioned("name")

    @cached_property
    def place(self) -> Ints:
        """One place per advert, -1 for none: the stated one first, then the first one in the text."""
        rows = self.mention_rows("place")
        at, known = self.located("place")
        code, self.place_names = code_texts(rows["value"])
        in_text = (~is_text(rows["field"], "place_text")).astype(np.int64)
        start = pc.fill_null(rows["start"], 0).to_numpy().astype(np.int64)
        first = np.flatnonzero(known)
        for column in (in_text, code_texts(rows["field"])[0], start, code):
            least = np.full(self.n, _NEVER)
            np.minimum.at(least, at[first], column[first])
            first = first[column[first] == least[at[first]]]
        place = np.full(self.n, -1, dtype=np.int64)
        place[at[first]] = code[first]
        return place

    @cached_property
    def country(self) -> tuple[Ints, list[str]]:
        """The country of each advert, stated or that of its place, as a code, and their names; for base rates."""
        stated, names = code_texts(self.adverts["country_hint"])
        place = self.place  # reads the names of the places
        of_places = [name.rpartition(", ")[2] if ", " in name else "" for name in self.place_names] + [""]
        known = sorted({*names, *of_places})
        code = {country: at for at, country in enumerate(known)}
        by_place = np.array([code[country] for country in of_places], dtype=np.int64)[place]
        by_statement = np.array([code[country] for country in names], dtype=np.int64)[stated]
        return np.where(by_statement == code[""], by_place, by_statement), known

    @cached_property
    def contacts(self) -> Ties:
        """Telephone numbers, e-mail addresses and handles by advert, without hubs.

        Numbers of one operation that end alike are one number read with another prefix: all count as the commonest.
        """
        return one_per_number(self.tied(CONTACT_KINDS), self.operation)

    @cached_property
    def repeated_contacts(self) -> Ties:
        """The contacts that stand on two adverts of their operation and more: what was seen once may be misread."""
        return repeated(self.contacts, self.operation)

    @cached_property
    def contact_kind(self) -> Ints:
        """The kind of each contact, as its place in `CONTACT_KINDS`."""
        return np.array([CONTACT_KINDS.index(kind) for kind in self.contacts.kinds], dtype=np.int64)

    def count_contacts(self, group: Ints, groups: int, contacts: Ties) -> Ints:
        """Return how many contacts of one kind each group has, by the kind of which it has most.

        One person has a number, an address and a handle: contacts of different kinds are no change of contact.
        `group` gives the group of each pair of `contacts`.
        """
        most = np.zeros(groups, dtype=np.int64)
        for kind in range(len(CONTACT_KINDS) if len(contacts) else 0):
            rows = self.contact_kind[contacts.code] == kind
            np.maximum(most, count_distinct(group[rows], contacts.code[rows], groups), out=most)
        return most

    @cached_property
    def payments(self) -> Ties:
        """Wallets and accounts by advert, without hubs."""
        return self.tied(PAYMENT_KINDS)

    @cached_property
    def pictures(self) -> Ties:
        """Pictures by advert, without hubs (stock pictures, placeholders); copies of one picture are one."""
        return widest(self.tied(PICTURE_KINDS))

    @cached_property
    def texts(self) -> Ties:
        """Near-duplicate groups by advert, without boilerplate."""
        return self.tied(("near_duplicate",))

    @cached_property
    def text_spread(self) -> Spread:
        """How far each text reaches inside its operations."""
        return spread(self, self.texts)

    @cached_property
    def phrases(self) -> dict[str, Bools]:
        """For each indicator that a phrase speaks for: which adverts say it."""
        at, known = self.located("phrase")
        code, evidence = code_texts(self.mention_rows("phrase")["evidence"])
        said = [_indicator_of(text) for text in evidence]
        names = sorted(set(said))
        label = np.array([names.index(name) for name in said], dtype=np.int64)
        shown = np.zeros((len(names), self.n), dtype=np.bool_)
        shown[label[code[known]], at[known]] = True
        return {name: shown[i] for i, name in enumerate(names) if name}

    @cached_property
    def is_job(self) -> Bools:
        """Job adverts: so called by the source, else with a phrase, a condition of work or a text of job adverts."""
        job, unknown = self._category("job"), self._category("")
        job = job | (unknown & self.shows("job", self._condition_of_work()))
        for indicator, shown in self.phrases.items():
            if indicator in SAID_IN_JOBS_ONLY:
                job = job | (unknown & shown)
        # An advert without category that has the text of job adverts is one.
        sign = job.astype(np.int64) - self._category("service")
        balance = np.zeros(len(self.texts.values), dtype=np.int64)
        np.add.at(balance, self.texts.code, sign[self.texts.advert])
        like_jobs = np.zeros(self.n, dtype=np.bool_)
        like_jobs[self.texts.advert[balance[self.texts.code] > 0]] = True
        return np.asarray(job | (unknown & like_jobs), dtype=np.bool_)

    def _condition_of_work(self) -> Bools:
        """Return the mentions of working conditions; an amount of pay may be the price of a service."""
        code, values = code_texts(self.mention_rows("job")["value"])
        return np.array([not value.startswith("pay:") for value in values], dtype=np.bool_)[code]

    @cached_property
    def is_service(self) -> Bools:
        """Service adverts for sure: so called by the source, else with a phrase that only they use."""
        said = [shown for i, shown in self.phrases.items() if i.startswith("ADV_") and i not in SAID_IN_BOTH]
        speaks = np.logical_or.reduce(said) if said else np.zeros(self.n, dtype=np.bool_)
        return np.asarray(self._category("service") | (self._category("") & speaks & ~self.is_job), dtype=np.bool_)

    def _category(self, category: str) -> Bools:
        return is_text(self.adverts["category"], category)

    def in_domain(self, domain: str) -> Bools:
        """Return the adverts to which an indicator of this domain applies."""
        if domain == "both":
            return np.ones(self.n, dtype=np.bool_)
        return self.is_job if domain == "jobs" else ~self.is_job

    def size_in(self, domain: str, *, counted: bool = False) -> Ints:
        """Return how many adverts of each operation are in the domain (`counted`: and in the numbers of the usual)."""
        if (domain, counted) not in self._sizes:
            mark = self.in_domain(domain) & self.counted if counted else self.in_domain(domain)
            self._sizes[domain, counted] = np.bincount(self.operation[mark], minlength=self.m).astype(np.int64)
        return self._sizes[domain, counted]


@lru_cache(maxsize=1 << 12)
def _told(day: int) -> str:
    """Return a day as 2026-01-31."""
    return date.fromordinal(_EPOCH + day).isoformat()


def _indicator_of(evidence: str) -> str:
    """Return the indicator named in a phrase's evidence, empty when there is none."""
    try:
        content = json.loads(evidence)
    except ValueError:
        return ""
    return str(content.get("indicator", "")) if isinstance(content, dict) else ""
