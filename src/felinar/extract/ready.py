"""All that the readers need, loaded before the first advert comes."""

from __future__ import annotations

from felinar.extract import EXTRACTORS
from felinar.extract.native import is_compiled
from felinar.extract.stage import of_batch
from felinar.tables import ADVERTS

_TEXT = "Anna, 26, call me in Leeds: 07700 900123, ana at example dot com, 50 euro. Здравствуйте"


def load(*, native: bool) -> None:
    """Read one text of all kinds, so that every list is loaded; where `native`, every compiled loop too."""
    adverts = ADVERTS.from_rows([{"advert_id": 1, "body": _TEXT, "place_text": "Leeds"}])
    kinds = sorted({e.kind for e in EXTRACTORS})
    of_batch(EXTRACTORS, adverts, kinds, native=native and is_compiled())
