"""DuckDB in process and in memory: the engine of a laptop."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from felinar.config import threads
from felinar.engine.port import Parameters, Step

_ONE_GIGABYTE = 1 << 30


class DuckDB:
    """An in-memory DuckDB that lives for one list of steps.

    What does not fit its memory goes to `spill_folder`, which holds nothing else and is removed afterwards; without one
    such a step fails. Left to itself DuckDB would write adverts into the folder where the command was called.
    """

    def __init__(self, *, spill_folder: Path | None = None):
        self.spill_folder = spill_folder

    def run(self, steps: Sequence[Step], tables: Mapping[str, pa.Table], parameters: Parameters) -> dict[str, pa.Table]:
        """Return the result of every step by its name; a step sees the tables and the steps before it."""
        self._forget_spilled()  # of a run that was killed
        if self.spill_folder is not None:
            self.spill_folder.mkdir(parents=True)
        try:
            with _connect(self.spill_folder) as connection:
                for name, table in tables.items():
                    connection.register(name, table)
                for step in steps:
                    # DuckDB takes no parameters in CREATE TABLE, so the rows come through a relation.
                    connection.sql(step.sql, params=_used(step.sql, parameters)).create(step.name)
                return {step.name: connection.sql(f'FROM "{step.name}"').to_arrow_table() for step in steps}
        finally:
            self._forget_spilled()

    def _forget_spilled(self) -> None:
        if self.spill_folder is not None:
            shutil.rmtree(self.spill_folder, ignore_errors=True)


def _used(sql: str, parameters: Parameters) -> dict[str, Any] | None:
    """Return only the parameters that the SQL names; DuckDB refuses any other."""
    used = {name: value for name, value in parameters.items() if re.search(rf"\${name}\b", sql)}
    return used or None


def _connect(spill_folder: Path | None) -> duckdb.DuckDBPyConnection:
    settings: dict[str, Any] = {
        "threads": threads(),
        "memory_limit": f"{_memory_limit() >> 20}MiB",
        "temp_directory": str(spill_folder or ""),
    }
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _memory_limit() -> int:
    """Return a quarter of the memory, at most one gigabyte: a laptop has other work to do."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        memory = 4 * _ONE_GIGABYTE
    return min(memory // 4, _ONE_GIGABYTE)
