"""Whether the reading list brings planted operations to the top, at what cost of reading, and whom it exposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MOST = 0.5
INSIDE = 0.2
PRIVATE = ("independent", "duo")
TOPS = (20, 100)
SMALL, MIDDLE = 6, 15  # adverts: up to here an operation is small, up to there of middle size


@dataclass(frozen=True)
class Exposure:
    """Whom the first leads bring before a reader's eyes although nothing was planted there."""

    leads: int
    adverts: int
    private_leads: int
    operations: int
    private_operations: int


@dataclass(frozen=True)
class LeadScore:
    """Measures at the top 20 and 100, by that number; `planted` counts the coerced operations of the truth.

    `found_by_group` gives (found, planted) for each kind of planted operation and for each class of size.
    """

    leads: int
    planted: int
    precision: dict[int, float]
    found: dict[int, int]
    found_per_1000_adverts: dict[int, float]
    private_share: dict[int, float]
    average_precision: float
    false_by_kind: dict[int, dict[str, int]] = field(default_factory=dict)
    exposed: dict[int, Exposure] = field(default_factory=dict)
    found_by_group: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What one lead is in truth: the operation credited to it, else the kind that makes it a false lead.

    `adverts` is how many have to be read; `innocent` are the other true operations in it, with the kind of each.
    """

    credited: str
    kind: str
    adverts: int = 0
    innocent: tuple[tuple[str, str], ...] = ()


def judge_leads(
    leads: Sequence[Counter[str]], sizes: Mapping[str, int], kinds: Mapping[str, str], coerced: set[str]
) -> list[Verdict]:
    """Return a verdict per lead, in order; `leads` counts each lead's adverts by true operation.

    A lead counts if one coerced operation is more than half of it and at least a fifth of that operation is inside;
    each operation is credited once, so that cutting up and gluing together both lose.
    """
    verdicts, credited = [], set()
    for members in leads:
        if not members:
            verdicts.append(Verdict("", "empty"))
            continue
        operation, count = min(members.items(), key=lambda item: (-item[1], item[0]))
        total = sum(members.values())
        innocent = tuple((name, kinds[name]) for name in sorted(members) if name not in coerced)
        good = count > MOST * total and count >= INSIDE * sizes[operation]
        if operation in coerced and good and operation not in credited:
            credited.add(operation)
            verdicts.append(Verdict(operation, kinds[operation], total, innocent))
        else:
            kind = kinds[operation]
            told = f"{kind} (part or repeated)" if operation in coerced else kind
            verdicts.append(Verdict("", told, total, innocent))
    return verdicts


def score_leads(verdicts: Sequence[Verdict], groups: Mapping[str, Sequence[str]]) -> LeadScore:
    """Return the measures of a list; `groups` gives, for each planted operation, the kind and the size it counts to."""
    planted = len(groups)
    heads = {top: verdicts[:top] for top in TOPS}
    found = {top: sum(bool(v.credited) for v in head) for top, head in heads.items()}
    adverts = {top: sum(v.adverts for v in head) for top, head in heads.items()}
    return LeadScore(
        leads=len(verdicts),
        planted=planted,
        precision={top: _share(found[top], len(head)) for top, head in heads.items()},
        found=found,
        found_per_1000_adverts={top: _share(1000 * found[top], adverts[top]) for top in TOPS},
        private_share={top: _share(sum(v.kind in PRIVATE for v in head), len(head)) for top, head in heads.items()},
        average_precision=_average_precision(verdicts, planted),
        false_by_kind={top: _counted(v.kind for v in head if not v.credited) for top, head in heads.items()},
        exposed={top: exposure(head) for top, head in heads.items()},
        found_by_group=_found_by_group(verdicts, groups),
    )


def group_of(kind: str, adverts: int) -> tuple[str, str]:
    """Return the kind of a planted operation and its class of size, as they are counted."""
    if adverts <= SMALL:
        return kind, f"up to {SMALL} adverts"
    return kind, f"{SMALL + 1} to {MIDDLE} adverts" if adverts <= MIDDLE else f"over {MIDDLE} adverts"


def exposure(head: Sequence[Verdict]) -> Exposure:
    """Return how many false leads there are, and how many innocent operations stand in any lead, alone or glued on."""
    false = [verdict for verdict in head if not verdict.credited and verdict.innocent]
    innocent = dict(pair for verdict in head for pair in verdict.innocent)
    return Exposure(
        leads=len(false),
        adverts=sum(verdict.adverts for verdict in false),
        private_leads=sum(verdict.kind in PRIVATE for verdict in false),
        operations=len(innocent),
        private_operations=sum(kind in PRIVATE for kind in innocent.values()),
    )


def _average_precision(verdicts: Sequence[Verdict], planted: int) -> float:
    hits, total = 0, 0.0
    for place, verdict in enumerate(verdicts, start=1):
        if verdict.credited:
            hits += 1
            total += hits / place
    return _share(total, planted)


def _found_by_group(verdicts: Sequence[Verdict], groups: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, int]]:
    planted = Counter(group for names in groups.values() for group in names)
    found = Counter(group for verdict in verdicts if verdict.credited for group in groups[verdict.credited])
    return {group: (found[group], planted[group]) for group in sorted(planted)}


def _counted(kinds: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(kinds).items()))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
