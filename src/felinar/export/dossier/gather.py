"""Gather what a dossier tells: the published rows, what people wrote, the original records; masked where it must be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from felinar import __version__
from felinar.audit.contact import keyed_hash, log_key
from felinar.export.dossier.exhibits import Source, exhibits
from felinar.export.dossier.masked_reading import MaskedReading
from felinar.export.dossier.masks import Masks
from felinar.export.dossier.page import Contents, Told, page
from felinar.export.dossier.permission import Permission
from felinar.export.dossier.sheets import sheets
from felinar.export.dossier.subject import Subject
from felinar.export.dossier.verify import EXHIBITS
from felinar.export.judged import judged_on_adverts
from felinar.export.told import gate_of
from felinar.export.told import operation as told_operation
from felinar.store.published import Row
from felinar.store.published_desk import DeskReading
from felinar.store.statuses import current, statuses
from felinar.store.visits import notes
from felinar.store.watches import Who
from felinar.store.workspace import Workspace

Files = dict[str, bytes]


@dataclass(frozen=True)
class Order:
    """What is to be made: `permission` None masks the identities; `to` is the name of the folder or file."""

    workspace: Workspace
    subject: Subject
    recipient: str
    who: Who
    permission: Permission | None
    to: str


@dataclass(frozen=True)
class Gathered:
    """All files but the log and the manifest, and what the manifest says of them."""

    files: Files
    about: dict[str, Any]
    made_with: dict[str, Any]


class Gatherer:
    """What is published and written on the subject, masked where the order has no permission."""

    def __init__(self, order: Order) -> None:
        self._order, self._masked = order, order.permission is None
        self._plain = DeskReading.at(order.workspace.published)
        self._masks, subject = Masks(), order.subject
        if self._masked:
            self._masks.gather(self._plain, subject.operation_ids, subject.single_adverts)
        self._told = MaskedReading.under(order.workspace.published, self._masks) if self._masked else self._plain
        self._adverts = subject.advert_ids(self._plain)
        self.ids = frozenset([*self._adverts, *subject.operation_ids])

    def __enter__(self) -> Gatherer:
        return self

    def __exit__(self, *problem: object) -> None:
        self._plain.close()
        self._told.close()

    def tells(self, details: str) -> bool:
        """Return whether the details of an event may be shown: under a mask, none that somebody's identity is in."""
        return not self._masked or self._masks.identifies_nobody(details)

    def gather(self) -> Gathered:
        """Return all files but the log and the manifest, and what the manifest says of them."""
        order, workspace = self._order, self._order.workspace
        secret = log_key(workspace.folder)
        rows = self._rows()
        gated = frozenset(r["advert_id"] for r in rows if gate_of(self._plain, r["operation_id"]))
        source = Source(workspace.originals, secret, given=not self._masked)
        found = exhibits(rows, source, gated if self._masked else frozenset())
        operations = [self._operation(i, secret) for i in order.subject.operation_ids]
        about, made_with = self._about(len(rows), len(gated)), self._made_with(rows)
        contents = Contents(
            self._told, [(row, self._said(row)) for row in self._operation_rows()], rows, found.rows, about, made_with,
            self._texts(order.subject.notes),
        )  # fmt: skip
        files = {
            "report.html": page(contents).encode("utf-8", "surrogatepass"),
            EXHIBITS: as_json({"exhibits": found.rows, "known_when_put_into_the_case": self._known_then()}),
            **sheets(found.rows, operations),
            **found.files,
        }
        return Gathered(files, about, made_with)

    def _rows(self) -> list[Row]:
        by_id = {row["advert_id"]: row for row in self._told.adverts(self._adverts)}
        return [by_id[i] for i in self._adverts]

    def _operation_rows(self) -> list[Row]:
        found = [self._told.operation(i) for i in self._order.subject.operation_ids]
        return [row for row in found if row is not None]

    def _operation(self, operation_id: int, secret: bytes) -> dict[str, Any]:
        """Return what the tables tell of an operation; each key with a digest that is the same in every dossier."""
        row = self._told.operation(operation_id) or {}
        told = told_operation(self._told, row)
        values = {label: value for (_, value), label in self._masks.labels.items()}
        for key in told["keys"]:
            value = values.get(key["value"], key["value"])
            key["digest"] = keyed_hash(secret, f"dossier {key['kind']} {value}")[:16]
        return told

    def _said(self, row: Row) -> Told:
        """Return what people wrote about an operation."""
        desk, own = self._order.workspace.desk, self._plain.adverts_of_operation(row["operation_id"])
        where = {advert["advert_id"]: row["operation_id"] for advert in own}
        status = current(statuses(desk), where).get(row["operation_id"])
        judged = [self._text(sentence) for sentence in judged_on_adverts(desk, list(where))]
        written = [vars(note) for note in notes(desk, row["operation_id"])]
        return Told(vars(status) if status else None, judged, self._texts(written))

    def _texts(self, written: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
        return [{**one, "text": self._text(one["text"])} for one in written]

    def _text(self, text: str) -> str:
        return self._masks.text(text) if self._masked else text

    def _known_then(self) -> list[dict[str, Any]]:
        """Return what was known when each thing was put into the case; under a mask only what names nobody."""
        known = self._order.subject.known_then
        return [{**one, "known": self._masks.data(one["known"])} for one in known] if self._masked else known

    def _about(self, adverts: int, gated: int) -> dict[str, Any]:
        order = self._order
        left_out = list(order.subject.left_out)
        if gated and self._masked:
            left_out.append(f"{gated:,} adverts stand behind the gate possible minor; nothing of their text is here.")
        return {
            "dossier": order.subject.name,
            "title": order.subject.title,
            "recipient": order.recipient,
            "purpose": order.who.purpose,
            "made_by": order.who.actor,
            "masked": self._masked,
            "permission": vars(order.permission) if order.permission else None,
            "adverts": adverts,
            "to": order.to,
            "left_out": left_out,
        }

    def _made_with(self, rows: list[Row]) -> dict[str, Any]:
        facts = self._plain.facts
        hits = [hit for i in self._order.subject.operation_ids for hit in self._plain.hits(i)]
        return {
            "felinar": __version__,
            "generation": facts["generation"],
            "epoch": facts["epoch"],
            "cut_off": facts.get("cut_off", ""),
            "adverts_in_the_pile": facts["adverts"],
            "extractors": sorted({m["extractor"] for row in rows for m in row["mentions"]}),
            "indicators": sorted({f"{hit['indicator']}/{hit['version']}" for hit in hits}),
        }


def as_json(value: Any) -> bytes:
    """Return JSON for people and programs: sorted, a line for each value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "surrogatepass")
