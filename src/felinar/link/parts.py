"""Parts of a picture: cropped, framed, on a screen, in a collage; found by points that look alike and lie alike."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.around_medoids import around_medoids
from felinar.kernels.points import Points, unpacked
from felinar.kernels.shared_points import candidates
from felinar.link.laid import Laid

PARTS = pa.schema(
    [("sha256", pa.string()), ("medoid", pa.string()), ("agreeing", pa.int32()), ("mirrored", pa.bool_())]
)


def parts(pictures: pa.Table, laid: Laid | None = None) -> pa.Table:
    """Return pictures that show a part in common: (sha256, medoid, points that agree, mirrored), by sha256.

    `pictures` are PICTURES, of copies only one: it stands for all of them. `laid` is asked before two are compared.
    """
    has_points = pc.greater(pc.binary_length(pictures["points"]), 0)
    unique = pictures.filter(has_points).sort_by("sha256")
    own = [unpacked(data.as_py()) for data in unique["points"].combine_chunks()]
    mirror = [unpacked(data.as_py()) for data in unique["points_mirrored"].combine_chunks()]
    sha256 = unique["sha256"].to_pylist()
    found = _same_parts(sha256, own, mirror, laid or Laid())
    left, right = (np.array([pair[k] for pair in found], dtype=np.int64) for k in (0, 1))
    medoid = around_medoids(unique.num_rows, left, right)
    rows = []
    for member in np.flatnonzero(medoid >= 0).tolist():
        middle = int(medoid[member])
        agreeing, mirrored = found.get((min(member, middle), max(member, middle)), (0, False))
        rows.append((sha256[member], sha256[middle], agreeing, mirrored))
    columns = list(zip(*rows, strict=True)) or [()] * len(PARTS)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, PARTS, strict=True)], schema=PARTS)


def _same_parts(
    sha256: list[str], own: list[Points], mirror: list[Points], laid: Laid
) -> dict[tuple[int, int], tuple[int, bool]]:
    """Return pairs of pictures with a part in common: points that agree, and whether one is mirrored."""
    count = len(own)
    given = own + mirror  # picture k is number k as it is, and count + k mirrored
    if not count:
        return {}
    words = np.concatenate([words for words, _ in given])
    number = np.repeat(np.arange(2 * count), [len(words) for words, _ in given])
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    for left, right in zip(*(side.tolist() for side in candidates(words, number)), strict=True):
        if left >= count or left == right % count:  # two mirrored ones say what the two as they are say
            continue
        other, mirrored = right % count, right >= count
        agreeing = laid.agreeing((sha256[left], sha256[other], mirrored), given[left], given[right])
        if agreeing:
            key = min(left, other), max(left, other)
            found[key] = max(found.get(key, (0, False)), (agreeing, mirrored))
    return found
