"""Pictures as keys: the same file by SHA-256, else the same file name, which says less; and groups of alike ones."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.link.alike import PICTURE_KINDS, Alike
from felinar.link.shown import KINDS, key_ids

Codes = npt.NDArray[np.int64]
NOTHING: Codes = np.zeros(0, np.int64)


class PictureKeys(NamedTuple):
    """Keys for groups of alike pictures, and who shows them: row i is (advert[i], number[i]), for the reason row[i].

    `row` is one of `Alike.groups`. Key `narrower[i]` is inside group `wider[i]`: a number of a key that is shown as a
    file, or, below 0, the group -1 - n.
    """

    kind: Codes
    key_ids: Codes
    values: pa.StringArray
    advert: Codes
    number: Codes
    row: Codes
    narrower: Codes
    wider: Codes


def picture_names(images: pa.Table) -> pa.Array | None:
    """Return the names that stand for pictures whose files were not delivered; None where no file was, so all do."""
    has_no_file = pc.equal(pc.fill_null(images["sha256"], ""), "")
    if pc.all(has_no_file).as_py():
        return None
    named = images.filter(has_no_file)
    return pc.unique(named["path"].combine_chunks())


def medoids_now(pictures: Alike, kind: str) -> dict[str, str]:
    """Return the medoid of the group of this kind that each file is in."""
    rows = pictures.groups.filter(pc.equal(pictures.groups["key_kind"], kind))
    return dict(zip(rows["sha256"].to_pylist(), rows["medoid"].to_pylist(), strict=True))


def held_by(wider: Codes, hub: npt.NDArray[np.bool_]) -> Codes:
    """Return of each key the next wider group that is no hub, -1 where none holds it; `wider` are the next ones."""
    held = wider
    while (refused := (held >= 0) & hub[held]).any():
        held = np.where(refused, wider[held], held)
    return held


def picture_keys(shown_keys: pa.Table, number: Codes, advert: Codes, pictures: Alike) -> PictureKeys:
    """Return the keys of the groups that the adverts' pictures are in; `number` names the file that each advert shows.

    Of two pictures of one advert in one group the one that says more comes first.
    """
    groups = pictures.groups
    if not groups.num_rows:
        return PictureKeys(*(NOTHING,) * 2, pa.array([], pa.string()), *(NOTHING,) * 5)
    kind = pc.index_in(groups["key_kind"], pa.array(KINDS)).to_numpy().astype(np.int64)
    values, group = _distinct(kind, groups["medoid"])
    files = np.flatnonzero(shown_keys["key_kind"].to_numpy() == KINDS.index("picture"))
    names = shown_keys["value"].combine_chunks().take(pa.array(files))
    place = pc.index_in(groups["sha256"].combine_chunks(), names)  # of each row's file among the keys
    there = np.flatnonzero(place.is_valid().to_numpy(zero_copy_only=False))
    file = files[place.take(pa.array(there)).to_numpy()]
    order = there[np.lexsort((there, -groups["millibits"].to_numpy()[there], file))]
    of_file = np.sort(file)
    first, last = np.searchsorted(of_file, number), np.searchsorted(of_file, number, side="right")
    counts = last - first
    row = order[np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - first, counts)]
    shows = np.repeat(advert, counts)
    best = np.lexsort((row, -groups["millibits"].to_numpy()[row], group[row], shows))
    inside = _inside(file, kind[there], group[there])
    group_kind = np.array([KINDS.index(name) for name, _ in values], dtype=np.int64)
    medoids = pa.array([medoid for _, medoid in values], pa.string())
    ids = key_ids(group_kind, medoids)
    return PictureKeys(group_kind, ids, medoids, shows[best], group[row][best], row[best], *inside)


def _distinct(kind: Codes, medoid: pa.ChunkedArray) -> tuple[list[tuple[str, str]], Codes]:
    """Return each group as (kind, medoid), and the group of each row."""
    named = [(KINDS[k], name) for k, name in zip(kind.tolist(), medoid.to_pylist(), strict=True)]
    values = sorted(set(named))
    number = {one: n for n, one in enumerate(values)}
    return values, np.array([number[one] for one in named], dtype=np.int64)


def _inside(file: Codes, kind: Codes, group: Codes) -> tuple[Codes, Codes]:
    """Return pairs of a key and the next wider group that holds it."""
    step = np.array([PICTURE_KINDS.index(KINDS[k]) for k in kind.tolist()], dtype=np.int64)
    order = np.lexsort((step, file))
    file, group = file[order], group[order]
    first = np.ones(len(file), bool)
    first[1:] = file[1:] != file[:-1]
    narrower = np.where(first, file, -1 - np.roll(group, 1))
    pairs = np.unique(np.stack([narrower, group], axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]
