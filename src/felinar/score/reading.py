"""Read the tables by position: which advert of the pile shows which mention, which key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.sorting import places_among
from felinar.score.counting import Bools, Ints, Ties, code_texts, is_text, tie
from felinar.score.employers import employers
from felinar.tables import MENTIONS

# A mention that the extractor itself doubts ties nothing together (tables.py), so it speaks for nothing either.
LEAST_CONFIDENCE = 50
# What is read of the adverts, and of the mentions of each kind; texts may come dictionary-encoded (`CODED`), which
# takes a third. The language feeds no indicator, and every advert has one.
ADVERT_COLUMNS = (
    "advert_id", "site", "posted_at", "body", "latitude", "longitude", "category", "extra", "country_hint",
    "place_text",
)  # fmt: skip
BODY_LENGTH, EMPLOYER = "body_length", "employer"  # instead of the body and of `extra`
MENTION_COLUMNS = {
    "phone": ("advert_id", "obscured"),
    "email": ("advert_id", "obscured", "value"),
    "handle": ("advert_id", "obscured"),
    "url": ("advert_id", "field", "value"),
    "place": ("advert_id", "field", "start", "value"),
    "name": ("advert_id", "value"),
    "age": ("advert_id", "value", "evidence"),
    "price": ("advert_id", "value"),
    "job": ("advert_id", "value"),
    "phrase": ("advert_id", "evidence"),
    "wallet": ("advert_id",),
    "iban": ("advert_id",),
    "masked": ("advert_id",),
}
CODED = ("field", "value", "evidence")


@dataclass(frozen=True)
class Tables:
    """The tables that the stage was given; the mentions in one table, or in one for each kind.

    `places` are those of each link's advert among the sorted ids and of its key among the keys, where they are known;
    the keys then stand in the order of their table's key.
    """

    adverts: pa.Table
    mentions: pa.Table | Mapping[str, pa.Table]
    keys: pa.Table
    links: pa.Table
    templates: pa.Table
    memberships: pa.Table
    places: tuple[Ints, Ints] | None = None


def slim(adverts: pa.Table) -> pa.Table:
    """Return what is read of the adverts, the length of the body instead of the body and the employer instead of all
    other columns; the same for what is slim.
    """
    if BODY_LENGTH in adverts.column_names:
        return adverts
    length = pc.cast(pc.fill_null(pc.utf8_length(adverts["body"]), 0), pa.int64())
    found = employers(pc.fill_null(adverts["extra"], "").combine_chunks())
    named = np.full(adverts.num_rows, len(found), dtype=np.int64)
    named[list(found)] = np.arange(len(found))
    employer = pa.array([*found.values(), None], pa.string()).take(pa.array(named))
    kept = adverts.select([name for name in ADVERT_COLUMNS if name not in ("body", "extra")])
    return kept.append_column(BODY_LENGTH, length).append_column(EMPLOYER, employer)


def given_links(rows: pa.Table) -> pa.Table:
    """Return the links that adverts give; the address at which an advert stood is the site's."""
    return rows.filter(pa.array(~is_text(rows["field"], "url")))


def _of_kind(mentions: pa.Table | Mapping[str, pa.Table], kind: str) -> pa.Table:
    """Return the mentions of a kind that the extractor does not doubt; tables for each kind hold no others."""
    if not isinstance(mentions, pa.Table):
        return mentions.get(kind, MENTIONS.empty().select(MENTION_COLUMNS[kind]))
    sure = pc.greater_equal(mentions["confidence"], LEAST_CONFIDENCE)
    return mentions.filter(pc.and_(sure, pa.array(is_text(mentions["kind"], kind)))).select(MENTION_COLUMNS[kind])


class Reading:
    """The tables, read by the position of each advert in the order of ids."""

    def __init__(self, tables: Tables):
        self.tables = tables
        self._rows: dict[str, pa.Table] = {}
        self._located: dict[str, tuple[Ints, Bools]] = {}
        adverts = slim(tables.adverts)
        ids = adverts["advert_id"].to_numpy()
        in_order = bool((ids[1:] > ids[:-1]).all())  # as the pipeline gives them: texts need not be copied
        self.adverts = adverts if in_order else adverts.sort_by("advert_id").combine_chunks()
        self.advert_ids: Ints = self.adverts["advert_id"].to_numpy()
        self.n = len(self.advert_ids)

    def positions(self, advert_id: pa.ChunkedArray) -> tuple[Ints, Bools]:
        """Return the position of each advert id, and whether the pile has it at all."""
        at = places_among(self.advert_ids, advert_id.to_numpy())
        return at, at >= 0

    def mention_rows(self, kind: str) -> pa.Table:
        """Return the mentions of a kind that the extractor does not doubt."""
        if kind not in self._rows:
            rows = _of_kind(self.tables.mentions, kind)
            self._rows[kind] = given_links(rows) if kind == "url" else rows
        return self._rows[kind]

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

    def tied(self, kinds: tuple[str, ...]) -> Ties:
        """Return which advert shows which key of these kinds; hubs are left out, they speak for nobody."""
        keys = self.tables.keys
        wanted = pc.and_(pc.is_in(keys["key_kind"], pa.array(kinds)), pc.invert(keys["hub"]))
        if self.tables.places is None:
            keys = keys.filter(wanted).sort_by([("key_kind", "ascending"), ("key_id", "ascending")])
            at, code = self._looked_up(keys, kinds)
        else:
            advert, key = self.tables.places
            mark = wanted.to_numpy()
            rows = np.flatnonzero(mark[key])
            keys = keys.filter(wanted)
            at, code = advert[rows], (np.cumsum(mark) - 1)[key[rows]]
        pairs = tie(at, code, keys["value"].to_pylist())
        return Ties(pairs.advert, pairs.code, pairs.values, tuple(keys["key_kind"].to_pylist()))

    def _looked_up(self, keys: pa.Table, kinds: tuple[str, ...]) -> tuple[Ints, Ints]:
        """Return the position of each advert that shows one of these keys, and the place of that key."""
        links = self.tables.links
        links = links.filter(pc.is_in(links["key_kind"], pa.array(kinds)))
        ids = keys["key_id"].to_numpy()
        order = np.argsort(ids, kind="stable")
        found = places_among(ids[order], links["key_id"].to_numpy())
        at, known = self.positions(links["advert_id"])
        keep = np.flatnonzero((found >= 0) & known)
        return at[keep], order[found[keep]].astype(np.int64)
