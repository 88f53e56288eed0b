"""Put a dossier together: all files in memory first, then the log, then the folder or the ZIP.

The log's event holds the hash of everything but the log extract; the extract ends with that event; the manifest holds
the hashes of all files; `manifest.sha256` that of the manifest. So each byte is under a hash, and the log itself says
which files went to whom.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from felinar.audit import events, log, verify
from felinar.errors import FelinarError, UnreadableInput
from felinar.export.dossier.gather import Files, Gatherer, Order, as_json
from felinar.export.dossier.log_extract import as_jsonl, extract
from felinar.export.dossier.verify import FORMAT, LOG, MANIFEST, SUM, content_sha256
from felinar.ids import sha256_hex
from felinar.store.durable import sync_file, sync_folder

_ZIP_DAY = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Dossier:
    """The finished files by path, how many adverts they tell of, and the hash to note outside."""

    files: Files
    adverts: int
    masked: bool

    @property
    def manifest_sha256(self) -> str:
        """The SHA-256 of the manifest, which stands for all files."""
        return sha256_hex(self.files[MANIFEST])


def make(order: Order) -> Dossier:
    """Return the dossier; its event is in the log when this returns, and nothing was written elsewhere."""
    desk = order.workspace.desk
    verify(desk)
    with Gatherer(order) as gatherer:
        gathered = gatherer.gather()
        files = {**gathered.files, "verify.py": _verifier()}
        about = {**gathered.about, "purpose": order.who.purpose}
        details = {name: about[name] for name in ("dossier", "recipient", "masked", "adverts", "permission", "to")}
        details["content_sha256"] = content_sha256(files)
        event = log(order.workspace, "export", details, who=order.who.actor, purpose=order.who.purpose)
        lines = extract(events(desk), order.subject.name, gatherer.ids, event.seq, gatherer.tells)
    files[LOG] = as_jsonl(lines)
    manifest = {
        "format": FORMAT,
        "about": {**about, "made_at": event.at},
        "made_with": gathered.made_with,
        "files": {name: {"sha256": sha256_hex(files[name]), "bytes": len(files[name])} for name in sorted(files)},
        "content_sha256": details["content_sha256"],
        "log": {"head": event.sha256, "last": event.seq},
    }
    files[MANIFEST] = as_json(manifest)
    files[SUM] = f"{sha256_hex(files[MANIFEST])}  {MANIFEST}\n".encode("ascii")
    return Dossier(files, about["adverts"], order.permission is None)


def write_folder(dossier: Dossier, folder: Path) -> None:
    """Write the files into a new folder, in one step: a folder under this name is always whole."""
    beside = folder.with_name(f".{folder.name}.part")
    try:
        beside.mkdir(parents=True)
        for name, content in sorted(dossier.files.items()):
            path = beside / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            sync_file(path)
        beside.replace(folder)
        sync_folder(folder.parent)
    except OSError as problem:
        raise UnreadableInput(
            f"{folder} cannot be written: {problem.strerror}. The log holds that it was tried."
        ) from None


def refuse_existing(folder: Path) -> None:
    """Raise FelinarError where something is at this place already: a dossier never mixes with other files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FelinarError(f"{folder} is there already; name a new folder for the dossier.")
    if folder.with_name(f".{folder.name}.part").exists():
        raise FelinarError(
            f"{folder.with_name(f'.{folder.name}.part')} is left from a dossier that broke off; delete it."
        )


def as_zip(dossier: Dossier) -> bytes:
    """Return the files as one ZIP with a fixed date."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(dossier.files.items()):
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _verifier() -> bytes:
    return resources.files("felinar.export.dossier").joinpath("verify.py").read_bytes()
