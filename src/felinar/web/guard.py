"""The gate in front of every page: who may ask (Host, Origin), and what the browser may do with the answer.

Forged requests are told by `Sec-Fetch-Site`, which every current browser sends and no page can set, else by `Origin`.
A foreign `Host` means that a name was bent to this machine (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """An application behind the gate; `hosts` are the names (with port) under which it may be asked."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], *, secure: bool = False) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)
        self._headers = HEADERS | ({"strict-transport-security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        refused = self._refusal(scope["method"], Headers(scope=scope))
        app = self._app if not refused else PlainTextResponse(refused, 421 if refused.startswith("This") else 403)
        await app(scope, receive, send_with_headers)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Return why a request is refused, or the empty string."""
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            return "This desk is not asked under that name. Use the address that `felinar serve` printed.\n"
        if method in _SAFE:
            return ""
        site = headers.get("sec-fetch-site", "")
        own = site == "same-origin" if site else urlsplit(headers.get("origin", "")).netloc.lower() == host
        return "" if own else "Refused: this request comes from another page.\n"
