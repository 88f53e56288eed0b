"""Whether the reading list brings planted operations to the top, and whom it exposes otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST = 0.5
INSIDE = 0.2
PRIVATE = ("independent", "duo")
TOPS = (20, 100)


@dataclass(frozen=True)
class LeadScore:
    """Measures at the top 20 and 100, by that number; `planted` counts the coerced operations of the truth."""

    leads: int
    planted: int
    precision: dict[int, float]
    found: dict[int, int]
    private_share: dict[int, float]
    average_precision: float
    false_by_kind: dict[int, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What one lead is in truth: the operation credited to it, else the kind that makes it a false lead."""

    credited: str
    kind: str


def judge_leads(
    leads: Sequence[Counter[str]], sizes: dict[str, int], kinds: dict[str, str], coerced: set[str]
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
        good = count > MOST * sum(members.values()) and count >= INSIDE * sizes[operation]
        if operation in coerced and good and operation not in credited:
            credited.add(operation)
            verdicts.append(Verdict(operation, kinds[operation]))
        else:
            kind = kinds[operation]
            verdicts.append(Verdict("", f"{kind} (part or repeated)" if operation in coerced else kind))
    return verdicts


def score_leads(verdicts: Sequence[Verdict], planted: int) -> LeadScore:
    """Return precision, operations found, share of private persons, false leads by kind, average precision."""
    precision, found, private, false = {}, {}, {}, {}
    for top in TOPS:
        head = verdicts[:top]
        hits = sum(bool(v.credited) for v in head)
        found[top] = hits
        precision[top] = hits / len(head) if head else 0.0
        private[top] = sum(v.kind in PRIVATE for v in head) / len(head) if head else 0.0
        false[top] = dict(sorted(Counter(v.kind for v in head if not v.credited).items()))
    hits, total = 0, 0.0
    for place, verdict in enumerate(verdicts, start=1):
        if verdict.credited:
            hits += 1
            total += hits / place
    return LeadScore(len(verdicts), planted, precision, found, private, total / planted if planted else 0.0, false)
