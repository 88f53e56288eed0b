"""Show progress on stderr: a bar with rows per second for everything that takes over two seconds."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from felinar.pipeline.progress import Advance, Progress

PATIENCE_SECONDS = 2.0
SELDOM_SECONDS = 0.5
# Smaller files hold too few adverts for compiled code to be used at all.
COMPILED_FROM_BYTES = 100_000
COMPILES = "The first run on this machine compiles its fast code: a minute or two longer, this once."


def first_run_note(files: Iterable[Path]) -> str:
    """Return why the first run on a machine takes longer; empty where code was compiled before, or none will be."""
    from felinar.kernels.compile import cache_folder

    folder = cache_folder()
    if folder is None or any(folder.iterdir()):
        return ""
    return COMPILES if sum(file.stat().st_size for file in files if file.is_file()) >= COMPILED_FROM_BYTES else ""


class Bar:
    """Bars at a terminal, one line per stage elsewhere; nothing for stages under two seconds, nothing when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.bars: Bars | None = None
        self.task: TaskID | None = None
        self.what = ""
        self.since = 0.0
        self.done = 0

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        if self.bars is not None:
            self.bars.stop()

    def begin(self, what: str, total: int | None = None) -> Advance:
        """Begin a stage and return the function that moves its bar."""
        self._end()
        self.what, self.since, self.done = what, time.monotonic(), 0
        if not self.quiet and sys.stderr.isatty():
            self._show(total)
        return self._advance

    def _advance(self, done: int) -> None:
        self.done += done
        if self.bars is not None and self.task is not None:
            self.bars.update(self.task, completed=self.done)

    def _show(self, total: int | None) -> None:
        if self.bars is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

            self.bars = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.completed:,.0f}"),
                TaskProgressColumn(show_speed=True),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self.bars.start()
        self.task = self.bars.add_task(self.what, total=total)

    def _end(self) -> None:
        seconds = time.monotonic() - self.since
        if self.what and seconds >= PATIENCE_SECONDS and not self.quiet:
            rate = f", {self.done / seconds:,.0f} per second" if self.done > 1 else ""
            print(f"{self.what}: {seconds:.1f} s{rate}", file=sys.stderr)  # noqa: T201
        if self.bars is not None and self.task is not None:
            self.bars.remove_task(self.task)
            self.task = None
        self.what = ""


class Followed:
    """Passes all on to another progress, and writes where it is into a file that others follow."""

    def __init__(self, inner: Progress, path: Path) -> None:
        self._inner, self._path = inner, path
        self._stages: list[str] = []
        self._total: int | None = None
        self._done, self._written = 0, 0.0

    def begin(self, what: str, total: int | None = None) -> Advance:
        """Begin a stage."""
        self._stages.append(what)
        self._total, self._done = total, 0
        self._write()
        move = self._inner.begin(what, total)

        def advance(done: int) -> None:
            self._done += done
            if time.monotonic() - self._written >= SELDOM_SECONDS:
                self._write()
            move(done)

        return advance

    def _write(self) -> None:
        """Write in one step; whoever follows sees the old state or the new one. A full disk ends no run."""
        self._written = time.monotonic()
        told = {"stage": self._stages[-1], "done": self._done, "total": self._total, "stages": self._stages[:-1]}
        beside = self._path.with_name(self._path.name + ".tmp")
        with contextlib.suppress(OSError):
            beside.write_text(json.dumps(told), encoding="utf-8")
            beside.replace(self._path)
