"""What became of operations that people read: the only thing from which weights may be learnt.

| outcome           | counts as                                                         |
|-------------------|-------------------------------------------------------------------|
| confirmed         | worth reading                                                     |
| not trafficking   | not worth reading                                                 |
| unfounded         | not worth reading                                                 |
| harm reported     | not worth reading, and counted apart: somebody was hurt by it     |
| anything else     | still open: left out                                              |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from felinar.errors import FelinarError

WORTH = {"confirmed": True, "not trafficking": False, "unfounded": False, "harm reported": False}
# Fewer outcomes than these say more about who was read than about what is worth reading.
LEAST_OUTCOMES = 200
LEAST_OF_EACH = 50
LEAST_EXPLORED = 20  # of them drawn by lot from below the line (R17)


@dataclass(frozen=True)
class Outcome:
    """One operation that was read: the strength of each sign then (0 to 1,000), and whether it was worth it.

    `explored` says that it was drawn by lot from below the line, and was no lead.
    """

    operation_id: int
    strengths: Mapping[str, int]
    worth: bool
    explored: bool
    harm: bool = False


def outcomes_from_rows(rows: Iterable[Mapping[str, Any]], hits: Iterable[Mapping[str, Any]]) -> list[Outcome]:
    """Return the outcomes that are decided, by operation.

    `rows` have operation_id, outcome and explored, the last row of an operation counts; `hits` are rows of that table.
    """
    strengths: dict[int, dict[str, int]] = {}
    for hit in hits:
        strengths.setdefault(int(hit["operation_id"]), {})[str(hit["indicator"])] = int(hit["share"])
    decided: dict[int, Outcome] = {}
    for row in rows:
        operation, said = int(row["operation_id"]), str(row["outcome"])
        decided.pop(operation, None)
        if said in WORTH:
            found = strengths.get(operation, {})
            decided[operation] = Outcome(operation, found, WORTH[said], bool(row["explored"]), said == "harm reported")
    return [decided[operation] for operation in sorted(decided)]


def refuse_too_few(outcomes: Sequence[Outcome]) -> None:
    """Raise an error that counts what there is, unless there are enough outcomes of each kind to learn from."""
    worth = sum(outcome.worth for outcome in outcomes)
    explored = sum(outcome.explored for outcome in outcomes)
    if (
        len(outcomes) >= LEAST_OUTCOMES
        and min(worth, len(outcomes) - worth) >= LEAST_OF_EACH
        and explored >= LEAST_EXPLORED
    ):
        return
    raise FelinarError(
        f"There are {len(outcomes)} outcomes: {worth} confirmed, {len(outcomes) - worth} not, {explored} of them drawn "
        f"by lot. Weights are learnt from {LEAST_OUTCOMES} on, with {LEAST_OF_EACH} of each and {LEAST_EXPLORED} drawn "
        "by lot; until then the weights of the registry hold. Read on, the exploration sample too."
    )
