"""The local endpoint, asked over real connections: answers, limits, who may ask, and the log."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import threading

import numpy as np
import pytest

from felinar.audit import events
from felinar.hashlists.intake import Order, take_in
from felinar.hashlists.serve import serving
from felinar.hashlists.server import Limits
from felinar.hashlists.turns import turned
from felinar.kernels.pdq import MIRRORED, as_hex, from_hex
from felinar.store.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return Workspace.open(tmp_path_factory.mktemp("served") / "w", "case 7")


@pytest.fixture(scope="module")
def served(workspace, made, tmp_path_factory):
    """A server with a list of three hashes; yields how to ask it."""
    listed = hashlib.md5(made.picture(1)).hexdigest()
    file = tmp_path_factory.mktemp("list") / "a.txt"
    file.write_text(f"md5 {listed}\npdq {made.hash('pdq', 1)}\nsha1 {made.hash('sha1', 1)}\n")
    folder = workspace.folder / "hashlists"
    take_in(folder, [file], Order(), "2026-01-01")
    with serving(workspace, folder, 0, Limits(rate=1_000, most_bytes=200_000)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Asking(server)
        finally:
            server.shutdown()
            thread.join()


class Asking:
    def __init__(self, server):
        self.server, self.port = server, server.server_port

    def __call__(self, body, kind="application/json", path="/match", method="POST", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=200)
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Content-Type": kind, **given})
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found[0], json.loads(found[1]) if found[1].startswith(b"{") else found[1]


def test_hashes_are_answered_and_hits_are_in_the_log(served, workspace, made):
    status, answer = served({"sha1": made.hash("sha1", 1).upper(), "md5": made.hash("md5", 5)})
    assert (status, answer["state"], [hit["kind"] for hit in answer["hits"]]) == (200, "known", ["sha1"])
    assert list(answer["lists"]) == ["a"]
    status, answer = served({"sha256": made.hash("sha256", 1)})
    assert (status, answer["state"], answer["hits"]) == (200, "read", [])
    last = json.loads(events(workspace.desk)[-1].details)
    assert (last["hit"]["kind"], last["asked_by"]) == ("sha1", "md5 sha1")


def test_a_pdq_hash_is_found_near_mirrored_and_with_its_quality(served, made):
    words = from_hex(made.hash("pdq", 1))[None]
    near = turned(words ^ np.array([[3, 0, 0, 7]], dtype=np.uint64), MIRRORED)
    _, answer = served({"pdq": as_hex(near[0]), "quality": 30})
    (hit,) = answer["hits"]
    assert hit["quality"] == 30
    assert (hit["distance"], hit["how"], hit["verdict"]) == (5, "mirrored", "possible, unviewed")


def test_a_picture_is_answered_and_not_kept(served, workspace, made):
    status, answer = served(made.picture(1), "image/png")
    assert (status, answer["state"], answer["hits"][0]["kind"]) == (200, "known", "md5")
    status, answer = served(made.picture(2), "application/octet-stream")
    assert (status, answer["state"], answer["hits"]) == (200, "read", [])
    status, answer = served(b"no picture", "image/png")
    assert (status, answer["state"]) == (200, "unreadable")
    for path in workspace.folder.rglob("*"):
        assert not path.is_file() or made.picture(1)[100:140] not in path.read_bytes()


def test_a_list_that_is_updated_counts_from_the_next_question_on(served, workspace, made, tmp_path):
    assert served({"md5": made.hash("md5", 8)})[1]["hits"] == []
    assert served(made.picture(4), "image/png")[1]["hits"] == []
    (tmp_path / "b.txt").write_text(f"{made.hash('md5', 8)}\n{hashlib.sha1(made.picture(4)).hexdigest()}")
    take_in(workspace.folder / "hashlists", [tmp_path / "b.txt"], Order(name="a"), "2026-01-02")
    _, answer = served({"md5": made.hash("md5", 8)})
    assert (len(answer["hits"]), answer["lists"]["a"]) == (1, 2)
    assert len(served(made.picture(4), "image/png")[1]["hits"]) == 1


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (400, {"body": b"{"}),
        (400, {"body": b"[]"}),
        (400, {"body": {}}),
        (400, {"body": {"md5": "12"}}),
        (400, {"body": {"md5": 12}}),
        (400, {"body": {"pdq": "g" * 64}}),
        (400, {"body": {"pdq": "１" * 64}}),
        (400, {"body": {"pdq": "a1" * 32, "quality": 101}}),
        (400, {"body": {"pdq": "a1" * 32, "quality": True}}),
        (404, {"body": {}, "path": "/"}),
        (413, {"body": b" " * 10_001}),
        (413, {"body": b" " * 200_001, "kind": "image/png"}),
        (415, {"body": b"x", "kind": "text/plain"}),
        (403, {"body": {}, "Host": "evil.example"}),
        (403, {"body": {}, "Host": "127.0.0.1:1"}),
        (403, {"body": {}, "Origin": "http://evil.example"}),
        (403, {"body": {}, "Sec_Fetch_Site": "cross-site"}),
        (411, {"body": {}, "Content_Length": "-1"}),
        (411, {"body": {}, "Transfer_Encoding": "chunked"}),
        (501, {"body": b"", "method": "GET"}),
    ],
)
def test_what_cannot_or_may_not_be_asked_is_refused_with_a_reason(served, status, asked):
    found, answer = served(**asked)
    assert found == status
    assert status == 501 or answer["error"].endswith(".")


def test_it_listens_on_this_machine_only(served):
    assert served.server.server_address[0] == "127.0.0.1"
    assert served({"md5": "12" * 16}, Host=f"localhost:{served.port}")[0] == 200


def test_more_questions_than_the_rate_are_put_off(served, monkeypatch):
    now = [1e9]
    monkeypatch.setattr("felinar.hashlists.server.clock", lambda: now[0])
    for name, value in (("limits", Limits(rate=3, most_bytes=1_000)), ("_left", 3.0), ("_last", 1e9)):
        monkeypatch.setattr(served.server, name, value)
    answers = [served({"md5": "12" * 16})[0] for _ in range(5)]
    now[0] += 0.5  # one and a half more
    answers += [served({"md5": "12" * 16})[0] for _ in range(2)]
    assert answers == [200, 200, 200, 429, 429, 200, 429]


def test_a_body_that_does_not_come_whole_is_refused(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
        head = "POST /match HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/png\r\nContent-Length: 50\r\n\r\n"
        connection.sendall(head.encode() + b"half")
        connection.shutdown(socket.SHUT_WR)
        assert b" 400 " in connection.recv(1_000).split(b"\r\n")[0]


def test_questions_at_once_are_all_answered(served, made):
    answers = []
    asked = [(made.picture(n % 3), "image/png") for n in range(12)]
    threads = [threading.Thread(target=lambda one=one: answers.append(served(*one))) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((status, len(answer["hits"])) for status, answer in answers) == [(200, 0)] * 8 + [(200, 1)] * 4


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_command_answers_until_it_is_stopped_and_logs_both(workspace, served, made):
    command = [
        sys.executable,
        "-m",
        "felinar",
        "--workspace",
        str(workspace.folder),
        "hashlists",
        "serve",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        port = int(process.stderr.readline().split("127.0.0.1:")[1].split("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        body = json.dumps({"sha1": made.hash("sha1", 1)})
        connection.request("POST", "/match", body, {"Content-Type": "application/json"})
        assert len(json.loads(connection.getresponse().read())["hits"]) == 1
        connection.close()
        process.terminate()
        assert "Stopped." in process.stderr.read()
    assert process.returncode == 0
    said = [json.loads(event.details) for event in events(workspace.desk)][-3:]
    assert [sorted(one)[-1] for one in said] == ["serve", "sha256", "served"]
    assert said[2]["served"] == {"asked": 1, "hits": 1}
