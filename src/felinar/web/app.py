"""The desk as an ASGI application: the table of routes behind the gate, and the files that a page needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from felinar.web.answer import problem_page
from felinar.web.desk import Desk
from felinar.web.guard import Guard
from felinar.web.page import act, show
from felinar.web.render import home_of
from felinar.web.routes import ACTS, ALSO_POSTED, PAGES
from felinar.web.signing import Door

LARGEST_BODY = 20 << 20
_NO_PAGE = {404: "The desk has no page under this address.", 405: "This address takes no such request."}
# A picture that somebody searches with stays in memory: on a list or not, no byte of it may come to the disk.
MultiPartParser.spool_max_size = LARGEST_BODY


def make_app(desk: Desk, hosts: Collection[str]) -> ASGIApp:
    """Return the application; `hosts` are the names, with port, under which it may be asked."""
    application = Starlette(
        routes=_routes(desk),
        max_body_size=LARGEST_BODY,
        exception_handlers={HTTPException: _no_page(desk), Exception: _our_fault},
    )
    return Guard(application, hosts, secure=desk.secure)


def _no_page(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what answers an address that no page has, or a request that none takes, with a sentence and a way back."""

    def tell(request: Request, problem: HTTPException) -> Response:
        session = desk.session(request.cookies.get(desk.cookie, ""))
        sentence = _NO_PAGE.get(problem.status_code, f"{problem.detail}.")
        return problem_page(desk, session, sentence, problem.status_code, request.url.path.endswith(".json"))

    async def answer(request: Request, problem: Exception) -> Response:
        return await run_in_threadpool(tell, request, cast(HTTPException, problem))

    return answer


async def _our_fault(request: Request, problem: Exception) -> Response:
    """Answer with nothing of what went wrong: the trace goes to the terminal, where it may be read."""
    del request, problem
    return PlainTextResponse("This is our fault, not yours; the terminal of `felinar serve` says more.", 500)


def _routes(desk: Desk) -> list[BaseRoute]:
    routes: list[BaseRoute] = [*_door(desk), Mount("/static", StaticFiles(packages=[("felinar.web", "static")]))]
    for page in PAGES:
        methods = ["GET", "POST"] if page.path in ALSO_POSTED else ["GET"]
        # The twin first: `/leads/1.json` is no id.
        routes.append(Route(f"{page.path}.json", show(desk, page, as_json=True), methods=methods))
        routes.append(Route(page.path, show(desk, page, as_json=False), methods=methods))
    for action in ACTS:
        most = action.upload or None
        routes.append(Route(action.path, act(desk, action), methods=["POST"], max_body_size=most))
    return routes


def _door(desk: Desk) -> list[Route]:
    door = Door(desk)

    async def home(request: Request) -> Response:
        session = desk.session(request.cookies.get(desk.cookie, ""))
        return RedirectResponse(home_of(desk, session.role) if session else "/sign-in", 303)

    return [
        Route("/", home),
        Route("/enter", door.enter),
        Route("/sign-in", door.ask),
        Route("/sign-in", door.sign_in, methods=["POST"]),
        Route("/sign-out", door.sign_out, methods=["POST"]),
        Route("/purpose", door.ask_purpose),
        Route("/purpose", door.state_purpose, methods=["POST"]),
    ]
