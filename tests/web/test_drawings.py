"""Map, network and split in a real browser: by keyboard, without a script, on paper."""

import re

from felinar.store.judgements import judgements


def lead_of(seat):
    """A lead that has a network."""
    return seat.page.request.get(f"{seat.base}/leads.json").json()["leads"][0]["operation_id"]


def test_a_lead_is_split_by_keyboard_and_the_cut_is_taken_back(seat, workspace):
    seat.state_purpose()
    seat.go(f"/leads/{lead_of(seat)}")
    seat.press_and_wait("s", "/split")
    seat.press("j", "j")
    seat.press_and_wait("Enter", r"at=1")
    assert judgements(workspace.desk) == [], "looking cuts nothing"
    seat.press_and_wait("c", r"/leads/\d+$")
    (kept,) = judgements(workspace.desk)
    assert (kept.scope, kept.verdict) == ("operation", "different")
    seat.press_and_wait("z", r"/leads/\d+$")
    assert judgements(workspace.desk) == []
    assert seat.trouble == []


def test_every_node_of_the_network_is_reached_by_keyboard_and_opens_its_key(seat):
    seat.state_purpose()
    seat.go(f"/leads/{lead_of(seat)}")
    nodes = seat.page.locator(".network a")
    assert nodes.count() >= 2
    address = nodes.nth(1).get_attribute("href")
    nodes.first.focus()
    seat.press("Tab")
    with seat.page.expect_navigation(url=re.compile(f"{address}$")):
        seat.page.keyboard.press("Enter")


def test_the_drawings_need_no_script(sit, address):
    seat = sit(address, java_script_enabled=False)
    seat.go("/purpose")
    seat.page.fill("[name=purpose]", "case 2026-17")
    seat.page.click("main button")
    seat.page.click("a[data-open] >> nth=0")
    for part in (".map .land", ".map .dot", ".network .dot", ".timeline .dot"):
        box = seat.page.locator(part).first.bounding_box()
        assert box["width"] > 0
        assert box["height"] > 0


def test_no_name_of_the_drawings_leaves_its_picture_or_covers_another(seat):
    seat.state_purpose()
    seat.go(f"/leads/{lead_of(seat)}")
    for picture in (".map", ".network"):
        frame = seat.page.locator(picture).bounding_box()
        boxes = [name.bounding_box() for name in seat.page.locator(f"{picture} .name").all()]
        assert boxes
        for number, box in enumerate(boxes):
            assert box["x"] >= frame["x"] - 2
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 2
            for other in boxes[:number]:
                across = min(box["x"] + box["width"], other["x"] + other["width"]) - max(box["x"], other["x"])
                down = min(box["y"] + box["height"], other["y"] + other["height"]) - max(box["y"], other["y"])
                assert min(across, down) <= 4, "names touch at most"


def test_on_paper_the_words_of_the_network_are_open_and_nothing_is_left_to_press(seat):
    seat.state_purpose()
    seat.go(f"/leads/{lead_of(seat)}")
    seat.page.emulate_media(media="print")
    assert seat.page.locator("details.twin td").first.is_visible()
    assert seat.page.locator("main button:visible").count() == 0
    for part in ("#movement", "#network", "#evidence", ".weakest", ".reasons"):
        assert seat.page.locator(part).first.is_visible()
