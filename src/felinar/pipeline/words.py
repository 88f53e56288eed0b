"""The index of words, written while the rest is published: it needs only the adverts and what was read in them."""

from __future__ import annotations

from functools import partial

from felinar.pipeline.beside import Beside
from felinar.pipeline.mentions import Mentions
from felinar.store.index import FOLDER, is_installed
from felinar.store.index_write import adverts_to_add, pieces_of, write_index
from felinar.store.workspace import Workspace

MANY = 20_000  # adverts from which a process of its own is worth its start


def words_beside(workspace: Workspace, mentions: Mentions, *, anew: bool) -> Beside[bool]:
    """Return the work of bringing the index to the adverts of the lake; its result: whether words can be searched.

    Should a run end between the two, readers show only what is published, say so, and the next run catches up.
    """
    pieces = pieces_of(mentions.lake, mentions.adverts, mentions.parts)
    new = sum(piece.rows for piece in pieces) if anew else adverts_to_add(workspace.folder / FOLDER, pieces)
    return Beside(partial(_write, workspace, mentions, anew), apart=is_installed() and new >= MANY)


def _write(workspace: Workspace, mentions: Mentions, anew: bool) -> bool:
    pieces = pieces_of(mentions.lake, mentions.adverts, mentions.parts)
    return write_index(workspace.folder / FOLDER, pieces, anew=anew)
