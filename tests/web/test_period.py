"""Brushing the timeline of a lead: two dates, or a drag with the mouse, and what is below shows that time only."""

import json
import re

import pytest

from felinar.audit import events
from felinar.web.period import Period


@pytest.fixture
def lead(ana):
    """The lead with most adverts, which has a timeline."""
    most = max(ana.leads, key=lambda one: one["adverts"])
    return ana.json(f"/leads/{most['operation_id']}.json")


def all_rows(ana, path):
    """The adverts on all pages of the evidence."""
    rows, start = [], 0
    while start is not None:
        shown = ana.json(f"{path}start={start}")["evidence"]
        rows += shown["rows"]
        start = shown["later"]
    return rows


def test_map_network_and_evidence_show_the_chosen_time_and_reasons_the_whole(ana, lead, desk):
    path = f"/leads/{lead['operation_id']}.json?"
    every = all_rows(ana, path)
    days = sorted({row["posted_at"][:10] for row in every})
    first, last = days[len(days) // 3], days[2 * len(days) // 3]
    then = f"{path}from={first}&to={last}&"
    expected = [row["advert_id"] for row in every if first <= row["posted_at"][:10] <= last]
    assert 0 < len(expected) < len(every)
    assert sorted(row["advert_id"] for row in all_rows(ana, then)) == sorted(expected)
    told = ana.json(then)
    assert told["period"]["adverts"] == told["evidence"]["in_all"] == len(expected)
    assert told["movement"]["in_all"] == told["network"]["in_all"] == len(expected)
    for name in ("timeline", "reasons_for", "weakest_link", "keys"):
        assert told[name] == lead[name]
    assert json.loads(events(desk.workspace.desk)[-1].details)["period"] == f"from={first}&to={last}"


def test_the_links_of_the_page_keep_the_time_and_one_leads_back_to_the_whole(ana, lead):
    days = sorted(row["posted_at"][:10] for row in lead["evidence"]["rows"])
    chosen = f"from={days[0]}&to={days[-1]}".replace("&", "&amp;")
    page = ana.get(f"/leads/{lead['operation_id']}?{chosen.replace('&amp;', '&')}").text
    assert f'name="back" value="/leads/{lead["operation_id"]}?{chosen}"' in page
    assert re.findall(r"\?as=\d+&amp;start=\d+&amp;from=", page)
    assert 'href="?#time"' in page
    assert 'class="brush"' in page
    assert 'class="brush"' not in ana.get(f"/leads/{lead['operation_id']}").text


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("", "", "..."),
        ("2026-02-01", "", ".23"),
        ("", "2026-02-01", "12."),
        ("2026-02-01", "2026-02-01", ".2."),
        ("2026-03-01", "2026-01-01", "123"),
    ],
)
def test_both_ends_are_included_an_empty_one_is_open_and_swapped_ones_are_put_right(first, last, days):
    class Asked:
        query = {"from": first, "to": last}

    posted = {1: "2026-01-01T10:00:00Z", 2: "2026-02-01T23:59:59Z", 3: "2026-03-01T00:00:00Z", 4: None}
    period = Period.asked(Asked())
    if days == "...":
        assert not period
        assert period.within(posted) == posted
    else:
        assert list(period.within(posted)) == [int(day) for day in days if day != "."]


@pytest.mark.parametrize("nonsense", ["2026", "yesterday", "2026-02-30", "<b>", "9999-99-99"])
def test_what_is_no_day_asks_for_the_whole(ana, lead, nonsense):
    told = ana.json(f"/leads/{lead['operation_id']}.json?from={nonsense}&to={nonsense}")
    assert told["period"] is None
    assert told["evidence"] == lead["evidence"]


def test_a_time_without_adverts_is_an_empty_page_and_no_fault(ana, lead):
    path = f"/leads/{lead['operation_id']}"
    told = ana.json(f"{path}.json?from=1999-01-01&to=1999-01-02")
    assert (told["evidence"]["rows"], told["movement"], told["network"]) == ([], None, None)
    assert "no advert of this time" in " ".join(ana.get(f"{path}?from=1999-01-01&to=1999-01-02").text.split())


def test_a_drag_across_the_timeline_chooses_its_time(seat, workspace):
    seat.state_purpose()
    leads = seat.page.request.get(f"{seat.base}/leads.json?state=all").json()["leads"]
    most = max(leads, key=lambda one: one["adverts"])
    seat.go(f"/leads/{most['operation_id']}")
    chart = seat.page.locator(".timeline")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    left, right, level = box["x"] + box["width"] * 0.4, box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2
    seat.page.mouse.move(left, level)
    seat.page.mouse.down()
    seat.page.mouse.move((left + right) / 2, level)
    with seat.page.expect_navigation(url=re.compile(r"from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d#time")):
        seat.page.mouse.move(right, level)
        seat.page.mouse.up()
    band = seat.page.locator(".timeline rect.brush").bounding_box()
    assert abs(band["x"] - left) < box["width"] * 0.05
    assert abs(band["x"] + band["width"] - right) < box["width"] * 0.05
    assert seat.trouble == []
