"""The table of indicators in `docs/score.md`, made from the registry: `python -m felinar.score.table docs/score.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from felinar.registry import Indicator
from felinar.score import gate
from felinar.score.explain import registry
from felinar.score.indicators import ADVERT_RULES, OPERATION_RULES

BEGIN, END = "<!-- indicators: made by felinar.score.table -->", "<!-- end of indicators -->"


def computed() -> set[str]:
    """Return the ids of the indicators that this version computes."""
    rules = {rule.indicator for rule in (*OPERATION_RULES, gate.RULE)} | {rule.indicator for rule in ADVERT_RULES}
    return rules | {i for i in registry() if i.startswith("RECOGNISED_")}


def markdown_table() -> str:
    """Return one line per indicator: those of operations first, in the order of the registry."""
    rows = sorted(registry().values(), key=lambda i: i.level == "advert")
    lines = ["| indicator | family | adverts | grade | weight | but |", "|---|---|---|---|---:|---|"]
    return "\n".join([*lines, *(_line(i) for i in rows)])


def _line(indicator: Indicator) -> str:
    weight = f"{indicator.weight}" if indicator.use == "score" else indicator.use.replace("_", " ")
    if indicator.id not in computed():
        weight = "not computed" if indicator.use == "score" else f"{weight}, not computed"
    name = f"**{indicator.title}** `{indicator.id}`" if indicator.structural else f"{indicator.title} `{indicator.id}`"
    return (
        f"| {name} | {indicator.family} | {indicator.domain} | {indicator.grade} | {weight} "
        f"| {indicator.caveat.replace('|', '/')} |"
    )


def renewed(page: str) -> str:
    """Return the page with the table between its two marks made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{markdown_table()}\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
