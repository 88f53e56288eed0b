"""A batch gives what making everything anew within the same epoch gives: every table, row for row."""

from __future__ import annotations

import contextlib
import json
import random
import shutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from felinar.ids import canonical_json
from felinar.link.selector import selectors
from felinar.pipeline import ingest, remade, run
from felinar.pipeline.carried import GROUPS, LATER, SETTING, SHOWN, file_name, rules
from felinar.store.judgements import ContradictionError, add_judgement, judgements, withdraw_judgement
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace
from felinar.tables import ALL

# An example takes seconds; making a failing one smaller would take minutes.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
WHO = {"actor": "tester", "purpose": "test", "reason": "seen by eye"}
# Few numbers, texts and accounts, so that batches join, split and bring hubs about.
NUMBERS = [f"07700 900{n}" for n in range(100, 112)] + ["+44 7700 900105", "7700 900107"]
SAID = (
    "quiet garden behind the old mill, fresh flowers on every table, ask about the early morning visits",
    "towels and warm oil brought along, parking is free behind the market hall, second floor at the bakery",
    "ironing and curtains washed by hand, collected on Monday and brought back on Thursday, no extra charge",
    "lessons of piano for beginners in your own home, patient and cheerful, first hour is half the price",
    "hedges cut and lawns mown all over town, garden waste is taken away, tell us when it suits you best",
)


def advert(number, draw):
    text = draw.choice(SAID) if draw.random() < 0.7 else f"Sewing and mending, house {number}, ring twice please"
    numbers = " ".join(draw.sample(NUMBERS, draw.choice((0, 1, 1, 1, 2))))
    row = {"id": str(number), "site": f"{number % 3}.example", "country": "GB"}
    row |= {"text": f"{text} {number} {numbers}", "posted_at": f"2025-01-{draw.randrange(1, 29):02d}T10:00:00Z"}
    row |= {"city": draw.choice(("Leeds", "Hull", "York")), "price": draw.choice(("", "80 GBP", "90 GBP"))}
    row |= {"category": draw.choice(("service", "service", "job", ""))}
    row |= {"user_id": str(draw.randrange(9))} if draw.random() < 0.3 else {}
    return row | ({"images": [f"{draw.randrange(9)}.jpg"]} if draw.random() < 0.3 else {})


def bring(workspace, folder, rows):
    path = folder / "batch.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ingest(workspace, [path])


def judge(workspace, draw):
    """Say something at random of two adverts or of a number, or take it back."""
    held = judgements(workspace.desk)
    if held and draw.random() < 0.4:
        withdraw_judgement(workspace.desk, draw.choice(held).judgement_id, **WHO)
        return
    lake = Lake(workspace.tables)
    phones = [key["value"] for key in lake.read("keys").to_pylist() if key["key_kind"] == "phone"]
    if phones and draw.random() < 0.4:
        said = {
            "scope": "key",
            "left": "phone",
            "right": draw.choice(phones),
            "verdict": draw.choice(("hub", "not a hub")),
        }
    else:
        left, right = draw.sample(sorted(lake.read("adverts", ["advert_id"])["advert_id"].to_pylist()), 2)
        said = {"scope": "advert", "left": left, "right": right, "verdict": draw.choice(("same", "different"))}
    if not any((j.scope, j.left, j.right) == (said["scope"], str(said["left"]), str(said["right"])) for j in held):
        with contextlib.suppress(ContradictionError):
            add_judgement(workspace.desk, **said, **WHO)


def tables_of(workspace):
    """Return the rows of every derived table, by name, in the order of its key."""
    lake = Lake(workspace.tables)
    brought = ("adverts", "sightings", "images", "pictures", "mentions")
    return {table.name: table.sort(lake.read(table.name)) for table in ALL if table.name not in brought}


