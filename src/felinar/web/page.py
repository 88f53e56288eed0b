"""One page of the desk: who may see it, what it tells, and the log entry that is on the disk before the answer goes.

A page's function returns plain data. The same data is the `.json` twin and what the template renders, so the two never
say different things.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from felinar.access.roles import Forbidden, May, require
from felinar.access.sessions import Session
from felinar.audit import log
from felinar.errors import FelinarError, WorkspaceProblem
from felinar.ids import canonical_json
from felinar.web.desk import Desk
from felinar.web.render import render
from felinar.web.visit import NotThere, Told, TooMany, Visit, own_path

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Page:
    """One row of the table of pages. `own_purpose`: it needs more than the purpose of the workspace."""

    path: str
    action: str
    may: May
    tell: Callable[[Visit], Told]
    template: str
    own_purpose: bool = True


@dataclass(frozen=True)
class Act:
    """One row of the table of actions: `do` logs, writes and returns where to go on."""

    path: str
    may: May
    do: Callable[[Visit], str]


def show(desk: Desk, page: Page, *, as_json: bool) -> Endpoint:
    """Return the endpoint of a page, or of its JSON twin."""

    async def endpoint(request: Request) -> Response:
        form = await _form(request)
        try:
            return await run_in_threadpool(_answer, desk, request, form, page, as_json)
        finally:
            await form.close()

    return endpoint


def act(desk: Desk, action: Act) -> Endpoint:
    """Return the endpoint of an action."""

    async def endpoint(request: Request) -> Response:
        form = await _form(request)
        return await run_in_threadpool(_act, desk, request, form, action)

    return endpoint


async def _form(request: Request) -> FormData:
    return await request.form(max_files=1, max_fields=50) if request.method == "POST" else FormData()


def _answer(desk: Desk, request: Request, form: FormData, page: Page, as_json: bool) -> Response:
    session = desk.session(request.cookies.get(desk.cookie, ""))
    if session is None:
        return _problem(desk, None, "Sign in first.", 401, as_json) if as_json else _to("/sign-in")
    try:
        require(session.role, page.may)
        if page.own_purpose and not session.purpose:
            return _ask_purpose(desk, session, request, as_json)
        with closing(desk.reading()) as reading:
            visit = Visit(desk, session, request.path_params, request.query_params, form, reading)
            told = page.tell(visit)
            visit.log(page.action, {**told.log, "page": page.path, "generation": reading.facts["generation"]})
            data = {"generation": reading.facts["generation"], "cut_off": reading.facts.get("cut_off", ""), **told.data}
        if as_json:
            return Response(canonical_json(data), media_type="application/json")
        return _html(desk, session, page.template, data)
    except FelinarError as problem:
        return _told_problem(desk, session, page.path, problem, as_json)


def _act(desk: Desk, request: Request, form: FormData, action: Act) -> Response:
    session = desk.session(request.cookies.get(desk.cookie, ""))
    if session is None:
        return _to("/sign-in")
    try:
        session.take_notices()
        require(session.role, action.may)
        if not session.purpose:
            return _ask_purpose(desk, session, request, False)
        with closing(desk.reading()) as reading:
            visit = Visit(desk, session, request.path_params, request.query_params, form, reading)
            return _to(action.do(visit))
    except Forbidden as problem:
        return _told_problem(desk, session, action.path, problem, False)
    except FelinarError as problem:
        # Refused with a sentence, on the page where it was tried.
        session.refused = str(problem)
        return _to(own_path(str(form.get("back", "/leads"))))


def _ask_purpose(desk: Desk, session: Session, request: Request, as_json: bool) -> Response:
    if as_json:
        sentence = "State what you are working on first: POST purpose=… to /purpose."
        return _problem(desk, session, sentence, 403, as_json)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return _to(f"/purpose?next={quote(here if request.method == 'GET' else '/leads')}")


def _told_problem(desk: Desk, session: Session, path: str, problem: FelinarError, as_json: bool) -> Response:
    """Answer with the sentence of an error; what a role may not do, and too much reading, is logged first."""
    statuses = {Forbidden: 403, NotThere: 404, TooMany: 429, WorkspaceProblem: 503}
    status = statuses.get(type(problem), 400)
    if status in (403, 429):
        details = {"page": path, "role": session.role, "status": status}
        log(desk.workspace, "refused", details, who=session.name, purpose=session.purpose)
    return _problem(desk, session, str(problem), status, as_json)


def _problem(desk: Desk, session: Session | None, sentence: str, status: int, as_json: bool) -> Response:
    if as_json:
        return Response(canonical_json({"error": sentence}), status, media_type="application/json")
    return _html(desk, session, "problem.html", {"sentence": sentence, "status": status}, status)


def _html(desk: Desk, session: Session | None, template: str, data: dict[str, Any], status: int = 200) -> Response:
    return HTMLResponse(render(desk, session, template, data), status)


def _to(path: str) -> Response:
    return RedirectResponse(path, 303)
