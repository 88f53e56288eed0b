"""Reference pages and the picture, made from the code and from measured results, so that they cannot fall behind.

`make docs` writes them (as does `python docs/pages.py`); they are committed, and a test compares them.
"""

from __future__ import annotations

import ast
import csv
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent))
from picture import pipeline_picture
from reading_tables import STEMS, reading_page
from rivals import readme
from world_tables import STEMS as WORLD_STEMS
from world_tables import linking_page, ranking_page

HERE = Path(__file__).parent
BENCHMARKS = HERE.parent / "benchmarks"
RESULTS = BENCHMARKS / "results"
ALONE = {"emscad": "emscad.md", "linking": "resolve.md"}  # results that stand on a page of their own
ELSEWHERE = ALONE | dict.fromkeys(STEMS, "extract.md") | dict.fromkeys(WORLD_STEMS, "score.md")
ROWS_SHOWN = 60


def generated_pages() -> dict[str, str]:
    """Return the text of every generated file by its path inside the docs folder."""
    return {name: make() for name, make in _PAGES.items()}


def write_generated_pages(docs: Path = HERE) -> None:
    """Write the generated files into the docs folder; a file that is right already is left alone."""
    for name, text in generated_pages().items():
        path = docs / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def tables_page() -> str:
    """Return the page that describes every table between stages."""
    from felinar.tables import ALL

    lines = ["# Tables", "", "Made from `src/felinar/tables.py`. Stages meet only here. The key is in bold."]
    for table in ALL:
        lines += ["", f"## {table.name}", "", f"{table.meaning[0].upper()}{table.meaning[1:]}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        for column in table.columns:
            name = f"**{column.name}**" if column.name in table.key else column.name
            lines.append(f"| {name} | `{column.type}` | {column.meaning.replace('<*>', '`<*>`')} |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Return the page that describes every command as `--help` prints it, 100 characters wide on every terminal."""
    from felinar.cli import felinar

    lines = ["# Commands", "", "Made from the program. Global options stand before the command."]
    context = click.Context(felinar, info_name="felinar", terminal_width=100, **felinar.context_settings)
    lines += ["", "```text", felinar.get_help(context), "```"]
    for name, text in _helps(felinar, context):
        lines += ["", f"## {name}", "", "```text", text, "```"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _helps(group: click.Group, context: click.Context) -> list[tuple[str, str]]:
    """Return name and help of each command in a group, those of groups inside it after their own."""
    told: list[tuple[str, str]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        inner = click.Context(command, info_name=name, parent=context, terminal_width=100)
        told.append((inner.command_path.removeprefix("felinar "), command.get_help(inner)))
        told += _helps(command, inner) if isinstance(command, click.Group) else []
    return told


def figures_page() -> str:
    """Return what each benchmark asks and what it measured, from the files themselves; `benchmarks.md` includes it."""
    lines = ["<!-- Made from benchmarks/*.py and benchmarks/results/*.csv by docs/pages.py. -->", ""]
    lines += ["| file | asks |", "|---|---|"]
    for path in sorted(BENCHMARKS.glob("[a-z]*.py")):
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        asks = " ".join(doc.partition("\n\n")[0].split())
        lines.append(f"| `{path.name}` | {asks} |")
    for path in sorted(RESULTS.glob("*.csv")):
        lines += ["", f"### {path.stem.replace('_', ' ').capitalize()}", ""]
        if path.stem in ELSEWHERE:
            lines.append(f"Stands on [its page]({ELSEWHERE[path.stem]}).")
            continue
        lines += table_of(path)
        lines += ["", f"All rows: [`{path.name}`](../benchmarks/results/{path.name})."]
    return "\n".join(lines) + "\n"


def result_page(stem: str) -> str:
    """Return the table of one result alone, for the page that includes it."""
    note = f"<!-- Made from benchmarks/results/{stem}.csv by docs/pages.py. -->"
    return "\n".join([note, "", *table_of(RESULTS / f"{stem}.csv")]) + "\n"


def table_of(path: Path) -> list[str]:
    """Return a result as a table: of a file with a row for all kinds together, only these rows."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if any(row.get("kind") == "all" for row in rows):
        rows = [{name: cell for name, cell in row.items() if name != "kind"} for row in rows if row["kind"] == "all"]
    names = list(rows[0]) if rows else []
    titles = [name.replace("b_cubed", "B-cubed").replace("_f1", " F1").replace("_", " ") for name in names]
    lines = [f"| {' | '.join(titles)} |", "|" + "---|" * len(names)]
    return lines + [f"| {' | '.join(row.values())} |" for row in rows[:ROWS_SHOWN]]


_PAGES: dict[str, Callable[[], str]] = {
    "tables.md": tables_page,
    "commands.md": commands_page,
    "figures.md": figures_page,
    **{f"figures-{stem}.md": partial(result_page, stem) for stem in ALONE},
    "figures-extract.md": reading_page,
    "figures-worlds-linking.md": linking_page,
    "figures-worlds-ranking.md": ranking_page,
    "pictures/pipeline.svg": pipeline_picture,
    "../README.md": readme,
}

if __name__ == "__main__":
    write_generated_pages()
