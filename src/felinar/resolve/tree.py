"""The tree of those adverts that share most bits (Prim's algorithm), and its branches as stretches of a list."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]


def spanned(adverts: int, advert: Codes, key: Codes, weight: Codes) -> list[tuple[int, int]]:
    """Return the adverts that keys tie to the first one, each with the one before it with which it shares most bits.

    Rows are (advert, key, millibits) by key; a pair (advert, -1) begins. Ties go to the smallest advert.
    """
    by_key = np.split(advert, np.searchsorted(key, np.arange(1, int(key.max(initial=-1)) + 1)))
    says = np.zeros(len(by_key), dtype=np.int64)
    np.maximum.at(says, key, weight)
    by_advert = np.argsort(advert, kind="stable")
    own = np.split(key[by_advert], np.searchsorted(advert[by_advert], np.arange(1, adverts)))
    shared = np.full(adverts, 0, dtype=np.int64)
    near = np.full(adverts, -1, dtype=np.int64)
    waiting = np.ones(adverts, dtype=bool)
    found = [(0, -1)] if adverts else []
    while found:
        here = found[-1][0]
        waiting[here] = False
        bits = np.zeros(adverts, dtype=np.int64)
        for one in own[here].tolist():
            bits[by_key[one]] += says[one]
        closer = waiting & (bits > shared)
        shared[closer], near[closer] = bits[closer], here
        following = int(np.where(waiting, shared, 0).argmax())
        if not waiting[following] or not shared[following]:
            break
        found.append((following, int(near[following])))
    return found


def walk(tree: list[tuple[int, int]]) -> tuple[Codes, Codes]:
    """Return the adverts of a tree so that every branch stands in one piece, and where the branch of each one ends."""
    below: dict[int, list[int]] = {}
    for advert, above in tree:
        below.setdefault(above, []).append(advert)
    order: list[int] = []
    ends = np.zeros(len(tree), dtype=np.int64)
    waiting = [(advert, -1) for advert in below.get(-1, [])]
    while waiting:
        advert, place = waiting.pop()
        if place >= 0:  # everything below it has been seen
            ends[place] = len(order)
            continue
        waiting.append((advert, len(order)))
        order.append(advert)
        waiting += [(other, -1) for other in below.get(advert, [])]
    return np.array(order, dtype=np.int64), ends
