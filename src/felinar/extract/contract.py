"""What an extractor is: a name, a rule, a version and its own examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from felinar.kernels.fold import Folded


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the advert around a text; a prior, never a certainty."""

    field: str = "body"
    country: str = ""
    site: str = ""
    language: str = ""


class Found(NamedTuple):
    """One thing read from a text; `start` and `end` are characters of the unchanged original (None: no span)."""

    start: int | None
    end: int | None
    value: str
    display: str = ""
    region: str = ""
    confidence: int = 90
    obscured: bool = False
    evidence: str = ""


Find = Callable[[Folded, Context], Iterable[Found]]


@dataclass(frozen=True)
class Extractor:
    """One kind of mention. `examples` are its tests and its docs: (text, values found), at least one of them empty."""

    name: str
    kind: str
    version: int
    find: Find
    examples: tuple[tuple[str, tuple[str, ...]], ...]
