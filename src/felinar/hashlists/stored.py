"""The stored pictures of a workspace held against all lists: a hit is logged, and what is kept of the picture goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.audit.log import log
from felinar.hashlists.check import hit_as_dict
from felinar.hashlists.hashes import EXACT
from felinar.hashlists.known import Lists
from felinar.hashlists.merge import Hashes
from felinar.hashlists.recheck import StoredHit, hashes_of, recheck
from felinar.hashlists.turns import ALL_TURNS, AS_IT_IS_AND_MIRRORED
from felinar.kernels.pdq import MIRRORED, TURN_NAMES
from felinar.pictures.looked import KNOWN, KNOWN_REASON, Hit
from felinar.store.lake import Lake, Part
from felinar.store.thumbnails import forget_thumbnails
from felinar.store.workspace import Workspace
from felinar.tables import PICTURES

# PDQ hashes that are stored of a picture, and how each came about.
WAYS = {
    "pdq": "",
    "pdq_mirrored": TURN_NAMES[MIRRORED],
    "trimmed": "without its border",
    "trimmed_mirrored": f"without its border, {TURN_NAMES[MIRRORED]}",
}
_COMPARED = ("sha256", "sha1", "md5", "state", "quality", *WAYS)
# What stays of a picture on a list, as when it is met for the first time (`Looked.without_content`).
_STAYS = ("sha256", "sha1", "md5", "size", "quality")


def recheck_pictures(workspace: Workspace, lists: Lists, *, all_turns: bool = False) -> list[dict[str, Any]]:
    """Return a row for each stored picture and entry: the hit, sha256, path and the ids of its adverts.

    Every hit is in the log first; then the thumbnail goes from the desk, and hashes, points and what the file stated
    from the tables and from the generation before. The caller holds the workspace for writing.
    """
    lake = Lake(workspace.tables)
    pictures = lake.read("pictures", _COMPARED)
    pictures = pictures.filter(pc.not_equal(pictures["state"], KNOWN))
    quality = pictures["quality"].to_numpy().astype(np.int64)
    images = lake.read("images")
    told = []
    for row, hit in _hits(lists, pictures, quality, all_turns):
        sha256 = pictures["sha256"][row].as_py()
        shown = images.filter(pc.equal(images["sha256"], sha256))
        adverts = sorted(set(shown["advert_id"].to_pylist()))
        about = {"sha256": sha256, "path": pc.min(shown["path"]).as_py() or "", "adverts": [str(a) for a in adverts]}
        told.append({**hit_as_dict(hit, lists.detail(hit), int(quality[row])), **about})
        log(workspace, "hashlists", {"stored_hit": told[-1]})
    if told:
        known = {row["sha256"] for row in told}
        forget_thumbnails(workspace.thumbnails, known)  # the desk first: nobody looks at it a moment longer
        purge(lake, known)
    return told


def purge(lake: Lake, known: Collection[str]) -> None:
    """Delete all but the exact hashes of these pictures, from this generation of the tables and from the one before."""
    parts = [_purged(lake, part, known) for part in lake.manifest().tables.get("pictures", [])]
    for _ in range(2):  # the second commit makes the purged generation the one before as well
        lake.commit({"pictures": parts})


def _purged(lake: Lake, part: Part, known: Collection[str]) -> Part:
    rows = lake.read_part(part)
    hit = pc.is_in(rows["sha256"], pa.array(sorted(known), pa.string()))
    if not pc.any(hit).as_py():
        return part
    stays = rows.filter(hit)
    count = stays.num_rows
    given = {name: stays[name] for name in _STAYS} | {"state": pa.repeat(KNOWN, count)}
    given["reason"] = pa.repeat(KNOWN_REASON, count)
    purged = _whole(given, count)
    left = rows.filter(pc.invert(hit))
    others = _whole({name: left[name] for name in left.column_names}, left.num_rows)
    return lake.write_part("pictures", PICTURES.sort(pa.concat_tables([others, purged])))


def _whole(given: Mapping[str, Any], count: int) -> pa.Table:
    """Return PICTURES with these columns and nothing in the others, which an older version may not have written."""
    return pa.table([given.get(c.name, _nothing(c.type, count)) for c in PICTURES.columns], schema=PICTURES.schema)


def _nothing(kind: pa.DataType, count: int) -> pa.Array:
    nothing = b"" if pa.types.is_binary(kind) else "" if pa.types.is_string(kind) else 0
    return pa.repeat(pa.scalar(nothing, kind), count)


def _hits(lists: Lists, pictures: pa.Table, quality: np.ndarray[Any, Any], all_turns: bool) -> list[StoredHit]:
    """Return the hits by row; of one picture and one entry the surest: by exact hash, then the nearest."""
    exact = recheck(lists, {kind: hashes_of(pictures[kind], kind) for kind in EXACT})
    several = [hashes_of(pictures[name], "pdq") for name in WAYS]
    count = len(WAYS)  # row r hashed in way w is asked for as r * count + w
    owners = [hashes.owners * np.uint32(count) + np.uint32(way) for way, hashes in enumerate(several)]
    stored = Hashes(np.concatenate([hashes.words for hashes in several], axis=1), np.concatenate(owners))
    turns = ALL_TURNS if all_turns else AS_IT_IS_AND_MIRRORED[:1]
    near = recheck(lists, {"pdq": stored}, np.repeat(quality, count), turns=turns)
    found: dict[tuple[int, str, str], Hit] = {(row, hit.list_name, hit.entry): hit for row, hit in exact}
    hows = list(WAYS.values())
    for asked, hit in near:
        row, way = divmod(asked, count)
        before = found.get((row, hit.list_name, hit.entry))
        if before is None or (before.hash_kind == hit.hash_kind and hit.distance < before.distance):
            how = ", ".join(part for part in (hows[way], hit.how if hit.how != TURN_NAMES[0] else "") if part)
            found[row, hit.list_name, hit.entry] = Hit(**{**vars(hit), "how": how or TURN_NAMES[0]})
    return [StoredHit(row, hit) for (row, _, _), hit in sorted(found.items(), key=lambda item: item[0])]
