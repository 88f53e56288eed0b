"""DuckDB in process and in memory: the engine of a laptop."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from felinar.config import threads
from felinar.engine.port import Parameters, Step

_ONE_GIGABYTE = 1 << 30


class DuckDB:
    """An in-memory DuckDB that lives for one list of steps."""

    def __init__(self, *, spill_folder: str | None = None):
        self.spill_folder = spill_folder

    def run(self, steps: Sequence[Step], tables: Mapping[str, pa.Table], parameters: Parameters) -> dict[str, pa.Table]:
        """Return the result of every step by its name; a step sees the tables and the steps before it."""
        with _connect(self.spill_folder) as connection:
            for name, table in tables.items():
                connection.register(name, table)
            for step in steps:
                # DuckDB takes no parameters in CREATE TABLE, so the rows come through a relation.
                relation = connection.sql(step.sql, params=_used(step.sql, parameters))
                relation.create(step.name)
            return {step.name: connection.sql(f'FROM "{step.name}"').to_arrow_table() for step in steps}


def query(sql: str, parameters: Parameters | None = None, **tables: pa.Table) -> pa.Table:
    """Return the rows of one query over the given Arrow tables, in no particular order unless the SQL says."""
    with _connect(None) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return connection.sql(sql, params=_used(sql, parameters or {})).to_arrow_table()


def _used(sql: str, parameters: Parameters) -> dict[str, Any] | None:
    """Return only the parameters that the SQL names; DuckDB refuses any other."""
    used = {name: value for name, value in parameters.items() if re.search(rf"\${name}\b", sql)}
    return used or None


def _connect(spill_folder: str | None) -> duckdb.DuckDBPyConnection:
    settings: dict[str, Any] = {"threads": threads(), "memory_limit": f"{_memory_limit() >> 20}MiB"}
    if spill_folder:
        settings["temp_directory"] = spill_folder
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
