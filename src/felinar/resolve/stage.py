"""Resolve: which adverts belong to one operation, by the evidence that groups share and by what people judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.sorting import counted, order_by, places_among, places_of, starts_of
from felinar.resolve.bridges import weakest_links
from felinar.resolve.constraints import Judged, among, constraints
from felinar.resolve.history import Pile, histories
from felinar.resolve.join import Codes, join
from felinar.resolve.keep_ids import keep_ids
from felinar.resolve.operations import COLUMNS, describe
from felinar.tables import MEMBERSHIPS, OPERATIONS


@dataclass(frozen=True)
class Before:
    """What the run before left: MEMBERSHIPS, from which ids are kept, and OPERATIONS with their histories.

    `same_rules`: today's mentions of its adverts are those of then, so an operation that stayed need not be described.
    `taken`: ids of operations that may hold none of today's adverts, and yet are not to be given anew.
    """

    memberships: pa.Table
    operations: pa.Table
    same_rules: bool = False
    taken: Codes | None = None


@dataclass(frozen=True)
class Resolved:
    """MEMBERSHIPS; and what makes OPERATIONS of them, which takes as long and for which no other stage waits."""

    memberships: pa.Table
    operations: Callable[[], pa.Table]


def resolve(
    adverts: pa.Table,
    mentions: pa.Table,
    keys: pa.Table,
    links: pa.Table,
    *,
    before: Before | None = None,
    judgements: Iterable[Judged] = (),
    places: tuple[Codes, Codes] | None = None,
) -> Resolved:
    """Return MEMBERSHIPS and OPERATIONS. Ids are kept from the run before, and what became of operations is told.

    `places` are those of each link's advert among the sorted ids and of its key among the keys, where they are known
    already; keys and links then stand in the order of their tables' keys.
    """
    before = before or Before(MEMBERSHIPS.empty(), OPERATIONS.empty())
    judgements = tuple(judgements)
    advert_ids: Codes = np.sort(adverts["advert_id"].to_numpy())
    named = keys if places else _by_kind_and_id(keys)
    kinds, values = (named[column].combine_chunks() for column in ("key_kind", "value"))
    advert, key, weight = _by_key(*places, links, named.num_rows) if places else _coded(advert_ids, named, links)
    judged = constraints(judgements)
    strong = weight > 0
    group, joins = join(
        len(advert_ids), advert[strong], key[strong], weight[strong],
        together=among(judged.together, advert_ids, columns=2), apart=among(judged.apart, advert_ids, columns=1),
    )  # fmt: skip
    old = _before(advert_ids, before.memberships)
    operation, previous = keep_ids(advert_ids, group, old, before.taken)
    by_advert = order_by(advert, len(advert_ids))
    shown = starts_of(advert, len(advert_ids)), key[by_advert], weight[by_advert]
    pile = Pile(advert_ids, operation, old, joins, *shown, kinds, values, judgements)
    memberships = MEMBERSHIPS.check(pa.table({"advert_id": advert_ids, "operation_id": operation}))
    return Resolved(memberships, partial(_operations, adverts, mentions, memberships, before, pile, group, previous))


def _operations(
    adverts: pa.Table, mentions: pa.Table, memberships: pa.Table, before: Before, pile: Pile, group: Codes,
    previous: dict[int, list[int]],
) -> pa.Table:  # fmt: skip
    """Return OPERATIONS: what most of their adverts show, what became of them, and where they hold together least."""
    history = histories(pile, _kept(before))
    told = weakest_links(pile.joins, group, pile.kinds, pile.values)
    weakest = {int(pile.operation[code]): link for code, link in told.items()}
    stayed = _stayed(pile.operation, pile.before, before.memberships)
    described = _described(adverts, mentions, memberships, before, stayed)
    ids = described["operation_id"].to_pylist()
    columns = {
        "weakest_link": pa.array([weakest.get(i, "") for i in ids], pa.string()),
        "previous_ids": pa.array([previous.get(i, []) for i in ids], pa.list_(pa.int64())),
        "history": pa.array([history.get(i, "") for i in ids], pa.string()),
    }
    for name, column in columns.items():
        described = described.append_column(name, column)
    return OPERATIONS.check(described)


def _stayed(operation: Codes, old: Codes, before: pa.Table) -> Codes:
    """Return the operations that hold the same adverts as in the run before."""
    now, count = counted(operation)
    then, held = counted(before["operation_id"].to_numpy())
    kept, in_common = counted(operation[old == operation])
    whole = count[np.searchsorted(now, kept)] == in_common
    stayed: Codes = kept[whole & (held[np.searchsorted(then, kept)] == in_common)]
    return stayed


def _described(adverts: pa.Table, mentions: pa.Table, memberships: pa.Table, before: Before, stayed: Codes) -> pa.Table:
    """Return what `describe` says of all operations; of those that stayed it is known already."""
    if not before.same_rules:
        return describe(adverts, mentions, memberships)
    known = before.operations.filter(_among(before.operations["operation_id"], stayed))
    held = np.sort(known["operation_id"].to_numpy())
    changed = memberships.filter(pc.invert(_among(memberships["operation_id"], held)))
    ids = changed["advert_id"].to_numpy()
    posted = adverts.select(COLUMNS).filter(_among(adverts["advert_id"], ids))
    new = describe(posted, mentions.filter(_among(mentions["advert_id"], ids)), changed)
    return pa.concat_tables([known.select(new.column_names).cast(new.schema), new]).sort_by("operation_id")


def _among(column: pa.ChunkedArray, ids: Codes) -> pa.Array:
    """Return which rows hold one of these ids, which ascend."""
    return pa.array(places_among(ids, column.to_numpy()) >= 0)


def _kept(before: Before) -> dict[int, str]:
    """Return the history of each operation of the run before that has one."""
    told = before.operations.filter(pc.not_equal(pc.fill_null(before.operations["history"], ""), ""))
    return dict(zip(told["operation_id"].to_pylist(), told["history"].to_pylist(), strict=True))


def _by_kind_and_id(keys: pa.Table) -> pa.Table:
    """Return the keys in the order of their table's key; as the link stage gives them nothing is moved."""
    kind, key_id = _kind_codes(keys, sorted(pc.unique(keys["key_kind"]).to_pylist())), keys["key_id"].to_numpy()
    same = kind[1:] == kind[:-1]
    in_order = (kind[1:] > kind[:-1]) | (same & (key_id[1:] > key_id[:-1]))
    return keys if in_order.all() else keys.take(np.lexsort((key_id, kind)))


