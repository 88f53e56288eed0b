"""Near-duplicate groups."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.link.grouping import group_texts
from felinar.link.text import near_duplicates

WORDS = [a + b + c for a in "bdfglmnprst" for b in ("a", "e", "io") for c in ("n", "ra", "st", "li", "mo")]


def adverts(texts: list[str], *, titles: list[str] | None = None, first: int = 10) -> pa.Table:
    ids = range(first, first + len(texts))
    return pa.table({"advert_id": pa.array(ids, pa.int64()), "title": titles or [""] * len(texts), "body": texts})


def groups(texts: list[str]) -> dict[int, int]:
    table = near_duplicates(adverts(texts))
    return dict(zip(table["advert_id"].to_pylist(), table["group_id"].to_pylist(), strict=True))


def sentences(source: random.Random, count: int) -> list[str]:
    return [" ".join(source.choice(WORDS) for _ in range(8)) for _ in range(count)]


def test_groups_the_same_text_with_other_numbers_and_names() -> None:
    text = "Hello, I am {} and I clean flats and offices in {}, with my own things. Call {} before noon, {} per hour."
    found = groups(
        [
            text.format("Ana", "Leeds", "07700 900123", "£20"),
            "We look for a driver with a licence for lorries, free housing and good pay at the end of the week.",
            text.format("Mia", "York", "0-7700-900-456", "25 GBP"),
        ]
    )
    assert found == {10: 10, 12: 10}


def test_groups_shuffled_sentences() -> None:
    parts = sentences(random.Random(1), 6)
    assert groups([". ".join(parts), ". ".join(parts[3:] + parts[:3])]) == {10: 10, 11: 10}


SCRIPTS = (
    "Уборка квартир и офисов в центре города, звоните с утра до вечера",
    "提供清洁服务上门打扫价格优惠欢迎来电咨询随时预约",
    "Καθαρίζω σπίτια και γραφεία στο κέντρο κάθε μέρα με δικά μου υλικά",
)


@pytest.mark.parametrize("text", SCRIPTS)
def test_groups_texts_of_every_script(text: str) -> None:
    assert groups([text + " 07700 900123", text + "! 07700 900456", "other words that say nothing of it"]) == {
        10: 10,
        11: 10,
    }


def test_a_footer_shared_by_unrelated_texts_ties_nothing() -> None:
    source = random.Random(2)
    footer = (
        "this site checks all adverts with care please report what seems wrong to the team and stay safe at all times"
    )
    own = [". ".join(sentences(source, 5)) for _ in range(60)]
    assert groups([f"{text}. {footer}" for text in own]) == {}
    copied = [f"{text}. {footer}" for text in (own[0], *own)]
    assert groups(copied) == {10: 10, 11: 10}


def test_a_chain_of_texts_is_cut_so_that_its_ends_are_not_one_group() -> None:
    parts = sentences(random.Random(3), 40)
    chain = [". ".join(parts[i : i + 10]) for i in range(0, 31, 3)]
    found = groups(chain)
    assert len(set(found.values())) > 1


def test_the_medoid_is_the_member_that_differs_least_from_the_others() -> None:
    parts = sentences(random.Random(4), 8)
    table = near_duplicates(
        adverts([". ".join(parts[:6]), ". ".join(parts), ". ".join(parts[:7]), ". ".join(parts[:7]) + " x"])
    )
    assert table["medoid_id"].to_pylist() == [12] * 4
    assert table["similarity"].to_pylist()[2] == 1000


def test_a_text_of_two_words_is_never_evidence() -> None:
    assert groups(["call me", "call me", "", ""]) == {}


def test_a_short_body_is_compared_with_its_title() -> None:
    bodies = ["please call in the morning"] * 2
    same = ["cleaning of flats and offices in Leeds", "cleaning of flats and offices in York"]
    assert near_duplicates(adverts(bodies, titles=same)).num_rows == 2
    other = [
        "cleaning of flats and offices every day",
        "driver for a small lorry wanted with licence and own gloves and shoes",
    ]
    assert near_duplicates(adverts(bodies, titles=other)).num_rows == 0


def test_ten_thousand_equal_adverts_are_one_group_of_equals() -> None:
    table = near_duplicates(adverts(["the same words in the same order each time"] * 10_000))
    assert set(table["group_id"].to_pylist()) == {10}
    assert set(table["similarity"].to_pylist()) == {1000}


def test_an_advert_of_a_megabyte_and_one_of_digits_cost_nothing_special() -> None:
    long = " ".join(random.Random(5).choices(WORDS, k=200_000))
    assert groups([long, "1234567890" * 100_000, long + " end"]) == {10: 10, 12: 10}


def test_no_adverts_give_no_groups() -> None:
    assert near_duplicates(adverts([])).num_rows == 0
    assert near_duplicates(adverts([])).schema.names == ["advert_id", "group_id", "medoid_id", "similarity"]


PHRASES = ("one two three four", "five six seven", "eight nine ten eleven", "red", "5", "中文字符")
piles = st.lists(st.lists(st.sampled_from(PHRASES), max_size=6).map(" ".join), max_size=12)


@settings(deadline=None, max_examples=60)
@given(piles)
def test_small_piles_get_the_same_groups_without_numba(texts: list[str]) -> None:
    plain, compiled = group_texts(texts, plain=True), group_texts(texts, plain=False)
    assert plain.group.tolist() == compiled.group.tolist()
    assert plain.medoid.tolist() == compiled.medoid.tolist()
    assert plain.similarity.tolist() == compiled.similarity.tolist()


@settings(deadline=None, max_examples=30)
@given(piles, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(texts: list[str], source: random.Random) -> None:
    table = adverts(texts)
    order = list(range(len(texts)))
    source.shuffle(order)
    assert near_duplicates(table.take(pa.array(order, pa.int64()))).equals(near_duplicates(table))


def test_threads_change_nothing() -> None:
    source = random.Random(11)
    stock = sentences(source, 300)
    table = adverts([". ".join(source.sample(stock, 3)) for _ in range(4_500)])
    assert near_duplicates(table, threads=2).equals(near_duplicates(table))
