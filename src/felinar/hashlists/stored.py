"""The stored pictures of a workspace held against all lists; every hit is in the log before anybody is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from felinar.audit.log import log
from felinar.hashlists.check import hit_as_dict
from felinar.hashlists.hashes import BYTES
from felinar.hashlists.known import Lists
from felinar.hashlists.recheck import hashes_of, recheck
from felinar.hashlists.turns import ALL_TURNS, AS_IT_IS_AND_MIRRORED
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace

_COLUMNS = ("image_id", "advert_id", "path", *BYTES, "quality")


def recheck_images(workspace: Workspace, lists: Lists, *, all_turns: bool = False) -> list[dict[str, Any]]:
    """Return a row for each stored picture and entry: the hit, image_id, path and the ids of its adverts."""
    images = Lake(workspace.tables).read("images", _COLUMNS)
    rows, adverts = _distinct(images)
    pictures = images.take(pa.array(rows, pa.int64()))
    stored = {kind: hashes_of(pictures[kind], kind) for kind in BYTES}
    quality = pictures["quality"].fill_null(0).to_numpy().astype(np.int64)
    found = []
    for row, hit in recheck(lists, stored, quality, turns=ALL_TURNS if all_turns else AS_IT_IS_AND_MIRRORED):
        picture = {name: pictures[name][row].as_py() for name in ("image_id", "path")}
        told = {
            **hit_as_dict(hit, lists.detail(hit), int(quality[row])),
            **picture,
            "adverts": [str(advert) for advert in adverts[picture["image_id"]]],
        }
        log(workspace, "hashlists", {"stored_hit": told})
        found.append(told)
    return found


def _distinct(images: pa.Table) -> tuple[list[int], dict[str, list[int]]]:
    """Return the first row of each picture, and the adverts that show it."""
    rows: dict[str, int] = {}
    adverts: dict[str, list[int]] = {}
    pairs = zip(images["image_id"].to_pylist(), images["advert_id"].to_pylist(), strict=True)
    for row, (image, advert) in enumerate(pairs):
        rows.setdefault(image, row)
        adverts.setdefault(image, []).append(advert)
    return list(rows.values()), adverts
