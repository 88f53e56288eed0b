"""kill -9 while people judge, watch, import and publish in the browser: nothing that was confirmed is lost or torn."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists() or os.name != "posix", reason="kill -9 and /proc")
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
ROUNDS, ADVERTS = {"judging": 1, "watching": 1, "importing": 1, "publishing": 1}, 120


@pytest.fixture(scope="module")
def kill():
    """The benchmark, which does the same for fifty rounds."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("kill", BENCHMARKS / "kill.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["kill"] = module
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(BENCHMARKS))
        del sys.modules["kill"]


def test_no_kill_loses_what_was_confirmed_or_leaves_half_a_batch(kill, tmp_path):
    for told in kill.rounds(tmp_path, ADVERTS, ROUNDS):
        assert told.rounds == ROUNDS[told.work]
        assert told.confirmed >= told.rounds, told
        assert (told.lost, told.not_in_log, told.torn, told.log_broken) == (0, 0, 0, 0), told
