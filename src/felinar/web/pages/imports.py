"""Import: what waits in the inbox, what a run would make of a file, and how an import goes and what it brought."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from felinar.config import Config, write_config
from felinar.errors import FelinarError
from felinar.export.sentences import GATE
from felinar.sources.mapping import ORDERS, Mapping
from felinar.sources.names import KNOWN
from felinar.store.workspace import Workspace
from felinar.web.imports import apart, inbox
from felinar.web.imports.jobs import DONE, RUNNING, Job, State, job, jobs
from felinar.web.imports.look import as_mapping
from felinar.web.pages.leads import strongest_reason
from felinar.web.visit import File, Told, Visit

REJECTS = "rejects.jsonl"
REJECTS_SHOWN, LEADS_SHOWN, JOBS_SHOWN = 200, 20, 50
LONGEST_SOURCE, LONGEST_BASIS, MOST_MONTHS = 60, 200, 120
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


def tell_file(visit: Visit) -> Told:
    """Return what a run would make of a file of the inbox: its columns, its first adverts, and what is wrong."""
    name = visit.query.get("name", "")
    path = inbox.find(visit.desk.workspace, name)
    chosen = _chosen(visit.query.getlist("column"), visit.query.getlist("field"))
    dates, category = _dates(visit.query.get("dates", "")), _category(visit.query.get("category", ""))
    source = _source(visit.query.get("source", ""))
    look = apart.look(path, chosen, dates, category, source)
    ids = [int(one) for one in look.pop("advert_ids")]
    look["known"] = len(visit.published.where(ids)) if visit.published else 0
    look["share_rejected"] = look["rejected"] / max(1, look["read"] + look["rejected"])
    config = visit.desk.workspace.config
    data = {
        "name": name,
        "size": path.stat().st_size,
        "look": look,
        "chosen": bool(chosen),
        "source": source,
        "fields": list(KNOWN),
        "orders": ORDERS,
        "legal_basis": config.legal_basis,
        "retention_months": config.retention_months,
    }
    return Told(data, {"file": name, "rows": look["read"], "rejected": look["rejected"]})


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
    file = File(f"rejects-{one.number}.jsonl", "application/jsonl", "".join(lines).encode())
    return Told(data, {"import": one.number, "rejects": len(lines)}, file if visit.query.get("download") else None)


def upload(visit: Visit) -> str:
    """Keep an uploaded file in the inbox, under a harmless name."""
    given = str(visit.form["name"])
    visit.log("import", {"upload": inbox.harmless(given)})
    name = inbox.keep(visit.desk.workspace, given, Path(str(visit.form["path"])))
    visit.session.notice = f"{name} is in the inbox."
    return _address(name)


def begin(visit: Visit) -> str:
    """Begin to import a file, read as the form says; the basis and the time of keeping are written down first."""
    workspace, name = visit.desk.workspace, _text(visit, "name")
    path = inbox.find(workspace, name)
    source = _source(_text(visit, "source"))
    mapping = _mapping(visit, path, source)
    visit.log("import", {"file": name, "bytes": path.stat().st_size, "source": source, "chosen": mapping is not None})
    _settle(visit)
    number = visit.desk.jobs.begin(workspace, path, source=source, mapping=mapping, who=visit.who)
    return f"/imports/{number}"


def _mapping(visit: Visit, path: Path, source: str) -> Mapping | None:
    """Return what a person chose; None where it is what the names say, which also reads columns of later rows."""
    chosen = _chosen(visit.form.getlist("column"), visit.form.getlist("field"))
    asked = {"fields": chosen, "dates": _dates(_text(visit, "dates")), "category": _category(_text(visit, "category"))}
    look = apart.look(path, {}, "auto", "", source)
    by_names = _chosen([one["name"] for one in look["columns"]], [one["field"] for one in look["columns"]])
    natural = {"fields": by_names, "dates": "auto", "category": look["category"]}
    return as_mapping(asked) if asked != natural else None


def take_out(visit: Visit) -> str:
    """Delete a file of the inbox."""
    name = _text(visit, "name")
    visit.log("import", {"take out": name[: inbox.LONGEST_NAME]})
    inbox.take_out(visit.desk.workspace, name)
    visit.session.notice = f"{name} is deleted from the inbox. What was imported from it stays."
    return "/imports"


def _settle(visit: Visit) -> None:
    """Write down the legal basis and how long the data is kept, where they are stated anew."""
    config = visit.desk.workspace.config
    basis = " ".join(_text(visit, "legal_basis").split())[:LONGEST_BASIS] or config.legal_basis
    months = _text(visit, "retention_months") or str(config.retention_months)
    if not (months.isascii() and months.isdigit() and 1 <= int(months[:9]) <= MOST_MONTHS):
        raise FelinarError(f"Data is kept for 1 to {MOST_MONTHS} months; '{months[:20]}' is no such number.")
    new = dataclasses.replace(config, legal_basis=basis, retention_months=int(months))
    if new != config:
        visit.log("settings", _changed(config, new))
        write_config(visit.desk.workspace.folder, new)
        visit.desk.workspace = Workspace.existing(visit.desk.workspace.folder)


def _changed(old: Config, new: Config) -> dict[str, Any]:
    before = dataclasses.asdict(old)
    return {name: value for name, value in dataclasses.asdict(new).items() if value != before[name]}


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


def _chosen(columns: list[Any], fields: list[Any]) -> dict[str, list[str]]:
    """Return field -> columns as a person chose them, empty where nothing was chosen."""
    found: dict[str, list[str]] = {}
    for column, field in zip(map(str, columns), map(str, fields), strict=False):
        if field in KNOWN:
            found.setdefault(field, []).append(column)
    return found


def _category(text: str) -> str:
    return text if text in ("job", "service") else ""


def _dates(text: str) -> str:
    return text if text in ORDERS else "auto"


def _source(text: str) -> str:
    return " ".join(text.split())[:LONGEST_SOURCE]


def _address(name: str) -> str:
    from urllib.parse import urlencode

    return "/imports/file?" + urlencode({"name": name})


def _text(visit: Visit, name: str) -> str:
    given = visit.form.get(name, "")
    return given if isinstance(given, str) else ""
