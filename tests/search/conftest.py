"""A workspace whose words are indexed too."""

import pytest

from felinar.store.index import FOLDER, WordIndex
from felinar.store.index_documents import ADVERT_COLUMNS, MENTION_COLUMNS
from felinar.store.index_write import Piece, write_index


@pytest.fixture
def index(workspace, small):
    """The index of the small world, in its workspace."""
    pytest.importorskip("tantivy", reason="words are searched with the package tantivy (extra desk)")
    tables = small.world()
    adverts, mentions = tables["adverts"].select(ADVERT_COLUMNS), tables["mentions"].select(MENTION_COLUMNS)
    piece = Piece("small", adverts.num_rows, lambda: (adverts, mentions))
    assert write_index(workspace.folder / FOLDER, [piece])
    return WordIndex.open(workspace.folder)
