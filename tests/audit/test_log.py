import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from felinar.audit import Contact, events, log, verify
from felinar.audit.contact import keyed_hash, log_key
from felinar.config import Config, write_config
from felinar.errors import CheckFailed, PurposeMissing
from felinar.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("FELINAR_ACTOR", "ana")
    write_config(tmp_path, Config(name="test", purpose="case 1"))
    return Workspace.open(tmp_path)


def tamper(workspace, sql):
    connection = sqlite3.connect(workspace.desk)
    connection.executescript(f"DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; {sql}")
    connection.close()


def test_an_event_says_who_when_what_and_why(workspace):
    event = log(workspace, "show", {"shown": "operation:7"})
    (kept,) = events(workspace.desk)
    assert kept == event
    assert (kept.seq, kept.actor, kept.action, kept.purpose) == (1, "ana", "show", "case 1")
    assert kept.details == '{"shown":"operation:7"}'


def test_a_contact_stands_in_the_log_as_a_keyed_hash_only(workspace):
    log(workspace, "search", {"read": [{"value": Contact("+447700900123")}]})
    details = events(workspace.desk)[0].details
    assert "7700900123" not in details
    expected = keyed_hash(log_key(workspace.folder), "+447700900123")
    assert json.loads(details) == {"read": [{"value": {"hmac_sha256": expected}}]}


def test_the_secret_is_readable_by_its_owner_only_and_stays_the_same(workspace):
    first = log_key(workspace.folder)
    assert log_key(workspace.folder) == first
    assert (workspace.folder / "log.key").stat().st_mode & 0o777 == 0o600


def test_nothing_is_logged_without_a_purpose(tmp_path):
    write_config(tmp_path, Config(name="test", purpose=" "))
    with pytest.raises(PurposeMissing):
        log(Workspace.open(tmp_path), "show", {})


def test_an_unbroken_chain_verifies_and_gives_its_head(workspace):
    log(workspace, "show", {})
    second = log(workspace, "leads", {})
    assert verify(workspace.desk) == (2, second.sha256)
    assert verify(workspace.desk, head=second.sha256)[0] == 2


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE events SET purpose = 'another' WHERE seq = 3", "Event 3 .* was changed"),
        ("UPDATE events SET details = '{}' WHERE seq = 2", "Event 2 .* was changed"),
        ("UPDATE events SET sha256 = 'x' WHERE seq = 2", "Event 2 .* was changed"),
        ("DELETE FROM events WHERE seq = 2", "Event 2 is missing; the next one there is event 3"),
        ("DELETE FROM events WHERE seq = 1", "Event 1 is missing"),
        (
            "DELETE FROM events WHERE seq = 2; UPDATE events SET seq = seq - 1 WHERE seq > 2",
            "Event 2 .* does not follow event 1",
        ),
    ],
)
def test_verify_names_the_first_event_that_does_not_hold(workspace, sql, sentence):
    for number in range(5):
        log(workspace, "show", {"number": number})
    tamper(workspace, sql)
    with pytest.raises(CheckFailed, match=sentence):
        verify(workspace.desk)


def test_an_end_that_was_cut_off_is_found_with_a_noted_head(workspace):
    log(workspace, "show", {})
    head = log(workspace, "show", {}).sha256
    tamper(workspace, "DELETE FROM events WHERE seq = 2")
    assert verify(workspace.desk)[0] == 1  # the rest is a whole chain: only the noted head tells
    with pytest.raises(CheckFailed, match="cut off or rewritten"):
        verify(workspace.desk, head=head)


def test_many_writers_make_one_chain(workspace):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: log(workspace, "show", {"n": n}), range(40)))
    assert verify(workspace.desk)[0] == 40


def test_an_empty_log_holds(workspace):
    assert verify(workspace.desk)[0] == 0
    assert events(workspace.desk) == []


_WRITER = """
import sys
from pathlib import Path
from felinar.audit import log
from felinar.store.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
while True:
    event = log(workspace, "show", {"a": "b" * 500})
    sys.stdout.write(f"{event.seq} {event.sha256}\\n")
    sys.stdout.flush()
"""


def test_every_event_that_was_acknowledged_survives_kill_9(workspace):
    known = ["0", ""]
    for wait in (0.3, 0.45, 0.6):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(workspace.folder)], stdout=subprocess.PIPE, text=True
        )
        first = writer.stdout.readline()  # it runs
        time.sleep(wait - 0.25)
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read()
        writer.stdout.close()
        writer.wait()
        known = [line for line in (first + rest).split("\n") if line.count(" ") == 1 and len(line) > 64][-1].split()
        count, _ = verify(workspace.desk, head=known[1])
        assert count >= int(known[0])
