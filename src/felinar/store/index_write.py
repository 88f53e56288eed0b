"""Write the index of words: a new folder beside the old one, which lends it its files, then one rename of `CURRENT`.

The files of an index never change once they are written. A batch therefore links to those of the index before and adds
its own adverts; where files of adverts are gone or the rules have changed, all of it is made anew.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from felinar.ids import canonical_json, sha256_hex
from felinar.store.durable import write_text
from felinar.store.index import CURRENT, VERSION, State, is_installed, state_of
from felinar.store.index_documents import ADVERT_COLUMNS, MENTION_COLUMNS, add_adverts, schema
from felinar.store.index_words import LONGEST

if TYPE_CHECKING:
    import pyarrow as pa

    from felinar.store.lake import Lake, Part

LEAST_CONFIDENCE = 50
_HEAP_BYTES = 96_000_000


@dataclass(frozen=True)
class Piece:
    """Some adverts with their mentions: a name that changes with their content, how many, and how to read them."""

    name: str
    rows: int
    read: Callable[[], tuple[pa.Table, pa.Table]]


def write_index(folder: Path, pieces: Sequence[Piece], *, anew: bool = False) -> bool:
    """Bring the index in this folder to these adverts, each in one piece; False where tantivy is not installed.

    `anew` uses nothing of the index before. Only one process may write at a time: the caller holds the workspace.
    """
    if not is_installed():
        return False
    new, known = _new_state(pieces), frozenset() if anew else _known(folder, pieces)
    if not anew and state_of(folder) == new and (folder / new.folder).is_dir():
        return True
    try:
        coming = _made(folder, pieces, known)
    except ValueError:  # what tantivy says of files that it cannot read
        if not known:
            raise
        coming = _made(folder, pieces, frozenset())
    _put_in_place(folder, coming, new)
    return True


def adverts_to_add(folder: Path, pieces: Sequence[Piece]) -> int:
    """Return how many adverts `write_index` would have to read."""
    known = _known(folder, pieces)
    return sum(piece.rows for piece in pieces if piece.name not in known)


def _new_state(pieces: Sequence[Piece]) -> State:
    names = tuple(piece.name for piece in pieces)
    name = "words-" + sha256_hex(canonical_json([VERSION, names]).encode())[:20]
    return State(name, VERSION, names, sum(piece.rows for piece in pieces))


def _known(folder: Path, pieces: Sequence[Piece]) -> frozenset[str]:
    """Return the pieces that the index there holds; none where it holds others too, or was made by other rules."""
    old = state_of(folder)
    usable = old.folder and old.version == VERSION and (folder / old.folder).is_dir()
    held = frozenset(old.parts) if usable else frozenset()
    return held if held <= {piece.name for piece in pieces} else frozenset()


def _made(folder: Path, pieces: Sequence[Piece], known: frozenset[str]) -> Path:
    """Write an index with these pieces to a folder beside, and return the folder."""
    coming = folder / "coming"
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    if known:
        _lend(folder / state_of(folder).folder, coming)
    _add(coming, [piece for piece in pieces if piece.name not in known])
    return coming


def pieces_of(lake: Lake, adverts: Sequence[Part], mentions: Sequence[Part]) -> list[Piece]:
    """Return the adverts of a lake, a piece for each file with the file of its mentions."""

    def piece(mine: Part, theirs: Part) -> Piece:
        def read() -> tuple[pa.Table, pa.Table]:
            return lake.read_part(mine, ADVERT_COLUMNS), _some_mentions(lake.read_part(theirs, _READ))

        return Piece(f"{mine.sha256[:20]}-{theirs.sha256[:20]}", mine.rows, read)

    return [piece(mine, theirs) for mine, theirs in zip(adverts, mentions, strict=True)]


_READ = (*MENTION_COLUMNS, "confidence")


def _some_mentions(table: pa.Table) -> pa.Table:
    """Return the places and languages that were read well enough."""
    import pyarrow as pa
    import pyarrow.compute as pc

    asked = pc.is_in(table["kind"], pa.array(["language", "place"]))
    sure = pc.greater_equal(table["confidence"], LEAST_CONFIDENCE)
    return table.filter(pc.and_(asked, sure)).select(MENTION_COLUMNS)


def _lend(old: Path, new: Path) -> None:
    """Link the files of an index into a new folder, or copy them where the disk knows no links."""
    for path in sorted(old.iterdir()):
        if path.name.endswith(".lock"):
            continue
        try:
            if path.suffix == ".json":
                raise OSError  # the only files that are written again
            os.link(path, new / path.name)
        except OSError:
            shutil.copyfile(path, new / path.name)


def _add(folder: Path, pieces: Sequence[Piece]) -> None:
    import tantivy

    index = tantivy.Index(schema(), path=str(folder), reuse=True)
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("whitespace", words.filter(tantivy.Filter.remove_long(LONGEST * 4)).build())
    # One thread takes what this one prepares: the order of the adverts is that of the pieces, run after run.
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    for piece in pieces:
        add_adverts(writer, *piece.read())
    writer.commit()
    writer.wait_merging_threads()


def _put_in_place(folder: Path, coming: Path, state: State) -> None:
    final = folder / state.folder
    shutil.rmtree(final, ignore_errors=True)
    coming.replace(final)
    before = state_of(folder).folder
    write_text(folder / CURRENT, json.dumps(asdict(state), indent=1))
    for path in sorted(folder.iterdir()):
        # The one before stays for a reader who is just opening it.
        if path.is_dir() and path.name not in (state.folder, before):
            shutil.rmtree(path, ignore_errors=True)
