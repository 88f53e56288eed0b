"""Texts that join the same numbers are of one hand; what strangers share stays refused."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from felinar.link import Epoch, link
from felinar.resolve import resolve
from felinar.tables import ADVERTS, IMAGES, MENTIONS

SIZE = 40
ADDRESS = "office@post.example"


def phone(advert, number):
    return {"advert_id": advert, "kind": "phone", "value": f"+44770090{number:04d}", "display": "", "confidence": 90}


def email(advert, value=ADDRESS):
    return {"advert_id": advert, "kind": "email", "value": value, "display": "", "confidence": 90}


def operations(mentions, text_of):
    """Return the hubs' values and, per advert, its operation; `text_of` is the text group of each advert, or None."""
    adverts = ADVERTS.from_rows(
        [{"advert_id": i, "source": "", "site": "a.example", "url": "", "account": ""} for i in range(SIZE)]
    )
    rows = [(advert, text) for advert, text in enumerate(text_of) if text is not None]
    ids, texts = (pa.array(column, pa.int64()) for column in zip(*rows, strict=True))
    alike = pa.array([1000] * len(rows), pa.int64())
    groups = pa.table({"advert_id": ids, "group_id": texts, "medoid_id": texts, "similarity": alike})
    read = MENTIONS.from_rows(mentions)
    keys, links = link(adverts, read, IMAGES.empty(), groups, epoch=Epoch(1, SIZE))
    memberships = resolve(adverts, read, keys, links).memberships
    hubs = {row["value"] for row in keys.to_pylist() if row["hub"]}
    return hubs, memberships.sort_by("advert_id")["operation_id"].to_pylist()


def test_two_texts_that_go_through_the_same_numbers_are_one_operation():
    numbers = [phone(advert, advert % 20 // 2) for advert in range(SIZE)]
    hubs, operation = operations(numbers, [100 + advert // 20 for advert in range(SIZE)])
    assert hubs == set()
    assert len(set(operation)) == 1


def test_one_text_beside_as_many_numbers_is_what_strangers_copy():
    numbers = [phone(advert, advert % 20 // 2) for advert in range(SIZE)]
    hubs, operation = operations(numbers, [100 if advert < 20 else None for advert in range(SIZE)])
    assert hubs == {"100"}
    assert len(set(operation)) == 10


def test_a_stranger_who_copies_two_texts_does_not_make_them_one():
    number = [advert // 2 for advert in range(SIZE)]
    number[20] = number[0]
    hubs, operation = operations(
        [phone(advert, n) for advert, n in enumerate(number)], [100 + advert // 20 for advert in range(SIZE)]
    )
    assert hubs == {"100", "101"}
    assert len(set(operation)) > 15


def test_a_text_and_an_address_that_keep_to_the_same_numbers_are_one_operation():
    mentions = [phone(advert, advert // 5) for advert in range(SIZE)] + [email(advert) for advert in range(0, SIZE, 2)]
    hubs, operation = operations(mentions, [100] * SIZE)
    assert hubs == set()
    assert len(set(operation)) == 1


def test_the_footer_of_a_site_stays_refused_though_text_and_address_come_together():
    mentions = [phone(advert, advert) for advert in range(SIZE)] + [email(advert) for advert in range(SIZE)]
    hubs, operation = operations(mentions, [100] * SIZE)
    assert hubs == {"100", ADDRESS}
    assert len(set(operation)) == SIZE


def test_two_addresses_of_one_footer_do_not_clear_each_other():
    mentions = [phone(advert, advert // 4) for advert in range(SIZE)]
    mentions += [email(advert, value) for advert in range(SIZE) for value in (ADDRESS, "help@post.example")]
    hubs, operation = operations(mentions, [1000 + advert // 2 for advert in range(SIZE)])
    assert hubs == {ADDRESS, "help@post.example"}
    assert len(set(operation)) == np.ceil(SIZE / 4)
