import json

import pytest

from felinar.audit import Contact, Event, events, log, report
from felinar.config import Config, write_config
from felinar.store.workspace import Workspace


def event(seq, action, actor="ana", purpose="case 1", details="{}", day=1):
    return Event(seq, f"2026-01-{day:02}T10:00:00Z", actor, action, purpose, details, "")


def test_an_ordinary_day_raises_no_question():
    assert report([event(n, "show") for n in range(149)], "the work") == []


def test_bulk_browsing_is_counted_by_person_and_day():
    looks = [event(n, "show", actor="ana" if n % 2 else "ben") for n in range(300)]
    assert [(f.what, f.who, f.events) for f in report(looks, "x")] == [
        ("bulk browsing", "ana", 150),
        ("bulk browsing", "ben", 150),
    ]
    assert report([event(n, "show", day=1 + n % 2) for n in range(200)], "x") == []


def test_searches_under_the_purpose_of_the_workspace_alone_are_named():
    found = report(
        [event(1, "search", purpose="the work"), event(2, "search"), event(3, "show", purpose="the work")], "the work"
    )
    assert [(f.what, f.events, f.first, f.last) for f in found] == [("no case", 1, 1, 1)]


def test_refusals_are_counted():
    assert [f.what for f in report([event(n, "refused") for n in range(3)], "x")] == ["refusals"]


@pytest.mark.parametrize(
    "shape",
    [
        lambda value: {"typed": value},
        lambda value: {"values": [value, value]},
        lambda value: {"values": [{"typed": value}]},
    ],
)
def test_a_value_looked_up_again_and_again_is_told_by_its_keyed_hash(tmp_path, shape):
    write_config(tmp_path, Config(name="w", purpose="the work"))
    workspace = Workspace.open(tmp_path)
    for _ in range(5):
        log(workspace, "search", shape(Contact("+447700900123")), who="ana", purpose="case 1")
    (found,) = report(events(workspace.desk), "the work")
    assert (found.what, found.who, found.events) == ("repeated look-up", "ana", 5)
    assert "7700900123" not in found.sentence


def test_what_left_the_house_is_counted_by_person_and_kind():
    def details(**given):
        return json.dumps(given)

    found = report(
        [
            event(1, "export", details=details(table="adverts")),
            event(2, "export", details=details(table="adverts")),
            event(3, "export", details=details(dossier="lead 1", permission={"kind": "waived"})),
            event(4, "export", details=details(dossier="lead 1", permission=None)),
            event(5, "export", actor="ben", details=details(dossier="lead 1", permission={"kind": "approved"})),
        ],
        "x",
    )
    assert [(f.who, f.sentence, f.first, f.last) for f in found if f.what == "left the house"] == [
        ("ana", "the whole table adverts (2 in all)", 1, 2),
        ("ana", "dossiers with identities, nobody else asked (1 in all)", 3, 3),
        ("ana", "dossiers under masks (1 in all)", 4, 4),
        ("ben", "dossiers with identities, approved (1 in all)", 5, 5),
    ]
