"""Pictures in files, folders and ZIPs held against all lists; every hit is in the log before anybody is told."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from felinar.audit.log import Place, log
from felinar.hashlists.known import Lists
from felinar.hashlists.reader import ListReader, blocks_of
from felinar.pictures.looked import KNOWN, UNREADABLE, Hit, Looked


class Checked(NamedTuple):
    """One file: what is known of it, what its lists say of each hit, and the list of known files that it is on."""

    path: str
    looked: Looked
    details: list[dict[str, str]]
    known_file: str

    def as_dict(self) -> dict[str, Any]:
        """Return what may be told: no hash of a picture that is not on a list, no content of any."""
        found = self.looked
        hits = [hit_as_dict(hit, said, found.quality) for hit, said in zip(found.hits, self.details, strict=True)]
        told = {"path": self.path, "state": found.state, "reason": found.reason, "quality": found.quality}
        return {**told, "known_file": self.known_file, "hits": hits}


def hit_as_dict(hit: Hit, said: Mapping[str, str], quality: int) -> dict[str, Any]:
    """Return a hit by names, with what its list says of the entry; the quality (of PDQ) is null for an exact hash."""
    return {
        "list": hit.list_name,
        "entry": hit.entry,
        **said,
        "kind": hit.hash_kind,
        "distance": hit.distance,
        "quality": quality if hit.hash_kind == "pdq" else None,
        "verdict": hit.verdict,
        "how": hit.how,
    }


def check(place: Place, folder: Path, lists: Lists, paths: Iterable[Path]) -> Iterator[Checked]:
    """Yield every file under the paths, in the order of their names; hits are logged first."""
    with ListReader(folder, lists) as reader:
        for path, looked in _looked_at(reader, paths):
            details = [lists.detail(hit) for hit in looked.hits]
            for hit, said in zip(looked.hits, details, strict=True):
                told = hit_as_dict(hit, said, looked.quality)
                log(place, "hashlists", {"hit": told, "path": path, "sha256": looked.sha256})
            digests = {"md5": looked.md5, "sha1": looked.sha1, "sha256": looked.sha256}
            known_file = "" if looked.state == KNOWN else lists.is_known_file(**digests)
            yield Checked(path, looked, details, known_file)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files under the paths, those of a folder in the order of their names; links are not followed."""
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if not one.is_symlink())
            yield from (one for one in inside if one.is_file())
        else:
            yield path


def _looked_at(reader: ListReader, paths: Iterable[Path]) -> Iterator[tuple[str, Looked]]:
    for path in files_in(paths):
        try:
            packed = zipfile.is_zipfile(path)
            with path.open("rb") as stream:
                looked = _as_a_whole(reader, stream, packed=packed)
            if looked is not None:
                yield str(path), looked
            if packed:
                yield from _in_zip(reader, path)
        except OSError as problem:
            yield str(path), Looked(UNREADABLE, f"it cannot be read: {problem.strerror or problem}")
        except zipfile.BadZipFile as problem:
            yield str(path), Looked(UNREADABLE, f"it cannot be unpacked ({problem})")


def _as_a_whole(reader: ListReader, stream: BinaryIO, *, packed: bool) -> Looked | None:
    """Return what is known of a file; None for an archive that no list knows as a whole.

    A picture with an archive behind it is both, so it is looked at as well.
    """
    if not packed or not stream.peek(2).startswith(b"PK"):  # type: ignore[attr-defined]
        return reader.look_at(stream)
    looked = reader.hashed(blocks_of(stream))
    return looked if looked.state == KNOWN else None


def _in_zip(reader: ListReader, path: Path) -> Iterator[tuple[str, Looked]]:
    with zipfile.ZipFile(path) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            if member.is_dir():
                continue
            name = f"{path}:{member.filename}"
            try:
                with archive.open(member) as stream:
                    yield name, reader.look_at(stream)  # type: ignore[arg-type]
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as problem:
                yield name, Looked(UNREADABLE, f"it cannot be unpacked ({problem})")
