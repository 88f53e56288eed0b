"""What a look at a file has seen, as data; and its rejected rows and mended fields, counted by their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from felinar.sources import Reject

MOST_REASONS = 30


@dataclass
class Look:
    """What was seen; `problem` alone is set where the file cannot be read at all."""

    problem: str = ""
    members: list[dict[str, str]] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    dates: str = "auto"
    category: str = ""
    read: int = 0
    in_all: int = 0
    repeats: int = 0
    rejected: int = 0
    warnings: int = 0
    reasons: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: list[dict[str, Any]] = field(default_factory=list)
    adverts: list[dict[str, Any]] = field(default_factory=list)
    advert_ids: list[str] = field(default_factory=list)


def tell_rejects(look: Look, rejects: Iterable[Reject]) -> None:
    """Add the notes on a file, and its problems with the row and the value that first had each."""
    counts: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], Reject] = {}
    for reject in rejects:
        if reject.severity == "note":
            about = f"column '{reject.column}': " if reject.column else ""
            look.notes += [about + reject.reason] if about + reject.reason not in look.notes else []
            continue
        what = (reject.severity, reject.column, reject.reason)
        counts[what] += 1
        first.setdefault(what, reject)
        look.rejected += reject.severity == "error"
        look.warnings += reject.severity == "warning"
    for what, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_REASONS]:
        one = first[what]
        told = {"severity": what[0], "column": what[1], "reason": what[2], "rows": number}
        look.reasons.append(told | {"row": one.row, "value": one.value})
