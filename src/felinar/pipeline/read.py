"""Extract what is new: each file of adverts is read once per set of extractors, and the result is kept beside it.

The kept file is named by what it was made from, so that a run that was killed goes on where it was.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pyarrow as pa

from felinar.config import threads
from felinar.extract import ADVERT_COLUMNS, EXTRACTORS, extract_tables, is_compiled, is_worth_it, processes
from felinar.ids import canonical_json, sha256_hex
from felinar.pipeline.progress import Progress
from felinar.store.durable import put_in_place
from felinar.store.lake import Lake, Part
from felinar.tables import MENTIONS

# Below so many adverts worker processes start more slowly than they read.
_FEW = 4_000


def mentions_of_new_adverts(lake: Lake, progress: Progress) -> pa.Table:
    """Return the mentions of all adverts, in the order of the adverts' ids; only adverts never read before are read."""
    parts = lake.manifest().tables.get("adverts", [])
    kept = {part.file: found for part in parts if (found := _read_kept(lake, part)) is not None}
    missing = [part for part in parts if part.file not in kept]
    if missing:
        adverts = sum(part.rows for part in missing)
        native = is_worth_it(adverts)
        if native and not is_compiled():
            _compile(progress)
        advance = progress.begin("reading adverts", adverts)
        tables = (lake.read_part(part, ADVERT_COLUMNS) for part in missing)
        workers = processes(adverts, threads(), native) if adverts >= _FEW else 1
        mentions = extract_tables(tables, workers=workers, progress=advance, native=native)
        for part, found in zip(missing, mentions, strict=True):
            _keep(lake, part, found)
            kept[part.file] = found
    found = pa.concat_tables([MENTIONS.empty(), *(kept[part.file] for part in parts)])
    return found.take(np.argsort(found["advert_id"].to_numpy(), kind="stable")).combine_chunks()


def _compile(progress: Progress) -> None:
    """Compile the native readers, here and not in every worker at once."""
    from felinar.extract.native.warm import compile_readers

    progress.begin("compiling the readers, once (about two minutes)")
    compile_readers(EXTRACTORS)


def _kept(lake: Lake, part: Part) -> Path:
    rules = canonical_json([part.sha256, [f"{e.name}/{e.version}" for e in EXTRACTORS]])
    return lake.folder / f"cache-mentions-{sha256_hex(rules.encode())[:20]}.parquet"


def _read_kept(lake: Lake, part: Part) -> pa.Table | None:
    """Return the mentions that an earlier run kept; a damaged file is as none, its mentions are read again."""
    import pyarrow.parquet as pq

    path = _kept(lake, part)
    with contextlib.suppress(OSError, ValueError, KeyError):  # Arrow's errors are ValueErrors
        return pq.read_table(path, partitioning=None).cast(MENTIONS.schema) if path.is_file() else None
    return None


def _keep(lake: Lake, part: Part, found: pa.Table) -> None:
    """Write the mentions of a file of adverts beside it."""
    import pyarrow.parquet as pq

    path = _kept(lake, part)
    temporary = path.with_suffix(".tmp")
    try:
        pq.write_table(found, temporary, compression="zstd", compression_level=1)
        put_in_place(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a disk that is full needs the room
        raise


def forget_old_caches(lake: Lake) -> None:
    """Delete kept mentions that no current file of adverts and no current rule needs any more."""
    needed = {_kept(lake, part).name for part in lake.manifest().tables.get("adverts", [])}
    for path in lake.folder.glob("cache-mentions-*"):
        if path.name not in needed:
            path.unlink()
