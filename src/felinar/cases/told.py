"""Cases and exhibits as data: what was known when a thing was put there, and what became of it since."""

from __future__ import annotations

from collections import Counter
from typing import Any

from felinar.store.cases import Case, Exhibit
from felinar.store.published import Published


def case_told(case: Case, exhibits: int) -> dict[str, Any]:
    """Return a case as data, with its state in a word and the number of its exhibits."""
    return {**vars(case), "state": "closed" if case.closed else "open", "exhibits": exhibits}


def exhibit_told(exhibit: Exhibit, published: Published) -> dict[str, Any]:
    """Return an exhibit as data, with sentences on what it was then and is now."""
    names = ("exhibit_id", "kind", "thing", "actor", "purpose", "reason", "made_at")
    told = {name: getattr(exhibit, name) for name in names}
    says = {"operation": _operation, "advert": _advert}.get(exhibit.kind)
    then, now = says(exhibit, published) if says else ("", "")
    return told | {"then": then, "now": now}


def _operation(exhibit: Exhibit, published: Published) -> tuple[str, str]:
    known = exhibit.known_then
    adverts = list(map(int, known["adverts"]))
    then = f"{_count(len(adverts))}, {'rank ' + str(known['rank']) if known['rank'] else 'no lead'}"
    where = Counter(row["operation_id"] for row in published.plain_adverts(adverts))
    here = where.pop(int(exhibit.thing), 0)
    row = published.operation(int(exhibit.thing))
    said = [f"{_count(row['adverts'])}" if row else "no longer there"]
    if row and row["adverts"] > here:
        said.append(f"{row['adverts'] - here} new")
    moved = sorted(where.items(), key=lambda one: (-one[1], one[0] or 0))
    said += [f"{_count(n)} now in operation {operation}" for operation, n in moved[:3]]
    if len(adverts) > here + sum(where.values()):
        said.append(f"{len(adverts) - here - sum(where.values())} erased")
    return then, "; ".join(said)


def _advert(exhibit: Exhibit, published: Published) -> tuple[str, str]:
    then = f"in operation {exhibit.known_then['operation'] or 'of its own'}"
    row = next(iter(published.plain_adverts([int(exhibit.thing)])), None)
    return then, f"in operation {row['operation_id']}" if row else "no longer there"


def _count(adverts: int) -> str:
    return f"{adverts:,} advert{'' if adverts == 1 else 's'}"
