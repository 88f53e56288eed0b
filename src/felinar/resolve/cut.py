"""Where one operation could be cut: its bridges, weakest first, and what the next run would make of a cut.

The adverts are spanned by the tree of those that share most bits (`tree.py`). Each edge of the tree parts them in two;
the bits of the keys that stand on both sides, less what they are diluted by, say how little holds the two. This
is the rule of `join.py`, asked of the finished operation: in which order it grew plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from felinar.resolve.join import DILUTION, DILUTION_OF_A_BARE, MOST_MILLIBITS, SPARE_OF_A_JUDGEMENT, Codes, join
from felinar.resolve.tree import spanned, walk

_MILLI = 1000
_KEYS_AT_ONCE = 256  # bounds the memory: adverts times so many numbers
_JUDGED = 1 << 40  # millibits of "same": nothing outweighs a person


@dataclass(frozen=True)
class Links:
    """What ties the adverts of one operation: rows (advert, key, millibits) by key; judgements as `join` takes them."""

    adverts: int
    advert: Codes
    key: Codes
    weight: Codes
    together: Codes
    apart: Codes


@dataclass(frozen=True)
class Bridge:
    """A place to cut: the adverts of the smaller side, the keys that stand on both sides, millibits to spare."""

    side: Codes
    keys: Codes
    spare: int


@dataclass(frozen=True)
class Sides:
    """Codes of adverts, each ascending: those that leave, those that stay, and those that would be in neither part."""

    leaving: Codes
    staying: Codes
    alone: Codes


def bridges(links: Links, most: int) -> list[Bridge]:
    """Return the weakest bridges, those that part two adverts and more from the rest first; none across a "same"."""
    tied = _with_judgements(links)
    order, ends = walk(spanned(links.adverts, *tied))
    bits, spare = _held(links, tied, order, ends)
    sizes = ends - np.arange(len(order))
    single = np.minimum(sizes, len(order) - sizes) < 2
    ranked = np.lexsort((order, bits, spare, single))
    found = [at for at in ranked.tolist() if at > 0 and bits[at] < _JUDGED][:most]
    return [_bridge(links, order, int(ends[at]), at, int(spare[at])) for at in found]


def _held(links: Links, tied: tuple[Codes, Codes, Codes], order: Codes, ends: Codes) -> tuple[Codes, Codes]:
    """Return for each branch the millibits of the keys on both of its sides, and what is left of them when diluted."""
    place = np.full(links.adverts, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    advert, key, weight = tied
    known = place[advert] >= 0
    row, key, weight = place[advert[known]], key[known], weight[known]
    bits = np.zeros(len(order), dtype=np.int64)
    inside, outside = np.ones(len(order)), np.ones(len(order))
    for first in range(0, int(key.max(initial=-1)) + 1, _KEYS_AT_ONCE):
        now = (key >= first) & (key < first + _KEYS_AT_ONCE)
        within, total = _counted(row[now], key[now] - first, ends)
        crossing = (within > 0) & (within < total)
        says = np.zeros(_KEYS_AT_ONCE, dtype=np.int64)
        np.maximum.at(says, key[now] - first, weight[now])
        bits += crossing @ says
        inside = np.maximum(inside, np.where(crossing, within, 1).max(axis=1))
        outside = np.maximum(outside, np.where(crossing, total - within, 1).max(axis=1))
    sizes = ends - np.arange(len(order))
    rest = np.maximum(len(order) - sizes, 1)
    bare = np.bincount(links.advert, minlength=links.adverts)[order] == 1
    of_one = (bare & (sizes == 1)) | (bare[:1] & (rest == 1))  # on one side, or the root alone on the other
    dilution = np.where(of_one, DILUTION_OF_A_BARE, DILUTION)
    diluted = dilution * (np.log2(sizes / inside) + np.log2(rest / outside))
    spare = np.minimum(bits, MOST_MILLIBITS) - np.rint(_MILLI * diluted).astype(np.int64)
    return bits, np.where(bits >= _JUDGED, SPARE_OF_A_JUDGEMENT, spare)


def _with_judgements(links: Links) -> tuple[Codes, Codes, Codes]:
    """Return the rows by key, every "same" as a key of its own that nothing outweighs."""
    keys = int(links.key.max(initial=-1)) + 1
    judged = keys + np.repeat(np.arange(len(links.together), dtype=np.int64), 2)
    heavy = np.full(len(judged), _JUDGED, dtype=np.int64)
    advert = np.concatenate([links.advert, links.together.ravel()])
    return advert, np.concatenate([links.key, judged]), np.concatenate([links.weight, heavy])


def _counted(row: Codes, key: Codes, ends: Codes) -> tuple[Codes, Codes]:
    """Return how many adverts of each branch show each of these keys, and how many show it in all."""
    shown = np.zeros((len(ends) + 1, _KEYS_AT_ONCE), dtype=np.int32)
    shown[row + 1, key] = 1
    summed = np.cumsum(shown, axis=0)
    return summed[ends] - summed[:-1], summed[-1]


def _bridge(links: Links, order: Codes, end: int, at: int, spare: int) -> Bridge:
    branch, rest = np.sort(order[at:end]), np.sort(np.concatenate([order[:at], order[end:]]))
    here, there = (np.unique(links.key[np.isin(links.advert, side)]) for side in (branch, rest))
    smaller = min((branch, rest), key=lambda side: (len(side), -int(side[0])))
    return Bridge(smaller, np.intersect1d(here, there), spare)


def part(links: Links, side: Codes) -> Sides:
    """Return what the next run makes of these adverts when a person judges this side to be different from the rest.

    The smaller part leaves; of two of one size the one with the smallest advert stays, since it keeps the id.
    """
    rest = np.setdiff1d(np.arange(links.adverts), side)
    number = int(links.apart[:, 1].max(initial=-1)) // 2 + 1
    apart = np.concatenate([links.apart, _marked(side, 2 * number), _marked(rest, 2 * number + 1)])
    after, _ = join(links.adverts, links.advert, links.key, links.weight, together=links.together, apart=apart)
    parts = [np.flatnonzero(after == np.bincount(after[of]).argmax()) for of in (side, rest)]
    leaving, staying = sorted(parts, key=lambda one: (len(one), -int(one[0])))
    return Sides(leaving, staying, np.setdiff1d(np.arange(links.adverts), np.concatenate(parts)))


def _marked(adverts: Codes, side: int) -> npt.NDArray[np.int64]:
    return np.column_stack([adverts, np.full(len(adverts), side)]).astype(np.int64)
