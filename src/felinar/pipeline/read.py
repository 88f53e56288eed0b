"""Extract what is new: each file of adverts is read once per set of extractors, and the result is kept beside it.

The kept file is named by what it was made from, so that a run that was killed goes on where it was.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pyarrow as pa

from felinar.config import threads
from felinar.extract import EXTRACTORS, extract
from felinar.ids import canonical_json, sha256_hex
from felinar.pipeline.progress import Advance, Progress
from felinar.store.durable import put_in_place
from felinar.store.lake import Lake, Part
from felinar.tables import MENTIONS


def mentions_of_new_adverts(lake: Lake, progress: Progress) -> pa.Table:
    """Return the mentions of all adverts, in the order of the adverts' ids; only adverts never read before are read."""
    parts = lake.manifest().tables.get("adverts", [])
    missing = sum(part.rows for part in parts if not _kept(lake, part).is_file())
    advance = progress.begin("reading adverts", missing) if missing else (lambda done: None)
    tables = [_mentions(lake, part, advance) for part in parts]
    found = pa.concat_tables([MENTIONS.empty(), *tables])
    return found.take(np.argsort(found["advert_id"].to_numpy(), kind="stable")).combine_chunks()


def _kept(lake: Lake, part: Part) -> Path:
    rules = canonical_json([part.sha256, [f"{e.name}/{e.version}" for e in EXTRACTORS]])
    return lake.folder / f"cache-mentions-{sha256_hex(rules.encode())[:20]}.parquet"


def _mentions(lake: Lake, part: Part, advance: Advance) -> pa.Table:
    import pyarrow.parquet as pq

    path = _kept(lake, part)
    if path.is_file():
        with contextlib.suppress(OSError, ValueError, KeyError):  # a damaged one is made again; Arrow's are ValueErrors
            return pq.read_table(path, partitioning=None).cast(MENTIONS.schema)
    found = extract(lake.read_part(part), workers=threads(), progress=advance)
    temporary = path.with_suffix(".tmp")
    try:
        pq.write_table(found, temporary, compression="zstd", compression_level=1)
        put_in_place(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a disk that is full needs the room
        raise
    return found


def forget_old_caches(lake: Lake) -> None:
    """Delete kept mentions that no current file of adverts and no current rule needs any more."""
    needed = {_kept(lake, part).name for part in lake.manifest().tables.get("adverts", [])}
    for path in lake.folder.glob("cache-mentions-*"):
        if path.name not in needed:
            path.unlink()
