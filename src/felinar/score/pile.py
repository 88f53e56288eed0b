"""The pile as integer codes: what every indicator reads, made once from the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.score.counting import Bools, Groups, Ints, Ties, code_texts, count_distinct, tie

CONTACT_KINDS = ("phone", "email", "handle")
PAYMENT_KINDS = ("wallet", "iban")
# A mention that the extractor itself doubts ties nothing together (tables.py), so it speaks for nothing either.
LEAST_CONFIDENCE = 50
NO_TIME = -1
_MENTION_COLUMNS = ("advert_id", "field", "start", "kind", "value", "obscured", "evidence")
_SECONDS_PER_DAY = 86_400


@dataclass(frozen=True)
class Tables:
    """The tables that the stage was given."""

    adverts: pa.Table
    mentions: pa.Table
    keys: pa.Table
    links: pa.Table
    templates: pa.Table
    memberships: pa.Table


class Pile:
    """All adverts in the order of their ids; an advert is its position 0 … n-1, an operation likewise."""

    def __init__(self, tables: Tables):
        self.tables = tables
        self._located: dict[str, tuple[Ints, Bools]] = {}
        rows = tables.adverts.sort_by("advert_id").combine_chunks()
        self.adverts = rows
        self.advert_ids: Ints = rows["advert_id"].to_numpy()
        self.n = len(self.advert_ids)
        self.operation_ids, self.operation = self._operations()
        self.m = len(self.operation_ids)
        self.size: Ints = np.bincount(self.operation, minlength=self.m).astype(np.int64)
        self.second: Ints = pc.fill_null(pc.divide(rows["posted_at"].cast(pa.int64()), 1_000_000), NO_TIME).to_numpy()
        self.second = np.where(self.second < 0, NO_TIME, self.second)
        self.day: Ints = np.where(self.second < 0, NO_TIME, self.second // _SECONDS_PER_DAY)
        self.site, self.sites = code_texts(rows["site"])
        self.extra: list[str] = rows["extra"].to_pylist()
        self.latitude = pc.fill_null(rows["latitude"], np.nan).to_numpy()
        self.longitude = pc.fill_null(rows["longitude"], np.nan).to_numpy()

    def _operations(self) -> tuple[Ints, Ints]:
        """Return the operation ids and each advert's operation; an advert in no membership stands alone."""
        memberships = self.tables.memberships
        at, known = self.positions(memberships["advert_id"])
        operation = self.advert_ids.astype(np.int64).copy()
        operation[at[known]] = memberships["operation_id"].to_numpy()[known]
        ids, code = np.unique(operation, return_inverse=True)
        return ids, code.astype(np.int64)

    def positions(self, advert_id: pa.ChunkedArray) -> tuple[Ints, Bools]:
        """Return the position of each advert id, and whether the pile has it at all."""
        ids = advert_id.to_numpy()
        if not self.n:
            return np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids), dtype=np.bool_)
        at = np.minimum(np.searchsorted(self.advert_ids, ids), self.n - 1).astype(np.int64)
        return at, self.advert_ids[at] == ids

    @cached_property
    def in_operation(self) -> Groups:
        """The adverts of each operation."""
        return Groups(self.operation)

    @cached_property
    def _kinds(self) -> dict[str, pa.Table]:
        used = self.tables.mentions.select([*_MENTION_COLUMNS, "confidence"])
        # The address at which the advert stood is the site's, no link that the advert gives.
        own = pc.and_(pc.equal(used["kind"], "url"), pc.equal(used["field"], "url"))
        sure = used.filter(pc.and_(pc.greater_equal(used["confidence"], LEAST_CONFIDENCE), pc.invert(own)))
        code, kinds = code_texts(sure["kind"])
        return {kind: sure.filter(pa.array(code == i)) for i, kind in enumerate(kinds)}

    def mention_rows(self, kind: str) -> pa.Table:
        """Return the mentions of a kind that the extractor does not doubt."""
        return self._kinds.get(kind, self.tables.mentions.schema.empty_table())

    def mentioned(self, kind: str) -> Ties:
        """Return which advert mentions which value of a kind."""
        at, known = self.located(kind)
        code, values = code_texts(self.mention_rows(kind)["value"])
        return tie(at[known], code[known], values)

    def located(self, kind: str) -> tuple[Ints, Bools]:
        """Return the position in the pile of each mention of a kind, and whether the pile has its advert."""
        if kind not in self._located:
            self._located[kind] = self.positions(self.mention_rows(kind)["advert_id"])
        return self._located[kind]

    def shows(self, kind: str, marked: Bools | None = None) -> Bools:
        """Return for each advert whether it has a mention of the kind (among the rows marked, if given)."""
        at, known = self.located(kind)
        shown = np.zeros(self.n, dtype=np.bool_)
        shown[at[known if marked is None else known & marked]] = True
        return shown

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
        field = np.where(pc.equal(rows["field"], "place_text").to_numpy(zero_copy_only=False), 0, 1)
        start = pc.fill_null(rows["start"], 0).to_numpy()
        order = np.lexsort((code, start, code_texts(rows["field"])[0], field, at))
        order = order[known[order]]
        place = np.full(self.n, -1, dtype=np.int64)
        first = np.unique(at[order], return_index=True)
        place[first[0]] = code[order][first[1]]
        return place

    def tied(self, kinds: tuple[str, ...]) -> Ties:
        """Return which advert shows which key of these kinds; hubs are left out, they speak for nobody."""
        keys = self.tables.keys
        keys = keys.filter(pc.and_(pc.is_in(keys["key_kind"], pa.array(kinds)), pc.invert(keys["hub"])))
        keys = keys.sort_by([("key_kind", "ascending"), ("key_id", "ascending")])
        links = self.tables.links
        links = links.filter(pc.is_in(links["key_kind"], pa.array(kinds)))
        ids = keys["key_id"].to_numpy()
        order = np.argsort(ids, kind="stable")
        if not len(ids) or not len(links):
            return tie(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), [])
        found = np.minimum(np.searchsorted(ids[order], links["key_id"].to_numpy()), len(ids) - 1)
        same = ids[order][found] == links["key_id"].to_numpy()
        at, known = self.positions(links["advert_id"])
        keep = same & known
        pairs = tie(at[keep], order[found[keep]].astype(np.int64), keys["value"].to_pylist())
        return Ties(pairs.advert, pairs.code, pairs.values, tuple(keys["key_kind"].to_pylist()))

    @cached_property
    def contacts(self) -> Ties:
        """Telephone numbers, e-mail addresses and handles by advert, without hubs."""
        return self.tied(CONTACT_KINDS)

    def count_contacts(self, group: Ints, groups: int, contacts: Ties) -> Ints:
        """Return how many contacts of one kind each group has, by the kind of which it has most.

        One person has a number, an address and a handle: contacts of different kinds are no change of contact.
        `group` gives the group of each pair of `contacts`.
        """
        most = np.zeros(groups, dtype=np.int64)
        kinds = np.array([CONTACT_KINDS.index(k) for k in contacts.kinds], dtype=np.int64)
        for kind in range(len(CONTACT_KINDS) if len(contacts) else 0):
            rows = kinds[contacts.code] == kind
            np.maximum(most, count_distinct(group[rows], contacts.code[rows], groups), out=most)
        return most

    @cached_property
    def payments(self) -> Ties:
        """Wallets and accounts by advert, without hubs."""
        return self.tied(PAYMENT_KINDS)

    @cached_property
    def pictures(self) -> Ties:
        """Pictures by advert, without hubs (stock pictures, placeholders)."""
        return self.tied(("picture",))

    @cached_property
    def texts(self) -> Ties:
        """Near-duplicate groups by advert, without boilerplate."""
        return self.tied(("near_duplicate",))

    @cached_property
    def phrases(self) -> dict[str, Bools]:
        """For each indicator that a phrase speaks for: which adverts say it."""
        at, known = self.located("phrase")
        code, evidence = code_texts(self.mention_rows("phrase")["evidence"])
        said = [_indicator_of(text) for text in evidence]
        names = sorted(set(said))
        label = np.array([names.index(name) for name in said], dtype=np.int64)
        pairs = tie(at[known], label[code[known]] if len(label) else code[known], names)
        shown = np.zeros((len(names), self.n), dtype=np.bool_)
        shown[pairs.code, pairs.advert] = True
        return {name: shown[i] for i, name in enumerate(names) if name}

    @cached_property
    def is_job(self) -> Bools:
        """Job adverts: so called by the source, else with a phrase or a text that only job adverts use."""
        job, unknown = self._category("job"), self._category("")
        for indicator, shown in self.phrases.items():
            if indicator.startswith("JOB_") or indicator == "CTR_REGULAR_JOB":
                job = job | (unknown & shown)
        # An advert without category that has the text of job adverts is one.
        sign = job.astype(np.int64) - self._category("service")
        balance = np.zeros(len(self.texts.values), dtype=np.int64)
        np.add.at(balance, self.texts.code, sign[self.texts.advert])
        like_jobs = np.zeros(self.n, dtype=np.bool_)
        like_jobs[self.texts.advert[balance[self.texts.code] > 0]] = True
        return np.asarray(job | (unknown & like_jobs), dtype=np.bool_)

    @cached_property
    def is_service(self) -> Bools:
        """Service adverts for sure: so called by the source, else with a phrase that only they use."""
        said = [shown for indicator, shown in self.phrases.items() if indicator.startswith("ADV_")]
        speaks = np.logical_or.reduce(said) if said else np.zeros(self.n, dtype=np.bool_)
        return np.asarray(self._category("service") | (self._category("") & speaks & ~self.is_job), dtype=np.bool_)

    def _category(self, category: str) -> Bools:
        return np.asarray(pc.equal(self.adverts["category"], category).to_numpy(zero_copy_only=False), dtype=np.bool_)

    def in_domain(self, domain: str) -> Bools:
        """Return the adverts to which an indicator of this domain applies."""
        if domain == "both":
            return np.ones(self.n, dtype=np.bool_)
        return self.is_job if domain == "jobs" else ~self.is_job


def _indicator_of(evidence: str) -> str:
    """Return the indicator named in a phrase's evidence, empty when there is none."""
    try:
        content = json.loads(evidence)
    except ValueError:
        return ""
    return str(content.get("indicator", "")) if isinstance(content, dict) else ""
