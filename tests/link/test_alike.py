"""Pictures that are alike tie adverts by groups inside each other; what strangers show links nothing in any form."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.ids import key_id
from felinar.kernels.pdq import as_hex
from felinar.link import Epoch, link
from felinar.link.alike import BLANK, COMPARED, GROUPS, Alike, alike
from felinar.link.explain import because_of_hub, because_of_link
from felinar.link.picture import held_by
from felinar.tables import ADVERTS, IMAGES, MENTIONS, PICTURES

NO_GROUPS = pa.table({n: pa.array([], pa.int64()) for n in ("advert_id", "group_id", "medoid_id", "similarity")})
KINDS = ("picture", "picture_copy", "picture_small", "picture_part")


def hash_of(seed, changed=0):
    bits = np.random.default_rng(seed).integers(0, 2, 256)
    bits[np.random.default_rng(changed).permutation(256)[:changed]] ^= 1
    return as_hex(np.packbits(bits.astype(np.uint8)).view(">u8").astype(np.uint64))


def points_of(seed, share=40):
    """Forty points, of which so many are those of picture `seed`, the others of no other picture."""
    own, other = np.random.default_rng(seed), np.random.default_rng(1000 + seed + share)
    words, places = (
        np.concatenate([own.integers(0, 2**63, (40, 4))[:share], other.integers(0, 2**63, (40 - share, 4))]),
        np.concatenate([own.uniform(0, 390, (40, 2))[:share], other.uniform(0, 390, (40 - share, 2))]),
    )
    return words.astype("<u8").tobytes() + np.rint(places * 4).astype("<u2").tobytes()


def picture(name, **given):
    row = {c.name: b"" if pa.types.is_binary(c.type) else "" for c in PICTURES.columns}
    return row | {"sha256": name, "state": "read", "quality": 90, "size": 1, "width": 9, "height": 9} | given


def found_in(*rows):
    table = PICTURES.from_rows(list(rows)).select(COMPARED)
    assert alike(table.take(list(range(len(rows)))[::-1])).groups.equals(alike(table).groups)
    return alike(table)


def shown(found, *pictures, phones=True, verdicts=None):
    """Return (KEYS by (kind, value), millibits by (advert, kind)) of adverts that show these pictures, one each."""
    count = len(pictures)
    rows = [{"advert_id": i, "source": "", "site": "a.example", "url": "", "account": ""} for i in range(count)]
    images = [{"image_id": p, "advert_id": i, "position": 0, "path": p, "sha256": p} for i, p in enumerate(pictures)]
    said = [{"advert_id": i, "kind": "phone", "value": f"+4479460{i:05d}", "confidence": 90} for i in range(count)]
    keys, links = link(
        ADVERTS.from_rows(rows), MENTIONS.from_rows(said if phones else []), IMAGES.from_rows(images), NO_GROUPS,
        epoch=Epoch(1, count), pictures=found, verdicts=verdicts,
    )  # fmt: skip
    links = [row for row in links.to_pylist() if row["key_kind"] in KINDS]
    assert all(row["millibits"] >= 0 for row in links)
    by_key = {(row["key_kind"], row["value"]): row for row in keys.to_pylist()}
    return by_key, {(row["advert_id"], row["key_kind"]): row["millibits"] for row in links}


@pytest.fixture
def nest():
    """A file `a`, its copy `b`, a small copy `c` of the two, and `d`, which shows a part of `a`."""
    return found_in(
        picture("a", pdq=hash_of(1), canonical=hash_of(2), points=points_of(3), points_mirrored=points_of(33)),
        picture("b", pdq=hash_of(1, 10), canonical=hash_of(7), points=points_of(4), points_mirrored=points_of(34)),
        picture("c", pdq=hash_of(5), canonical=hash_of(2, 4), points=points_of(6), points_mirrored=points_of(36)),
        picture("d", pdq=hash_of(8), canonical=hash_of(9), points=points_of(3, 30), points_mirrored=points_of(39)),
    )


def test_each_step_brings_what_the_one_before_found(nest):
    rows = [(row["key_kind"], row["sha256"], row["medoid"]) for row in nest.groups.to_pylist()]
    assert rows == [
        *(("picture_copy", name, "a") for name in "ab"),
        *(("picture_small", name, "a") for name in "abc"),
        *(("picture_part", name, "a") for name in "abcd"),
    ]


def test_what_two_adverts_share_adds_up_to_the_narrowest_thing_they_share(nest):
    keys, weights = shown(nest, "a", "a", "b", "c", "d", phones=False)

    def shared(one, other):
        both = [kind for kind in KINDS if (one, kind) in weights and (other, kind) in weights]
        same = [kind for kind in both if kind != "picture" or {one, other} == {0, 1}]
        return sum(min(weights[one, kind], weights[other, kind]) for kind in same)

    assert shared(0, 1) == 10_000
    assert 9_000 <= shared(0, 2) <= 9_500
    assert 8_500 <= shared(0, 3) <= 9_000
    assert 5_000 <= shared(0, 4) <= 7_000
    assert keys["picture_copy", "a"]["key_id"] == key_id("picture_copy", "a")


def test_a_picture_that_strangers_show_links_nothing_in_any_of_its_copies():
    found = found_in(*(picture(f"f{n}", pdq=hash_of(1, n), canonical=hash_of(2)) for n in range(8)))
    keys, weights = shown(found, *(f"f{n}" for n in range(8)))
    assert set(weights.values()) == {0}
    assert all(row["hub"] for (kind, _), row in keys.items() if kind.startswith("picture"))
    sentence = because_of_hub("picture", "f3", keys["picture", "f3"]["evidence"])
    assert sentence.startswith("the picture f3, in all its copies, stands on 8 adverts")


def test_a_person_can_say_that_it_is_no_hub_and_that_holds_when_another_file_is_in_the_middle():
    found = found_in(*(picture(f"f{n}", pdq=hash_of(1, n)) for n in range(8)))
    (medoid,) = set(found.groups["medoid"].to_pylist())
    other = next(f"f{n}" for n in range(8) if f"f{n}" != medoid)
    keys, weights = shown(found, *(f"f{n}" for n in range(8)), verdicts={("picture_copy", other): False})
    assert not keys["picture_copy", medoid]["hub"]
    assert min(weights.values()) > 0


def test_a_part_that_strangers_share_leaves_the_files_what_they_say():
    found = found_in(
        *(picture(f"f{n}", points=points_of(3, 30), points_mirrored=points_of(50 + n), quality=40) for n in range(2))
    )
    groups = pa.table([["f0", "f1", "f2", "f3", "f4"], ["picture_part"] * 5, ["f0"] * 5, [7000] * 5, [""] * 5], GROUPS)
    keys, weights = shown(Alike(groups, found.blank), "f0", "f1", "f2", "f3", "f4", "f4")
    assert keys["picture_part", "f0"]["hub"]
    assert not keys["picture", "f4"]["hub"]
    assert weights[4, "picture"] == weights[5, "picture"] == 10_000


def test_a_blank_picture_links_nothing_and_says_why():
    found = found_in(picture("white", quality=BLANK - 1), picture("fine", quality=BLANK))
    keys, weights = shown(found, "white", "white", "fine", "fine")
    assert (weights[0, "picture"], weights[2, "picture"]) == (0, 10_000)
    assert "next to nothing" in because_of_hub("picture", "white", keys["picture", "white"]["evidence"])
    keys, weights = shown(found, "white", "white", verdicts={("picture", "white"): False})
    assert weights[0, "picture"] > 0


def test_sentences_say_how_pictures_are_alike(nest):
    said = {(r["key_kind"], r["sha256"]): r["evidence"] for r in nest.groups.to_pylist()}
    copy = because_of_link("picture_copy", "a" * 64, 3, 100, said["picture_copy", "b"])
    assert (
        copy == "they show copies of the picture aaaaaaaaaaaa… (this one: 10 of 256 bits differ), on 3 of 100 adverts"
    )
    part = because_of_link("picture_part", "a" * 64, 3, 100, said["picture_part", "d"])
    assert "parts of the picture aaaaaaaaaaaa… (this one: 30 points lie alike)" in part
    assert "this one" not in because_of_link("picture_part", "a" * 64, 3, 100, said["picture_part", "a"])


def test_no_pictures_and_pictures_that_were_not_read_are_alike_to_none():
    assert found_in(picture("a", state="known"), picture("b", state="unreadable")).groups.num_rows == 0
    assert alike(PICTURES.empty().select(COMPARED)).groups.schema == GROUPS


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_next_wider_group_that_is_no_hub_is_found_as_by_walking(data):
    count = data.draw(st.integers(1, 8))
    wider = np.array([data.draw(st.sampled_from([-1, *range(n + 1, count)])) for n in range(count)])
    hub = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))

    def walked(n):
        return walked(wider[n]) if wider[n] >= 0 and hub[wider[n]] else wider[n]

    assert held_by(wider, hub).tolist() == [walked(n) for n in range(count)]
