"""What people judged holds in the next run and in all later ones, until they withdraw it."""

from __future__ import annotations

import json

import pytest

from felinar.pipeline import ingest, run
from felinar.store.judgements import add_judgement, withdraw_judgement
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace

WHO = {"actor": "tester", "purpose": "test", "reason": "seen by eye"}
WORDS = (
    "quiet garden behind the old mill",
    "fresh flowers on every table here",
    "we bring towels and warm oil along",
    "parking is free behind the market hall",
    "ask about the early morning visits",
    "second floor above the corner bakery",
)


def delivery(folder, name, rows):
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def advert(number, phone):
    return {
        "id": str(number),
        "site": f"{number % 3}.example",
        "text": f"{WORDS[number % 6]}, number {number}, {phone}",
    }


@pytest.fixture
def workspace(tmp_path):
    """Three adverts with one number, three with another, and thirty that share nothing."""
    rows = [advert(n, "call 07700 900123") for n in range(3)]
    rows += [advert(n, "call 07700 900456") for n in range(3, 6)]
    rows += [{"id": f"x{n}", "text": f"Ironing in street {n}, 07700 900{500 + n}"} for n in range(30)]
    made = Workspace.open(tmp_path / "w", "test")
    ingest(made, [delivery(tmp_path, "a.jsonl", rows)])
    run(made)
    return made


def by_source_id(workspace):
    """Return {source_id: (advert_id, operation_id)}."""
    lake = Lake(workspace.tables)
    operation = {m["advert_id"]: m["operation_id"] for m in lake.read("memberships").to_pylist()}
    return {a["source_id"]: (a["advert_id"], operation[a["advert_id"]]) for a in lake.read("adverts").to_pylist()}


def together(workspace, *names):
    now = by_source_id(workspace)
    return len({now[name][1] for name in names}) == 1


def members(workspace, operation_id):
    return [advert_id for advert_id, operation in by_source_id(workspace).values() if operation == operation_id]


def test_adverts_judged_different_stay_apart_in_every_later_run(workspace, tmp_path):
    assert together(workspace, "0", "1", "2")
    before = by_source_id(workspace)
    number = add_judgement(
        workspace.desk, scope="advert", left=before["0"][0], right=before["1"][0], verdict="different", **WHO
    )
    run(workspace)
    assert not together(workspace, "0", "1")
    ingest(workspace, [delivery(tmp_path, "b.jsonl", [advert(9, "call 07700 900123")])])
    for full in (False, True):
        run(workspace, full=full)
        assert not together(workspace, "0", "1")
    withdraw_judgement(workspace.desk, number, actor="tester", purpose="test", reason="a mistake")
    run(workspace)
    assert together(workspace, "0", "1", "2", "9")


def test_a_key_judged_a_hub_links_nothing_until_the_judgement_is_withdrawn(workspace):
    [key] = [k for k in Lake(workspace.tables).read("keys").to_pylist() if k["value"].endswith("7700900123")]
    number = add_judgement(workspace.desk, scope="key", left="phone", right=key["value"], verdict="hub", **WHO)
    run(workspace)
    lake = Lake(workspace.tables)
    assert [k["hub"] for k in lake.read("keys").to_pylist() if k["key_id"] == key["key_id"]] == [True]
    links = [link for link in lake.read("links").to_pylist() if link["key_id"] == key["key_id"]]
    assert [link["millibits"] for link in links] == [0, 0, 0]
    assert not together(workspace, "0", "1")
    assert together(workspace, "3", "4", "5")
    withdraw_judgement(workspace.desk, number, actor="tester", purpose="test", reason="a mistake")
    run(workspace)
    assert together(workspace, "0", "1", "2")


def operations_judged(workspace, verdict):
    now = by_source_id(workspace)
    left, right = now["0"][1], now["3"][1]
    return add_judgement(
        workspace.desk, scope="operation", left=left, right=right, verdict=verdict,
        left_adverts=members(workspace, left), right_adverts=members(workspace, right), **WHO,
    )  # fmt: skip


def test_operations_judged_the_same_are_joined_and_fall_apart_when_it_is_withdrawn(workspace):
    before = by_source_id(workspace)
    number = operations_judged(workspace, "same")
    run(workspace)
    assert together(workspace, "0", "1", "2", "3", "4", "5")
    withdraw_judgement(workspace.desk, number, actor="tester", purpose="test", reason="a mistake")
    run(workspace)
    assert together(workspace, "0", "1", "2")
    assert not together(workspace, "0", "3")
    assert {by_source_id(workspace)[n][1] for n in "03"} & {before[n][1] for n in "03"}


def test_operations_judged_different_stay_apart_when_a_new_advert_shows_both_numbers(workspace, tmp_path):
    bridge = [{"id": f"b{n}", "text": f"{WORDS[n]} {n}, 07700 900123 or 07700 900456"} for n in range(4)]
    number = operations_judged(workspace, "different")
    ingest(workspace, [delivery(tmp_path, "b.jsonl", bridge)])
    run(workspace)
    assert not together(workspace, "0", "3")
    assert not together(workspace, "2", "5")
    withdraw_judgement(workspace.desk, number, actor="tester", purpose="test", reason="a mistake")
    run(workspace)
    assert together(workspace, "0", "3")


def test_operations_untouched_by_a_judgement_keep_their_ids(workspace):
    before = by_source_id(workspace)
    add_judgement(workspace.desk, scope="advert", left=before["0"][0], right=before["1"][0], verdict="different", **WHO)
    run(workspace)
    after = by_source_id(workspace)
    assert {n: after[n] for n in before if n not in "012"} == {n: before[n] for n in before if n not in "012"}
