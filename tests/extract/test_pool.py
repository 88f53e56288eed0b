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
    workers = [executor(2, native=False).submit(os.getpid).result()]
    forked = executor(2, native=False).submit(os.getppid).result()
    print(*workers, *([] if forked == os.getpid() else [forked]), flush=True)
    if end == "interrupted":
        os.killpg(0, signal.SIGINT)  # as Ctrl-C does: all processes of the program get it
    if end == "failed":
        raise ValueError
    time.sleep(60 if end == "killed" else 0)

if __name__ == "__main__":
    main(sys.argv[1])
"""
needs_proc = pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="looks at processes through /proc")
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are not forked")


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
@linux
def test_what_is_forked_has_one_thread_and_ends_with_the_pool():
    adverts = ADVERTS.from_rows([{"advert_id": i, "body": "Write to ana@example.com"} for i in range(4_100)])
    read = extract(adverts, kinds=["email"], workers=2, native=False)
    forked = pool.executor(2).submit(os.getppid).result()

    assert forked != os.getpid()
    assert len(list(Path(f"/proc/{forked}/task").iterdir())) == 1
    pool.stop()
    assert not is_running(forked)
    assert extract(adverts, kinds=["email"], workers=2, native=False).equals(read)  # and begins again


@linux
def test_where_what_is_to_be_forked_dies_there_are_no_processes(monkeypatch):
    pool.stop()
    monkeypatch.setattr(pool, "_READY", "felinar.__main__")  # the command line, which ends the process
    for name in ("pool", "cannot"):
        monkeypatch.setattr(pool._Kept, name, getattr(pool._Kept, name))

    assert pool.executor(2) is None


@linux
def test_starting_leaves_the_environment_and_the_signals_as_they_were():
    before, signals = dict(os.environ), signal.pthread_sigmask(signal.SIG_BLOCK, [])

    with pool._as_child_needs():
        assert os.environ["OPENBLAS_NUM_THREADS"] == "1"

    assert (dict(os.environ), signal.pthread_sigmask(signal.SIG_BLOCK, [])) == (before, signals)


def test_workers_that_are_not_forked_read_the_same(monkeypatch):
    pool.stop()
    monkeypatch.setattr(pool, "_CAN_FORK", False)
    adverts = ADVERTS.from_rows([{"advert_id": i, "body": "Write to ana@example.com"} for i in range(4_100)])

    read = extract(adverts, kinds=["email"], workers=2, native=False)

    assert pool.executor(2).submit(os.getppid).result() == os.getpid()
    pool.stop()
    assert read.num_rows == 4_100 and read.equals(extract(adverts, kinds=["email"], workers=1, native=False))
