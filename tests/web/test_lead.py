"""The lead page: map, network and their tables, what is new, others like it; and nothing of it behind the gate."""

import re
from contextlib import closing

import pytest

from felinar.store.published_desk import DeskReading
from felinar.store.visits import add_visit
from felinar.web.own_text import OwnText
from felinar.web.render import environment
from felinar.web.shelf import Shelf


@pytest.fixture
def lead(ana):
    return ana.json(f"/leads/{ana.leads[0]['operation_id']}.json")


def in_words(page, part):
    """The text of a section, tags taken out."""
    found = re.search(rf'<section id="{part}".*?</section>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", " ", found[0]) if found else ""


def test_the_table_of_the_map_says_what_the_map_shows(ana, lead):
    movement = lead["movement"]
    page = in_words(ana.get(f"/leads/{lead['operation_id']}").text, "movement")
    assert sum(place["adverts"] for place in movement["places"]) + movement["unnamed"] == lead["adverts"]
    for place in movement["places"]:
        assert place["name"] in page
    drawn = {dot["name"] for dot in movement["map"]["dots"]}
    assert drawn
    assert drawn <= {place["name"] for place in movement["places"]}
    for arrow in movement["map"]["arrows"]:
        move = movement["moves"][arrow["number"] - 1]
        assert arrow["title"].startswith(f"{move['start']} to {move['end']}, ")


def test_every_node_of_the_network_leads_to_its_key_and_stands_in_the_table(ana, lead):
    page = ana.get(f"/leads/{lead['operation_id']}").text
    words = in_words(page, "network")
    nodes = lead["network"]["nodes"]
    assert 2 <= len(nodes) <= 60
    for node in nodes:
        assert page.count(f'href="/keys/{node["key_id"]}"') >= 2
    for key in lead["keys"][:3]:
        assert key["key_id"] in [node["key_id"] for node in nodes]
        assert f"{key['shown']}" in words
    counts = {node["key_id"]: node["adverts"] for node in nodes}
    assert all(counts[key["key_id"]] == key["shown"] for key in lead["keys"] if key["key_id"] in counts)


def test_the_keys_of_the_weakest_link_are_marked_in_the_network(ana):
    marked = 0
    for one in ana.leads[:6]:
        told = ana.json(f"/leads/{one['operation_id']}.json")
        for node in (told["network"] or {"nodes": []})["nodes"]:
            if node["weakest"]:
                marked += 1
                assert node["hub"] is False
        names = [node["name"] for node in (told["network"] or {"nodes": []})["nodes"] if node["weakest"]]
        contacts = [name for name in names if name.startswith("+")]
        assert all(contact in told["weakest_link"] for contact in contacts)
    assert marked


def test_the_drawings_are_the_same_at_every_look(ana, lead):
    again = ana.json(f"/leads/{lead['operation_id']}.json")
    assert (again["movement"], again["network"]) == (lead["movement"], lead["network"])


def test_what_is_read_beforehand_and_kept_is_what_a_page_would_read(desk, lead, monkeypatch):
    for name in ("LARGE_LEAD", "LARGE_KEY"):
        monkeypatch.setattr(f"felinar.web.shelf.{name}", 1)
    with closing(desk.reading()) as reading:
        shelf, pauses = Shelf(reading), []
        shelf.read_large(lambda: pauses.append(1))
        operation = int(lead["operation_id"])
        assert len(pauses) > 10
        monkeypatch.setattr(DeskReading, "most_shown_keys", None)  # nothing is read again
        assert shelf.most_shown_keys(reading, operation)[0]["shown"] >= 1
        assert shelf.spread(reading, shelf.hubs[0]) == reading.spread(shelf.hubs[0]["key_no"])


def test_what_is_kept_longest_without_being_asked_for_goes_first(desk, monkeypatch):
    monkeypatch.setattr("felinar.web.shelf.MOST_KEPT", 2)
    with closing(desk.reading()) as reading:
        shelf, made = Shelf(reading), []
    for name in ("a", "b", "a", "c", "a", "b"):
        assert shelf.kept(name, lambda name=name: made.append(name) or name) == name
    assert made == ["a", "b", "c", "b"]


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (["Leeds, GB", "York, GB"], "GB: Leeds, York"),
        (["Leeds, GB", "Lyon, FR"], "Leeds, GB · Lyon, FR"),
        (["Leeds, GB"], "Leeds, GB"),
        (["Leeds, GB", "somewhere"], "Leeds, GB · somewhere"),
        ([], ""),
    ],
)
def test_a_country_that_all_places_share_is_named_once(places, said):
    assert environment().filters["towns"](places) == said


def test_a_map_says_how_many_moves_it_leaves_out():
    from felinar.export.map import MOST_ARROWS, drawn
    from felinar.export.moves import Move, Place

    towns = ("Leeds", "York", "Hull", "Bath", "Derby", "Oxford", "Exeter")
    named = [Place(f"{town}, GB", 1, "", "") for town in towns]
    moved = [Move(one.name, to.name, ["2026-01-02"], ["+1"]) for one in named for to in named if one is not to]
    movement = {"map": drawn(named, moved), "moves": [], "places": [], "more_places": 0, "more_moves": 0}
    movement |= {"looked_at": 7, "in_all": 7, "unnamed": 0, "at_once": 0}
    told = str(environment().get_template("drawings.html").module.movement_map(movement))
    assert f"{len(moved) - MOST_ARROWS} moves have no arrow." in told


