"""What a dossier is about: the operations of a lead or of a case, their adverts, and what people wrote beside them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from felinar.errors import FelinarError
from felinar.export.sentences import count
from felinar.store.cases import Exhibit, case, exhibits
from felinar.store.published import Published
from felinar.store.workspace import Workspace


@dataclass(frozen=True)
class Subject:
    """Operations and single adverts to tell of. `name` is `lead ID` or `case N`, `left_out` sentences on the rest."""

    name: str
    title: str
    operation_ids: tuple[int, ...]
    single_adverts: tuple[int, ...] = ()
    notes: list[dict[str, Any]] = field(default_factory=list)
    known_then: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def advert_ids(self, published: Published) -> list[int]:
        """Return the adverts in the order of their exhibits: operation by operation, oldest first, then single ones."""
        found = [row["advert_id"] for i in self.operation_ids for row in published.adverts_of_operation(i)]
        return list(dict.fromkeys([*found, *self.single_adverts]))


def lead(published: Published, operation_id: int, hidden: Collection[int]) -> Subject:
    """Return one operation as a subject; FelinarError for one that is not there or that a suppression keeps back."""
    if published.operation(operation_id) is None:
        raise FelinarError(f"There is no operation {operation_id}. See the leads with: felinar leads.")
    if operation_id in hidden:
        raise FelinarError(
            f"Operation {operation_id} is suppressed: it is not surfaced and not passed on. A supervisor lifts that: "
            "felinar watch suppressed."
        )
    return Subject(f"lead {operation_id}", f"Operation {operation_id}", (operation_id,))


def of_case(workspace: Workspace, published: Published, case_id: int, hidden: Collection[int]) -> Subject:
    """Return all exhibits of a case; operations that are suppressed or gone are left out, and a sentence says so."""
    held = case(workspace.desk, case_id)
    found = exhibits(workspace.desk, case_id)
    operations = [int(one.thing) for one in found if one.kind == "operation"]
    adverts = [int(one.thing) for one in found if one.kind == "advert"]
    there = [i for i in operations if published.operation(i) is not None]
    given = [i for i in there if i not in hidden]
    single = {row["advert_id"]: row for row in published.adverts(adverts)}
    told = [i for i in adverts if i in single and single[i]["operation_id"] not in hidden]
    gone = len(operations) - len(there) + len(adverts) - len(single)
    kept_back = len(there) - len(given) + len(single) - len(told)
    if not given and not told:
        raise FelinarError(f"Case {case_id} holds no operation or advert that can be passed on; nothing was written.")
    return Subject(
        f"case {case_id}",
        f"Case {case_id}: {held.name}",
        tuple(given),
        tuple(told),
        [{"text": one.thing, "actor": one.actor, "made_at": one.made_at} for one in found if one.kind == "note"],
        [_known_then(one) for one in found if one.kind != "note"],
        _left_out(gone, kept_back),
    )


def _known_then(one: Exhibit) -> dict[str, Any]:
    return {"exhibit_of_case": one.exhibit_id, one.kind: one.thing, "put_there": one.made_at, "known": one.known_then}


def _left_out(gone: int, kept_back: int) -> list[str]:
    said = []
    if gone:
        said.append(f"{count(gone, 'exhibit')} of the case are no longer there: a later run split or joined them.")
    if kept_back:
        said.append(f"{count(kept_back, 'exhibit')} of the case are suppressed and left out.")
    return said
