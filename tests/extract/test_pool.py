import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from felinar.extract import extract, pool
from felinar.tables import ADVERTS

RUN = """
import os, signal, sys, time
from felinar.extract import extract
from felinar.tables import ADVERTS

def main(end):
    rows = [{"advert_id": i, "body": f"Anna {i}, Leeds, 50 euro"} for i in range(4_100)]
    extract(ADVERTS.from_rows(rows), kinds=["masked"], workers=2, native=False)
    from felinar.extract.pool import executor
    print(executor(2, native=False).submit(os.getpid).result(), flush=True)
    if end == "interrupted":
        os.killpg(0, signal.SIGINT)  # as Ctrl-C does: all processes of the program get it
    if end == "failed":
        raise ValueError
    time.sleep(60 if end == "killed" else 0)

if __name__ == "__main__":
    main(sys.argv[1])
"""
needs_proc = pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="looks at processes through /proc")


def is_running(pid):
    status = Path(f"/proc/{pid}/status")
    return status.is_file() and "State:\tZ" not in status.read_text()


@needs_proc
@pytest.mark.parametrize("end", ["killed", "ended", "failed", "interrupted"])
def test_no_process_outlives_the_program(tmp_path, end):
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    command = [sys.executable, script, end]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        started = [int(pid) for pid in parent.stdout.readline().split()]
        if end == "killed":
            os.kill(parent.pid, signal.SIGKILL)
        _, said = parent.communicate(timeout=30)
    for _ in range(100):
        if not any(map(is_running, started)):
            break
        time.sleep(0.1)

    assert started and not [pid for pid in started if is_running(pid)]
    assert said.count("Traceback") == (end in ("failed", "interrupted"))  # no worker says a word


@needs_proc
def test_workers_read_the_same_and_end_with_the_pool():
    adverts = ADVERTS.from_rows([{"advert_id": i, "body": "Write to ana@example.com"} for i in range(4_100)])

    read = extract(adverts, kinds=["email"], workers=2, native=False)

    worker = pool.executor(2).submit(os.getpid).result()
    pool.stop()
    assert not is_running(worker)
    assert read.num_rows == 4_100 and read.equals(extract(adverts, kinds=["email"], workers=1, native=False))
    assert read.equals(extract(adverts, kinds=["email"], workers=2, native=False))  # and begins again


@needs_proc
def test_one_process_reads_for_several_workers_in_threads():
    rows = [{"advert_id": i, "body": f"Write to ana{i % 7}@example.com", "place_text": "Leeds"} for i in range(9_000)]
    adverts = ADVERTS.from_rows(rows)

    pool.stop()
    pool.start(1, native=False)
    read = extract(adverts, kinds=["email", "place"], workers=2, native=True)

    assert pool.at_once(2) == 2 and pool.at_once(1) == 1
    pool.stop()
    assert read.num_rows == 18_000 and read.equals(extract(adverts, kinds=["email", "place"], workers=1, native=True))
