"""All lists of the plain readers, loaded when this module is imported: what `extract/pool.py` forks imports it."""

from __future__ import annotations

import gc

from felinar.extract import EXTRACTORS
from felinar.extract.stage import of_batch
from felinar.tables import ADVERTS

_TEXT = "Anna, 26, call me in Leeds: 07700 900123, ana at example dot com, 50 euro. Здравствуйте"


def load(*, native: bool) -> None:
    """Read one text of all kinds, so that every list, or every loop, is loaded."""
    adverts = ADVERTS.from_rows([{"advert_id": 1, "body": _TEXT, "place_text": "Leeds"}])
    of_batch(EXTRACTORS, adverts, sorted({e.kind for e in EXTRACTORS}), native=native)
    gc.freeze()  # a collection in one worker would copy what it shares with the others


load(native=False)
