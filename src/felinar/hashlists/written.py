"""A version of a list written to disk: arrays to be mapped, an index of its PDQ hashes, entries as Parquet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from felinar.hashlists.hashes import BYTES, PHOTODNA
from felinar.hashlists.merge import Arrays
from felinar.hashlists.store import ABOUT_FILE, CURRENT, ENTRIES, REJECTS, SCHEMA_VERSION
from felinar.store.durable import sync_file, sync_folder, write_text


def save(
    folder: Path, name: str, arrays: Arrays, said: Mapping[str, Any], rejects: Iterable[Mapping[str, str]]
) -> Path:
    """Write a new version of a list, make it the one that holds, delete the others; return its folder."""
    version = folder / name / f"v{int(said['delivery']):06d}"
    shutil.rmtree(version, ignore_errors=True)  # left by somebody who was killed
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # lists are lent, not for everybody on this machine
    version.mkdir(parents=True)
    _write(version, arrays)
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rejects)
    (version / REJECTS).write_text(lines, encoding="utf-8", errors="replace")
    text = {"schema_version": SCHEMA_VERSION, **said, "counts": counts_of(arrays)}
    (version / ABOUT_FILE).write_text(
        json.dumps(text, ensure_ascii=False, indent=1), encoding="utf-8", errors="replace"
    )
    for path in sorted(version.rglob("*")):
        if path.is_file():
            sync_file(path)
    sync_folder(version)
    write_text(folder / name / CURRENT, version.name + "\n")
    for other in sorted((folder / name).glob("v*")):
        if other != version:
            shutil.rmtree(other)
    return version


def counts_of(arrays: Arrays) -> dict[str, int]:
    """Return how many entries a list has, and hashes of each kind."""
    import pyarrow.compute as pc

    opaque = pc.sum(pc.not_equal(arrays.about["photodna"], "")).as_py() or 0
    return {
        "entries": len(arrays.times),
        **{kind: len(arrays.hashes[kind].owners) for kind in BYTES},
        PHOTODNA: int(opaque),
    }


def _write(version: Path, arrays: Arrays) -> None:
    import pyarrow.parquet as pq

    from felinar.kernels.multi_index import index_of
    from felinar.kernels.pdq import RADIUS

    np.save(version / "keys.npy", arrays.keys)
    np.save(version / "times.npy", arrays.times)
    for kind, hashes in arrays.hashes.items():
        np.save(version / f"{kind}-words.npy", hashes.words)
        np.save(version / f"{kind}-owners.npy", hashes.owners)
    pq.write_table(arrays.about, version / ENTRIES, compression="zstd", compression_level=1, row_group_size=1 << 16)
    _write_names(version, arrays)
    if len(arrays.hashes["pdq"].owners):
        index_of(arrays.hashes["pdq"].words.T, RADIUS).save(version / "pdq")


def _write_names(version: Path, arrays: Arrays) -> None:
    """Write the ids of the entries so that one can be read without the others: places, and all texts in a row."""
    names_column = arrays.about["entry"].cast("large_string").combine_chunks()
    names_array = names_column.chunk(0) if hasattr(names_column, "chunk") else names_column
    _, places, texts = names_array.buffers()
    size = len(names_array)
    np.save(
        version / "name-places.npy",
        np.frombuffer(places, dtype=np.int64)[: size + 1] if size else np.zeros(1, np.int64),
    )
    np.save(version / "name-texts.npy", np.frombuffer(texts or b"", dtype=np.uint8))
