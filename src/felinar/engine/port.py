"""What the pipeline asks of an engine: run named SQL steps over Arrow tables.

A step is static SQL in DuckDB's dialect within the rules of `docs/decisions/0005-portable-sql.md`: qualified columns,
integer arithmetic, at most one COUNT(DISTINCT) per aggregate, anti joins instead of NOT IN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

Parameters = Mapping[str, int | str]


@dataclass(frozen=True)
class Step:
    """One named query; later steps may select from its name."""

    name: str
    sql: str


class Engine(Protocol):
    """Runs steps in order; each step's result stands under its name for the steps after it."""

    def run(self, steps: Sequence[Step], tables: Mapping[str, pa.Table], parameters: Parameters) -> dict[str, pa.Table]:
        """Return the result of every step by its name; rows in no particular order."""
        ...
