"""Cutting an operation at its weakest link, and joining two: shown first, then judged, then done by the next run."""

import pytest

from felinar.pipeline import ingest, run
from felinar.store.judgements import judgements
from felinar.store.workspace import Workspace
from felinar.web.desk import Desk


def advert(number, text, contact, posted):
    return {
        "id": f"a{number}",
        "site": f"site{number % 3}.example",
        "posted": f"2026-01-{posted:02}",
        "title": text.split()[0],
        "text": f"{text} call {contact}",
        "city": "Leeds" if number < 6 else "York",
        "country": "GB",
    }


ONE = "Relaxing massage in a calm room near the park with warm towels and quiet music every single day"
OTHER = "Deep cleaning for flats and offices, own equipment, careful team, weekly or monthly, fair prices"


@pytest.fixture
def bridged(tmp_path):
    """A workspace with two groups of adverts, each with a number of its own, tied by one advert that shows both."""
    import json

    rows = [advert(n, ONE, "07700 900123", n + 1) for n in range(6)]
    rows += [advert(n, OTHER, "07700 900456", n + 1) for n in range(6, 12)]
    rows[5]["text"] += " or 07700 900456"
    file = tmp_path / "adverts.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    workspace = Workspace.open(tmp_path / "bridged", "test")
    ingest(workspace, [file])
    run(workspace)
    return workspace


@pytest.fixture
def analyst(bridged, person):
    return type(person("analyst"))(Desk(bridged), "analyst")


def operations(analyst):
    """The operations of all adverts, by the adverts' own ids."""
    found = {}
    for number in range(12):
        answer = analyst.json(f"/search.json?q=a{number}")
        told = analyst.json(f"/adverts/{answer['adverts'][0]['advert_id']}.json")
        found[number] = told["operation_id"]
    return found


@pytest.fixture
def whole(analyst):
    """The one operation that holds all adverts."""
    (operation,) = set(operations(analyst).values())
    return operation


def what(operation, shown):
    """What the button of the page sends."""
    return {
        "operation": operation,
        "at": shown["chosen"],
        "part": shown["new_id"],
        "adverts": shown["leaving"]["count"],
    }


def test_the_lead_page_names_the_place_at_which_the_split_page_cuts_first(analyst, whole, ana):
    for person, operation in ((analyst, whole), *((ana, one["operation_id"]) for one in ana.leads[:12])):
        lead, cut = (person.json(f"/leads/{operation}{page}.json") for page in ("", "/split"))
        if cut["cut"] is None:
            assert lead["weakest_link"] == ""
            continue
        bridge, check = cut["cut"]["bridges"][0], lead["weakest_link_check"]
        assert len(check["smaller_side"]) == bridge["smaller"]
        assert f"{bridge['smaller']:,} advert" in lead["weakest_link"]
        marked = {node["key_id"] for node in (lead["network"] or {"nodes": []})["nodes"] if node["weakest"]}
        named = {key["key_id"] for key in bridge["keys"]}
        assert not marked or marked >= named
        here, there = check["compare"]
        assert here in check["smaller_side"]
        assert there not in check["smaller_side"]


def test_of_an_operation_too_large_to_look_for_it_the_page_says_what_the_run_noted(analyst, whole, monkeypatch):
    monkeypatch.setattr("felinar.web.bridges.LOOKED_FOR_UP_TO", 5)
    lead = analyst.json(f"/leads/{whole}.json")
    assert lead["weakest_link_check"]["as_joined"] is True
    assert lead["weakest_link"].startswith("weakest where")
    assert "Look for it, and split" in analyst.get(f"/leads/{whole}").text


def test_every_bridge_can_be_looked_at_and_another_than_the_weakest_be_cut(analyst, bridged, whole):
    first = analyst.json(f"/leads/{whole}/split.json")["cut"]
    assert len(first["bridges"]) > 1
    assert [key["name"] for key in first["bridges"][0]["keys"]] == ["+447700900456"]
    last = len(first["bridges"]) - 1
    other = analyst.json(f"/leads/{whole}/split.json?at={last}")["cut"]
    assert other["chosen"] == last
    assert other["leaving"] != first["leaving"]
    assert analyst.json(f"/leads/{whole}/split.json?at=99")["cut"]["chosen"] == last
    analyst.post("/split", **what(whole, other))
    (kept,) = judgements(bridged.desk)
    assert {kept.left, kept.right} == {whole, other["new_id"]}


