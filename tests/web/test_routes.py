"""Every page and every action, for every role: who may, who may not, and what the log says of it."""

import pytest

from felinar.access.roles import ROLES
from felinar.audit import KIND_OF, KINDS, events
from felinar.store.cases import add_exhibit, open_case
from felinar.store.watches import Who
from felinar.store.workspace import Workspace
from felinar.web.routes import ACTS, PAGES

HTML = {page.path: page for page in PAGES}


def case_with(workspace, operation_id):
    """Open a case that holds this operation and return its number."""
    who = Who("ana", "case 1", "a test")
    number = open_case(workspace.desk, "Ring", who)
    add_exhibit(workspace.desk, number, "operation", operation_id, {"adverts": [], "rank": 1}, who)
    return str(number)


@pytest.fixture
def addresses(person, imported):
    """An address for every page of the table, with ids of this world."""
    ana = person("analyst")
    lead = ana.json(f"/leads/{ana.leads[0]['operation_id']}.json")
    ids = {
        "{operation_id:int}": lead["operation_id"],
        "{advert_id:int}": lead["evidence"]["rows"][0]["advert_id"],
        "{key_id:int}": lead["keys"][0]["key_id"],
        "{import_id:int}": imported,
        "{case_id:int}": case_with(ana.desk.workspace, lead["operation_id"]),
        "/imports/file": "/imports/file?name=adverts.jsonl",
    }

    def filled(path):
        for name, value in ids.items():
            path = path.replace(name, value)
        return path

    return {page.path: filled(page.path) for page in PAGES}


def twin_of(address):
    path, mark, query = address.partition("?")
    return f"{path}.json{mark}{query}"


def test_every_page_answers_the_roles_that_may_and_refuses_the_others(person, role, addresses):
    visitor = person(role)
    for path, page in HTML.items():
        for address in (addresses[path], twin_of(addresses[path])):
            expected = 200 if page.may in ROLES[role] else 403
            assert visitor.get(address).status_code == expected, address


def test_no_page_opens_a_file_of_the_pipeline(person, addresses, desk, monkeypatch):
    """There is no folder of tables beside this desk, and none is looked for: only a run makes and reads them."""
    monkeypatch.setattr(Workspace, "tables", property(lambda self: pytest.fail("a page asked for the tables")))
    assert not (desk.workspace.folder / "tables").exists()
    for role in ("single user", "data-protection officer", "admin"):
        for path, page in HTML.items():
            if page.may in ROLES[role]:
                assert person(role).get(addresses[path]).status_code == 200, path


def test_every_action_is_refused_to_the_roles_that_may_not(person, role):
    visitor = person(role)
    for action in ACTS:
        answer = visitor.post(action.path, back="/leads")
        assert answer.status_code == (303 if action.may in ROLES[role] else 403), action.path


def test_nobody_sees_a_page_without_a_session(person, addresses):
    stranger = person()
    for path in addresses.values():
        assert stranger.get(path).headers["location"] == "/sign-in"
        assert stranger.get(twin_of(path)).status_code == 401
    for action in ACTS:
        assert stranger.post(action.path).headers["location"] == "/sign-in"


def test_every_look_is_in_the_log_under_name_and_purpose(person, addresses, desk):
    visitor = person("single user", name="eva", purpose="case 9")
    for path, page in HTML.items():
        if page.may not in ROLES["single user"]:
            continue
        before = len(events(desk.workspace.desk))
        visitor.get(addresses[path])
        (event,) = events(desk.workspace.desk)[before:]
        assert (event.actor, event.action, event.purpose) == ("eva", page.action, "case 9")


def test_a_refusal_is_in_the_log(person, desk):
    person("data-protection officer", name="olaf").get("/leads")
    last = events(desk.workspace.desk)[-1]
    assert (last.actor, last.action) == ("olaf", "refused")


def test_nothing_is_shown_that_cannot_be_logged(ana, desk, monkeypatch):
    lead = ana.leads[0]["operation_id"]

    def broken(*_, **__):
        from felinar.errors import WorkspaceProblem

        raise WorkspaceProblem("the disk is full")

    monkeypatch.setattr("felinar.web.visit.log", broken)
    for path in ("/leads", f"/leads/{lead}", f"/leads/{lead}.json"):
        answer = ana.get(path)
        assert answer.status_code == 503
        assert "the disk is full" in answer.text
        assert lead not in answer.text.replace(path, "")


def test_without_a_purpose_of_ones_own_only_lists_open_and_contacts_are_masked(person, addresses, ana):
    newcomer = person("analyst", purpose="")
    for path, page in HTML.items():
        if page.may in ROLES["analyst"]:
            answer = newcomer.get(addresses[path])
            assert (answer.status_code == 303) is page.own_purpose, path
    assert newcomer.get(addresses["/search"]).headers["location"].startswith("/purpose?next=/search")
    shown, masked = ana.json("/hubs.json")["hubs"], newcomer.json("/hubs.json")["hubs"]
    assert shown
    assert all("•••" in hub["value"] for hub in masked)


def test_an_id_that_is_not_there_is_answered_with_a_sentence(ana):
    for path in ("/leads/1", "/adverts/1", "/keys/1", "/adverts/1/original"):
        answer = ana.get(path)
        assert answer.status_code == 404
        assert "There is no" in answer.text


@pytest.mark.parametrize(
    "path", ["/leads/99999999999999999999999999", "/adverts/-1", "/keys/x", "/nothing", "/leads/1/x"]
)
def test_an_address_that_means_nothing_is_no_fault_of_ours(ana, path):
    assert ana.get(path).status_code in (400, 404)


def test_every_action_of_the_log_has_a_kind_in_the_words_of_the_law():
    assert {page.action for page in PAGES} <= KIND_OF.keys()
    assert set(KIND_OF.values()) <= set(KINDS)
