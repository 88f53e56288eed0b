"""All tables of the scan for numbers in one array of integers, and its scratch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.lexis import lexis_of
from felinar.extract.native.pattern import patterns_of
from felinar.extract.native.phone_around import near_words
from felinar.extract.native.phone_columns import C_DIGITS, CHUNK_COLUMNS, R_CHUNKS, TABLES
from felinar.extract.native.phone_gates import unit_words
from felinar.extract.native.phone_masks import phone_patterns
from felinar.extract.native.phone_misspelt import sound_tables
from felinar.extract.native.phone_prefilter import other_figures
from felinar.extract.native.phone_rare import rare_words
from felinar.extract.native.phone_spans import own_meaning
from felinar.extract.native.phone_vocabulary import alike_rows, word_rows
from felinar.kernels.kept_tables import kept_table


@kept_table
def tables() -> NDArray[np.int64]:
    """Return the tables of this process: first where each of them begins, in the order of `phone_columns`."""
    near, regions = near_words()
    sections = (
        lexis_of(word_rows(), roots=0x1000), *alike_rows(), *sound_tables(), near, regions, *rare_words(),
        own_meaning(), patterns_of([other_figures()]), phone_patterns(), unit_words(),
    )  # fmt: skip
    starts = np.cumsum([TABLES, *map(len, sections)])[:-1]
    return np.concatenate([starts, *sections])


def room_for(longest: int) -> NDArray[np.int64]:
    """Return scratch for texts of at most so many folded characters."""
    chunks = CHUNK_COLUMNS * (longest // 2 + 3)
    room = np.zeros(R_CHUNKS + chunks + 8 * longest + 4096, dtype=np.int64)
    room[C_DIGITS] = R_CHUNKS + chunks
    return room
