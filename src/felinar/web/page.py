"""One page of the desk: who may see it, what it tells, and the log entry that is on the disk before the answer goes.

A page's function returns plain data. The same data is the `.json` twin and what the template renders, so the two never
say different things.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from felinar.access.roles import Forbidden, May, require
from felinar.access.sessions import Session
from felinar.errors import FelinarError, WorkspaceProblem
from felinar.store.published_desk import DeskReading
from felinar.web import answer
from felinar.web.desk import Desk
from felinar.web.imports.inbox import FOLDER
from felinar.web.receive import receive
from felinar.web.visit import NOTHING_PUBLISHED, Told, Visit

Endpoint = Callable[[Request], Awaitable[Response]]
MOST_FIELDS = 1_000  # a column of a file that is imported takes two
NOTHING_YET = {"generation": "0"}


@dataclass(frozen=True)
class Page:
    """One row of the table of pages. `own_purpose`: it needs more than the purpose of the workspace.

    `published`: it tells of what is published, so there is nothing to tell before the first run.
    """

    path: str
    action: str
    may: May
    tell: Callable[[Visit], Told]
    template: str
    own_purpose: bool = True
    published: bool = True


@dataclass(frozen=True)
class Act:
    """One row of the table of actions: `do` logs, writes and returns where to go on.

    `upload`: its one file, up to so many bytes, is streamed into a folder of the workspace (`receive.py`).
    """

    path: str
    may: May
    do: Callable[[Visit], str]
    published: bool = True
    upload: int = 0


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
        if not action.upload:
            return await run_in_threadpool(_act, desk, request, await _form(request), action)
        # Who may not send a file is told so before it is read.
        refused = await run_in_threadpool(_refusal, desk, request, action)
        return refused or await _take_file(desk, request, action)

    return endpoint


async def _take_file(desk: Desk, request: Request, action: Act) -> Response:
    """Stream the one file of a form to the disk and act on it; what the action did not take is deleted."""
    try:
        received = await receive(request, desk.workspace.folder / FOLDER)
    except FelinarError as problem:
        session = await run_in_threadpool(_session, desk, request)
        return answer.refused(session, problem) if session else answer.to("/sign-in")
    try:
        form = FormData([("name", received.name), ("path", str(received.path))])
        return await run_in_threadpool(_act, desk, request, form, action)
    finally:
        received.path.unlink(missing_ok=True)


async def _form(request: Request) -> FormData:
    return await request.form(max_files=1, max_fields=MOST_FIELDS) if request.method == "POST" else FormData()


def _answer(desk: Desk, request: Request, form: FormData, page: Page, as_json: bool) -> Response:
    session = _session(desk, request)
    if session is None:
        return answer.problem_page(desk, None, "Sign in first.", 401, True) if as_json else answer.to("/sign-in")
    try:
        require(session.role, page.may)
        if page.own_purpose and not session.purpose:
            return answer.ask_purpose(desk, session, request, as_json)
        with _reading(desk, needed=page.published) as reading:
            visit = Visit(desk, session, request.path_params, request.query_params, form, reading)
            told, facts = page.tell(visit), reading.facts if reading else NOTHING_YET
            visit.log(page.action, {**told.log, "page": page.path, "generation": facts["generation"]})
            data = {"generation": facts["generation"], "cut_off": facts.get("cut_off", ""), **told.data}
        if as_json:
            return answer.as_data(data)
        if told.file is not None:
            return answer.as_file(told.file)
        return answer.html(desk, session, page.template, data, again=told.again)
    except FelinarError as problem:
        return answer.told_problem(desk, session, page.path, problem, as_json)


@contextmanager
def _reading(desk: Desk, *, needed: bool) -> Iterator[DeskReading | None]:
    """Give a reader of what is published; None where nothing is, or nothing readable, and the page needs none."""
    try:
        reading = desk.reading()
    except WorkspaceProblem:
        if needed and not desk.workspace.published.is_file():
            raise WorkspaceProblem(NOTHING_PUBLISHED) from None  # what a browser is told names no folder
        if needed:
            raise
        yield None
        return
    with closing(reading):
        yield reading


def _refusal(desk: Desk, request: Request, action: Act) -> Response | None:
    """Return the answer to somebody who may not do this now, None for whoever may."""
    session = _session(desk, request)
    if session is None:
        return answer.to("/sign-in")
    try:
        require(session.role, action.may)
    except Forbidden as problem:
        return answer.told_problem(desk, session, action.path, problem, False)
    return None if session.purpose else answer.ask_purpose(desk, session, request, False)


def _act(desk: Desk, request: Request, form: FormData, action: Act) -> Response:
    refused, session = _refusal(desk, request, action), _session(desk, request)
    if refused is not None or session is None:
        return refused or answer.to("/sign-in")
    session.take_notices()
    try:
        with _reading(desk, needed=action.published) as reading:
            return answer.to(action.do(Visit(desk, session, request.path_params, request.query_params, form, reading)))
    except Forbidden as problem:
        return answer.told_problem(desk, session, action.path, problem, False)
    except FelinarError as problem:
        return answer.refused(session, problem, str(form.get("back", "/leads")))


def _session(desk: Desk, request: Request) -> Session | None:
    return desk.session(request.cookies.get(desk.cookie, ""))
