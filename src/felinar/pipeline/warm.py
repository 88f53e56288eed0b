"""Compile all kernels: by the extractors' examples, and by a run and a batch on a made-up pile."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from felinar.extract import EXTRACTORS
from felinar.extract.native.warm import compile_readers
from felinar.pipeline import ingest, run
from felinar.pipeline.pictures import can_open
from felinar.sources.native import compile_lines
from felinar.store.workspace import Workspace

# Enough adverts that every stage uses its compiled form instead of its plain twin, in the run and in the batch.
PILE, BATCH = 3_600, 360
_WORDS = ("river", "garden", "window", "market", "bridge", "orchard", "lantern", "harbour", "meadow", "kitchen")


def warm() -> float:
    """Return the seconds that it took to have every kernel compiled and kept."""
    begun = time.monotonic()
    compile_readers(EXTRACTORS)
    compile_lines()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "warm", "compiling")
        for first, last in ((0, PILE), (PILE, PILE + BATCH)):
            path = Path(folder) / "adverts.jsonl"
            path.write_text("".join(json.dumps(_advert(n)) + "\n" for n in range(first, last)), encoding="utf-8")
            ingest(workspace, [path])
            run(workspace)
    if can_open():
        from felinar.pictures.warm import warm as compile_pictures

        compile_pictures()
    return time.monotonic() - begun


def _advert(n: int) -> dict[str, str]:
    """Return an advert that shares its text with two others, its number with one, its account with three."""
    text = " ".join(_WORDS[(n // 3 + j * (n // 3 + 1) + j * j) % len(_WORDS)] for j in range(40))
    number = f"07700 900{n // 2 % 1000:03d}"
    return {"id": str(n), "site": "a.example", "account": str(n // 4), "text": f"Cleaning {n}: {text}. Call {number}"}
