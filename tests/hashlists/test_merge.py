"""Deliveries merged: the same as one entry after the other put into a dictionary."""

from __future__ import annotations

import hashlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.hashlists.collect import KEY_BYTES, Collected
from felinar.hashlists.entry import Entry, microseconds
from felinar.hashlists.hashes import BYTES
from felinar.hashlists.merge import merged, nothing, words_of

HASHES = [("md5", hashlib.md5(bytes([n])).hexdigest()) for n in range(4)]
HASHES += [("sha1", hashlib.sha1(bytes([n])).hexdigest()) for n in range(3)]
HASHES += [("pdq", hashlib.sha256(bytes([n])).hexdigest()) for n in range(3)]
ENTRIES = st.builds(
    Entry,
    key=st.sampled_from("abcde"),
    hashes=st.lists(st.sampled_from(HASHES), min_size=1, max_size=4).map(tuple),
    where=st.just("line 1"),
    category=st.sampled_from(["0", "1"]),
    changed_at=st.sampled_from(["", "2025-01-01", "2025-01-02T00:00:00+01:00", "2025-01-03T00:00:00Z"]),
    gone=st.booleans(),
)


def collected(entries, delivery=1, wanted=()):
    class Here:
        name = "a"

    new = Collected(delivery, frozenset(wanted))
    for entry in entries:
        new._take(entry, Here())
    return new


def one_by_one(deliveries):
    """The same by hand: what each key holds after all deliveries."""
    held = {}
    for entries in deliveries:
        versions = {key: [entry] for key, entry in held.items()}
        for entry in entries:
            versions.setdefault(entry.key, []).append(entry)
        for key, found in versions.items():
            times = [microseconds(entry.changed_at) for entry in found]
            newest = found[-1] if 0 in times else max(zip(times, range(len(found)), found, strict=True))[2]
            held[key] = newest
        held = {key: entry for key, entry in held.items() if not entry.gone}
    return {
        key: (entry.category, sorted({(kind, bytes.fromhex(value)) for kind, value in entry.hashes}))
        for key, entry in held.items()
    }


def shown(arrays):
    held = {
        name: (category, [])
        for name, category in zip(*(arrays.about[c].to_pylist() for c in ("entry", "category")), strict=True)
    }
    names = arrays.about["entry"].to_pylist()
    for kind, hashes in arrays.hashes.items():
        for at, owner in enumerate(hashes.owners.tolist()):
            value = b"".join(int(word).to_bytes(8) for word in hashes.words[:, at])[: BYTES[kind]]
            held[names[owner]][1].append((kind, value))
    return {name: (category, sorted(found)) for name, (category, found) in held.items()}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(ENTRIES, max_size=8), max_size=3))
def test_deliveries_merged_are_what_a_dictionary_would_hold(deliveries):
    arrays = nothing()
    for number, entries in enumerate(deliveries, start=1):
        arrays = merged(arrays, collected(entries, number))
    assert shown(arrays) == one_by_one(deliveries)
    for hashes in arrays.hashes.values():
        columns = [
            (*column, owner) for column, owner in zip(hashes.words.T.tolist(), hashes.owners.tolist(), strict=True)
        ]
        assert columns == sorted(set(columns))


@settings(max_examples=50, deadline=None)
@given(st.lists(ENTRIES, max_size=8), st.randoms(use_true_random=False))
def test_entries_with_different_times_give_the_same_list_in_any_order(entries, random):
    entries = [entry._replace(changed_at=f"2025-01-{day + 1:02d}") for day, entry in enumerate(entries)]
    shuffled = random.sample(entries, len(entries))
    one, other = merged(nothing(), collected(entries)), merged(nothing(), collected(shuffled))
    assert one.about.equals(other.about)
    assert all(np.array_equal(a, b) for k in BYTES for a, b in zip(one.hashes[k], other.hashes[k], strict=True))


def test_an_older_page_that_is_read_later_does_not_bring_back_what_was_deleted_or_changed():
    newer = Entry("a", (HASHES[0],), "", "A1", changed_at="2019-11-25T15:10:00Z")
    older = Entry("a", (HASHES[1],), "", "A2", changed_at="2019-11-24T15:10:00Z")
    arrays = merged(nothing(), collected([newer, newer._replace(key="b", gone=True), older, older._replace(key="b")]))
    assert shown(arrays) == {"a": ("A1", [("md5", bytes.fromhex(HASHES[0][1]))])}


def test_only_wanted_categories_stay_and_an_entry_that_changes_its_category_goes():
    entries = [Entry("a", (HASHES[0],), "", "1"), Entry("b", (HASHES[1],), "", "0")]
    first = merged(nothing(), collected(entries, wanted="1"))
    assert list(shown(first)) == ["a"]
    assert shown(merged(first, collected([entries[0]._replace(category="5")], wanted="1"))) == {}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(min_size=20, max_size=20), max_size=6))
def test_words_are_in_the_order_of_the_bytes(values):
    words = words_of(b"".join(values), 20)
    assert words.shape == (3, len(values))
    order = sorted(range(len(values)), key=lambda n: (values[n], n))
    assert np.lexsort(words[::-1]).tolist() == order
    assert KEY_BYTES == 16
