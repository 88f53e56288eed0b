"""A pile built by hand: one call per advert, then `score`."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

import pyarrow as pa
import pytest

from felinar.ids import canonical_json, key_id
from felinar.score import score
from felinar.tables import BY_NAME

START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
INPUTS = ("adverts", "mentions", "keys", "links", "templates", "slot_values", "memberships", "operations", "images")


class Pile:
    """Rows of all tables; operations are small numbers, adverts are numbered from 1."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in INPUTS}

    def advert(self, operation: int, *, day: float | None = 0, job: bool = False, **given: Any) -> int:
        """Add one advert and return its id; lists of values become mentions, contacts and pictures become keys."""
        advert_id = len(self.rows["adverts"]) + 1
        row = {c.name: "" for c in BY_NAME["adverts"].columns if pa.types.is_string(c.type)}
        row |= {"advert_id": advert_id, "category": "job" if job else "service", "body": given.get("body", "text")}
        row |= {"posted_at": None if day is None else START + dt.timedelta(days=day)}
        row |= {k: given[k] for k in ("site", "category", "extra", "latitude", "longitude", "place_text") if k in given}
        self.rows["adverts"].append(row)
        self.rows["memberships"].append({"advert_id": advert_id, "operation_id": operation})
        for kind in ("name", "place", "price", "age", "url", "email", "phone", "handle", "wallet"):
            for value in given.get(kind, ()):
                self.mention(advert_id, kind, value, obscured=given.get("obscured", False))
        for indicator in given.get("phrase", ()):
            self.mention(advert_id, "phrase", indicator.lower(), evidence={"indicator": indicator, "language": "en"})
        for kind in ("phone", "email", "handle", "wallet", "picture", "near_duplicate"):
            for value in given.get(kind, ()):
                self.link(advert_id, kind, value, hub=given.get("hub", False))
        return advert_id

    def mention(self, advert_id: int, kind: str, value: str, **given: Any) -> None:
        """Add one mention."""
        row = {"advert_id": advert_id, "field": given.get("field", "body"), "start": len(self.rows["mentions"])}
        row |= {
            "kind": kind,
            "end": 0,
            "raw": value,
            "value": value,
            "display": value,
            "region": "",
            "extractor": "x/1",
        }
        row |= {"confidence": given.get("confidence", 90), "obscured": given.get("obscured", False)}
        row |= {"evidence": canonical_json(given.get("evidence", {}))}
        self.rows["mentions"].append(row)

    def link(self, advert_id: int, kind: str, value: str, hub: bool) -> None:
        """Add one link and, once, its key."""
        ids = {"key_kind": kind, "key_id": key_id(kind, value)}
        if not any(k["key_id"] == ids["key_id"] for k in self.rows["keys"]):
            counts = dict.fromkeys(("adverts", "contexts", "texts", "others", "sites", "epoch"), 1)
            self.rows["keys"].append({**ids, **counts, "value": value, "hub": hub, "evidence": "{}"})
        self.rows["links"].append({**ids, "advert_id": advert_id, "millibits": 9000, "evidence": "{}"})

    def bystanders(self, number: int = 40, first_operation: int = 1000, **given: Any) -> None:
        """Add operations of two plain adverts each, so that there is something usual to compare with."""
        for i in range(number):
            for day in (0, 20):
                self.advert(first_operation + i, day=day, phone=[f"+44770090{i:04d}"], name=[f"name{i}"], **given)

    def tables(self, shuffle: int | None = None) -> dict[str, pa.Table]:
        """Return all tables, with their rows in the order given or in a random one."""
        rows = {name: list(content) for name, content in self.rows.items()}
        if shuffle is not None:
            for content in rows.values():
                random.Random(shuffle).shuffle(content)
        return {name: BY_NAME[name].from_rows(content) for name, content in rows.items()}

    def score(self, shuffle: int | None = None) -> tuple[pa.Table, pa.Table]:
        """Return (hits, leads)."""
        return score(**self.tables(shuffle))

    def hit(self, operation: int, indicator: str) -> dict[str, Any] | None:
        """Return the hit of an indicator on an operation, its evidence read, or None."""
        for row in self.score()[0].to_pylist():
            if (row["operation_id"], row["indicator"]) == (operation, indicator):
                return {**row, "numbers": json.loads(row["evidence"])}
        return None

    def lead(self, operation: int) -> dict[str, Any] | None:
        """Return the lead of an operation, or None."""
        return next((r for r in self.score()[1].to_pylist() if r["operation_id"] == operation), None)


@pytest.fixture
def pile() -> Pile:
    """Return an empty pile."""
    return Pile()


@pytest.fixture
def crew(pile: Pile) -> Pile:
    """Return a pile with forty bystanders and operation 7: four names, one circuit, contacts that change."""
    pile.bystanders()
    towns = ("Leeds, GB", "Hull, GB", "York, GB")
    for stop, town in enumerate(towns):
        for name in ("ana", "bea", "cora", "dina"):
            pile.advert(
                7,
                day=stop * 20 + 1,
                name=[name],
                place=[town],
                phone=[f"+4416329600{stop:02d}", "+447700900999"],
                near_duplicate=["t1"],
                obscured=True,
                phrase=["ADV_THIRD_PERSON", "ADV_MOVEMENT"],
            )
    return pile
