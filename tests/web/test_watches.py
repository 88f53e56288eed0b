"""Watching and suppressing, as the pages send them, and the words that the search page finds."""

import re

import pytest

from felinar.audit import events


@pytest.fixture
def lead(ana):
    return ana.json(f"/leads/{ana.leads[0]['operation_id']}.json")


@pytest.fixture
def phone(lead):
    return next(key["value"] for key in lead["keys"] if key["kind"] == "phone")


def said_on(person):
    found = re.search(r'<p class="said[^>]*>(.*?)</p>', person.get("/hubs").text)
    return found[1] if found else ""


def test_a_contact_is_watched_backwards_at_once_and_ended(ana, desk, phone):
    ana.post("/watch", what=phone, reason="seen in case 4", back="/watches")
    assert "Watch 1" in said_on(ana)
    (watch,) = ana.json("/watches.json")["watches"]
    assert (watch["owner"], watch["reason"], watch["state"]) == ("ana", "seen in case 4", "goes on")
    assert watch["adverts"] > 0
    assert phone.lstrip("+") not in "".join(event.details for event in events(desk.workspace.desk))
    ana.post("/watch/change", change="renew 1")
    ana.post("/watch/change", change="end 1")
    assert ana.json("/watches.json")["watches"][0]["state"] == "ended"
    ana.post("/watch/change", change="end 1")
    assert "no watch 1 that goes on" in said_on(ana)


@pytest.mark.parametrize("change", ["", "acknowledge", "acknowledge 9", "burn 1", "end x"])
def test_what_cannot_be_changed_is_refused_with_a_sentence(ana, change):
    assert ana.post("/watch/change", change=change, reason="x").status_code == 303
    assert said_on(ana) != ""


def test_a_suppressed_contact_leaves_the_queue_until_it_is_lifted(ana, person, lead, phone):
    boss, operation = person("supervisor", name="eva"), lead["operation_id"]
    boss.post("/suppress", what=phone)
    assert "needs a reason" in said_on(boss)
    for key in [key["value"] for key in lead["keys"] if key["kind"] == "phone"]:
        boss.post("/suppress", what=key, reason="talked to them")
    hidden = [state for state in boss.json("/watches.json")["suppressions"] if state["operations"]]
    still = [one["operation_id"] for one in ana.leads]
    assert (operation in still) is (hidden == [])
    for state in boss.json("/watches.json")["suppressions"]:
        boss.post("/suppress", lift=str(state["suppression_id"]), reason="reviewed")
    assert operation in [one["operation_id"] for one in ana.leads]
    assert ana.json("/watches.json")["suppressions"] == []


def test_words_are_found_with_the_places_where_they_stand(published, person):
    from felinar.web.desk import Desk

    pytest.importorskip("tantivy")
    reader = type(person())(Desk(published), "analyst")
    title = reader.json(f"/leads/{reader.leads[0]['operation_id']}.json")["evidence"]["rows"][0]["title"]
    word = max(re.findall(r"[^\W\d]+", title), key=len)
    told = reader.get("/search.json", params={"q": word}).json()["words"]
    hits = [p["text"] for a in told["found"] for s in a["snippets"] for p in s["pieces"] if p["hit"]]
    assert word.casefold() in {hit.casefold() for hit in hits}
    assert f"<mark>{hits[0]}</mark>" in reader.get("/search", params={"q": word}).text


def test_a_search_for_a_young_age_is_refused_and_logged(published, person):
    from felinar.web.desk import Desk

    reader = type(person())(Desk(published), "analyst", name="eve")
    answer = reader.get("/search", params={"q": "massage 16 years old"})
    assert answer.status_code == 400
    last = events(published.desk)[-1]
    assert (last.actor, last.action) == ("eve", "refused")
