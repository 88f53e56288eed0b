"""Dossiers on the desk: a ZIP that Python checks, identities only after a second person's approval."""

import io
import json
import zipfile

import pytest

from felinar.access.accounts import open_account
from felinar.audit import events
from felinar.export.dossier import verify
from felinar.store.disclosures import requests
from felinar.web.desk import Desk

FOR = {"recipient": "Police Leeds"}


def files_of(answer):
    assert answer.headers["content-type"] == "application/zip", answer.text[:500]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def place(ana):
    """The address of a dossier whose lead ana has opened."""
    lead = next(lead for lead in ana.leads if not lead["gate"])
    ana.get(f"/leads/{lead['operation_id']}")
    return f"/leads/{lead['operation_id']}/dossier"


@pytest.fixture
def team(workspace, person):
    """A desk of a team with accounts for two analysts and a supervisor."""
    people = {"ana": "analyst", "ben": "analyst", "sue": "supervisor"}
    for name, role in people.items():
        open_account(workspace.desk, name, role, "a long enough password", actor="adm")
    desk = Desk(workspace, team=True)
    kind = type(person())

    def member(name):
        made = kind(desk, people[name], name=name)
        made.session.account = next(a for a in _accounts(workspace) if a.name == name)
        return made

    return member


def _accounts(workspace):
    from felinar.access.accounts import accounts

    return accounts(workspace.desk)


def test_the_lead_page_leads_to_a_dossier(ana, place):
    assert f'href="{place}"' in ana.get(place.removesuffix("/dossier")).text


def test_a_masked_dossier_comes_as_a_zip_that_checks_and_is_in_the_log(ana, place, desk):
    answer = ana.post(place, **FOR)
    files = files_of(answer)
    assert all(holds for holds, _ in verify.check_contents(files))
    (event,) = [event for event in events(desk.workspace.desk) if event.action == "export"]
    details = json.loads(event.details)
    assert (event.actor, event.purpose) == ("ana", "case 2026-17")
    assert (details["recipient"], details["masked"]) == ("Police Leeds", True)
    assert not any(name.startswith("originals/") for name in files)


def test_a_lead_is_read_before_it_is_passed_on(person, place, desk):
    assert "Read the lead before" in person("analyst", name="ben").post(place, **FOR).text
    assert not [event for event in events(desk.workspace.desk) if event.action == "export"]


def test_what_was_given_is_listed(ana, place):
    ana.post(place, **FOR)
    (given,) = ana.json("/dossiers.json")["given"]
    assert (given["recipient"], given["masked"], given["actor"]) == ("Police Leeds", True, "ana")
    assert "Police Leeds" in ana.get("/dossiers").text


def test_without_a_recipient_nothing_is_made_and_nothing_disclosed(ana, place, desk):
    assert ana.post(place, recipient=" ").status_code == 400
    assert not [event for event in events(desk.workspace.desk) if event.action == "export"]


def test_working_alone_identities_need_a_reason_that_is_logged(person, place, desk):
    eva = person("single user", name="eva")
    eva.get(place.removesuffix("/dossier"))
    refused = eva.post(place, **FOR, identities="full")
    assert "--waive" in refused.text
    files = files_of(eva.post(place, **FOR, identities="full", waive="alone on duty"))
    assert any(name.startswith("originals/") for name in files)
    (event,) = [event for event in events(desk.workspace.desk) if event.action == "export"]
    assert json.loads(event.details)["permission"]["reason"] == "alone on duty"


def test_in_a_team_a_second_person_with_the_role_approves_and_then_identities_leave(team, place, workspace):
    ana, ben, sue = team("ana"), team("ben"), team("sue")
    said = ana.post(place, **FOR, identities="full", reason="to find the person")
    assert "Request 1 waits for a supervisor" in said.text
    assert ana.post(place, **FOR, identities="full", waive="in a hurry").status_code == 403
    assert ben.post("/dossiers/answer", answer="approve 1", reason="fine").status_code == 403
    assert "1 request to pass identities on waits for a supervisor" in sue.get("/cases").text
    assert "approve 1" in sue.get("/dossiers").text
    sue.post("/dossiers/answer", answer="approve 1", reason="the warrant is here", back="/dossiers")
    (one,) = requests(workspace.desk)
    assert (one.answer, one.answered_by) == ("approved", "sue")
    files = files_of(ana.post(place, **FOR, identities="full"))
    assert all(holds for holds, _ in verify.check_contents(files))
    assert json.loads(files["manifest.json"])["about"]["permission"]["by"] == "sue"
    other = ana.post(place, recipient="Somebody else", identities="full", reason="why not")
    assert "Request 2 waits" in other.text


def test_nobody_answers_a_request_of_their_own(team, place, workspace):
    sue = team("sue")
    sue.get(place.removesuffix("/dossier"))
    sue.post(place, **FOR, identities="full", reason="to find the person")
    sue.post("/dossiers/answer", answer="approve 1", reason="I say so", back="/dossiers")
    assert "is your own" in sue.get("/dossiers").text
    assert requests(workspace.desk)[0].answer == ""


def test_a_desk_without_accounts_cannot_approve_for_a_team(team, person, place, workspace):
    team("ana").post(place, **FOR, identities="full", reason="to find the person")
    alone = person("single user", name="eva")
    answer = alone.post("/dossiers/answer", answer="approve 1", reason="fine", back="/dossiers")
    assert answer.status_code == 403
    assert "serve --team" in answer.text
    alone.get(place.removesuffix("/dossier"))
    assert alone.post(place, **FOR, identities="full", waive="fine").status_code == 403
    assert requests(workspace.desk)[0].answer == ""


def test_a_refusal_lets_nothing_leave(team, place):
    ana, sue = team("ana"), team("sue")
    ana.post(place, **FOR, identities="full", reason="to find the person")
    sue.post("/dossiers/answer", answer="refuse 1", reason="no warrant", back="/dossiers")
    assert "refused by sue: no warrant" in sue.get("/dossiers.json").json()["requests"][0]["sentence"]
    assert "Request 2 waits" in ana.post(place, **FOR, identities="full", reason="again").text
