"""Search by words over a published world: what is listed, what is withheld, and why nothing was found."""

import json

import pytest
from click.testing import CliRunner

from felinar.audit import events
from felinar.cli import felinar
from felinar.search.pasted import find_like, looks_pasted, shingles
from felinar.search.query import read_query
from felinar.search.refused import Refused
from felinar.search.snippet import hits_in, snippet
from felinar.search.words import find_words


@pytest.fixture
def search(workspace, index):
    def call(*what, as_json=True):
        options = ["--workspace", str(workspace.folder), *(["--json"] if as_json else []), "search", *what]
        done = CliRunner().invoke(felinar, options, catch_exceptions=False)
        return json.loads(done.stdout) if as_json else done.stdout

    return call


def test_adverts_with_all_words_are_listed_with_the_words_marked(search):
    found = search("massage", "leeds")["words"]
    assert [row["advert_id"] for row in found["found"]] == ["13", "11"]
    assert found["said"] == "Read as the word 'massage' and the word 'leeds'. 2 of 7 adverts fit."
    body = next(piece for piece in found["found"][0]["snippets"] if piece["field"] == "body")
    assert [body["text"][a:b] for a, b in body["hits"]] == ["massage", "Leeds"]
    assert "Relaxing «massage» in «Leeds»" in search("massage", "leeds", as_json=False)


def test_nothing_behind_the_gate_is_listed_by_words(search, small):
    for typed in ("massage", "secretname", "place:bath"):
        found = search(typed)["words"]
        assert "31" not in [row["advert_id"] for row in found["found"]]
        assert "Secretname" not in json.dumps(found)
        assert "report first" in found["said"]


def test_a_limit_is_filled_although_some_are_withheld(published, index):
    answer = find_words(published, index, "massage", limit=6)
    assert (len(answer.found), answer.total, answer.withheld) == (6, 7, 1)


def test_nothing_found_says_how_it_was_read_and_which_word_is_on_no_advert(search):
    said = search("massage", "xyzzy")["words"]["said"]
    assert said.endswith("None of the 7 adverts fits. On no advert: the word 'xyzzy'.")
    assert "Each alone is there: the word 'zoe' on 1, the word 'derby' on 2." in search("zoe derby")["words"]["said"]


def test_a_number_is_still_looked_up_as_a_number(search):
    found = search("07700 900123")
    assert found["keys"] and "words" not in found


def test_words_can_be_asked_for_whatever_else_the_text_could_be(search):
    assert search("--words", "07700 900123")["words"]["total"] == 1


def test_a_refused_search_is_in_the_log_and_shows_nothing(workspace, index):
    with pytest.raises(Refused):
        CliRunner().invoke(
            felinar, ["--workspace", str(workspace.folder), "search", "17 years old"], catch_exceptions=False
        )
    assert [event.action for event in events(workspace.desk)] == ["refused"]


def test_the_log_keeps_what_was_listed_and_not_what_was_typed(search, workspace):
    search("massage", "leeds")
    (event,) = events(workspace.desk)
    assert json.loads(event.details)["words"] == ["13", "11"]
    assert "leeds" not in event.details


def test_a_pasted_advert_finds_its_group_and_says_how_near(search, small):
    text = (
        "=Massage in Goole. Relaxing massage in Goole, ask for Mia. Call 07700 900111. Every day until eight, come by."
    )
    assert looks_pasted(text)
    found = search(text)["words"]
    assert found["near_texts"][0]["advert_id"] in {"11", "12", "13", "14"}
    assert "% of what was pasted stands in it" in found["said"]
    assert all(row["advert_id"] != "31" for row in found["near_texts"])


def test_a_text_like_no_advert_says_so(published, index):
    answer = find_like(
        published,
        index,
        "Quite another story altogether, told by nobody to anyone, of a boat and its long way home. " * 2,
    )
    assert answer.near == []
    assert "No advert holds any of its words" in answer.sentence


def test_a_changed_number_changes_no_shingle():
    assert shingles("Call 07700 900123 now please") == shingles("call 0113 now, please")


def test_hits_are_places_of_the_original():
    text = "Maса\u0301ж — Łódź!"
    clauses = read_query("lodz").query.clauses
    assert [text[a:b] for a, b in hits_in(text, clauses)] == ["Łódź"]
    long = "word " * 200 + "needle " + "word " * 200
    piece = snippet("body", long, read_query("needle").query.clauses)
    assert "needle" in piece.text
    assert piece.text == long[piece.start : piece.end]
