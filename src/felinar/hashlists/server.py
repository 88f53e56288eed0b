"""Behind the local endpoint: the lists as they are now, a few processes for pictures, the rate, the log."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic as clock
from typing import Any

from felinar.audit.log import Place, log
from felinar.config import threads
from felinar.hashlists.check import hit_as_dict
from felinar.hashlists.known import Lists, signature
from felinar.hashlists.reader import ListReader
from felinar.pictures.looked import Looked

ADDRESS = "127.0.0.1"


@dataclass(frozen=True)
class Limits:
    """Questions a second, over all who ask, and bytes of a picture."""

    rate: int = 50
    most_bytes: int = 20_000_000


class MatchServer(ThreadingHTTPServer):
    """Answers by the lists as they are now; a few processes look at pictures, the others wait their turn."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self, place: Place, folder: Path, port: int, limits: Limits, handler: type[BaseHTTPRequestHandler]
    ) -> None:
        self.place, self.folder, self.limits = place, folder, limits
        self.counts: Counter[str] = Counter()
        self._lock, self._version = threading.Lock(), signature(folder)
        self.lists = Lists.load(folder)
        self._readers: list[ListReader] = []
        self._turns = threading.BoundedSemaphore(threads())
        self._left, self._last = float(limits.rate), clock()
        super().__init__((ADDRESS, port), handler)

    def may_ask(self) -> bool:
        """Say whether one more question fits into the rate, and count it."""
        with self._lock:
            now = clock()
            self._left = min(float(self.limits.rate), self._left + (now - self._last) * self.limits.rate)
            self._last = now
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def current(self) -> Lists:
        """Return the lists, loaded anew where one of them was changed."""
        with self._lock:
            version = signature(self.folder)
            if version != self._version:
                self.lists, self._version = Lists.load(self.folder), version
                for reader in self._readers:
                    reader.stop()
                self._readers = []
            return self.lists

    def look(self, data: bytes) -> Looked:
        """Return what is known of a picture."""
        with self._turns:
            lists = self.current()
            with self._lock:
                version = self._version
                reader = self._readers.pop() if self._readers else ListReader(self.folder, lists)
            try:
                return reader.look(data)
            finally:
                with self._lock:
                    kept = version == self._version
                    if kept:
                        self._readers.append(reader)
                if not kept:
                    reader.stop()

    def tell(self, kind: str, looked: Looked) -> dict[str, Any]:
        """Return the answer; every hit is logged first."""
        lists = self.lists
        hits = [hit_as_dict(hit, lists.detail(hit), looked.quality) for hit in looked.hits]
        for hit in hits:
            log(self.place, "hashlists", {"hit": hit, "asked_by": kind, "sha256": looked.sha256})
        with self._lock:
            self.counts["asked"] += 1
            self.counts["hits"] += len(hits)
        return {"state": looked.state, "reason": looked.reason, "hits": hits, "lists": lists.state}

    def stop(self) -> None:
        """End the processes that look at pictures."""
        for reader in self._readers:
            reader.stop()
        self._readers = []
