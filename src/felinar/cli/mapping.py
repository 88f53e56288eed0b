"""Which column is what: a mapping given by a person, or one proposed from the first rows and saved for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from felinar.errors import NoTextColumn, UnreadableInput

if TYPE_CHECKING:
    from felinar.sources import Mapping


@contextmanager
def column_mapping(folder: Path, files: Sequence[Path], given: Path | None) -> Iterator[Mapping | None]:
    """Give the mapping in the file, or None; proposals go to `mappings/` in the workspace folder.

    Known column names need no mapping: the proposal then shows how they are read. Where no column is known as the text,
    the error names the proposal, in which the longest column is taken for it.
    """
    from felinar.sources import Mapping

    if given is not None:
        yield Mapping.load(given)
        return
    proposals = [_proposed(folder / "mappings", file) for file in files]
    try:
        yield None
    except NoTextColumn as problem:
        made = next((path for path in proposals if path is not None), None)
        if made is None:
            raise
        raise UnreadableInput(
            f"{problem} A proposal made from the first rows is in {made}: look at it, then add --mapping {made}"
        ) from None


def _proposed(folder: Path, file: Path) -> Path | None:
    """Save the mapping that the first rows of a file suggest; None where it cannot be read or nobody may write."""
    from felinar.sources import propose_mapping

    path = folder / f"{file.name.split('.')[0]}.toml"
    if path.exists():
        return path
    try:
        mapping = propose_mapping(file)
        folder.mkdir(parents=True, exist_ok=True)
        mapping.save(path)
    except (UnreadableInput, OSError):
        return None
    return path
