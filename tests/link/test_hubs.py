"""Hubs are found by the diversity of what they join, at every size."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pyarrow as pa

from felinar.link import Epoch, link
from felinar.link.explain import because_of_hub
from felinar.tables import ADVERTS, IMAGES, MENTIONS

NO_GROUPS = pa.table({n: pa.array([], pa.int64()) for n in ("advert_id", "group_id", "medoid_id", "similarity")})
HUB = "+447700900999"


def adverts(count):
    rows = [{"advert_id": i, "source": "", "site": "a.example", "url": "", "account": ""} for i in range(count)]
    return ADVERTS.from_rows(rows)


def phone(advert, value):
    return {"advert_id": advert, "kind": "phone", "value": value, "confidence": 90}


def groups(*members):
    rows = [(a, group[0]) for group in members for a in group]
    ids, firsts = zip(*sorted(rows), strict=True)
    same = pa.array(firsts, pa.int64())
    return pa.table({"advert_id": ids, "group_id": same, "medoid_id": same, "similarity": [1000] * len(ids)})


def linked(count, mentions, texts=NO_GROUPS, verdicts=None):
    return link(
        adverts(count), MENTIONS.from_rows(mentions), IMAGES.empty(), texts, epoch=Epoch(1, count), verdicts=verdicts
    )


def key(keys, value):
    return next(row for row in keys.to_pylist() if row["value"] == value)


def booking_line(size):
    """Every advert shows the line, and each pair of adverts a number of its own."""
    own = [phone(i, f"+4479460{i // 2:05d}") for i in range(size)]
    return own + [phone(i, HUB) for i in range(size)]


def test_a_booking_line_links_nothing_in_a_small_and_in_a_large_pile():
    for size in (12, 400):
        keys, links = linked(size, booking_line(size))
        assert key(keys, HUB)["hub"]
        weights = links.filter(pa.compute.equal(links["key_id"], key(keys, HUB)["key_id"]))["millibits"]
        assert set(weights.to_pylist()) == {0}


def test_an_operation_of_two_thousand_adverts_behind_one_number_is_no_hub():
    texts = groups(*[list(range(start, start + 100)) for start in range(0, 2000, 100)])
    keys, _ = linked(2000, [phone(i, HUB) for i in range(2000)], texts)
    assert not key(keys, HUB)["hub"]


def test_an_operation_that_rotates_its_numbers_under_one_address_is_no_hub():
    mentions = [{"advert_id": i, "kind": "email", "value": "a@b.example", "confidence": 90} for i in range(60)]
    mentions += [phone(i, f"+4477009001{i // 10:02d}") for i in range(60)]
    keys, _ = linked(60, mentions)
    assert not key(keys, "a@b.example")["hub"]


def test_the_number_and_the_address_of_one_footer_do_not_hide_each_other():
    footer = [{"advert_id": i, "kind": "email", "value": "help@a.example", "confidence": 90} for i in range(30)]
    keys, _ = linked(30, booking_line(30) + footer)
    assert key(keys, HUB)["hub"]
    assert key(keys, "help@a.example")["hub"]


def test_a_line_that_stands_alone_on_its_adverts_is_known_by_the_contacts_of_their_other_adverts():
    texts = groups(*[[i, i + 20] for i in range(20)])
    mentions = [phone(i, HUB) for i in range(20)] + [phone(i + 20, f"+4479460{i:05d}") for i in range(20)]
    keys, _ = linked(40, mentions, texts)
    assert key(keys, HUB)["hub"]
    assert key(keys, HUB)["contexts"] == 20


def test_texts_that_share_another_number_are_one_piece():
    texts = groups(*[[i, i + 20] for i in range(20)])
    mentions = [phone(i, HUB) for i in range(20)] + [phone(i + 20, "+447946000001") for i in range(20)]
    keys, _ = linked(40, mentions, texts)
    assert not key(keys, HUB)["hub"]
    assert key(keys, HUB)["contexts"] == 1


def test_the_reason_can_be_read_out():
    keys, _ = linked(12, booking_line(12))
    sentence = because_of_hub("phone", HUB, key(keys, HUB)["evidence"])
    assert sentence == (
        "the telephone number +447700900999 stands on 12 adverts that otherwise fall into 6 groups, "
        "6 of them with a contact of their own; so it links nothing"
    )


def test_a_judgement_makes_a_hub_and_takes_one_back():
    keys, _ = linked(12, booking_line(12), verdicts={("phone", HUB): False, ("phone", "+447946000000"): True})
    assert not key(keys, HUB)["hub"]
    assert key(keys, "+447946000000")["hub"]


def test_the_order_of_the_rows_does_not_matter():
    mentions = booking_line(30)
    keys, links = linked(30, mentions)
    order = np.random.default_rng(3).permutation(len(mentions))
    again, links_again = linked(30, [mentions[i] for i in order])
    assert keys.equals(again)
    assert links.equals(links_again)


def test_no_adverts_give_no_keys():
    keys, links = linked(0, [])
    assert keys.num_rows == links.num_rows == 0


def test_a_directory_with_thousands_of_addresses_costs_no_square_of_them():
    copies, numbers = 5, 1_500
    rows = [phone(i, f"n{n}@a.example") | {"kind": "email"} for i in range(copies) for n in range(numbers)]
    tracemalloc.start()
    keys, _ = linked(copies, rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not any(keys["hub"].to_pylist())
    assert peak < 200_000_000
