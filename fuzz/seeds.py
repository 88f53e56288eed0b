"""The first inputs: every example of every extractor, in a folder of its own for the fuzzer to grow."""

from __future__ import annotations

import hashlib
from pathlib import Path


def write(folder: Path) -> int:
    """Write the examples into the folder; return how many files it then has."""
    from felinar.extract import EXTRACTORS

    folder.mkdir(parents=True, exist_ok=True)
    for extractor in EXTRACTORS:
        for number, (text, _) in enumerate(extractor.examples):
            data = bytes([number % 16, number % 10]) + text.encode()
            (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    return sum(1 for _ in folder.iterdir())
