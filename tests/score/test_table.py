"""The page of indicators cannot fall behind the registry."""

from __future__ import annotations

from pathlib import Path

from felinar.score.explain import registry
from felinar.score.table import computed, markdown_table, renewed

PAGE = Path(__file__).parents[2] / "docs" / "score.md"


def test_the_page_has_the_table_of_the_registry() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert renewed(page) == page, "run: python -m felinar.score.table docs/score.md"


def test_every_indicator_stands_in_the_table_once() -> None:
    table = markdown_table()
    assert all(table.count(f"`{indicator}`") == 1 for indicator in registry())
    assert computed() <= set(registry())
