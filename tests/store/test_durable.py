"""Files that grow are handed to the disk meanwhile."""

import os
import time

from felinar.store import durable


def test_a_file_that_grows_is_sent_to_the_disk_before_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(durable, "PAUSE", 0.001)
    sent = []
    monkeypatch.setattr(durable.os, "fsync", lambda descriptor: sent.append(os.fstat(descriptor).st_size))
    path = tmp_path / "grows"

    with durable.sent_along(path):
        path.write_bytes(b"abc")
        for _ in range(2_000):
            if 3 in sent:
                break
            time.sleep(0.001)

    assert 3 in sent


def test_a_file_that_never_comes_is_no_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(durable, "PAUSE", 0.001)

    with durable.sent_along(tmp_path / "nothing"):
        time.sleep(0.01)

    assert list(tmp_path.iterdir()) == []
