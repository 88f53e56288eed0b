"""What every command shares: where the workspace is, how to speak, why this work is done."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click

from felinar.cli.terminal import plain, plain_json
from felinar.config import FILE_NAME

_NARROWEST = 40


@dataclass
class Session:
    """The global options of one call. Data goes to stdout by `emit`, messages to stderr by `say`."""

    workspace: Path | None = None
    as_json: bool = False
    quiet: bool = False
    purpose: str = ""

    def __post_init__(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            _speak(stream)

    def say(self, message: str) -> None:
        """Write a message for people to stderr, unless --quiet."""
        if message and not self.quiet:
            click.echo(plain(message), err=True)

    def emit(self, text: str, data: Any) -> None:
        """Write the result to stdout: the data as JSON with --json, else the text."""
        if self.as_json:
            click.echo(plain_json(json.dumps(data, ensure_ascii=False, indent=1, default=str)))
        else:
            text = plain(text)
            click.echo(wrapped(text, shutil.get_terminal_size().columns) if sys.stdout.isatty() else text)

    def folder(self) -> Path:
        """Return the workspace folder: --workspace, else the nearest one upwards, else ./felinar-workspace."""
        if self.workspace is not None:
            return self.workspace
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / FILE_NAME).is_file():
                return folder
        return here / "felinar-workspace"

    def stated_purpose(self) -> str:
        """Return the purpose given by --purpose or FELINAR_PURPOSE, or typed in at a terminal; may be empty."""
        given = self.purpose or os.environ.get("FELINAR_PURPOSE", "")
        if not given and sys.stdin.isatty() and sys.stderr.isatty():
            given = str(click.prompt("What is this work for (a case number, a task)?", err=True))
        return given.strip()


def wrapped(text: str, width: int) -> str:
    """Return the text with lines of at most this width, broken at blanks and hung in; a table's rows stay whole."""
    return "\n".join(part for line in text.split("\n") for part in _broken(line, width))


def _broken(line: str, width: int) -> list[str]:
    if len(line) <= width or "\t" in line:
        return [line]
    hang = " " * min(len(line) - len(line.lstrip()) + 4, max(0, width // 2))
    return textwrap.wrap(
        line,
        max(width, _NARROWEST),
        subsequent_indent=hang,
        drop_whitespace=True,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [line]


def _speak(stream: TextIO) -> None:
    """Make a stream take every character: data in a pipe or file is UTF-8, an old terminal shows `?` instead."""
    if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


pass_session = click.make_pass_decorator(Session, ensure=True)
