"""What an indicator is: a rule over the pile that finds it. Its sentence stands in `sentences.py` or `says.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from felinar.score.counting import Bools, Ints
from felinar.score.pile import Pile

Evidence: TypeAlias = Mapping[str, Any]
FULL = 1000


@dataclass(slots=True)
class Found:
    """An indicator on one operation: strength in thousandths, the numbers and the adverts behind it."""

    operation: int
    share: int
    evidence: Evidence
    adverts: Ints


@dataclass(frozen=True)
class OperationRule:
    """An indicator that needs linked adverts."""

    indicator: str
    find: Callable[[Pile], Iterable[Found]]


@dataclass(frozen=True)
class AdvertRule:
    """An indicator that one advert can show; without `shows` only phrases count."""

    indicator: str
    shows: Callable[[Pile], Bools] | None = None


def strength(per_step: int, steps: int) -> int:
    """Return a strength that grows by the step and ends at 1,000."""
    return max(0, min(FULL, per_step * steps))


def some(values: Iterable[str], most: int = 5) -> list[str]:
    """Return the first few values in alphabetical order, for evidence that a person reads."""
    return sorted(values)[:most]
