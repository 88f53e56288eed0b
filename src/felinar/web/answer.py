"""How the desk answers: a page, its JSON twin, a file, another address, or a problem as a sentence."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from felinar.access.roles import Forbidden
from felinar.access.sessions import Session
from felinar.audit import log
from felinar.errors import FelinarError, WorkspaceProblem
from felinar.ids import canonical_json
from felinar.web.desk import Desk
from felinar.web.render import render
from felinar.web.visit import File, NotThere, TooMany, own_path


def html(
    desk: Desk, session: Session | None, template: str, data: dict[str, Any], status: int = 200, *, again: int = 0
) -> Response:
    """Answer with a page; after `again` seconds the browser asks anew, without a script."""
    return HTMLResponse(render(desk, session, template, data), status, {"refresh": str(again)} if again else None)


def as_data(data: dict[str, Any], status: int = 200) -> Response:
    """Answer with data."""
    return Response(canonical_json(data), status, media_type="application/json")


def as_file(file: File) -> Response:
    """Answer with a file; its name is plain ASCII, whatever it was made from."""
    name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in file.name)
    headers = {"content-disposition": f'{"inline" if file.inline else "attachment"}; filename="{name}"'}
    if isinstance(file.content, bytes):
        return Response(file.content, headers=headers, media_type=file.media_type)
    return FileResponse(file.content, headers=headers, media_type=file.media_type)


def to(path: str) -> Response:
    """Send the browser to another page."""
    return RedirectResponse(path, 303)


def refused(session: Session, problem: FelinarError, back: str = "/") -> Response:
    """Refuse with a sentence, on the page where it was tried."""
    session.refused = str(problem)
    return to(own_path(back))


def ask_purpose(desk: Desk, session: Session, request: Request, as_json: bool) -> Response:
    """Ask what the person is working on, and come back to the page that was wanted."""
    if as_json:
        sentence = "State what you are working on first: POST purpose=… to /purpose."
        return problem_page(desk, session, sentence, 403, as_json)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return to(f"/purpose?next={quote(here if request.method == 'GET' else '/leads')}")


def told_problem(desk: Desk, session: Session, path: str, problem: FelinarError, as_json: bool) -> Response:
    """Answer with the sentence of an error; what a role may not do, and too much reading, is logged first."""
    statuses = {Forbidden: 403, NotThere: 404, TooMany: 429, WorkspaceProblem: 503}
    status = statuses.get(type(problem), 400)
    if status in (403, 429):
        details = {"page": path, "role": session.role, "status": status}
        log(desk.workspace, "refused", details, who=session.name, purpose=session.purpose)
    return problem_page(desk, session, str(problem), status, as_json)


def problem_page(desk: Desk, session: Session | None, sentence: str, status: int, as_json: bool) -> Response:
    """Answer with a sentence on what is wrong."""
    if as_json:
        return as_data({"error": sentence}, status)
    return html(desk, session, "problem.html", {"sentence": sentence, "status": status}, status)