def test_without_a_purpose_the_network_and_the_moves_show_no_whole_contact(ana, person, lead):
    """The page itself needs a purpose; what goes into the drawings is masked all the same."""
    from felinar.web.key_name import name_of

    newcomer = person("analyst", purpose="")
    assert newcomer.get(f"/leads/{lead['operation_id']}").status_code == 303
    phone = next(key for key in lead["keys"] if key["kind"] == "phone")

    class Looking:
        def contact(self, value):
            return "masked"

    assert name_of(Looking(), {"key_kind": "phone", "value": phone["value"]}) == "masked"


def test_nothing_is_drawn_and_nothing_told_behind_the_gate(ana, desk, lead, monkeypatch):
    monkeypatch.setattr(Shelf, "gated", lambda self, operation_id: operation_id == int(lead["operation_id"]))
    told = ana.json(f"/leads/{lead['operation_id']}.json")
    assert (told["movement"], told["network"], told["timeline"], told["alike"]) == (None, None, None, [])
    assert told["news"]["adverts"] == []
    page = ana.get(f"/leads/{lead['operation_id']}").text
    for word in ('class="map"', 'class="network"', 'id="news"'):
        assert word not in page
    assert ana.json(f"/leads/{lead['operation_id']}/split.json")["cut"] is None
    other = next(one["operation_id"] for one in ana.leads if one["operation_id"] != lead["operation_id"])
    assert ana.get(f"/compare?left={other}&right={lead['operation_id']}").status_code == 400
    key = ana.json(f"/keys/{lead['keys'][0]['key_id']}.json")
    assert (key["movement"], key["network"], key["places"]) == (None, None, [])


def test_a_word_is_there_as_a_whole_word_only_but_in_scripts_without_blanks_anywhere():
    own = OwnText([{"title": "Massage, calm", "body": "call Анна now 按摩服务"}])
    words = ("massage", "CALM", "al", "Анна", "摩服", "calm now", "Maria", "now")
    assert [word in own for word in words] == [True, True, False, True, True, False, False, True]


def test_words_of_a_text_that_only_other_operations_write_are_not_shown(ana, lead, monkeypatch):
    """The words of a text in common are those of the advert in the middle of its group, maybe somebody else's."""
    template = next(t for t in lead["evidence"]["templates"])
    own = DeskReading.template

    def with_a_stranger(self, template_id):
        found = own(self, template_id)
        if found:
            word = next(place for place, token in enumerate(found["tokens"]) if token != "<*>")
            found["tokens"] = [*found["tokens"][:word], "Strangername", *found["tokens"][word:]]
            found["slots"] = [
                {**slot, "position": slot["position"] + (slot["position"] >= word)} for slot in found["slots"]
            ]
        return found

    monkeypatch.setattr(DeskReading, "template", with_a_stranger)
    page = ana.get(f"/leads/{lead['operation_id']}").text
    assert "Strangername" not in page
    assert "[…]" in page
    text = next(piece["text"] for piece in template["pieces"] if piece["slot"] is None)
    assert text.split()[0] in page


def test_what_is_new_since_the_last_visit_is_listed_with_its_contacts_and_places(ana, desk, lead):
    operation, adverts = int(lead["operation_id"]), [row["advert_id"] for row in lead["evidence"]["rows"]]
    old = adverts[:1]
    add_visit(desk.workspace.desk, "ben", operation, [*map(int, old), 17])
    ben = type(ana)(desk, "analyst", name="ben")
    news = ben.json(f"/leads/{operation}.json")["news"]
    assert (news["count"], news["gone"]) == (lead["adverts"] - 1, 1)
    assert {one["advert_id"] for one in news["adverts"]} <= set(adverts) - set(old)
    of_old = ana.json(f"/adverts/{old[0]}.json")
    shown_before = {key["key_id"] for key in of_old["keys"]}
    assert news["contacts"]
    assert not shown_before & {one["key_id"] for one in news["contacts"]}
    text = in_words(ben.get(f"/leads/{operation}").text, "news")
    assert "adverts came, 1 advert went to other operations" in " ".join(text.split())
    for place in news["places"]:
        assert place in [one["name"] for one in lead["movement"]["places"]]


def test_nothing_is_new_at_the_first_visit_and_where_nothing_changed(ana, lead):
    first = lead["news"]
    assert (first["since"], first["count"], first["adverts"]) == ("", 0, [])
    again = ana.json(f"/leads/{lead['operation_id']}.json")["news"]
    assert again["count"] == 0


def test_others_like_it_share_what_is_said(ana):
    found = 0
    for one in ana.leads[:8]:
        told = ana.json(f"/leads/{one['operation_id']}.json")
        for other in told["alike"]:
            found += 1
            assert other["operation_id"] != one["operation_id"]
            compared = ana.json(f"/compare.json?left={one['operation_id']}&right={other['operation_id']}")
            assert len(compared["shared"]) + compared["more_shared"] >= other["keys"]
    assert found


def test_what_is_suppressed_does_not_come_up_beside_another(ana, monkeypatch):
    told = [ana.json(f"/leads/{one['operation_id']}.json") for one in ana.leads[:8]]
    lead = next(one for one in told if one["alike"])
    gone = int(lead["alike"][0]["operation_id"])
    monkeypatch.setattr(Shelf, "hidden", lambda *_: frozenset([gone]))
    again = ana.json(f"/leads/{lead['operation_id']}.json")["alike"]
    assert str(gone) not in [other["operation_id"] for other in again]
