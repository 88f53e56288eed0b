"""`felinar search photo.jpg` and a hash: which adverts show this picture, a copy or a part of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from felinar.audit import log
from felinar.cli.reading import Reading
from felinar.search.answer import Answer
from felinar.search.hashes import is_hash


def asks_for_a_picture(what: str) -> bool:
    """Return whether this names a file, or can be a hash of one."""
    try:
        return is_hash(what) or Path(what).is_file()
    except OSError:  # longer than a file name can be
        return False


def search_picture(reading: Reading, what: str) -> Answer:
    """Return the keys of the stored pictures that are alike to a file, or to a hash; nearest first."""
    from felinar.pipeline import picture_search

    path, place = Path(what), (reading.workspace, reading.published)
    if not path.is_file():
        return picture_search.search_hash(*place, what)
    with path.open("rb") as stream:
        return picture_search.search_picture(*place, stream, str(path), partial(log, reading.workspace))
