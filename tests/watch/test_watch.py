"""Watches over the small world, published again and again: backwards at once, forwards after every run."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from felinar.audit import events, verify
from felinar.cli import felinar
from felinar.errors import FelinarError
from felinar.ids import key_id
from felinar.search.refused import Refused
from felinar.store.index import FOLDER
from felinar.store.index_documents import ADVERT_COLUMNS, MENTION_COLUMNS
from felinar.store.index_write import Piece, write_index
from felinar.store.published import publish
from felinar.store.watches import Who, acknowledge, alerts, change_watch, is_open, watches
from felinar.tables import BY_NAME
from felinar.watch.check import check, watch

WHO = Who("anna", "case 1", "asked for")


def published_again(workspace, small, more=(), generation=2):
    """Publish the small world with further adverts: (advert id, like which one, what is other)."""
    tables = {name: table.to_pylist() for name, table in small.world().items()}
    for advert_id, like, other in more:
        phone = other.pop("phone", None)
        for name in ("adverts", "memberships", "links", "sightings"):
            rows = [{**row, "advert_id": advert_id} for row in tables[name] if row["advert_id"] == like]
            for row in rows:
                row.update({k: v for k, v in other.items() if k in row})
                if phone and row.get("key_kind") == "phone" and row["millibits"]:
                    row["key_id"] = key_id("phone", phone)
            tables[name] += rows
    made = {name: BY_NAME[name].from_rows(rows) for name, rows in tables.items()}
    adverts, mentions = made["adverts"].select(ADVERT_COLUMNS), made["mentions"].select(MENTION_COLUMNS)
    write_index(workspace.folder / FOLDER, [Piece(str(generation), adverts.num_rows, lambda: (adverts, mentions))])
    publish(workspace.published, made, generation=generation)


def later(small, days):
    return small.START + timedelta(days=days)


def test_a_contact_is_matched_backwards_at_once_and_in_any_notation_once(workspace):
    added = watch(workspace, "07700 900123", WHO)
    assert added.adverts == 3
    assert check(workspace) == []
    with pytest.raises(FelinarError, match="already watches this"):
        watch(workspace, "07700-900-123", WHO)


def test_a_run_that_brings_something_new_makes_one_alert_that_says_what(workspace, small):
    watch(workspace, "+44 7700 900123", WHO)
    again = {"posted_at": later(small, 90)}
    published_again(workspace, small, [(41, 11, again), (42, 11, {**again, "place_text": "Goole"})])
    (alert,) = check(workspace)
    assert (alert.adverts, alert.reposts, alert.news) == ((42,), (41,), {"place": ["Goole"]})
    assert check(workspace) == []


def test_a_mere_re_post_makes_no_alert_and_is_not_asked_about_again(workspace, small):
    watch(workspace, "key:" + str(key_id("near_duplicate", "13")), WHO)
    published_again(workspace, small, [(43, 13, {"posted_at": later(small, 90)})])
    assert check(workspace) == []
    assert [alert.reposts for alert in alerts(workspace.desk)] == [(), (43,)]
    published_again(workspace, small, [(43, 13, {"posted_at": later(small, 90)})], generation=3)
    check(workspace)
    assert len(alerts(workspace.desk)) == 2


def test_words_are_watched_and_nobody_behind_the_gate_is_found_by_them(workspace, small):
    pytest.importorskip("tantivy", reason="words are searched with the package tantivy (extra desk)")
    published_again(workspace, small)
    assert watch(workspace, "massage -derby", WHO).adverts == 4
    assert watch(workspace, "secretname", WHO).adverts == 0
    published_again(workspace, small, [(44, 14, {"place_text": "Goole"}), (45, 31, {})], generation=3)
    (alert,) = check(workspace)
    assert alert.adverts == (44,)


@pytest.mark.parametrize("typed", ["17 years old", "massage age 15", "sixteen years old leeds"])
def test_an_age_under_18_is_never_watched(workspace, typed):
    with pytest.raises(Refused):
        watch(workspace, typed, WHO)
    assert watches(workspace.desk) == []


def test_of_an_advert_behind_the_gate_only_its_being_there_is_told(workspace, small):
    watch(workspace, "+44 7700 900789", WHO)
    published_again(workspace, small, [(46, 31, {"place_text": "Secretplace"})])
    (alert,) = check(workspace)
    assert (alert.adverts, alert.news) == ((46,), {})
    done = CliRunner().invoke(felinar, ["--workspace", str(workspace.folder), "watch", "check"])
    assert "report first" in done.stdout
    assert "Secretplace" not in done.stdout


def test_an_alert_is_acknowledged_once(workspace, small):
    watch(workspace, "+44 7700 900123", WHO)
    published_again(workspace, small, [(47, 11, {"place_text": "Goole"})])
    (alert,) = check(workspace)
    acknowledge(workspace.desk, alert.alert_id, WHO)
    assert not any(map(is_open, alerts(workspace.desk)))
    with pytest.raises(FelinarError, match="no open alert"):
        acknowledge(workspace.desk, alert.alert_id, WHO)


def test_a_watch_that_ended_or_rests_gives_no_alert_and_a_renewed_one_misses_nothing(workspace, small, monkeypatch):
    one, two = watch(workspace, "+44 7700 900123", WHO), watch(workspace, "+44 7700 900456", WHO)
    change_watch(workspace.desk, one.watch_id, "ended", WHO)
    published_again(workspace, small, [(48, 11, {"place_text": "Goole"}), (49, 14, {"place_text": "Goole"})])
    with monkeypatch.context() as patch:
        patch.setattr("felinar.watch.check.today", lambda: "2999-01-01")
        assert check(workspace) == []
    change_watch(workspace.desk, two.watch_id, "renewed", WHO, review_on="2999-01-02")
    assert [alert.adverts for alert in check(workspace)] == [(49,)]
    with pytest.raises(FelinarError, match="goes on"):
        change_watch(workspace.desk, one.watch_id, "renewed", WHO)


@pytest.mark.parametrize("given", ["tomorrow", "2020-01-01", "2999-01-01"])
def test_a_review_lies_within_a_year(workspace, given):
    with pytest.raises(FelinarError, match="day"):
        watch(workspace, "+44 7700 900123", WHO, review_on=given)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("!!", "nothing to watch"), ("key:1", "no group"), ("advert:999", "no advert"), ("x y " * 40, "search")],
)
def test_what_cannot_be_watched_is_said(workspace, typed, says):
    with pytest.raises(FelinarError, match=says):
        watch(workspace, typed, WHO)


def test_the_commands_work_from_the_first_watch_to_its_end_and_log_no_contact(workspace, small):
    def call(*arguments):
        options = ["--workspace", str(workspace.folder), "--json", "watch", *arguments]
        return json.loads(CliRunner().invoke(felinar, options, catch_exceptions=False).stdout)

    assert call("add", "07700 900123", "--reason", "case 1")["adverts"] == 3
    published_again(workspace, small, [(50, 11, {"place_text": "Goole"})])
    (alert,) = call("check")
    assert "new place Goole" in alert["said"]
    assert alert["operations"] == ["100"]
    call("acknowledge", str(alert["alert_id"]), "--reason", "read")
    assert call("check") == []
    assert call("list")[0]["adverts"] == 4
    call("renew", "1", "--reason", "goes on")
    call("end", "1", "--reason", "done")
    assert call("list") == []
    assert call("list", "--all")[0]["state"] == "ended"
    assert not any("7700" in event.details for event in events(workspace.desk))
    verify(workspace.desk)
