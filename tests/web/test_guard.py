"""The gate: foreign names, forged requests, and what the browser is told."""

import pytest

from felinar.web.app import LARGEST_BODY
from felinar.web.guard import HEADERS


@pytest.mark.parametrize("path", ["/leads", "/sign-in", "/static/desk.css", "/nothing", "/leads.json"])
def test_every_answer_carries_the_strict_headers(ana, path):
    answer = ana.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:8765", ""])
def test_a_foreign_name_is_refused(ana, host):
    answer = ana.get("/leads", headers={"host": host})
    assert answer.status_code == 421
    assert "Lead" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8765"},
    ],
)
def test_a_forged_request_is_refused(ana, headers):
    assert ana.post("/undo", headers=headers).status_code == 403
    assert ana.post("/sign-out", headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1:8765"}])
def test_a_request_of_our_own_page_passes(ana, headers):
    assert ana.post("/undo", headers=headers).status_code == 303


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/a\nb"])
def test_nobody_is_sent_elsewhere(ana, back):
    assert ana.post("/undo", back=back).headers["location"] == "/leads"
    assert ana.get("/purpose", params={"next": back}).text.count(back) == 0


@pytest.mark.parametrize("path", ["/nothing", "/leads/none", "/static/none.css", "/leads/1/2"])
def test_an_address_without_a_page_is_answered_in_the_desk_with_a_way_back(ana, person, path):
    answer = ana.get(path)
    assert answer.status_code == 404
    assert "The desk has no page under this address." in answer.text
    assert 'href="/leads"' in answer.text
    assert 'href="/sign-in"' in person().get(path).text
    assert ana.get("/nothing.json").json() == {"error": "The desk has no page under this address."}


def test_a_request_that_an_address_does_not_take_is_answered_in_the_desk(ana):
    assert ana.post("/leads").status_code == 405
    assert "takes no such request" in ana.post("/leads").text


def test_a_body_that_is_too_large_is_refused(ana):
    assert ana.post("/lists", values="1" * (LARGEST_BODY + 1)).status_code == 413
