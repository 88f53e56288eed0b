"""What the pages say, and what they do not say."""

import io
import re
from contextlib import closing

import pytest

from felinar.web.mask import masked, masked_text
from felinar.web.routes import PAGES

FORBIDDEN = re.compile(r"\b(trafficker|victim|guilty|suspect)s?\b", re.IGNORECASE)


@pytest.fixture
def lead(ana):
    return ana.json(f"/leads/{ana.leads[0]['operation_id']}.json")


def test_no_page_calls_anybody_a_trafficker_a_victim_or_guilty(ana, lead):
    from felinar.export.sentences import NOT_GUILT, VICTIM_FIRST

    advert = lead["evidence"]["rows"][0]["advert_id"]
    for path in (
        "/leads",
        f"/leads/{lead['operation_id']}",
        f"/adverts/{advert}",
        "/hubs",
        "/search",
        "/lists",
        "/runs",
    ):
        page = ana.get(path).text
        for allowed in (NOT_GUILT.capitalize(), VICTIM_FIRST):
            assert allowed in page
            page = page.replace(allowed, "")
        assert not FORBIDDEN.search(page), path


def test_the_queue_stands_in_the_order_of_reading_and_knows_what_i_have_opened(ana):
    leads = ana.leads
    assert [lead["rank"] for lead in leads] == sorted(lead["rank"] for lead in leads)
    assert all(lead["unread"] for lead in leads)
    first = leads[0]["operation_id"]
    ana.get(f"/leads/{first}")
    assert [lead["operation_id"] for lead in ana.leads if not lead["unread"]] == [first]
    new = ana.json("/leads.json?state=all&new=1")["leads"]
    assert first not in [lead["operation_id"] for lead in new]


def test_what_one_person_has_opened_is_still_new_to_another(ana, person):
    ana.get(f"/leads/{ana.leads[0]['operation_id']}")
    assert all(lead["unread"] for lead in person("analyst", name="ben").leads)


@pytest.mark.parametrize("name", ["site", "country", "category"])
def test_a_filter_keeps_the_leads_with_such_adverts_only(ana, desk, name):
    assert ana.json("/leads.json")["filters"] == {}, "a first page does not wait for the counting"
    desk.warm()
    queue = ana.json("/leads.json?state=all")
    value, number = queue["filters"][name][-1]
    kept = ana.json(f"/leads.json?state=all&{name}={value}")
    assert kept["fitting"] == number
    with closing(desk.reading()) as reading:
        column = {"country": "country_hint"}.get(name, name)
        for lead in kept["leads"]:
            adverts = reading.light_adverts(int(lead["operation_id"]))
            assert value in {advert[column] for advert in adverts}


def test_a_day_has_an_end(ana, desk):
    desk.leads_a_day = 2
    first, second, third = (lead["operation_id"] for lead in ana.leads[:3])
    assert ana.get(f"/leads/{first}").status_code == 200
    assert ana.get(f"/leads/{second}").status_code == 200
    answer = ana.get(f"/leads/{third}")
    assert answer.status_code == 429
    assert "2 are the limit" in answer.text
    assert ana.get(f"/leads/{first}").status_code == 200


def test_a_lead_shows_reasons_with_adverts_evidence_and_raw_beside_read_numbers(ana, lead):
    page = ana.get(f"/leads/{lead['operation_id']}").text
    assert lead["reasons_for"]
    for reason in lead["reasons_for"]:
        assert reason["grade"] in "ABCD"
    phones = [c for row in lead["evidence"]["rows"] for c in row["contacts"] if c["kind"] == "phone"]
    assert phones
    assert phones[0]["value"] in page
    assert any(c["raw"] != c["value"] for c in phones)


def test_an_advert_shows_its_text_whole_with_every_reading_marked(ana, lead):
    advert_id = lead["evidence"]["rows"][0]["advert_id"]
    advert = ana.json(f"/adverts/{advert_id}.json")
    body = next(field for field in advert["fields"] if field["name"] == "body")
    assert "".join(piece["text"] for piece in body["pieces"]) == advert["body"]
    page = ana.get(f"/adverts/{advert_id}").text
    read = [m for m in advert["mentions"] if m["kind"] == "phone" and m["field"] == "body"]
    for mention in read:
        assert f"read as {mention['value']} by {mention['extractor']}" in page
    assert advert["sightings"][0]["raw_sha256"] in page


def test_the_original_is_the_record_that_came_in(ana, lead):
    advert_id = lead["evidence"]["rows"][0]["advert_id"]
    advert, original = ana.json(f"/adverts/{advert_id}.json"), ana.json(f"/adverts/{advert_id}/original.json")
    assert f'"{advert["source_id"]}"' in original["record"]
    assert ana.get(f"/adverts/{advert_id}/original?n=7").status_code == 404