def made_anew(workspace, folder):
    """Return the tables of a copy in which nothing was carried over but what the epoch froze of the texts."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(workspace.folder, folder)
    copy = Workspace.existing(folder)
    lake = Lake(copy.tables)
    if file_name("text_epoch_texts") in lake.manifest().tables:
        files = {file_name(name): [] for name in (*SHOWN, *LATER, GROUPS, "text_epoch_adverts")}
        files["slot_values"] = []  # made again from the templates, which the epoch froze
        lake.commit(files, settings={SETTING: canonical_json({"rules": rules(), "adverts": []})})
    run(copy)
    return tables_of(copy), lake.manifest().epoch


@settings(
    max_examples=2, deadline=None, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6), sizes=st.lists(st.integers(1, 9), min_size=2, max_size=2))
def test_batches_and_judgements_give_what_a_rebuild_in_the_same_epoch_gives(tmp_path, seed, sizes):
    draw = random.Random(seed)
    shutil.rmtree(tmp_path / "w", ignore_errors=True)
    workspace = Workspace.open(tmp_path / "w", "test")
    number = 0
    for size in [40, *sizes]:
        bring(workspace, tmp_path, [advert(number + i, draw) for i in range(size)])
        number += size
        anew = made_anew(workspace, tmp_path / "anew")
        run(workspace)
        assert (tables_of(workspace), Lake(workspace.tables).manifest().epoch) == anew
        judge(workspace, draw)
    assert all(Lake(workspace.tables).read(name).num_rows for name in ("hits", "operations"))


@pytest.fixture
def pile(tmp_path):
    """Forty adverts that share nothing, read in one run."""
    workspace = Workspace.open(tmp_path / "w", "test")
    bring(
        workspace, tmp_path, [{"id": f"x{n}", "text": f"Sewing in street {n}, 07700 900{500 + n}"} for n in range(40)]
    )
    run(workspace)
    return workspace


def test_a_batch_is_read_alone_and_begins_no_epoch_until_the_pile_has_grown_by_a_quarter(pile, tmp_path, monkeypatch):
    asked = []

    def counted(adverts, *rest):
        asked.append(adverts.num_rows)
        return selectors(adverts, *rest)

    monkeypatch.setattr("felinar.pipeline.stages.selectors", counted)
    for size, epoch in ((4, 1), (5, 1), (3, 2)):
        bring(pile, tmp_path, [{"id": f"{size}-{n}", "text": f"Piano in street {size} {n}"} for n in range(size)])
        assert run(pile).epoch == epoch
    assert asked == [4, 5, 3]


def test_a_number_that_becomes_a_hub_in_a_batch_is_taken_back(pile, tmp_path):
    line = "07700 900999"
    bring(pile, tmp_path, [{"id": f"a{n}", "country": "GB", "text": f"Hedges cut, {line}"} for n in range(2)])
    run(pile)
    assert len(operations_of(pile, "a")) == 1
    rows = [{"id": f"b{n}", "country": "GB", "text": f"{t} {line}, 07700 9001{n}0"} for n, t in enumerate(SAID)]
    bring(pile, tmp_path, rows)
    run(pile)
    [key] = [key for key in Lake(pile.tables).read("keys").to_pylist() if key["value"].endswith("900999")]
    assert key["hub"]
    assert len(operations_of(pile, "b")) == len(SAID)


def operations_of(workspace, prefix):
    lake = Lake(workspace.tables)
    ids = {a["advert_id"] for a in lake.read("adverts").to_pylist() if a["source_id"].startswith(prefix)}
    return {m["operation_id"] for m in lake.read("memberships").to_pylist() if m["advert_id"] in ids}


def test_only_what_a_batch_ties_together_is_resolved_and_scored_again(pile, tmp_path, monkeypatch):
    looked_at = []
    for name in ("resolve_again", "score"):
        stage = getattr(remade, name)

        def counted(*tables, stage=stage, **more):
            looked_at.append((more["adverts"] if "adverts" in more else tables[0]).num_rows)
            return stage(*tables, **more)

        monkeypatch.setattr(remade, name, counted)
    bring(pile, tmp_path, [{"id": "y", "text": "Sewing in street 7, 07700 900507"}, {"id": "z", "text": "Tea for two"}])
    run(pile)
    assert looked_at == [3, 3]  # the two new ones, and the one that shows the same number
    run(pile)
    assert looked_at[2:] == [0, 0]


def test_another_version_of_the_rules_begins_an_epoch(pile, monkeypatch):
    assert run(pile).epoch == 1
    monkeypatch.setattr("felinar.pipeline.usual.RULES", "other rules")
    assert run(pile).epoch == 2
