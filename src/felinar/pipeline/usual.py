"""What an epoch froze of the base rates, and what the run before had seen: kept as tables and a setting of the lake.

| kept                         | what it is                                          | until            |
|------------------------------|-----------------------------------------------------|------------------|
| carried_usual, …_of          | what is usual in the pile, and the adverts counted  | the epoch ends   |
| setting `scored`             | the rules of then, the last judgement that was read | the next run     |
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from felinar.ids import canonical_json
from felinar.score.usual import USUAL, Usual
from felinar.store.judgements import Judgement
from felinar.store.lake import Lake, Part

Ints = npt.NDArray[np.int64]
SETTING = "scored"
NUMBERS, COUNTED = TABLES = ("carried_usual", "carried_usual_of")
RULES = "linked, resolved, scored/4"  # counted on when other rules make other tables of the same mentions
_COUNTED = pa.schema([("advert_id", pa.int64())])


@dataclass(frozen=True)
class Seen:
    """What the run before had seen: whether its tables hold by the rules of today, and its last judgement."""

    holds: bool
    judgement: int


def seen(lake: Lake, judged: list[Judgement]) -> Seen:
    """Return what the run before had seen; `judged` is all that was ever judged (a desk put back has less)."""
    manifest = lake.manifest()
    said = json.loads(manifest.settings.get(SETTING, "{}"))
    last = int(said.get("judgement", 0))
    whole = all(manifest.tables.get(name) for name in TABLES)
    return Seen(whole and said.get("rules") == rules() and last <= _last(judged), last)


def usual(lake: Lake) -> Usual:
    """Return what the epoch froze."""
    numbers, counted = (lake.read_part(lake.manifest().tables[name][0]) for name in TABLES)
    return Usual.of_table(numbers.cast(USUAL), counted["advert_id"].to_numpy())


def keep(lake: Lake, found: Usual, ids: Ints, judged: list[Judgement]) -> tuple[dict[str, list[Part]], dict[str, str]]:
    """Write what begins an epoch (of these adverts, ascending) and return the files and the settings to commit."""
    setting = {SETTING: canonical_json({"rules": rules(), "judgement": _last(judged)})}
    if found.is_frozen:
        return {}, setting
    tables = {NUMBERS: found.table(), COUNTED: pa.table([pa.array(ids)], schema=_COUNTED)}
    return {name: [lake.write_part(name, table)] for name, table in tables.items()}, setting


def rules() -> list[str]:
    """Return what names the rules by which mentions become leads."""
    registry = files("felinar.score").joinpath("registry.yaml").read_bytes()
    return [version("felinar"), RULES, sha256(registry).hexdigest()]


def _last(judged: list[Judgement]) -> int:
    return max((judgement.judgement_id for judgement in judged), default=0)
