"""The picture of the pipeline, drawn from `tables.py`: a box per stage, under it the tables that it makes."""

from __future__ import annotations

from html import escape

# Stage, what it does, the tables that it makes. A test holds that every table of `tables.py` stands here once.
STAGES = (
    ("ingest", "files to adverts", ("adverts", "sightings", "images", "pictures")),
    ("extract", "what they say", ("mentions",)),
    ("link", "what ties them", ("keys", "links", "templates", "slot_values")),
    ("resolve", "joined adverts", ("memberships", "operations")),
    ("score", "what to read first", ("hits", "leads")),
    ("publish", "what people read", ()),
)
LAST = ("report", "leads, show", "search", "export")
BOX, GAP, MARGIN, TOP, HIGH, LINE = 132, 24, 16, 52, 54, 20

STYLE = """
  .paper { fill: #fbfaf7; stroke: #d8d4ca }
  .box { fill: #e3ecf5; stroke: #33608c } .end { fill: #f3e8d6; stroke: #8a6420 }
  text { font: 13px system-ui, sans-serif; fill: #1d2530 } .name { font-weight: 700; font-size: 15px }
  .table { font: 12px ui-monospace, monospace } .arrow { stroke: #5b6673; stroke-width: 1.5; fill: none }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #14181d; stroke: #39424d } .box { fill: #1d3247; stroke: #7fb0e0 }
    .end { fill: #3a2e18; stroke: #d6ab5e } text { fill: #e8ebef } .arrow { stroke: #9aa6b3 }
  }
"""


def pipeline_picture() -> str:
    """Return the picture as SVG that reads on light and dark paper; the order of the stages, left to right."""
    width = 2 * MARGIN + len(STAGES) * BOX + (len(STAGES) - 1) * GAP
    deepest = max(len(tables) for _, _, tables in STAGES)
    height = TOP + HIGH + 22 + deepest * LINE + 34
    told = "Files become adverts; " + "; ".join(f"{name} makes {', '.join(made)}" for name, _, made in STAGES if made)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f' role="img" aria-label="{escape(told)}">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="arrow" d="M0 0 L7 4 L0 8"/></marker></defs>',
        f'<rect class="paper" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>',
        _text(MARGIN, 30, "Every stage takes tables and makes tables; the originals stay as they came.", "note"),
    ]
    for place, (name, does, tables) in enumerate(STAGES):
        lines += _stage(MARGIN + place * (BOX + GAP), name, does, tables or LAST, last=not tables)
    below = "What people write (judgements, the log) is kept apart, in desk.sqlite, and is never recomputed."
    return "\n".join([*lines, _text(MARGIN, height - 14, below, "note"), "</svg>"]) + "\n"


def _stage(x: int, name: str, does: str, tables: tuple[str, ...], *, last: bool) -> list[str]:
    """Return one box with its name, its task and its tables, and the arrow to the next one."""
    kind, middle = ("end" if last else "box"), TOP + HIGH // 2
    lines = [f'<rect class="{kind}" x="{x}" y="{TOP}" width="{BOX}" height="{HIGH}" rx="6"/>']
    lines += [_text(x + 10, TOP + 23, name, "name"), _text(x + 10, TOP + 42, does, "task")]
    lines += [_text(x + 10, TOP + HIGH + 24 + row * LINE, table, "table") for row, table in enumerate(tables)]
    if not last:
        lines.append(f'<path class="arrow" marker-end="url(#tip)" d="M{x + BOX + 2} {middle} H{x + BOX + GAP - 3}"/>')
    return lines


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'
