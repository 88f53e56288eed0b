"""Judging, statuses, notes and undo, as the buttons of the pages send them."""

import re

import pytest

from felinar.audit import events
from felinar.store.judgements import judgements
from felinar.store.statuses import statuses


@pytest.fixture
def lead(ana):
    """The first lead, in full."""
    return ana.json(f"/leads/{ana.leads[0]['operation_id']}.json")


@pytest.fixture
def pair(lead):
    """The advert that the others of its group are compared with, and one of them."""
    reference = lead["evidence"]["reference"]
    return [reference, next(row["advert_id"] for row in lead["evidence"]["rows"] if row["advert_id"] != reference)]


def said_on(ana, path="/leads"):
    """What the next page says about the last action."""
    found = re.search(r'<p class="said[^>]*>(.*?)</p>', ana.get(path).text)
    return found[1] if found else ""


@pytest.mark.parametrize("verdict", ["same", "unsure", "different"])
def test_two_adverts_are_judged_under_name_and_purpose(ana, desk, pair, verdict):
    answer = ana.post("/judge", said=f"advert {pair[0]} {pair[1]} {verdict}", reason="one bag", back="/hubs")
    assert answer.headers["location"] == "/hubs"
    (kept,) = judgements(desk.workspace.desk)
    assert (kept.scope, kept.verdict, kept.actor, kept.reason) == ("advert", verdict, "ana", "one bag")
    assert {kept.left, kept.right} == set(pair)
    assert kept.purpose == "case 2026-17"
    assert f"Judgement 1: {verdict}." in said_on(ana)
    assert said_on(ana) == ""


def test_a_contradiction_is_refused_with_a_sentence_on_the_page(ana, desk, pair):
    ana.post("/judge", said=f"advert {pair[0]} {pair[1]} same")
    ana.post("/judge", said=f"advert {pair[1]} {pair[0]} different")
    assert "contradicts it" in said_on(ana)
    assert len(judgements(desk.workspace.desk)) == 1


def test_a_key_is_judged_and_its_value_stays_out_of_the_log(ana, desk, lead):
    key = next(key for key in lead["keys"] if key["kind"] == "phone")
    ana.post("/judge", said=f"key {key['key_id']} hub")
    (kept,) = judgements(desk.workspace.desk)
    assert (kept.left, kept.right, kept.verdict) == ("phone", key["value"], "hub")
    assert key["value"].lstrip("+") not in events(desk.workspace.desk)[-1].details
    assert "Judgement 1" in ana.get(f"/keys/{key['key_id']}").text


def test_two_operations_are_judged_with_the_adverts_that_they_hold(ana, desk):
    left, right = (lead["operation_id"] for lead in ana.leads[:2])
    ana.post("/judge", said=f"operation {left} {right} same", back=f"/leads/{left}")
    (kept,) = judgements(desk.workspace.desk)
    assert kept.scope == "operation"
    assert '"left":[' in kept.adverts
    assert "Judgement 1" in ana.get(f"/leads/{left}").text


@pytest.mark.parametrize(
    "said", ["", "advert", "advert 1 2 same", "advert x y same", "key 1 hub", "person 1 2 same", "advert 1 2", "key"]
)
def test_what_cannot_be_judged_is_refused_with_a_sentence(ana, desk, said):
    assert ana.post("/judge", said=said).status_code == 303
    assert judgements(desk.workspace.desk) == []
    assert said_on(ana) != ""


def test_a_status_takes_a_lead_off_the_queue_and_undo_brings_it_back(ana, desk, lead):
    operation = lead["operation_id"]
    ana.post("/status", operation=operation, status="referred", reason="told the unit", back="/leads")
    assert "is now: referred" in said_on(ana)
    assert operation not in [one["operation_id"] for one in ana.json("/leads.json")["leads"]]
    referred = ana.json("/leads.json?state=referred")["leads"]
    assert [(one["operation_id"], one["status_by"]) for one in referred] == [(operation, "ana")]
    ana.post("/undo")
    assert statuses(desk.workspace.desk) == []
    assert operation in [one["operation_id"] for one in ana.json("/leads.json")["leads"]]


def test_undo_takes_back_the_last_thing_first_and_only_ones_own(ana, person, desk, lead, pair):
    ana.post("/judge", said=f"advert {pair[0]} {pair[1]} same")
    ana.post("/status", operation=lead["operation_id"], status="parked")
    person("analyst", name="ben").post("/undo")
    assert (len(judgements(desk.workspace.desk)), len(statuses(desk.workspace.desk))) == (1, 1)
    ana.post("/undo")
    assert (len(judgements(desk.workspace.desk)), len(statuses(desk.workspace.desk))) == (1, 0)
    ana.post("/undo")
    assert judgements(desk.workspace.desk) == []
    ana.post("/undo")
    assert "nothing of yours" in said_on(ana)


def test_an_unknown_status_is_refused(ana, desk, lead):
    ana.post("/status", operation=lead["operation_id"], status="guilty")
    assert statuses(desk.workspace.desk) == []
    assert "no status called" in said_on(ana)


def test_a_note_stands_beside_the_lead(ana, lead):
    ana.post("/note", operation=lead["operation_id"], text="called the <b>unit</b>")
    page = ana.get(f"/leads/{lead['operation_id']}").text
    assert "called the &lt;b&gt;unit&lt;/b&gt;" in page
    ana.post("/note", operation=lead["operation_id"], text="  ")
    assert "needs 1 to 10,000" in said_on(ana)


def test_an_action_is_in_the_log_before_it_is_written(ana, desk, pair, monkeypatch):
    def broken(*_, **__):
        from felinar.errors import WorkspaceProblem

        raise WorkspaceProblem("the disk is full")

    monkeypatch.setattr("felinar.web.visit.log", broken)
    ana.post("/judge", said=f"advert {pair[0]} {pair[1]} same")
    ana.post("/status", operation="1", status="spam")
    assert judgements(desk.workspace.desk) == []
    assert statuses(desk.workspace.desk) == []


def test_a_judgement_shows_at_once_in_the_group(ana, lead, pair):
    operation = lead["operation_id"]
    ana.post("/judge", said=f"advert {pair[0]} {pair[1]} different")
    told = ana.json(f"/leads/{operation}.json")
    assert [row["advert_id"] for row in told["evidence"]["rows"] if row["verdict"] == "different"] == [pair[1]]
    assert "split from the next run on" in told["pending"][0]
    assert "Judged different from the reference" in ana.get(f"/leads/{operation}").text
    ana.post("/undo")
    assert ana.json(f"/leads/{operation}.json")["pending"] == []


def test_operations_judged_the_same_name_each_other_over_a_chain(ana):
    one, two, three = (lead["operation_id"] for lead in ana.leads[:3])
    ana.post("/judge", said=f"operation {one} {two} same")
    ana.post("/judge", said=f"operation {three} {two} same")
    assert ana.json(f"/leads/{one}.json")["joined"] == sorted((two, three), key=int)
    queue = {lead["operation_id"]: lead["pending"] for lead in ana.leads}
    assert all("they are one from the next run on" in queue[name][0] for name in (one, two, three))
