"""Reference pages made from the code, so that they cannot fall behind it."""

from __future__ import annotations

from pathlib import Path

import click


def write_generated_pages(docs: Path) -> None:
    """Write `tables.md` and `commands.md` into the docs folder; a file that is right already is left alone."""
    for name, text in (("tables.md", tables_page()), ("commands.md", commands_page())):
        path = docs / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def tables_page() -> str:
    """Return the page that describes every table between stages."""
    from felinar.tables import ALL

    lines = ["# Tables", "", "Made from `src/felinar/tables.py`. Stages meet only here. The key is in bold.", ""]
    for table in ALL:
        lines += [f"## {table.name}", "", f"{table.meaning[0].upper()}{table.meaning[1:]}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        for column in table.columns:
            name = f"**{column.name}**" if column.name in table.key else column.name
            lines.append(f"| {name} | `{column.type}` | {column.meaning.replace('<*>', '`<*>`')} |")
        lines.append("")
    return "\n".join(lines)


def commands_page() -> str:
    """Return the page that describes every command, as `--help` prints it."""
    from felinar.cli import felinar

    lines = ["# Commands", "", "Made from the program. Global options stand before the command.", ""]
    context = click.Context(felinar, info_name="felinar", terminal_width=100)
    lines += ["```text", felinar.get_help(context), "```", ""]
    for name in felinar.list_commands(context):
        command = felinar.get_command(context, name)
        inner = click.Context(command or felinar, info_name=name, parent=context, terminal_width=100)
        lines += [f"## {name}", "", "```text", inner.get_help(), "```", ""]
    return "\n".join(lines)
