"""kill -9 while watching: what was acknowledged to the caller is there, whole, and the next look finds the rest."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from felinar.audit import verify
from felinar.store.watches import alerts, watches

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX matter")
ROUNDS = 8

_WORK = """
import sys
from pathlib import Path
from felinar.audit import log
from felinar.store.watches import Look, Who, acknowledge, add_alert, add_watch, change_watch
from felinar.store.workspace import Workspace
workspace = Workspace.existing(Path(sys.argv[1]))
desk, who = workspace.desk, Who("anna", "case 1", "test")
for n in range(int(sys.argv[2]), 10_000):
    log(workspace, "watch", {"n": n})
    watch = add_watch(desk, "contact", str(n), who, owner="anna", review_on="2999-01-01", first=Look(1, (n,), (), {}))
    print("watch", n, flush=True)
    last = 0
    while not add_alert(desk, watch, Look(2, (n + 1,), (n + 2,), {"place": ["Leeds"]}), after=last):
        last += 1
    print("alert", n, flush=True)
"""


def test_no_watch_or_alert_that_was_confirmed_is_lost_or_torn(workspace):
    chance, confirmed = random.Random(7), {"watch": set(), "alert": set()}
    for number in range(ROUNDS):
        command = [sys.executable, "-c", _WORK, str(workspace.folder), str(1000 * number)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for line in (first + process.stdout.read()).splitlines(keepends=True):
            if line.endswith("\n"):
                what, n = line.split()
                confirmed[what].add(n)
        process.stdout.close()
    by_id = {watch.watch_id: watch for watch in watches(workspace.desk)}
    found = alerts(workspace.desk)
    assert confirmed["watch"] <= {watch.what for watch in by_id.values()}
    assert confirmed["alert"] <= {by_id[alert.watch_id].what for alert in found if not alert.backwards}
    # a watch and its look backwards are written together
    assert {alert.watch_id for alert in found if alert.backwards} == set(by_id)
    verify(workspace.desk)
