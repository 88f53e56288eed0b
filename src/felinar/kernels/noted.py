"""What the machine code of each kernel depends on, noted: to find it out takes a sixth of a second in every process."""

from __future__ import annotations

import atexit
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from felinar.kernels.kept_files import read_kept, write_kept

if TYPE_CHECKING:
    from felinar.kernels.compile import Kernel

_FILE = "fingerprints.json"


def noted(kernel: Kernel[Any, Any]) -> tuple[str, bool]:
    """Return a kernel's fingerprint and whether it is light; what is new is kept when the process ends."""
    module, notes = kernel.function.__module__, _notes()
    name = f"{module}.{kernel.__name__}"
    if not module.startswith("felinar."):
        return kernel.fingerprint, kernel.is_light
    if name not in notes:
        notes[name] = kernel.fingerprint, kernel.is_light
        _keep_at_the_end()
    return notes[name]


@cache
def _notes() -> dict[str, tuple[str, bool]]:
    """Return the notes of this process: those that were kept, and what is added."""
    return _kept()


def _kept() -> dict[str, tuple[str, bool]]:
    content = read_kept(_FILE)
    return (
        {} if content is None else {name: (code, light) for name, (code, light) in json.loads(bytes(content)).items()}
    )


@cache
def _keep_at_the_end() -> None:
    atexit.register(_keep)


def _keep() -> None:
    """Keep the notes of this process, and those that others have kept meanwhile."""
    write_kept(_FILE, json.dumps({**_kept(), **_notes()}, sort_keys=True).encode())
