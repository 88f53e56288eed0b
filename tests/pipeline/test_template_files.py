"""What fills slots is written once: a batch adds a file with what came, and leaves those that are there."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from felinar.link.template import templates
from felinar.link.text import group_adverts
from felinar.pipeline.mentions import Mentions
from felinar.pipeline.template_files import MOST_FILES, template_files
from felinar.store.lake import Lake
from felinar.tables import ADVERTS, MENTIONS, SLOT_VALUES

GARDEN = "Hello, I am {} and I mow lawns and cut hedges in the whole town with my own things. Call {} before noon."
PIANO = "Lessons of piano for beginners in your own home by patient {}, the first hour is half the price, ring {}."
NAMES = ("Ana", "Mia", "Eva", "Zoë", "Ida", "Lea", "Noa", "Uma")


def texts_of(said: str, first: int, end: int) -> list[str]:
    return [said.format(NAMES[n % len(NAMES)], f"07700 900{100 + n}") for n in range(first, end)]


class World:
    """A pile that grows by batches, and the slot values that its files hold."""

    def __init__(self, lake: Lake):
        self.lake, self.bodies, self.parts = lake, [], ([], [])
        self.groups, self.index = None, None

    def bring(self, bodies):
        first = len(self.bodies)
        self.bodies += bodies
        rows = [{"advert_id": 10 + first + n, "title": "", "body": body} for n, body in enumerate(bodies)]
        self.parts[0].append(self.lake.write_part("adverts", ADVERTS.from_rows(rows)))
        self.parts[1].append(self.lake.write_part("mentions", MENTIONS.empty()))
        before = self.groups
        self.groups, self.index = group_adverts(self.pile(), before=self.index)
        given = Mentions(self.lake, *self.parts), self.groups, before, self.index.epoch_groups
        files = template_files(*given, goes_on=before is not None)
        self.lake.commit({"adverts": self.parts[0], "mentions": self.parts[1], **files})
        return files["slot_values"]

    def pile(self):
        ids = pa.array(range(10, 10 + len(self.bodies)), pa.int64())
        return pa.table({"advert_id": ids, "title": [""] * len(self.bodies), "body": self.bodies})


@pytest.fixture
def world(tmp_path):
    return World(Lake(tmp_path))


def test_what_joins_a_group_of_the_epoch_is_a_file_of_its_own(world):
    first = world.bring(texts_of(GARDEN, 0, 4))
    second = world.bring(texts_of(GARDEN, 4, 6))
    assert second[:-1] == first
    assert set(world.lake.read_part(second[-1])["advert_id"].to_pylist()) == {14, 15}
    assert world.bring(["Tea for two, nobody else says this"]) == second


def test_groups_that_were_found_later_stand_apart_and_are_written_again(world):
    epoch = world.bring(texts_of(GARDEN, 0, 4))
    later = world.bring(texts_of(PIANO, 0, 3))
    again = world.bring(texts_of(PIANO, 3, 5))
    assert later[:1] == again[:1] == epoch
    assert len(later) == len(again) == 2
    assert set(world.lake.read_part(again[1])["advert_id"].to_pylist()) == set(range(14, 19))


def test_many_files_become_one(world):
    counts = [len(world.bring(texts_of(GARDEN, 4 * n, 4 * n + 4))) for n in range(MOST_FILES + 1)]
    assert counts == [*range(1, MOST_FILES + 1), 1]


def test_the_files_hold_what_a_run_from_nothing_makes(world):
    for first in range(0, 12, 4):
        world.bring(texts_of(GARDEN, first, first + 4) + texts_of(PIANO, first, first + first // 4))
    found = SLOT_VALUES.sort(world.lake.read("slot_values"))
    rows, values = templates([world.pile()], world.groups, [])
    assert found["advert_id"].to_numpy().tolist() == values["advert_id"].to_numpy().tolist()
    assert np.array_equal(world.lake.read("templates")["template_id"], rows["template_id"])
