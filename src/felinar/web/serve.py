"""Run the desk: bind the address first, so that the printed one is right, then answer until Ctrl-C."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from felinar.errors import FelinarError
from felinar.store.desk import kept_open
from felinar.store.workspace import Workspace
from felinar.web.app import make_app
from felinar.web.desk import LEADS_A_DAY, Desk
from felinar.web.warm import before_threads

PORT = 8765


@dataclass(frozen=True)
class Where:
    """Where the desk listens; port 0 takes any free one. `names` are further names under which it is asked."""

    address: str = "127.0.0.1"
    port: int = 0
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.address).is_loopback
        except ValueError:
            return self.address == "localhost"

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by HTTPS."""
        return self.certificate is not None or self.behind_proxy


def check(where: Where, *, team: bool, accounts: int) -> None:
    """Refuse what would show the work to a network, or go round the accounts of a team."""
    if team and not accounts:
        raise FelinarError("A team needs accounts first: felinar access open NAME --role admin.")
    if accounts and not team:
        raise FelinarError(
            f"This workspace has {accounts} open account{'s' * (accounts > 1)}, so nobody works in it as somebody who "
            "may do everything: add --team, and sign in."
        )
    if where.loopback:
        return
    if not team:
        raise FelinarError(f"Beyond this machine ({where.address}) the desk opens for a team only: add --team.")
    if not where.secure:
        raise FelinarError(
            f"Beyond this machine ({where.address}) the desk needs HTTPS: give --certificate and --key, or say "
            "--behind-proxy where a proxy of yours does it."
        )


def serve(
    workspace: Workspace,
    where: Where,
    ready: Callable[[str], None],
    *,
    team: bool = False,
    leads_a_day: int = LEADS_A_DAY,
) -> None:
    """Answer until Ctrl-C; `ready` gets the address to open, with its one-time token where there are no accounts."""
    import uvicorn

    listening = _listen(where)
    port = int(listening.getsockname()[1])
    desk = Desk(workspace, team, where.secure, f"felinar-{port}", leads_a_day)
    config = uvicorn.Config(
        make_app(desk, _hosts(where, port)),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=where.behind_proxy,
        ssl_certfile=where.certificate,
        ssl_keyfile=where.key,
        timeout_graceful_shutdown=3,
    )
    before_threads()
    threading.Thread(target=desk.stay_warm, daemon=True).start()
    ready(_address(where, port) + ("/sign-in" if team else f"/enter?token={desk.token.value}"))
    try:
        with kept_open(workspace.desk):
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def _listen(where: Where) -> socket.socket:
    """Return a listening socket; the usual port where it is free, else any, unless one was asked for."""
    family = socket.AF_INET6 if ":" in where.address else socket.AF_INET
    for port in (where.port,) if where.port else (PORT, 0):
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((where.address, port))
            listening.listen(128)  # a browser that is quicker than the server waits instead of being refused
            return listening
        except OSError as problem:
            listening.close()
            failed = problem
    raise FelinarError(f"{where.address}:{where.port or PORT} cannot be listened on: {failed.strerror}. Try --port 0.")


def _hosts(where: Where, port: int) -> list[str]:
    """Return the names under which the desk may be asked, with the port and, where it is the usual one, without."""
    names = [f"[{where.address}]" if ":" in where.address else where.address, *where.names]
    names += ["localhost", "127.0.0.1"] if where.loopback else []
    return [f"{name}:{port}" for name in names] + (names if where.secure or port == 80 else [])


def _address(where: Where, port: int) -> str:
    name = where.names[0] if where.names else f"[{where.address}]" if ":" in where.address else where.address
    return f"{'https' if where.certificate else 'http'}://{name}:{port}"
