"""Import: what waits in the inbox, what a run would make of a file, and how an import goes and what it brought."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from felinar.export.sentences import GATE
from felinar.web.imports import inbox
from felinar.web.imports.jobs import DONE, RUNNING, Job, State, job, jobs
from felinar.web.pages.leads import strongest_reason
from felinar.web.visit import File, Told, Visit

REJECTS = "rejects.jsonl"
REJECTS_SHOWN, LEADS_SHOWN, JOBS_SHOWN = 200, 20, 50
STEPS = (2, 3, 5, 10)  # seconds until the browser asks again, longer as a run goes on


def tell(visit: Visit) -> Told:
    """Return the files that wait, and the imports of before."""
    workspace = visit.desk.workspace
    found = jobs(workspace)[:JOBS_SHOWN]
    told = [_job(one, visit.desk.jobs.state(workspace, one)) for one in found]
    files = [dataclasses.asdict(one) for one in inbox.waiting(workspace)]
    data = {
        "waiting": files,
        "imports": told,
        "under_way": any(one["word"] == RUNNING for one in told),
        "largest": inbox.LARGEST_UPLOAD >> 20,
    }
    return Told(data, {"waiting": len(files)})


def tell_import(visit: Visit) -> Told:
    """Return how an import goes: its stage while it runs, then what came in, what was rejected, what was linked."""
    workspace = visit.desk.workspace
    one = job(workspace, visit.id("import_id"))
    state = visit.desk.jobs.state(workspace, one)
    data = _job(one, state) | {"progress": state.progress, "brought": None, "still": bool(visit.query.get("still"))}
    data["file_waits"] = one.file in {waiting.name for waiting in inbox.waiting(workspace)}
    if state.word == DONE and visit.published is not None:
        data["brought"] = _brought(visit, state)
    again = 0 if state.word != RUNNING or data["still"] else _pause(one)
    return Told(data, {"import": one.number, "state": state.word}, again=again)


def tell_rejects(visit: Visit) -> Told:
    """Return the rows that an import left out or mended, with the reasons; all of them as a file with `download`."""
    workspace = visit.desk.workspace
    one = job(workspace, visit.id("import_id"))
    run_id = (visit.desk.jobs.state(workspace, one).result.get("ingest") or {}).get("run_id", "")
    lines = list(_lines_of(workspace.folder / REJECTS, run_id))
    rejects = [json.loads(line) for line in lines[:REJECTS_SHOWN]]
    data = {"import_id": str(one.number), "file": one.file, "rejects": rejects, "in_all": len(lines)}
    name, asked = f"rejects-{one.number}.jsonl", visit.query.get("download")
    file = File(name, "application/jsonl", "".join(lines).encode()) if asked else None
    return Told(data, {"import": one.number, "rejects": len(lines)}, file)


def upload(visit: Visit) -> str:
    """Keep an uploaded file in the inbox, under a harmless name."""
    given = str(visit.form["name"])
    visit.log("import", {"upload": inbox.harmless(given)})
    name = inbox.keep(visit.desk.workspace, given, Path(str(visit.form["path"])))
    visit.session.notice = f"{name} is in the inbox."
    return _address(name)


def take_out(visit: Visit) -> str:
    """Delete a file of the inbox."""
    name = visit.text("name")
    visit.log("import", {"take out": name[: inbox.LONGEST_NAME]})
    inbox.take_out(visit.desk.workspace, name)
    visit.session.notice = f"{name} is deleted from the inbox. What was imported from it stays."
    return "/imports"


def _job(one: Job, state: State) -> dict[str, Any]:
    told = {"import_id": str(one.number), "file": one.file, "actor": one.actor, "purpose": one.purpose}
    told |= {"begun_at": one.begun_at, "source": one.source, "word": state.word, "said": state.said}
    return told | {"ingest": state.result.get("ingest"), "rows": state.result.get("rows")}


def _pause(one: Job) -> int:
    since = (datetime.now(UTC) - datetime.fromisoformat(one.begun_at)).total_seconds()
    return STEPS[min(len(STEPS) - 1, int(since // 20))]


def _brought(visit: Visit, state: State) -> dict[str, Any]:
    """Return what came of the adverts of an import, as its run told it; only what is still a lead is named."""
    told = state.result.get("brought") or {}
    hidden = visit.shelf.hidden(visit.desk.workspace, visit.reading)
    leads = [(i, came) for i, _, came in told.get("leads", []) if i in visit.shelf.by_operation and i not in hidden]
    return told | {"leads": [_lead(visit, *lead) for lead in leads[:LEADS_SHOWN]]}


def _lead(visit: Visit, operation_id: int, came: int) -> dict[str, Any]:
    lead = visit.shelf.by_operation[operation_id]
    why = GATE if lead["gate"] else strongest_reason(visit, lead)
    return {"operation_id": str(operation_id), "rank": lead["rank"], "adverts": came, "because": why}


def _lines_of(path: Path, run_id: str) -> Iterator[str]:
    """Yield the lines that one run wrote."""
    if run_id and path.is_file():
        mark = f'"run_id":"{run_id}"'
        with path.open(encoding="utf-8") as lines:
            yield from (line for line in lines if mark in line)


def _address(name: str) -> str:
    from urllib.parse import urlencode

    return "/imports/file?" + urlencode({"name": name})
