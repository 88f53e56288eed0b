"""Import of one file: what a run would make of it, how a person has it read, and the beginning of the run."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from felinar.config import Config, write_config
from felinar.errors import FelinarError
from felinar.store.workspace import Workspace
from felinar.web.imports import apart, inbox
from felinar.web.visit import Told, Visit

if TYPE_CHECKING:
    from felinar.sources import Mapping

# What reads files is loaded when the first one is looked at: the desk starts without it.
LONGEST_SOURCE, LONGEST_BASIS, MOST_MONTHS = 60, 200, 120


def tell(visit: Visit) -> Told:
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
        "fields": _fields(),
        "orders": _orders(),
        "legal_basis": config.legal_basis,
        "retention_months": config.retention_months,
    }
    return Told(data, {"file": name, "rows": look["read"], "rejected": look["rejected"]})


def begin(visit: Visit) -> str:
    """Begin to import a file, read as the form says; the basis and the time of keeping are written down first."""
    workspace, name = visit.desk.workspace, visit.text("name")
    path = inbox.find(workspace, name)
    source = _source(visit.text("source"))
    mapping = _mapping(visit, path, source)
    visit.log("import", {"file": name, "bytes": path.stat().st_size, "source": source, "chosen": mapping is not None})
    _settle(visit)
    number = visit.desk.jobs.begin(workspace, path, source=source, mapping=mapping, who=visit.who)
    return f"/imports/{number}"


def _mapping(visit: Visit, path: Path, source: str) -> Mapping | None:
    """Return what a person chose; None where it is what the names say, which also reads columns of later rows."""
    from felinar.web.imports.look import as_mapping

    chosen = _chosen(visit.form.getlist("column"), visit.form.getlist("field"))
    asked = {"fields": chosen, "dates": _dates(visit.text("dates")), "category": _category(visit.text("category"))}
    look = apart.look(path, {}, "auto", "", source)
    by_names = _chosen([one["name"] for one in look["columns"]], [one["field"] for one in look["columns"]])
    natural = {"fields": by_names, "dates": "auto", "category": look["category"]}
    return as_mapping(asked) if asked != natural else None


def _settle(visit: Visit) -> None:
    """Write down the legal basis and how long the data is kept, where they are stated anew."""
    config = visit.desk.workspace.config
    basis = " ".join(visit.text("legal_basis").split())[:LONGEST_BASIS] or config.legal_basis
    months = visit.text("retention_months") or str(config.retention_months)
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


def _chosen(columns: list[Any], fields: list[Any]) -> dict[str, list[str]]:
    """Return field -> columns as a person chose them, empty where nothing was chosen."""
    found: dict[str, list[str]] = {}
    known = _fields()
    for column, field in zip(map(str, columns), map(str, fields), strict=False):
        if field in known:
            found.setdefault(field, []).append(column)
    return found


def _category(text: str) -> str:
    return text if text in ("job", "service") else ""


def _fields() -> list[str]:
    from felinar.sources.names import KNOWN

    return list(KNOWN)


def _orders() -> tuple[str, ...]:
    from felinar.sources.mapping import ORDERS

    return ORDERS


def _dates(text: str) -> str:
    return text if text in _orders() else "auto"


def _source(text: str) -> str:
    return " ".join(text.split())[:LONGEST_SOURCE]