def test_a_cut_is_shown_judged_and_made_by_the_next_run_as_it_was_shown(analyst, bridged, whole):
    shown = analyst.json(f"/leads/{whole}/split.json")["cut"]
    leaving = {one["source_id"] for one in shown["leaving"]["adverts"]}
    staying = {one["source_id"] for one in shown["staying"]["adverts"]}
    assert leaving | staying == {f"a{n}" for n in range(12)}
    assert leaving.isdisjoint(staying)
    page = analyst.get(f"/leads/{whole}/split").text
    assert "No advert of one side will be in one operation" in page
    answer = analyst.post("/split", **what(whole, shown), back=f"/leads/{whole}")
    assert answer.headers["location"] == f"/leads/{whole}"
    (kept,) = judgements(bridged.desk)
    assert (kept.scope, kept.verdict, {kept.left, kept.right}) == ("operation", "different", {whole, shown["new_id"]})
    assert "split from the next run on" in analyst.json(f"/leads/{whole}.json")["pending"][0]
    run(bridged, full=True)
    after = operations(analyst)
    assert {f"a{n}" for n, operation in after.items() if operation == whole} == staying
    assert {f"a{n}" for n, operation in after.items() if operation == shown["new_id"]} == leaving


def test_a_cut_is_taken_back_by_undo(analyst, bridged, whole):
    shown = analyst.json(f"/leads/{whole}/split.json")["cut"]
    analyst.post("/split", **what(whole, shown))
    analyst.post("/undo")
    assert judgements(bridged.desk) == []
    assert analyst.json(f"/leads/{whole}.json")["pending"] == []


def test_a_cut_that_is_not_the_one_that_was_shown_is_refused(analyst, bridged, whole):
    shown = analyst.json(f"/leads/{whole}/split.json")["cut"]
    right = what(whole, shown)
    for wrong in ({"adverts": 1}, {"part": "7"}, {"part": ""}, {"operation": "1"}, {"operation": "x"}, {"at": "x"}):
        analyst.post("/split", **right | wrong)
    assert judgements(bridged.desk) == []


def test_a_cut_through_what_was_judged_the_same_meanwhile_is_refused_and_no_longer_offered(analyst, bridged, whole):
    shown = analyst.json(f"/leads/{whole}/split.json")["cut"]
    pair = [shown[side]["adverts"][0]["advert_id"] for side in ("leaving", "staying")]
    analyst.post("/judge", said=f"advert {pair[0]} {pair[1]} same")
    analyst.post("/split", **what(whole, shown), back="/hubs")
    assert "changed the two sides" in analyst.get("/hubs").text
    assert len(judgements(bridged.desk)) == 1
    again = analyst.json(f"/leads/{whole}/split.json")["cut"]
    assert all(len(bridge["keys"]) > 1 for bridge in again["bridges"]), "the number that held the groups is not cut"


def test_two_parts_are_compared_joined_and_are_one_after_the_next_run(analyst, bridged, whole):
    shown = analyst.json(f"/leads/{whole}/split.json")["cut"]
    analyst.post("/split", **what(whole, shown))
    run(bridged, full=True)
    parts = sorted(set(operations(analyst).values()))
    assert len(parts) == 2
    told = analyst.json(f"/compare.json?left={parts[0]}&right={parts[1]}")
    assert told["for"]
    assert told["shared"]
    assert told["path"]
    assert told["verdict"] == "different"
    analyst.post("/undo")
    back = f"/compare?left={parts[0]}&right={parts[1]}"
    analyst.post("/judge", said=f"operation {parts[0]} {parts[1]} same", back=back)
    assert "they are one from the next run on" in analyst.json(f"/leads/{parts[0]}.json")["pending"][0]
    run(bridged, full=True)
    assert len(set(operations(analyst).values())) == 1


def test_strangers_have_nothing_for_them_and_something_against(ana):
    one, other = (lead["operation_id"] for lead in ana.leads[:2])
    told = ana.json(f"/compare.json?left={one}&right={other}")
    assert told["against"]
    assert "No contact of one stands on an advert of the other." in told["against"] or told["shared"]
    page = ana.get(f"/compare?left={one}&right={other}").text
    for sentence in (*told["for"], *told["against"]):
        assert sentence.replace("'", "&#39;") in page


def test_an_operation_is_not_compared_with_itself_or_with_what_is_not_there(ana):
    one = ana.leads[0]["operation_id"]
    assert ana.get(f"/compare?left={one}&right={one}").status_code == 400
    for other in ("1", "x", "9" * 30):
        assert ana.get(f"/compare?left={one}&right={other}").status_code == 404
    assert ana.get("/compare").status_code == 200


def test_each_step_of_a_path_can_be_judged(ana, desk):
    lead = ana.json(f"/leads/{ana.leads[0]['operation_id']}.json")
    one, other = (lead["evidence"]["rows"][i]["advert_id"] for i in (0, -1))
    step = ana.get("/path.json", params={"from": one, "to": other}).json()["steps"][0]
    ana.post("/judge", said=f"advert {step['advert_id']} {step['next_advert_id']} unsure")
    again = ana.get("/path.json", params={"from": one, "to": other}).json()["steps"][0]
    assert (step["verdict"], again["verdict"]) == ("", "unsure")
    assert 'aria-pressed="true"' in ana.get("/path", params={"from": one, "to": other}).text
