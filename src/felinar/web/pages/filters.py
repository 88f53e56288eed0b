"""The filters of the queue: which there are, how they stand in an address, and those that are kept under a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from felinar.errors import FelinarError
from felinar.store.saved_filters import add_filter, filters, withdraw_filter
from felinar.web.shelf import FACETS
from felinar.web.visit import Visit

FIELDS = (*FACETS, "state", "new")
# What the person has not decided yet; the queue begins with these.
TO_READ = "to read"
LONGEST_VALUE = 200


def address(wanted: dict[str, str], start: int = 0) -> str:
    """Return the address of the queue with these filters, from this lead on."""
    given = {name: value for name, value in wanted.items() if value and (name, value) != ("state", TO_READ)}
    return "/leads?" + urlencode(given | ({"start": str(start)} if start > 0 else {}))


def kept(visit: Visit) -> list[dict[str, Any]]:
    """Return the filters that this person keeps or that others share, with the address of each."""
    name = visit.session.name
    return [
        {
            "filter_id": one.filter_id,
            "name": one.name,
            "owner": one.owner,
            "shared": one.shared,
            "mine": one.owner == name,
            "address": address({field: str(one.wanted.get(field, "")) for field in FIELDS}),
        }
        for one in filters(visit.desk.workspace.desk, name)
    ]


def save(visit: Visit) -> str:
    """Keep the filters of the queue under a name, for oneself or for all."""
    wanted = {field: value for field in FIELDS if (value := _text(visit, field))}
    name, shared = _text(visit, "name"), bool(_text(visit, "shared"))
    visit.log("filter", {"keep": name, "shared": shared, "filters": wanted})
    add_filter(visit.desk.workspace.desk, name, wanted, shared=shared, **visit.who)
    visit.session.notice = f"The filter '{name}' is kept."
    return address(wanted)


def withdraw(visit: Visit) -> str:
    """Keep a filter no longer."""
    number = _text(visit, "filter")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise FelinarError("Nothing was withdrawn: the page sent no filter.")
    visit.log("filter", {"withdraw": int(number)})
    name = withdraw_filter(visit.desk.workspace.desk, int(number), **visit.who)
    visit.session.notice = f"The filter '{name}' is withdrawn."
    return "/leads"


def _text(visit: Visit, name: str) -> str:
    return visit.text(name)[:LONGEST_VALUE]
