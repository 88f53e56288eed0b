"""Line groups that edits and names have split off come together again, and programs' lines stay apart."""

from __future__ import annotations

import random

from felinar.link.clusters import clusters
from felinar.link.line_merges import Fragment, different, merged

TEXT = ("{} cleans flats and offices in the whole town", "with her own things, call {}")


def lines(count: int, source: random.Random) -> list[str]:
    """Adverts that differ in the name that they begin with, in the number, and here and there in a word."""
    found = []
    for _ in range(count):
        words = " ".join(TEXT).split()
        if source.random() < 0.4:
            words[source.randrange(1, 13)] = source.choice(["nice", "good", "fine"]) + str(source.randrange(3)) * 2
        name = source.choice(["Ana", "Mia", "Eva", "Ida", "Lea", "Zoe"])
        found.append(" ".join(words).format(name, f"07700 900{source.randrange(1000):03}"))
    return found


def test_short_adverts_with_other_names_and_edits_are_one_group() -> None:
    source = random.Random(3)
    found = clusters([*lines(60, source), "something else is offered here by nobody whom we know of"])
    assert [row.cluster_id for row in found] == [0] * 60 + [None]
    assert found[0].template.startswith("<*> cleans flats and offices")


def test_lines_that_never_vary_stay_two_once_each_is_said_twice() -> None:
    opened, shut = ("door", "nine", "is", "now", "open"), ("door", "nine", "is", "now", "shut")
    assert len(merged([Fragment([0, 1], opened, 1), Fragment([2, 3], shut, 1)])) == 2
    assert len(merged([Fragment([0, 1], opened, 1), Fragment([2], shut, 1)])) == 1


def test_what_is_said_often_has_a_pattern_of_its_own() -> None:
    left, right = ("door", "<*>", "is", "now", "open"), ("door", "<*>", "is", "now", "shut")
    assert len(merged([Fragment(list(range(30)), left, 9), Fragment(list(range(30, 39)), right, 9)])) == 1
    assert len(merged([Fragment(list(range(30)), left, 9), Fragment(list(range(30, 40)), right, 9)])) == 2


def test_words_that_differ_are_counted_in_place_or_as_a_bag() -> None:
    assert different(("a", "b", "<*>"), ("a", "c", "d")) == 1
    assert different(("a", "b", "b"), ("b", "a")) == 1
    assert different((), ("b", "a")) == 2
