"""Selectors: which mentions become keys."""

from __future__ import annotations

import pyarrow as pa

from felinar.link import Epoch, link
from felinar.tables import ADVERTS, IMAGES, MENTIONS

NO_GROUPS = pa.table({n: pa.array([], pa.int64()) for n in ("advert_id", "group_id", "medoid_id", "similarity")})


def shown(mentions, **advert):
    rows = [{"advert_id": i, "source": "", "site": "", "url": "", "account": "", **advert} for i in range(3)]
    tables = ADVERTS.from_rows(rows), MENTIONS.from_rows(mentions), IMAGES.empty(), NO_GROUPS
    keys, links = link(*tables, epoch=Epoch(1, 3))
    value = {(key["key_kind"], key["key_id"]): key["value"] for key in keys.to_pylist()}
    found = [(row["advert_id"], row["key_kind"], value[row["key_kind"], row["key_id"]]) for row in links.to_pylist()]
    assert len(found) == len(set(found))
    return set(found)


def mention(advert, kind, value, confidence=90):
    return {"advert_id": advert, "kind": kind, "value": value, "confidence": confidence}


def test_a_number_without_a_region_is_the_one_international_number_that_ends_so():
    rows = [mention(0, "phone", "+447700900123"), mention(1, "phone", "07700900123")]
    assert shown(rows) == {(0, "phone", "+447700900123"), (1, "phone", "+447700900123")}


def test_a_number_without_a_region_stays_as_it_is_where_two_international_numbers_end_so():
    rows = [
        mention(0, "phone", "+447700900123"),
        mention(1, "phone", "+17700900123"),
        mention(2, "phone", "7700900123"),
    ]
    assert (2, "phone", "7700900123") in shown(rows)


def test_a_number_in_two_notations_on_one_advert_is_one_key_of_it():
    rows = [mention(0, "phone", "+447700900123"), mention(0, "phone", "07700900123")]
    assert shown(rows) == {(0, "phone", "+447700900123")}


def test_a_doubtful_mention_ties_nothing():
    assert shown([mention(0, "phone", "+447700900123", confidence=40)]) == set()


def test_a_link_to_the_site_that_the_advert_stands_on_ties_nothing():
    rows = [mention(0, "url", "a.example/1"), mention(0, "url", "b.example/me")]
    assert shown(rows, site="a.example") == {(0, "url", "b.example/me")}


def test_an_account_counts_together_with_its_site():
    assert (0, "account", "a.example/17") in shown([], site="a.example", account="17")


def test_names_and_prices_are_no_keys():
    assert shown([mention(0, "name", "ana"), mention(0, "price", "50 EUR")]) == set()


def test_a_site_with_an_underscore_is_not_every_site_that_looks_alike():
    rows = [mention(0, "url", "my_shop.example/1"), mention(0, "url", "my-shop.example/1")]
    assert shown(rows, site="my_shop.example") == {(0, "url", "my-shop.example/1")}
