"""Sessions of the desk: in memory only, so that a restart signs everybody out and no file can be stolen."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from felinar.access.accounts import Account

IDLE_SECONDS = 60 * 60
LONGEST_SECONDS = 12 * 60 * 60
LONGEST_PURPOSE = 200


@dataclass
class Session:
    """One signed-in person: who, in which role, and for which purpose; `notice` is said once on the next page.

    `account` is the state of the account that opened it; the single user has none.
    """

    name: str
    role: str
    begun: float
    used: float
    account: Account | None = None
    purpose: str = ""
    notice: str = ""
    refused: str = ""

    def take_notices(self) -> tuple[str, str]:
        """Return what there is to say (done, refused) and forget it."""
        said = self.notice, self.refused
        self.notice = self.refused = ""
        return said


class Sessions:
    """All sessions of this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, Session] = {}

    def begin(self, name: str, role: str, account: Account | None = None) -> str:
        """Begin a session and return its secret, which goes into the cookie."""
        self._drop_old()
        secret, moment = secrets.token_urlsafe(32), self._clock()
        self._open[secret] = Session(name, role, moment, moment, account)
        return secret

    def find(self, secret: str) -> Session | None:
        """Return the session of this secret and mark it as used; None where it is unknown or has run out."""
        self._drop_old()
        session = self._open.get(secret)
        if session is not None:
            session.used = self._clock()
        return session

    def end(self, secret: str) -> None:
        """End a session; an unknown one is no error."""
        self._open.pop(secret, None)

    def _drop_old(self) -> None:
        moment = self._clock()
        old = [
            secret
            for secret, session in list(self._open.items())
            if moment - session.used > IDLE_SECONDS or moment - session.begun > LONGEST_SECONDS
        ]
        for secret in old:
            self._open.pop(secret, None)


class OneTimeToken:
    """The secret in the address that `felinar serve` prints: it opens one session, once."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(24)
        self._used = False

    def use(self, given: str) -> bool:
        """Return whether this is the token and it was not used before; from now on it is."""
        right = not self._used and hmac.compare_digest(self.value.encode(), given.encode("utf-8", "replace"))
        self._used = self._used or right
        return right
