"""Several threads read at once."""

from concurrent.futures import ThreadPoolExecutor

from felinar.extract.native import characters
from felinar.extract.native.page import page_of_texts, text_of


def folded(text):
    page = page_of_texts([text] * 20)
    return {text_of(page, number) for number in range(20)}


def test_threads_that_meet_new_characters_at_once_fold_them_alike():
    texts = ["".join(map(chr, range(first, first + 48))) for first in range(160, 0xD000, 48)]
    alone = list(map(folded, texts))
    for _ in range(3):
        characters._table.cache_clear()
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(folded, texts)) == alone


def test_what_was_handed_out_stays_as_it_is():
    table = characters._Table()
    before, kinds = table.current, table.current.kinds.copy()
    table.meet([ord("\ufb03"), ord("\u0416")])

    assert (before.kinds == kinds).all() and not before.kinds[0x416]
    assert table.current.kinds[0x416] and table.current.folds[0xFB03] < 0
