"""Ordinary lines of JSON by the thousand: the same adverts as the careful way gives, at a third of its cost.

`rows.py` finds the cells of all lines in one kernel; the columns of ADVERTS are then written by kernels into Arrow's
buffers (`texts.py`, `times.py`, `names.py`, put together by `fields.py`), without a Python object for each advert. Odd
lines are read one by one by the careful way and put in between (`pieces.py`); where many are odd, all are.
"""

from __future__ import annotations

import json
from pathlib import Path

from felinar.kernels import kept

_NAME, _FOLDER = "lines", Path(__file__).parent
# Bytes of a delivery from which kernels pay where they are compiled (loading them takes a second) and where they
# are not (compiling them takes 16 seconds and is kept).
COMPILED, COLD = 32 << 20, 64 << 20


def is_worth_it(size: int) -> bool:
    """Say whether so many bytes of lines are sooner read by kernels on this machine."""
    return size >= COLD or (size >= COMPILED and kept.is_compiled(_NAME, _FOLDER))


def compile_lines() -> int:
    """Return how many lines were read so that every kernel is compiled; they are kept, and a mark says so."""
    from felinar.sources.contract import Problems
    from felinar.sources.native.pieces import read
    from felinar.sources.pictures import Pictures
    from felinar.store.originals import Lines

    text = 'Cleaning "by the hour"\n\u00e9\U0001f600'
    row = {
        "id": 1,
        "title": text,
        "text": text,
        "requirements": [text, "b"],
        "city": "York",
        "region": " ",
        "images": ["a/b.jpg"],
    }
    row |= {"phone": ["1", "2"], "date": "2024-01-31T08:00:00Z", "colour": [text], "size": 1.5, "category": "job"}
    block = b"".join(json.dumps(row, ensure_ascii=plain).encode() + b"\n" for plain in (True, False))
    batches = read(block, 0, Problems(""), Pictures(None), "", None, "", 0)
    kept.note_compiled(_NAME, _FOLDER)
    return sum(len(batch.records.framed()[1]) for batch in batches or [] if isinstance(batch.records, Lines))
