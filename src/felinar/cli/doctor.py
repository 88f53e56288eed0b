"""`felinar doctor`: is this machine, and is this workspace, fit for the work?"""

from __future__ import annotations

import platform
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from felinar.cli.session import Session, pass_session
from felinar.config import FILE_NAME

if TYPE_CHECKING:
    from felinar.store.lake import Lake

LEAST_FREE_BYTES = 2 << 30
SHOWN_PACKAGES = ("felinar", "duckdb", "pyarrow", "numpy", "numba", "phonenumbers")
# A clock before this program was written is wrong, and would make the log worthless.
YEAR_WRITTEN = 2026


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ok, warning or problem, and what to do."""

    state: str
    about: str
    says: str


@click.command(short_help="Check the machine and the workspace.")
@click.option("--warm", is_flag=True, help="Compile all kernels now, so that the next run need not.")
@pass_session
def doctor(session: Session, warm: bool) -> None:
    """Check versions, space, disk encryption, clock and the workspace. Exit code 1 when there is a problem."""
    folder = session.folder()
    findings = [*_machine(folder), *_workspace(folder)]
    if warm:
        findings.append(_warm())
    text = "\n".join(f"{finding.state:8} {finding.about}: {finding.says}" for finding in findings)
    session.emit(text, [asdict(finding) for finding in findings])
    if any(finding.state == "problem" for finding in findings):
        raise click.exceptions.Exit(1)


def _machine(folder: Path) -> Iterator[Finding]:
    versions = ", ".join(f"{name} {version(name)}" for name in SHOWN_PACKAGES)
    yield Finding("ok", "versions", f"Python {sys.version.split()[0]} on {platform.system()}; {versions}")
    place = folder if folder.exists() else folder.parent
    free = shutil.disk_usage(place if place.exists() else Path.cwd()).free
    enough = free >= LEAST_FREE_BYTES
    yield Finding(
        "ok" if enough else "warning",
        "space",
        f"{free / (1 << 30):.1f} GB free" + ("" if enough else "; make room before a large run"),
    )
    right = time.gmtime().tm_year >= YEAR_WRITTEN
    yield Finding(
        "ok" if right else "problem",
        "clock",
        time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
        + ("" if right else "; set the clock, the log depends on it"),
    )
    yield _encryption(place)


def _encryption(folder: Path) -> Finding:
    """Return whether the disk under the folder is seen to be encrypted; only Linux shows it without rights."""
    try:
        mounts = [line.split()[:2] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return Finding("warning", "disk", "cannot see whether it is encrypted (FileVault, BitLocker?); make sure it is")
    under = [(device, point) for device, point in mounts if folder.resolve().is_relative_to(point)]
    device = max(under, key=lambda mount: len(mount[1]), default=("", ""))[0]
    block = Path("/sys/class/block") / Path(device).resolve().name / "dm" / "uuid"
    if block.is_file() and block.read_text(encoding="utf-8").startswith("CRYPT"):
        return Finding("ok", "disk", "encrypted")
    return Finding(
        "warning",
        "disk",
        f"{device or 'unknown device'} is not seen to be encrypted; keep real adverts on an encrypted disk",
    )


def _workspace(folder: Path) -> Iterator[Finding]:
    from felinar.errors import WorkspaceProblem
    from felinar.store.lake import Lake
    from felinar.store.workspace import Workspace

    if not (folder / FILE_NAME).is_file():
        yield Finding("ok", "workspace", f"none at {folder} yet")
        return
    try:
        workspace = Workspace.existing(folder)
    except WorkspaceProblem as problem:
        yield Finding("problem", "settings", str(problem))
        return
    if workspace.config.legal_basis == "not stated":
        yield Finding("warning", "legal basis", f"not stated; write it into {folder / FILE_NAME}")
    yield Finding("ok", "retention", f"{workspace.config.retention_months} months; change it in {FILE_NAME}")
    if not workspace.config.purpose.strip():
        yield Finding("problem", "purpose", f"none is stated, and nothing is shown without; write it into {FILE_NAME}")
    yield from _tables(Lake(workspace.tables), workspace.published)
    yield _log(workspace.desk)
    yield from _log_key(folder, workspace.desk)


def _tables(lake: Lake, published: Path) -> Iterator[Finding]:
    from felinar.errors import WorkspaceProblem

    try:
        generation, damaged = lake.generation, lake.damaged()
    except WorkspaceProblem as problem:
        yield Finding("problem", "tables", str(problem))
        return
    yield from (Finding("problem", "tables", sentence) for sentence in damaged)
    if not damaged:
        yield Finding("ok", "tables", f"generation {generation}, all files as they were written")
    yield _published(published, generation)


def _published(path: Path, generation: int) -> Finding:
    from felinar.errors import WorkspaceProblem
    from felinar.store.published import Published

    try:
        shown = Published.open(path).facts.get("generation", "0")
    except WorkspaceProblem as problem:
        return Finding("warning", "published", str(problem))
    if int(shown) != generation:
        return Finding("warning", "published", "older than the tables; `felinar run` brings it up to date")
    return Finding("ok", "published", "as new as the tables")


def _log(desk: Path) -> Finding:
    from felinar.audit import verify
    from felinar.errors import FelinarError

    if not desk.is_file():
        return Finding("ok", "log", "nothing was logged yet")
    try:
        checked, _ = verify(desk)
    except FelinarError as problem:
        return Finding("problem", "log", str(problem))
    return Finding("ok", "log", f"{checked} events, the chain holds")


def _log_key(folder: Path, desk: Path) -> Iterator[Finding]:
    """Say when the secret of the log is gone or damaged: what was searched for can then no longer be compared."""
    path = folder / "log.key"
    size = path.stat().st_size if path.is_file() else 0
    if desk.is_file() and size != 32:
        state = f"should hold 32 bytes, it holds {size}" if path.is_file() else "is missing"
        yield Finding("problem", "log key", f"{path} {state}; restore it from a backup")


def _warm() -> Finding:
    from felinar.pipeline.warm import warm

    seconds = warm()
    return Finding("ok", "kernels", f"compiled in {seconds:.1f} s")
