"""Memory that is free goes back to the machine before a stage begins."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from felinar.pipeline import memory
from felinar.pipeline.memory import Frugal, give_back
from felinar.pipeline.progress import Silent


def held():
    """Return the megabytes that this process holds."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="looks at the process through /proc")
def test_what_was_freed_is_given_back(monkeypatch):
    monkeypatch.setattr(memory, "LEAST_TO_GIVE_BACK", 0)
    small = [np.ones(1_000) for _ in range(20_000)]  # too small to be given back one by one: 160 MB
    last = np.ones(1_000)
    full = held()
    del small
    Frugal(Silent()).begin("next")(1)
    assert full - held() > 100
    assert last.sum() == 1_000


def test_a_small_process_does_not_look_for_free_memory(monkeypatch):
    monkeypatch.setattr(memory, "LEAST_TO_GIVE_BACK", memory.resident() * 2)
    monkeypatch.setattr(memory, "give_back", lambda: pytest.fail("looked for free memory"))
    Frugal(Silent()).begin("next")(1)


def test_where_the_library_cannot_nothing_happens(monkeypatch):
    monkeypatch.setattr(sys, "platform", "other")
    give_back()
