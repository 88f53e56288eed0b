"""Write files so that a crash leaves the old one or the new one, never half of one."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAUSE = 0.25  # seconds between two times of handing a growing file to the disk


def sync_file(path: Path) -> None:
    """Make sure that the file's bytes have reached the disk."""
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that a rename in this folder has reached the disk; does nothing where folders cannot be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def sent_along(path: Path) -> Iterator[None]:
    """Hand a file that grows inside to the disk bit by bit, so that nobody else's fsync waits for gigabytes of it."""
    ended = threading.Event()

    def send() -> None:
        while not ended.wait(PAUSE):
            with suppress(OSError), path.open("rb+") as handle:  # not there yet, or gone again
                os.fsync(handle.fileno())

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    try:
        yield
    finally:
        ended.set()
        sender.join()


def put_in_place(temporary: Path, final: Path) -> None:
    """Move a finished file to its name; readers see the old one or the new one."""
    sync_file(temporary)
    temporary.replace(final)
    sync_folder(final.parent)


def write_text(path: Path, text: str) -> None:
    """Write a small text file in one step."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(text, encoding="utf-8")
    put_in_place(temporary, path)
