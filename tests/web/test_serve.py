"""The running desk: where it may listen, what it prints, and that it stops."""

import json
import os
import signal
import subprocess
import sys

import httpx2
import pytest

from felinar.errors import FelinarError
from felinar.web.serve import Where, check


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_one_person_on_this_machine_needs_nothing(address):
    check(Where(address), team=False, accounts=0)


@pytest.mark.parametrize(
    ("where", "team", "accounts", "said"),
    [
        (Where("0.0.0.0"), False, 0, "for a team only"),
        (Where("192.168.1.5"), True, 2, "needs HTTPS"),
        (Where("192.168.1.5"), True, 0, "needs accounts first"),
        (Where("desk.example", behind_proxy=True), False, 0, "for a team only"),
        (Where(), True, 0, "needs accounts first"),
        (Where(), False, 1, "add --team, and sign in"),
    ],
)
def test_the_desk_refuses_to_show_the_work_to_a_network_or_to_go_round_the_accounts(where, team, accounts, said):
    with pytest.raises(FelinarError, match=said):
        check(where, team=team, accounts=accounts)


def test_a_team_behind_a_proxy_may(workspace):
    check(Where("0.0.0.0", behind_proxy=True), team=True, accounts=1)


@pytest.fixture
def running(workspace):
    """The command itself, on any free port."""
    command = [sys.executable, "-m", "felinar", "--json", "--workspace", str(workspace.folder), "serve", "--port", "0"]
    environment = {**os.environ, "FELINAR_ACTOR": "ana"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_the_command_prints_an_address_that_opens_the_queue_and_stops_with_ctrl_c(running):
    lines = [running.stdout.readline() for _ in range(3)]
    address = json.loads("".join(lines))["address"]
    with httpx2.Client(follow_redirects=True, trust_env=False) as client:
        answer = client.get(address, timeout=60)
        assert answer.status_code == 200
        assert "Why it is here" in answer.text
        assert "server" not in answer.headers
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=30) in (0, 130)


def test_without_a_workspace_one_is_made_for_a_purpose_and_the_desk_begins_with_the_import(serve, tmp_path):
    address = serve(tmp_path / "new")
    with httpx2.Client(follow_redirects=True, trust_env=False) as client:
        answer = client.get(address, timeout=60)
    assert answer.url.path == "/purpose"
    assert answer.url.params["next"] == "/imports"
    assert (tmp_path / "new" / "felinar.toml").is_file()


def test_without_a_workspace_and_a_purpose_nothing_is_made(felinar, tmp_path):
    done = felinar("serve", "--no-browser", workspace=tmp_path / "new", environment={"FELINAR_PURPOSE": ""})
    assert done.returncode == 2
    assert "say what the work is for" in done.stderr
    assert not (tmp_path / "new").exists()


def test_what_is_published_anew_is_counted_without_a_request(desk, workspace, monkeypatch):
    def published_once_more(seconds):
        if desk.shelf(desk.reading()).counted and len(seen) < 2:
            seen.append(desk.reading().version)
            workspace.published.write_bytes(workspace.published.read_bytes())
            return
        raise KeyboardInterrupt

    seen = []
    monkeypatch.setattr("felinar.web.desk.time.sleep", published_once_more)
    with pytest.raises(KeyboardInterrupt):
        desk.stay_warm()
    assert len(set(seen)) == 2


def test_what_a_thread_and_a_request_could_begin_to_import_at_once_is_there_before_both():
    asked = """import sys
from felinar.web.warm import before_threads
before_threads()
from felinar.extract import EXTRACTORS
print(all(type(one).__module__ in sys.modules for one in EXTRACTORS), "felinar.extract.age" in sys.modules)"""
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True", "True"]
