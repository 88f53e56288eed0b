"""A local endpoint for a platform's upload path: `POST /match` with a hash or a picture; nothing is stored.

It listens on 127.0.0.1 only. Every hit is in the log before it is answered. What asks must speak to this machine by
its own name (Host) and must not be a page of some website (Origin).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson

from felinar.audit.log import Place
from felinar.errors import FelinarError
from felinar.hashlists.asked import BadQuestion, answer_to
from felinar.hashlists.server import ADDRESS, Limits, MatchServer

_NAMES = (ADDRESS, "localhost")
_SECONDS = 20.0  # for a question to arrive
_JSON_BYTES = 10_000


@contextmanager
def serving(place: Place, folder: Path, port: int, limits: Limits) -> Iterator[MatchServer]:
    """Yield a server that is bound; whoever gets it calls `serve_forever`."""
    try:
        server = MatchServer(place, folder, port, limits, _Handler)
    except OSError as problem:
        raise FelinarError(f"Port {port} cannot be used: {problem.strerror}. Name another one: --port 0.") from None
    try:
        with server:
            yield server
    finally:
        server.stop()


class _Handler(BaseHTTPRequestHandler):
    server: MatchServer
    timeout = _SECONDS
    server_version, sys_version = "felinar", ""

    def do_POST(self) -> None:
        """Answer one question."""
        try:
            status, answer = 200, self._answered()
        except BadQuestion as problem:
            status, answer = problem.status, {"error": str(problem)}
        except TimeoutError:
            self.close_connection = True
            return
        except Exception:  # nothing of the question goes into a trace
            status, answer = 500, {"error": "It could not be answered, by our own fault."}
        self._send(status, answer)

    def _answered(self) -> dict[str, Any]:
        self._check_who()
        if self.path != "/match":
            raise BadQuestion(404, "Ask POST /match.")
        kind = self.headers.get_content_type()
        is_json = kind == "application/json"
        size = self._size(_JSON_BYTES if is_json else self.server.limits.most_bytes)
        if not self.server.may_ask():
            raise BadQuestion(429, f"More than {self.server.limits.rate} questions a second. Ask again in a second.")
        body = self.rfile.read(size)
        if len(body) < size:
            raise BadQuestion(400, f"The body has {len(body)} bytes, its head says {size}.")
        if is_json:
            named, looked = answer_to(body, self.server.current())
            return self.server.tell(named, looked)
        if kind != "application/octet-stream" and not kind.startswith("image/"):
            raise BadQuestion(415, "Send a hash as application/json, or a picture as image/… .")
        return self.server.tell("picture", self.server.look(body))

    def _check_who(self) -> None:
        """Refuse what comes from a web page or under a foreign name, which is how pages reach local services."""
        name, _, port = self.headers.get("Host", "").lower().partition(":")
        if name not in _NAMES or (port and port != str(self.server.server_port)):
            raise BadQuestion(403, "The Host of the question is not this machine.")
        if self.headers.get("Origin") or self.headers.get("Sec-Fetch-Site", "none") != "none":
            raise BadQuestion(403, "Web pages may not ask.")

    def _size(self, most: int) -> int:
        if self.headers.get("Transfer-Encoding"):
            raise BadQuestion(411, "Send the body whole, with its Content-Length.")
        stated = self.headers.get("Content-Length", "")
        if not stated.isdecimal() or not stated.isascii():
            raise BadQuestion(411, "The Content-Length is missing.")
        if len(stated) > 12 or int(stated) > most:
            raise BadQuestion(413, f"At most {most:,} bytes are read.")
        return int(stated)

    def _send(self, status: int, answer: Mapping[str, Any]) -> None:
        text = orjson.dumps(answer)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(text)
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Write nothing: hits are in the log, other questions are not kept."""