def _coded(advert_ids: Codes, keys: pa.Table, links: pa.Table) -> tuple[Codes, Codes, Codes]:
    """Return the advert, key and weight of each link, by key, then advert."""
    kinds = pc.unique(keys["key_kind"]).to_pylist()
    ids = keys["key_id"].to_numpy(), _kind_codes(keys, kinds)
    key = places_of(*ids, links["key_id"].to_numpy(), _kind_codes(links, kinds))
    known = np.flatnonzero(key >= 0)
    advert = np.searchsorted(advert_ids, links["advert_id"].to_numpy()[known])
    rows = order_by(advert, len(advert_ids))
    return _by_key(advert[rows], key[known][rows], links.take(pa.array(known[rows])), keys.num_rows)


def _by_key(advert: Codes, key: Codes, links: pa.Table, keys: int) -> tuple[Codes, Codes, Codes]:
    """Return the advert, key and weight of each link, by key, then advert; the links stand by advert."""
    rows = order_by(key, keys)
    return advert[rows], key[rows], links["millibits"].to_numpy().astype(np.int64)[rows]


def _kind_codes(table: pa.Table, kinds: list[str]) -> Codes:
    """Return the place of each row's kind among these kinds, -1 for another."""
    place = pc.fill_null(pc.index_in(table["key_kind"], pa.array(kinds, pa.string())), -1)
    codes: Codes = place.to_numpy().astype(np.int64)
    return codes


def _before(advert_ids: Codes, before: pa.Table | None) -> Codes:
    """Return the operation id of each advert in the run before, or -1."""
    result = np.full(len(advert_ids), -1, dtype=np.int64)
    if before is None or before.num_rows == 0 or len(advert_ids) == 0:
        return result
    old = before["advert_id"].to_numpy()
    at = np.minimum(np.searchsorted(advert_ids, old), len(advert_ids) - 1)
    found = advert_ids[at] == old
    result[at[found]] = before["operation_id"].to_numpy()[found]
    return result
