"""The door of the desk: the one-time address, the sign-in of a team, the purpose of a session, and the way out."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from felinar.access.accounts import Account, sign_in
from felinar.access.limits import NOBODY
from felinar.access.sessions import LONGEST_PURPOSE, LONGEST_SECONDS, Session
from felinar.audit import actor, log
from felinar.web.desk import Desk
from felinar.web.render import home_of, render
from felinar.web.visit import own_path

_SHORTEST_PURPOSE = 3


class Door:
    """The endpoints that work without a session, or change it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def enter(self, request: Request) -> Response:
        """Open the only session of a single user with the token of the printed address."""
        if self._session(request) is not None:
            return RedirectResponse("/leads", 303)
        where = _client(request)
        if self._desk.team or self._desk.brake.wait(where):
            return self._form("", "This address opens nothing.", 403)
        if not self._desk.token.use(request.query_params.get("token", "")):
            self._desk.brake.failed(where)
            said = "This address was used already, or is not right. Start `felinar serve` again for a new one."
            return self._form("", said, 403)
        return await run_in_threadpool(self._begin, actor(), "single user")

    async def ask(self, request: Request) -> Response:
        """Show the form of a team, or say where a single user finds the address."""
        return self._form("", "")

    async def sign_in(self, request: Request) -> Response:
        """Check name, password and code; after five failures the door stays shut for a quarter of an hour."""
        form = await request.form(max_files=0, max_fields=10)
        return await run_in_threadpool(self._sign_in, form, _client(request))

    def _sign_in(self, form: FormData, where: str) -> Response:
        desk, name = self._desk, _text(form, "name")
        wait = max(desk.brake.wait(where), desk.brake.wait(f"name {name}"))
        if wait:
            return self._form(name, f"Too many attempts; try again in {-(-wait // 60)} minutes.", 429)
        if not desk.team:
            return self._form("", "This desk has no accounts.", 403)
        found = sign_in(desk.workspace.desk, name, _text(form, "password"), _text(form, "code"), desk.used_codes)
        if found is None:
            desk.brake.failed(where)
            desk.brake.failed(f"name {name}")
            log(desk.workspace, "refused", {"sign in": name[:60]}, who=NOBODY)
            return self._form(name, "Name, password and code do not fit together.", 403)
        desk.brake.succeeded(f"name {name}")
        return self._begin(found.name, found.role, found)

    def _begin(self, name: str, role: str, account: Account | None = None) -> Response:
        log(self._desk.workspace, "sign in", {"role": role}, who=name)
        answer = RedirectResponse(home_of(self._desk, role), 303)
        answer.set_cookie(
            self._desk.cookie,
            self._desk.sessions.begin(name, role, account),
            max_age=LONGEST_SECONDS,
            httponly=True,
            samesite="strict",
            secure=self._desk.secure,
        )
        return answer

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        session = self._session(request)
        if session is not None:
            await run_in_threadpool(log, self._desk.workspace, "sign out", {}, who=session.name)
            self._desk.sessions.end(request.cookies.get(self._desk.cookie, ""))
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(self._desk.cookie)
        return answer

    async def ask_purpose(self, request: Request) -> Response:
        """Ask what the person is working on."""
        session = self._session(request)
        if session is None:
            return RedirectResponse("/sign-in", 303)
        return self._purpose_form(session, own_path(request.query_params.get("next", "/leads")), "")

    async def state_purpose(self, request: Request) -> Response:
        """Keep the purpose for the rest of the session."""
        form = await request.form(max_files=0, max_fields=10)
        session = self._session(request)
        if session is None:
            return RedirectResponse("/sign-in", 303)
        purpose, after = " ".join(_text(form, "purpose").split()), own_path(_text(form, "next") or "/leads")
        if not _SHORTEST_PURPOSE <= len(purpose) <= LONGEST_PURPOSE:
            said = f"A purpose needs {_SHORTEST_PURPOSE} to {LONGEST_PURPOSE} characters: a case number, or a task."
            return self._purpose_form(session, after, said, 400)
        details = {"before": session.purpose}
        await run_in_threadpool(log, self._desk.workspace, "purpose", details, who=session.name, purpose=purpose)
        session.purpose = purpose
        return RedirectResponse(after, 303)

    def _session(self, request: Request) -> Session | None:
        return self._desk.session(request.cookies.get(self._desk.cookie, ""))

    def _form(self, name: str, problem: str, status: int = 200) -> Response:
        data = {"name": name, "problem": problem}
        return HTMLResponse(render(self._desk, None, "sign_in.html", data), status)

    def _purpose_form(self, session: Session, after: str, problem: str, status: int = 200) -> Response:
        data = {"after": after, "problem": problem}
        return HTMLResponse(render(self._desk, session, "purpose.html", data), status)


def _text(form: FormData, name: str) -> str:
    given = form.get(name, "")
    return given if isinstance(given, str) else ""


def _client(request: Request) -> str:
    return request.client.host if request.client else "somewhere"
