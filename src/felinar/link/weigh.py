"""What sharing a key says against chance, in millibits.

After Fellegi and Sunter: log2(m / u), where u is the share of adverts that show the key. A pile is a sample of a
larger market, so a small pile counts as one of 100,000: a number is no more of a coincidence in a small pile.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.link.alike import MOST_OF_A_COPY, MOST_OF_A_PART, MOST_OF_A_SMALL_COPY
from felinar.link.graph import Bools, Codes, Graph
from felinar.link.picture import held_by
from felinar.link.shown import KINDS

SMALLEST_MARKET = 100_000
# The most that one key of each kind can say: a picture name or an account is easier to share than a number.
MOST_MILLIBITS = {
    "phone": 14_000,
    "email": 14_000,
    "handle": 14_000,
    "wallet": 16_000,
    "iban": 16_000,
    "url": 11_000,
    "masked": 12_000,
    "account": 11_000,
    "near_duplicate": 10_000,
    "picture": 10_000,
    "picture_copy": MOST_OF_A_COPY,
    "picture_small": MOST_OF_A_SMALL_COPY,
    "picture_part": MOST_OF_A_PART,
}
MOST_OF_A_PICTURE_NAME = 7_000
# Two texts that share less than this say nothing by that; from there each thousandth of likeness adds a little, so that
# only texts alike in half of their shingles join two adverts by themselves (see `resolve/join.py`).
UNLIKE_THOUSANDTHS = 300
MILLIBITS_PER_THOUSANDTH = 25
# How many adverts show a key is no argument against it: what joins strangers is found by its diversity (`hubs.py`). So
# the largest operation still joins by its number; a picture's name alone, "1.jpg", does not.
LEAST_MILLIBITS = 6_000
LEAST_OF_WEAK_KEYS = 1_000


def millibits(graph: Graph, pile: int, *, picture_names: pa.Array | None) -> Codes:
    """Return the weight of each key; `pile` is the epoch's number of adverts. None: all pictures are names."""
    adverts = np.maximum(graph.adverts_per_key, 2)
    # Rounded to whole millibits at once, so that no later sum depends on the order of its terms.
    rarity = np.floor(np.log2(max(pile, SMALLEST_MARKET) / adverts) * 1000).astype(np.int64)
    is_name = np.zeros(graph.keys, bool)
    pictures = np.flatnonzero(graph.is_kind("picture"))
    if picture_names is None:
        is_name[pictures] = True
    else:
        named = pc.is_in(graph.values.take(pa.array(pictures)), picture_names)
        is_name[pictures] = named.to_numpy(zero_copy_only=False)
    most = np.array([MOST_MILLIBITS[kind] for kind in KINDS], dtype=np.int64)[graph.kind]
    most = np.where(is_name, MOST_OF_A_PICTURE_NAME, most)
    weights: Codes = np.clip(rarity, np.where(is_name, LEAST_OF_WEAK_KEYS, LEAST_MILLIBITS), most)
    return weights


def of_likeness(similarity: Codes, weight: Codes) -> Codes:
    """Return the weight of near-duplicate links by how alike each text is to its medoid, in thousandths."""
    by_likeness = (similarity - UNLIKE_THOUSANDTHS) * MILLIBITS_PER_THOUSANDTH
    return np.minimum(weight, np.maximum(by_likeness, LEAST_OF_WEAK_KEYS))


def of_alike_pictures(graph: Graph, weights: Codes, most: Codes, hub: Bools) -> Codes:
    """Return the weight of each row of the graph: of pictures, what each key adds to the wider group that holds it.

    A file says more than the copies of it, and these more than parts in common; two adverts that share the file share
    all of them, so the sum must be what the file says. `weights` are those of the keys, `most` what each row of
    `Alike.groups` says at most. A hub says nothing, and takes nothing from what is inside it.
    """
    full = np.repeat(np.where(hub, 0, weights), graph.adverts_per_key)
    grouped = np.flatnonzero(graph.alike >= 0)
    full[grouped] = np.minimum(full[grouped], most[graph.alike[grouped]])
    if not len(grouped):
        return full
    wider = held_by(graph.wider, hub)
    inside = np.flatnonzero(wider[graph.key] >= 0)
    width = len(graph.advert_ids)
    of_pair = graph.key * width + graph.advert  # sorted, as the rows are
    holding = np.searchsorted(of_pair, wider[graph.key[inside]] * width + graph.advert[inside])
    added = full.copy()
    added[inside] = np.maximum(0, full[inside] - full[holding])
    return added
