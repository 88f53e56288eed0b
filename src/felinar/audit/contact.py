"""Contact values in the log: a keyed hash stands for each, so that the log itself gives nothing away."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from felinar.errors import WorkspaceProblem

KEY_FILE = "log.key"


@dataclass(frozen=True)
class Contact:
    """A value that must not stand in the log as it is."""

    value: str


def log_key(folder: Path) -> bytes:
    """Return the workspace's secret of 32 bytes, made at the first call and readable by its owner only."""
    path = folder / KEY_FILE
    if not path.exists():
        _make(path)
    content = path.read_bytes()
    if len(content) != 32:
        raise WorkspaceProblem(f"{path} should hold 32 bytes, it holds {len(content)}. Restore it from a backup.")
    return content


def _make(path: Path) -> None:
    """Write a whole file beside and link it into place: of two processes, one wins and both read the same secret."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, secrets.token_bytes(32))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def keyed_hash(key: bytes, value: str) -> str:
    """Return the HMAC-SHA-256 of the value under the workspace's secret, as 64 hexadecimal digits."""
    return hmac.new(key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def without_contacts(details: Any, key: bytes) -> Any:
    """Return the details with every Contact replaced by {"hmac_sha256": …}, at any depth."""
    if isinstance(details, Contact):
        return {"hmac_sha256": keyed_hash(key, details.value)}
    if isinstance(details, Mapping):
        return {str(name): without_contacts(value, key) for name, value in details.items()}
    if isinstance(details, list | tuple):
        return [without_contacts(value, key) for value in details]
    return details
