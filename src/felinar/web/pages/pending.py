"""What people judged and no run has used yet: it is shown at once, beside what the last run made of the adverts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from felinar.store.contradictions import sides
from felinar.store.judgements import Judgement, judgements
from felinar.web.visit import Visit


@dataclass
class Pending:
    """By operation: the operations that join it with the next run, and how many pairs of its adverts part."""

    joins: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    parts: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    verdicts: dict[frozenset[str], str] = field(default_factory=dict)

    def verdict(self, one: str, other: str) -> str:
        """Return what was judged of two adverts last, or the empty string."""
        return self.verdicts.get(frozenset((one, other)), "")


def pending(visit: Visit) -> Pending:
    """Return what the judgements say against the operations as they are published now."""
    held = [j for j in judgements(visit.desk.workspace.desk) if j.scope != "key"]
    adverts = {advert for j in held for side in sides(j) for advert in side if advert.isdigit()}
    where = visit.reading.where(map(int, adverts))
    found = Pending()
    for judgement in held:
        if judgement.scope == "advert":
            found.verdicts[frozenset((judgement.left, judgement.right))] = judgement.verdict
        _note(found, judgement, {str(advert): operation for advert, operation in where.items()})
    return found


def _note(found: Pending, judgement: Judgement, where: dict[str, int]) -> None:
    """Note what is not yet as the judgement says."""
    left, right = ({where[advert] for advert in side if advert in where} for side in sides(judgement))
    if judgement.verdict == "same":
        together = left | right
        for operation in together if len(together) > 1 else ():
            found.joins[operation] |= together - {operation}
    elif judgement.verdict == "different":
        for operation in left & right:
            found.parts[operation] += 1


def sentences(found: Pending, operation_id: int) -> list[str]:
    """Return what the next run will change about an operation, as people judged it."""
    told = []
    joins = joined(found, operation_id)
    if joins:
        names = ", ".join(joins)
        told.append(f"Judged the same as operation {names}: they are one from the next run on.")
    if found.parts.get(operation_id):
        told.append("Adverts of it were judged different: it is split from the next run on.")
    return told


def joined(found: Pending, operation_id: int) -> list[str]:
    """Return the operations that were judged the same as this one, directly or by way of others, without itself."""
    reached, waiting = {operation_id}, [operation_id]
    while waiting:
        new = found.joins.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += sorted(new)
    return [str(one) for one in sorted(reached - {operation_id})]
