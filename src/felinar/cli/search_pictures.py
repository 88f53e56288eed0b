"""`felinar search photo.jpg` and a hash: which adverts show this picture, a copy or a part of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from felinar.audit import log
from felinar.cli.reading import Reading
from felinar.errors import FelinarError
from felinar.search.look_up import Answer
from felinar.search.readings import Reading as Way
from felinar.store.lake import Lake

if TYPE_CHECKING:
    from felinar.pictures.looked import Looked
    from felinar.search.pictures import Match

MOST = 50
# MD5, SHA-1, SHA-256 or PDQ
_HASH = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}").fullmatch
LISTS = "hashlists"


def asks_for_a_picture(what: str) -> bool:
    """Return whether this names a file, or can be a hash of one."""
    try:
        return _HASH(what.strip()) is not None or Path(what).is_file()
    except OSError:  # longer than a file name can be
        return False


def search_picture(reading: Reading, what: str) -> Answer:
    """Return the keys of the stored pictures that are alike, nearest first, each with how it is; no bytes are kept.

    Hash lists are asked first: of a picture on a list nothing is said but that it is.
    """
    lake = Lake(reading.workspace.tables)
    if not Path(what).is_file():
        from felinar.search.pictures import by_hash

        return _answer(reading, Answer(what, [Way("picture with the hash", what)]), by_hash(lake, what))
    with_extra()
    from felinar.search.pictures import by_file

    looked = _looked_at(reading, Path(what))
    answer = Answer(what, [Way("picture", f"{Path(what).name} (SHA-256 {looked.sha256[:12]}…)")])
    return _answer(reading, answer, by_file(lake, looked))


def with_extra() -> None:
    """Raise an error that says how to install what opens pictures, where it is missing."""
    from felinar.pipeline.pictures import can_open

    if not can_open():
        raise FelinarError(
            "Pictures cannot be opened: install the extra, pip install 'felinar[pictures]' (or -r "
            "requirements/pictures.txt). A hash of the file (MD5, SHA-1, SHA-256) can be searched without it."
        )


def _looked_at(reading: Reading, path: Path) -> Looked:
    """Return what is known of the picture; an error where a list knows it or it is none."""
    from felinar.hashlists.known import Lists
    from felinar.hashlists.reader import ListReader
    from felinar.pictures.looked import KNOWN, READ

    folder = reading.workspace.folder / LISTS
    with ListReader(folder, Lists.load(folder), points=True) as reader, path.open("rb") as stream:
        looked = reader.look_at(stream)
    if looked.state == KNOWN:
        hits = [{"list": hit.list_name, "entry": hit.entry, "kind": hit.hash_kind} for hit in looked.hits]
        log(reading.workspace, "hashlists", {"searched_hit": hits, "sha256": looked.sha256})
        raise FelinarError(
            "This picture is on a list of known abuse material. Nothing of it was kept or searched; do not pass it on. "
            "Report it by the route of your country."
        )
    if looked.state != READ:
        raise FelinarError(f"{path} cannot be searched as a picture: {looked.reason}.")
    return looked


def _answer(reading: Reading, answer: Answer, matches: list[Match]) -> Answer:
    for match in matches[:MOST]:
        keys: list[dict[str, Any]] = reading.published.keys_by_value(match.sha256, "picture")
        answer.keys += [{**key, "matched": match.how} for key in keys]
    return answer
