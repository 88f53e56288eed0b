"""Epochs: the size of the pile by which rarity is measured is frozen under a number.

| frozen within an epoch                | counted afresh in every run                                          |
|---------------------------------------|----------------------------------------------------------------------|
| adverts in the pile (log2(pile / n))  | adverts that show a key (n), hubs, boilerplate, near-duplicate groups |

So a batch changes the weight only of keys that it shows; a new epoch changes that of all.
"""

from __future__ import annotations

from felinar.store.lake import Manifest

# A pile that has grown by a quarter is measured afresh.
GROWTH_PER_HUNDRED = 25


def epoch_of(manifest: Manifest, adverts: int, *, full: bool) -> tuple[int, int]:
    """Return (number, adverts) of the epoch to use now: the current one, or the next where it is due."""
    grown = adverts * 100 >= manifest.epoch_adverts * (100 + GROWTH_PER_HUNDRED)
    if manifest.epoch == 0 or full or grown:
        return manifest.epoch + 1, adverts
    return manifest.epoch, manifest.epoch_adverts
