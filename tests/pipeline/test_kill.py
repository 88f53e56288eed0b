"""kill -9 at any moment leaves a workspace that opens, and the next run gives what an undisturbed run gives."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

TABLES = ("adverts", "mentions", "memberships", "leads")
MOMENTS = 10

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX matter")


def exports(felinar, workspace):
    found = {}
    for table in TABLES:
        done = felinar("export", table, "--format", "csv", workspace=workspace)
        assert done.returncode == 0, done.stderr
        found[table] = done.stdout
    return found


def killed_after(seconds, workspace, *arguments):
    command = [sys.executable, "-m", "felinar", "--workspace", str(workspace), *map(str, arguments)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "FELINAR_PURPOSE": "test"},
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def test_ten_kills_lose_nothing(felinar, tmp_path, world):
    begun = time.monotonic()
    assert felinar("run", world.adverts, workspace=tmp_path / "calm").returncode == 0
    longest = time.monotonic() - begun
    calm = exports(felinar, tmp_path / "calm")

    moments = random.Random(11)
    workspace = tmp_path / "disturbed"
    codes = []
    for number in range(MOMENTS):
        command = ("ingest", world.adverts) if number % 3 == 0 else ("run", world.adverts)
        codes.append(killed_after(moments.uniform(0.1, 0.9) * longest, workspace, *command))
        if (workspace / "felinar.toml").exists():
            looked = felinar("doctor", workspace=workspace)
            assert looked.returncode == 0, looked.stdout
    assert -signal.SIGKILL in codes
    assert felinar("run", world.adverts, workspace=workspace).returncode == 0
    assert exports(felinar, workspace) == calm
    assert felinar("audit", "verify", workspace=workspace).returncode == 0
