"""kill -9 at any moment leaves a workspace that opens, and the next run gives what an undisturbed run gives."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from felinar.audit import verify
from felinar.demo import write_world
from felinar.store.lake import Lake
from felinar.store.published import Published
from felinar.store.workspace import Workspace

TABLES = ("adverts", "mentions", "memberships", "leads")
ADVERTS = 120
MOMENTS = 5
PATIENCE_SECONDS = 60

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX matter")


def files_of(folder):
    """Return the files behind the exported tables; they are named by their content."""
    tables = Lake(folder / "tables").manifest().tables
    return {name: [part.file for part in tables[name]] for name in TABLES}


def start(workspace, *arguments, **settings):
    command = [sys.executable, "-m", "felinar", "--workspace", str(workspace), *map(str, arguments)]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "FELINAR_PURPOSE": "test", "FELINAR_THREADS": "2", **settings},
        start_new_session=True,
    )


def killed_when(reached, process):
    """Kill the process and all its workers once `reached` is true; return its exit code."""
    end = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and not reached() and time.monotonic() < end:
        time.sleep(0.002)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def after(seconds):
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def opens(folder):
    """Look at a workspace as its readers do: whole tables, whole answers, a lock that is free."""
    workspace = Workspace.existing(folder)
    assert Lake(workspace.tables).damaged() == []
    if workspace.published.exists():
        assert int(Published.open(workspace.published).facts["adverts"]) == ADVERTS
    with workspace.writing("test"):
        pass


def test_kills_at_any_moment_lose_nothing(felinar, tmp_path):
    world = write_world(tmp_path, adverts=ADVERTS, seed=5, evasion=0.3)
    begun = time.monotonic()
    assert felinar("run", world.adverts, workspace=tmp_path / "calm").returncode == 0
    longest = time.monotonic() - begun
    calm = files_of(tmp_path / "calm")

    moments = random.Random(11)
    folder = tmp_path / "disturbed"
    codes = []
    for number in range(MOMENTS):
        command = ("ingest", world.adverts) if number % 3 == 0 else ("run", world.adverts)
        codes.append(killed_when(after(moments.uniform(0.1, 0.9) * longest), start(folder, *command)))
        if (folder / "felinar.toml").exists():
            opens(folder)
    for sign in ("published.sqlite.new", "tables/leads.tmp"):
        codes.append(killed_when((folder / sign).exists, start(folder, "run")))
        opens(folder)
    assert -signal.SIGKILL in codes
    assert felinar("run", world.adverts, workspace=folder).returncode == 0
    assert files_of(folder) == calm
    verify(Workspace.existing(folder).desk)


def children(pid):
    """Return the ids of the living processes that this one has started."""
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def living(pids):
    found = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        found += [] if state in "ZX" else [pid]
    return found


@pytest.mark.skipif(not Path(f"/proc/self/task/{os.getpid()}/children").exists(), reason="looks into Linux's /proc")
def test_workers_end_with_a_run_that_was_killed_and_leave_no_lock(tmp_path):
    rows = [{"id": str(n), "text": f"Cleaning in street {n}, call 07700 900{n % 1000:03d}"} for n in range(8_000)]
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    # where nothing is compiled the plain readers read, in processes of their own
    process = start(tmp_path / "w", "run", tmp_path / "many.jsonl", NUMBA_CACHE_DIR=str(tmp_path / "cache"))
    end = time.monotonic() + PATIENCE_SECONDS
    while len(workers := children(process.pid)) < 2 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert len(workers) >= 2
    while living(workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert living(workers) == []
    with Workspace.existing(tmp_path / "w").writing("test"):
        pass
