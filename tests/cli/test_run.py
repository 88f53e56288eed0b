"""Tests of `felinar run` that need a process of their own."""

import os
import subprocess
import sys

import pytest

_ASK = """
import os
from felinar.cli.run import give_way
give_way()
give_way()
print(os.getpriority(os.PRIO_PROCESS, 0))
"""


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows has no such number")
def test_a_run_takes_only_what_the_desk_leaves():
    said = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True).stdout
    assert int(said) == max(10, os.getpriority(os.PRIO_PROCESS, 0))
