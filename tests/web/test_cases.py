"""Cases on the desk: opened, filled from the lead page, handed over, closed, passed on as one dossier."""

import io
import zipfile

import pytest

from felinar.audit import events
from felinar.export.dossier import verify


@pytest.fixture
def lead(ana):
    return next(lead for lead in ana.leads if not lead["gate"])["operation_id"]


def opened(person):
    return person.post("/cases/open", name="Ring in Leeds", reason="a call").headers["location"]


def test_a_case_is_opened_filled_and_shown_with_what_was_known_then(ana, lead):
    place = opened(ana)
    assert place == "/cases/1"
    ana.post("/cases/add", case="1", thing=lead, reason="same driver", back=place)
    advert = ana.json(f"/leads/{lead}.json")["evidence"]["rows"][0]["advert_id"]
    ana.post("/cases/add", case="1", thing=advert, reason="the first one", back=place)
    ana.post("/cases/add", case="1", note="Call back on Monday.", back=place)
    told = ana.json("/cases/1.json")
    assert [one["kind"] for one in told["exhibits"]] == ["operation", "advert", "note"]
    assert told["exhibits"][0]["then"].split(",")[0] == told["exhibits"][0]["now"]
    assert "Call back on Monday." in ana.get(place).text
    assert "Ring in Leeds" in ana.get("/cases").text


def test_what_is_refused_is_said_on_the_page_where_it_was_tried(ana, lead):
    place = opened(ana)
    for data, said in (
        ({"case": "1", "thing": "17", "reason": "x"}, "Nothing is known as"),
        ({"case": "9", "thing": lead, "reason": "x"}, "There is no case 9"),
        ({"case": "1", "thing": lead, "reason": ""}, "A reason is needed"),
        ({"case": "x", "thing": lead, "reason": "x"}, "is no number of a case"),
    ):
        assert ana.post("/cases/add", back=place, **data).headers["location"] == place
        assert said in ana.get(place).text


def test_a_closed_case_takes_nothing_in_until_it_is_opened_again(ana, lead):
    place = opened(ana)
    ana.post("/cases/change", case="1", change="close", reason="done", back=place)
    ana.post("/cases/add", case="1", thing=lead, reason="x", back=place)
    assert "is closed" in ana.get(place).text
    ana.post("/cases/change", case="1", change="reopen", reason="news", back=place)
    ana.post("/cases/add", case="1", thing=lead, reason="x", back=place)
    assert len(ana.json("/cases/1.json")["exhibits"]) == 1


def test_everything_written_is_in_the_log(ana, lead, desk):
    place = opened(ana)
    ana.post("/cases/add", case="1", thing=lead, reason="x", back=place)
    ana.post("/cases/remove", exhibit="1", reason="wrong one", back=place)
    ana.post("/cases/change", case="1", change="hand over", owner="ben", reason="holiday", back=place)
    assert [event.action for event in events(desk.workspace.desk)].count("case") == 4
    told = ana.json("/cases/1.json")
    assert (told["case"]["owner"], told["exhibits"]) == ("ben", [])


def test_the_dossier_of_a_case_holds_all_its_leads(ana, lead):
    place = opened(ana)
    for one in [lead["operation_id"] for lead in ana.leads if not lead["gate"]][:2]:
        ana.post("/cases/add", case="1", thing=one, reason="x", back=place)
    ana.post("/cases/add", case="1", note="Ask for 07700 900123.", back=place)
    answer = ana.post(f"{place}/dossier", recipient="Police Leeds")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert all(holds for holds, _ in verify.check_contents(files)), list(verify.check_contents(files))
    page = files["report.html"].decode()
    assert page.count('<span class="rank">') == 2
    assert "Ask for [masked]." in page
