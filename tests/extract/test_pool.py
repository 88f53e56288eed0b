import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUN = """
import sys, time
from felinar.extract import extract
from felinar.tables import ADVERTS

if __name__ == "__main__":
    rows = [{"advert_id": i, "body": f"Anna {i}, Leeds, 50 euro"} for i in range(4_100)]
    extract(ADVERTS.from_rows(rows), kinds=["masked"], workers=2)
    import multiprocessing
    print(*[p.pid for p in multiprocessing.active_children()], flush=True)
    time.sleep(float(sys.argv[1]))
"""


def is_running(pid):
    status = Path(f"/proc/{pid}/status")
    return status.is_file() and "State:\tZ" not in status.read_text()


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="looks at processes through /proc")
@pytest.mark.parametrize("killed", [True, False], ids=["killed", "ended"])
def test_no_worker_outlives_the_program(tmp_path, killed):
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, "60" if killed else "0"], stdout=subprocess.PIPE, text=True
    ) as parent:
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        if killed:
            os.kill(parent.pid, signal.SIGKILL)
        parent.wait(timeout=30)
    for _ in range(100):
        if not any(map(is_running, workers)):
            break
        time.sleep(0.1)

    assert workers and not [pid for pid in workers if is_running(pid)]
