"""Searching by a picture or a hash: lists first, then what is stored. Nothing of what is asked is kept.

picture → process of its own (`hashlists/`, `pictures/`) → a list knows it: only that is said; else → alike ones → keys
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from felinar.errors import FelinarError
from felinar.pipeline.pictures import LISTS, can_open
from felinar.search.answer import Answer
from felinar.search.readings import Reading
from felinar.store.picture_hashes import PictureHashes
from felinar.store.published import Published
from felinar.store.workspace import Workspace

if TYPE_CHECKING:
    from felinar.pictures.looked import Looked
    from felinar.search.pictures import Match

MOST = 50
Note = Callable[[str, Mapping[str, Any]], object]  # writes an action and its details to the log


class OnAList(FelinarError):
    """The picture that was searched with is on a list of known material."""


def search_hash(workspace: Workspace, published: Published, text: str) -> Answer:
    """Return the keys of the stored pictures with this hash or near it, nearest first, each with how it is alike."""
    from felinar.search.pictures import by_hash

    answer = Answer(text, [Reading("picture with the hash", text)])
    return _with_keys(published, answer, by_hash(PictureHashes(workspace.thumbnails), text))


def search_picture(workspace: Workspace, published: Published, stream: BinaryIO, name: str, note: Note) -> Answer:
    """Return the keys of the stored pictures that are alike, nearest first; `note` logs a hit before OnAList is raised.

    Of a picture on a list nothing is said but that it is.
    """
    check_can_open()
    from felinar.search.pictures import by_file

    looked = _looked_at(workspace, stream, name, note)
    answer = Answer(looked.sha256, [Reading("picture", f"{name} (SHA-256 {looked.sha256[:12]}…)")])
    return _with_keys(published, answer, by_file(PictureHashes(workspace.thumbnails), looked))


def check_can_open() -> None:
    """Raise an error that says how to install what opens pictures, where it is missing."""
    if not can_open():
        raise FelinarError(
            "Pictures cannot be opened: install the extra, pip install 'felinar[pictures]' (or -r "
            "requirements/pictures.txt). A hash of the file (MD5, SHA-1, SHA-256) can be searched without it."
        )


def _looked_at(workspace: Workspace, stream: BinaryIO, name: str, note: Note) -> Looked:
    """Return what is known of the picture; an error where a list knows it or it is none."""
    from felinar.hashlists.known import Lists
    from felinar.hashlists.reader import ListReader
    from felinar.pictures.looked import KNOWN, READ

    folder = workspace.folder / LISTS
    with ListReader(folder, Lists.load(folder), points=True) as reader:
        looked = reader.look_at(stream)
    if looked.state == KNOWN:
        hits = [{"list": hit.list_name, "entry": hit.entry, "kind": hit.hash_kind} for hit in looked.hits]
        note("hashlists", {"searched_hit": hits, "sha256": looked.sha256})
        raise OnAList(
            "This picture is on a list of known abuse material. Nothing of it was kept or searched; do not pass it on. "
            "Report it by the route of your country."
        )
    if looked.state != READ:
        raise FelinarError(f"{name} cannot be searched as a picture: {looked.reason}.")
    return looked


def _with_keys(published: Published, answer: Answer, matches: list[Match]) -> Answer:
    for match in matches[:MOST]:
        keys: list[dict[str, Any]] = published.keys_by_value(match.sha256, "picture")
        answer.keys += [{**key, "matched": match.how} for key in keys]
    return answer
