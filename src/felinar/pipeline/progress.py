"""How a long stage says where it is (a name, a total if known, steps), and what each stage cost in the end."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Advance = Callable[[int], None]


class Progress(Protocol):
    """Told by the pipeline, shown by whoever runs it."""

    def begin(self, what: str, total: int | None = None) -> Advance:
        """A stage begins; call the result with the number of units done since."""
        ...


class Silent:
    """Shows nothing."""

    def begin(self, what: str, total: int | None = None) -> Advance:
        """Return a function that does nothing."""
        return lambda done: None


@dataclass(frozen=True)
class Cost:
    """What one stage took: seconds on the clock, seconds of all processors used, and its part of the whole run."""

    stage: str
    seconds: float
    cpu_seconds: float
    per_cent: int = 0


class Timed:
    """Passes all on to another progress, and remembers when each stage began."""

    def __init__(self, inner: Progress) -> None:
        self._inner = inner
        self._begun: list[tuple[str, float, float]] = []

    def begin(self, what: str, total: int | None = None) -> Advance:
        """Begin a stage, which ends the one before."""
        self._begun.append((what, time.monotonic(), cpu_seconds()))
        return self._inner.begin(what, total)

    def costs(self) -> list[Cost]:
        """Return what each stage took until the next began, the last one until now; equal names add up."""
        ends = [*self._begun, ("", time.monotonic(), cpu_seconds())][1:]
        taken: dict[str, tuple[float, float]] = {}
        for (what, begun, cpu), (_, ended, cpu_then) in zip(self._begun, ends, strict=True):
            clock, used = taken.get(what, (0.0, 0.0))
            taken[what] = clock + ended - begun, used + cpu_then - cpu
        whole = sum(clock for clock, _ in taken.values()) or 1.0
        return [Cost(w, round(s, 2), round(cpu, 2), round(100 * s / whole)) for w, (s, cpu) in taken.items()]


def cpu_seconds() -> float:
    """Return the processor time of this process and its workers; of living ones only where Linux tells it."""
    spent = os.times()
    living = sum(_of_process(child.pid) for child in multiprocessing.active_children() if child.pid)
    return spent.user + spent.system + spent.children_user + spent.children_system + living


def _of_process(process: int) -> float:
    with contextlib.suppress(OSError, IndexError, ValueError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def where_the_time_went(costs: list[Cost]) -> str:
    """Return one line: "reading adverts 31 % (7.1 s), …", the dearest stage first; stages under 1 % are left out."""
    dearest = sorted(costs, key=lambda cost: (-cost.seconds, cost.stage))
    said = [f"{cost.stage} {cost.per_cent} % ({cost.seconds:.1f} s)" for cost in dearest if cost.per_cent]
    return ", ".join(said)
