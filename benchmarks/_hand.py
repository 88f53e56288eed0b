"""A running desk and a hand at it: `felinar serve` as a process, and requests as a browser would send them."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

OWN = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}


class Served:
    """The desk of a workspace, served by a process of its own; `hand` is somebody who is signed in with a purpose."""

    def __init__(self, workspace: Path, purpose: str = "case 2026-17") -> None:
        command = [sys.executable, "-m", "felinar", "--json", "--workspace", str(workspace), "serve"]
        settings = {**os.environ, "FELINAR_ACTOR": "ana", "FELINAR_PURPOSE": purpose, "FELINAR_THREADS": "1"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings, start_new_session=True
        )
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline() for _ in range(3)]
        where = urlsplit(json.loads("".join(lines))["address"])
        self.hand = Hand(where.netloc)
        self.hand.get(f"{where.path}?{where.query}")
        self.hand.post("/purpose", purpose=purpose, next="/hubs")

    def kill(self) -> None:
        """End the desk at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> None:
        """Let go of the process, which is stopped if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=60)


class Hand:
    """Somebody at the desk. A request raises OSError or HTTPException where the desk is gone before it has answered."""

    def __init__(self, netloc: str) -> None:
        self._netloc, self._cookie = netloc, ""

    def get(self, path: str) -> tuple[int, str]:
        """Return the status of a page and its text."""
        status, _, text = self._ask("GET", path, "")
        return status, text

    def json(self, path: str) -> Any:
        """Return what the JSON twin of a page says."""
        return json.loads(self.get(path)[1])

    def post(self, path: str, **form: str) -> str:
        """Send a form and return where the desk sends us, which is its word that all was written."""
        status, address, text = self._ask("POST", path, urlencode(form))
        if status != http.client.SEE_OTHER:
            raise RuntimeError(f"{path} answered {status}: {text[:200]}")
        return address

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection(self._netloc, timeout=60)
        try:
            connection.request(method, path, body or None, {**OWN, "cookie": self._cookie})
            answer = connection.getresponse()
            self._cookie = (answer.getheader("set-cookie") or "").partition(";")[0] or self._cookie
            return answer.status, answer.getheader("location") or "", answer.read().decode("utf-8")
        finally:
            connection.close()