def test_a_number_is_found_in_any_notation_with_its_history(ana, lead):
    key = next(key for key in lead["keys"] if key["kind"] == "phone")
    answer = ana.get("/search.json", params={"q": " ".join(key["value"])}).json()
    assert key["key_id"] in [found["key_id"] for found in answer["keys"]]
    page = ana.json(f"/keys/{key['key_id']}.json")
    assert len(page["advert_list"]) == min(page["adverts"], 50)
    assert lead["operation_id"] in [operation["operation_id"] for operation in page["operations"]]


def test_a_miss_says_how_it_was_read(ana):
    said = ana.get("/search.json", params={"q": "+44 7700 900999"}).json()["said"]
    assert "Read as the telephone number +447700900999" in said
    assert "None of the 400 adverts" in said


def test_a_list_pasted_or_sent_as_a_file_is_looked_up_whole(ana, lead):
    value = next(key["value"] for key in lead["keys"] if key["kind"] == "phone")
    values = f"{value}\n+447700900999\n{value}"
    pasted = ana.post("/lists.json", values=values).json()
    assert (pasted["asked"], pasted["found"], pasted["told"]) == (2, 1, "1 repeat left out.")
    file = {"file": ("list.csv", io.BytesIO(f"phone\n{values}".encode()), "text/csv")}
    sent = ana.client.post("/lists.json", files=file, headers={"sec-fetch-site": "same-origin"}).json()
    assert sent["rows"] == pasted["rows"]
    assert lead["operation_id"] in pasted["rows"][0]["leads"]


def test_a_list_that_is_too_long_or_no_text_is_refused_with_a_sentence(ana):
    assert "10,000 at a time" in ana.post("/lists", values="\n".join(map(str, range(10_001)))).text
    file = {"file": ("x.bin", io.BytesIO(b"\xff\x00\xfe"), "text/csv")}
    answer = ana.client.post("/lists", files=file, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 400
    assert "holds NUL bytes" in answer.text


def test_the_path_between_two_adverts_of_a_lead_names_the_key_that_both_show(ana, lead):
    one, other = (lead["evidence"]["rows"][i]["advert_id"] for i in (0, -1))
    told = ana.get("/path.json", params={"from": one, "to": other}).json()
    assert told["steps"]
    assert (told["steps"][0]["advert_id"], told["steps"][-1]["next_advert_id"]) == (one, other)
    assert told["steps"][0]["because"] in ana.get("/path", params={"from": one, "to": other}).text
    stranger = next(x for x in ana.leads if x["operation_id"] != lead["operation_id"])["operation_id"]
    assert "No path" in ana.get("/path.json", params={"from": one, "to": stranger}).json()["said"]
    assert ana.get("/path", params={"from": "nothing such", "to": one}).status_code == 400


def test_the_officer_sees_the_log_and_whether_the_chain_holds(person, ana):
    ana.get("/leads")
    officer = person("data-protection officer", name="olaf")
    found = officer.json("/log.json?who=ana&verify=1")
    assert [(event["actor"], event["kind"]) for event in found["events"]] == [("ana", "consultation")]
    assert found["chain"]["unbroken"]
    assert officer.json("/log.json?report=1")["findings"] == []


def test_keys_are_named_so_that_people_tell_them_apart(ana, lead):
    advert = ana.json(f"/adverts/{lead['evidence']['rows'][0]['advert_id']}.json")
    named = {key["kind"]: key["name"] for key in [*lead["keys"], *advert["keys"]]}
    assert {"phone", "near_duplicate"} <= named.keys()
    assert named["phone"].startswith("+")
    assert named["near_duplicate"].startswith("“")
    page = ana.get(f"/adverts/{advert['advert_id']}").text
    assert not re.search(r">[^<]*(picture_|near_duplicate)", page)


def test_who_shows_a_key_begins_with_the_leads_in_the_order_of_reading(desk, ana):
    with closing(desk.reading()) as reading:
        shelf = desk.shelf(reading)
        ids = [None, 17, *(lead["operation_id"] for lead in shelf.leads[2::-1])]
        found = [row["operation_id"] for row in shelf.leads_first([{"operation_id": i} for i in ids])]
    assert found == [*(lead["operation_id"] for lead in shelf.leads[:3]), None, 17]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("+447700900123", "+447•••23"),
        ("12345", "•••"),
        ("telegram:somebody", "telegram:s•••dy"),
        ("a@b.example", "a@b.•••le"),
    ],
)
def test_a_masked_value_tells_two_apart_and_no_more(value, shown):
    assert masked(value) == shown


def test_contacts_in_a_sentence_are_masked_and_dates_are_not():
    told = (
        "+447700900123 stands in 9 job offers with a.b@mail.example, telegram:somebody and 07700900123 on 2026-01-02."
    )
    shown = masked_text(told)
    assert shown == "+447•••23 stands in 9 job offers with a.b@•••le, telegram:s•••dy and 0770•••23 on 2026-01-02."


def test_every_page_has_a_template_that_says_who_looks_and_why(ana):
    for page in PAGES:
        if "{" not in page.path and page.may.name in ("READ", "SEARCH", "LISTS", "COUNTS"):
            text = ana.get(page.path).text
            assert "case 2026-17" in text
            assert ">ana<" in text
