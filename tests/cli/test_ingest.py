"""Tests of what `felinar ingest` says in the end."""

from pathlib import Path

from felinar.cli.ingest import told
from felinar.pipeline.ingest import Ingested


def test_the_commonest_reasons_are_listed_and_the_others_are_counted():
    reasons = {f"reason {number:02}": 20 - number for number in range(12)}
    lines = told(Ingested(rows=200, rejected=200, reasons=reasons), Path("work")).splitlines()
    assert lines[2:4] == ["  20 × reason 00", "  19 × reason 01"]
    assert lines[-1] == "  … and 2 more reasons"
    assert len(lines) == 13
