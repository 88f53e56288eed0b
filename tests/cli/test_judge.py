"""`felinar judge`: written with name and reason, logged first, refused where it contradicts, obeyed by the next run."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from felinar.audit import events
from felinar.cli import felinar
from felinar.errors import FelinarError
from felinar.pipeline import ingest, run
from felinar.store.judgements import judgements
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace

LINE = "+447700900123"
WHY = ("--reason", "seen by eye")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Three adverts with one number, three with another, and thirty that share nothing."""
    said = ("Ironing in the old mill street", "Quiet garden work after noon", "Towels and curtains washed by hand")
    rows = [{"id": str(n), "text": f"{text}, call 07700 900123"} for n, text in enumerate(said)]
    rows += [{"id": str(n), "text": f"Gardens and hedges, plot {n}, 07700 900456"} for n in range(3, 6)]
    rows += [{"id": f"x{n}", "text": f"Lessons of piano, house {n}, 07700 900{500 + n}"} for n in range(30)]
    folder = tmp_path_factory.mktemp("judged")
    file = folder / "a.jsonl"
    file.write_text("".join(json.dumps({**row, "country": "GB"}) + "\n" for row in rows), encoding="utf-8")
    made = Workspace.open(folder / "w", "case 7")
    ingest(made, [file])
    run(made)
    return made.folder


@pytest.fixture
def workspace(finished, tmp_path):
    """A copy of it to judge in."""
    return Workspace.existing(shutil.copytree(finished, tmp_path / "w"))


@pytest.fixture
def call(workspace, monkeypatch):
    monkeypatch.setenv("FELINAR_ACTOR", "ana")

    def answer(*arguments):
        options = ["--workspace", str(workspace.folder), "--json", *arguments]
        done = CliRunner().invoke(felinar, options, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return answer


def operation_of(workspace, source_id):
    lake = Lake(workspace.tables)
    [advert] = [a["advert_id"] for a in lake.read("adverts").to_pylist() if a["source_id"] == source_id]
    return next(m["operation_id"] for m in lake.read("memberships").to_pylist() if m["advert_id"] == advert)


def test_adverts_judged_different_are_apart_after_the_next_run_and_show_says_who_and_why(call, workspace):
    said = call("judge", "different", "0", "1", *WHY)
    assert said["sentence"].endswith(f"do not belong together (ana, {said['made_at'][:10]}: seen by eye).")
    assert said["purpose"] == "case 7"
    run(workspace)
    assert operation_of(workspace, "0") != operation_of(workspace, "1")
    for thing in ("advert:0", str(operation_of(workspace, "1"))):
        assert call("show", thing)["judgements"] == [said["sentence"]]
    assert call("show", "advert:3")["judgements"] == []


def test_operations_judged_the_same_are_one_after_the_next_run_and_two_again_when_it_is_withdrawn(call, workspace):
    left, right = operation_of(workspace, "0"), operation_of(workspace, "3")
    said = call("judge", "same", f"operation:{left}", f"operation:{right}", *WHY)
    assert "(3 adverts then)" in said["sentence"]
    run(workspace)
    assert operation_of(workspace, "0") == operation_of(workspace, "3")
    call("judge", "withdraw", "1", *WHY)
    run(workspace)
    assert operation_of(workspace, "0") != operation_of(workspace, "3")


def test_a_key_judged_a_hub_links_nothing_and_its_page_names_the_judgement(call, workspace):
    said = call("judge", "hub", LINE, *WHY)
    assert f"phone {LINE} is a hub and links nothing" in said["sentence"]
    run(workspace)
    assert len({operation_of(workspace, name) for name in "012"}) == 3
    assert call("show", LINE)["judgements"] == [said["sentence"]]
    assert "was judged" in call("show", LINE)["because"]


def test_the_list_holds_what_was_not_withdrawn_and_all_of_it_when_asked(call):
    call("judge", "unsure", "0", "3", *WHY)
    call("judge", "not-a-hub", LINE, *WHY)
    call("judge", "withdraw", "1", *WHY)
    assert [j["judgement_id"] for j in call("judge", "list")] == [2]
    everything = call("judge", "list", "--all")
    assert [j["verdict"] for j in everything] == ["unsure", "not a hub", "withdrawn"]
    assert "judgement 1 no longer holds" in everything[2]["sentence"]


def test_a_judgement_is_logged_before_it_is_written_and_a_number_stands_there_as_its_keyed_hash(call, workspace):
    call("judge", "hub", LINE, *WHY)
    [event] = [e for e in events(workspace.desk) if e.action == "judge"]
    assert event.actor == "ana"
    assert event.at < judgements(workspace.desk)[0].made_at
    assert LINE not in event.details
    assert json.loads(event.details)["verdict"] == "hub"


def test_a_contradiction_is_refused_with_a_sentence_also_between_adverts_and_operations(call, workspace):
    call("judge", "different", "0", "3", *WHY)
    left, right = operation_of(workspace, "0"), operation_of(workspace, "3")
    with pytest.raises(FelinarError, match=r"Judgement 1 \(ana, .* says 'different' of advert .* Withdraw that one"):
        call("judge", "same", f"operation:{left}", f"operation:{right}", *WHY)
    assert len(judgements(workspace.desk)) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["same", "advert:0", LINE], "'same' is said of two adverts or of two operations"),
        (["same", "advert:0", "advert:0"], "needs two different ids"),
        (["hub", "advert:0"], "Only a key can be a hub"),
        (["withdraw", "9"], "no judgement 9 that still holds"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_a_sentence(call, workspace, arguments, says):
    with pytest.raises(FelinarError, match=says):
        call("judge", *arguments, *WHY)
    assert judgements(workspace.desk) == []


def test_a_judgement_needs_a_reason(call):
    with pytest.raises(FelinarError, match="needs a reason"):
        call("judge", "same", "0", "1", "--reason", " ")
