"""Filters that are kept under a name, what is new since the last visit, and the alerts that the queue tells of."""

import re
import sqlite3

import pytest

from felinar.store.saved_filters import filters
from felinar.store.watches import Look, Who, acknowledge, add_alert, add_watch, alerts, count_open, is_open


def test_a_filter_is_kept_shared_and_withdrawn(ana, person, desk):
    answer = ana.post("/filters/save", name=" referred  ones ", state="referred", new="1", shared="1")
    assert answer.headers["location"] == "/leads?state=referred&new=1"
    ana.post("/filters/save", name="mine alone", site="a.example")
    ben = person("viewer", name="ben")
    assert [one["name"] for one in ana.json("/leads.json")["kept"]] == ["mine alone", "referred ones"]
    (shown,) = ben.json("/leads.json")["kept"]
    assert (shown["name"], shown["owner"], shown["mine"]) == ("referred ones", "ana", False)
    assert ben.json("/leads.json?" + shown["address"].partition("?")[2])["wanted"]["state"] == "referred"
    ben.post("/filters/withdraw", filter=str(shown["filter_id"]))
    assert "You keep no filter" in ben.session.refused
    ana.post("/filters/withdraw", filter=str(shown["filter_id"]))
    assert ben.json("/leads.json")["kept"] == []
    assert [one.name for one in filters(desk.workspace.desk, "ana")] == ["mine alone"]


def test_a_name_is_used_once_by_each_person_and_again_after_it_was_withdrawn(ana, person):
    for someone in (ana, ana, person("analyst", name="ben")):
        someone.post("/filters/save", name="x", state="spam")
    assert "already" in ana.session.refused
    (kept,) = ana.json("/leads.json")["kept"]
    ana.post("/filters/withdraw", filter=str(kept["filter_id"]))
    ana.post("/filters/save", name="x", state="scam")
    (kept,) = ana.json("/leads.json")["kept"]
    assert kept["address"] == "/leads?state=scam"


@pytest.mark.parametrize("name", ["", "  ", "n" * 61])
def test_a_name_that_is_none_is_refused(ana, desk, name):
    ana.post("/filters/save", name=name, state="spam")
    assert "a name of 1 to 60" in ana.session.refused
    assert filters(desk.workspace.desk, "ana") == []


@pytest.mark.parametrize("number", ["", "x", "7", "-1", "9" * 40])
def test_a_filter_that_is_none_cannot_be_withdrawn(ana, number):
    assert ana.post("/filters/withdraw", filter=number).status_code == 303
    assert ana.session.refused


def test_a_kept_filter_is_never_changed(ana, desk):
    ana.post("/filters/save", name="x", state="spam")
    with sqlite3.connect(desk.workspace.desk) as connection:
        for sql in ("UPDATE saved_filters SET name = 'y'", "DELETE FROM saved_filters"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                connection.execute(sql)
    connection.close()


def test_new_since_my_last_visit_keeps_what_i_have_not_opened_and_what_grew(ana, desk):
    from felinar.store.visits import add_visit

    first, second, *_ = (lead["operation_id"] for lead in ana.leads)
    ana.get(f"/leads/{first}")
    ana.get(f"/leads/{second}")
    new = [lead["operation_id"] for lead in ana.json("/leads.json?state=all&new=1")["leads"]]
    assert first not in new
    assert second not in new
    add_visit(desk.workspace.desk, "ana", int(second), [1])
    (grown,) = [lead for lead in ana.json("/leads.json?state=all&new=1")["leads"] if lead["operation_id"] == second]
    assert grown["new_adverts"] == grown["adverts"] - 1


def test_the_queue_tells_of_alerts_until_they_are_acknowledged(ana, person, desk):
    path, who = desk.workspace.desk, Who("ana", "case 1", "test")
    watch = add_watch(path, "contact", "{}", who, owner="ana", review_on="2999-01-01", first=Look(1, (1,), (), {}))
    for look in (Look(2, (2,), (3,), {"place": ["Leeds"]}), Look(3, (), (4,), {})):
        add_alert(path, watch, look, after=alerts(path)[-1].alert_id)
    assert count_open(path) == sum(map(is_open, alerts(path))) == 1
    assert re.search(r'href="/watches#alerts">1 new alert<', ana.get("/leads").text)
    assert person("viewer").json("/leads.json")["new_alerts"] == 0, "who may not watch is told of no alert"
    acknowledge(path, next(alert.alert_id for alert in alerts(path) if is_open(alert)), who)
    assert "new alert" not in ana.get("/leads").text
