import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.errors import FelinarError
from felinar.extract import EXTRACTORS, KINDS, extract
from felinar.extract.contract import Context
from felinar.extract.stage import FIELDS, READS, read
from felinar.kernels.fold import fold
from felinar.tables import ADVERTS, MENTIONS

SHARED = Path(os.environ.get("FELINAR_SHARED", Path(__file__).parents[3] / "shared"))
PIECES = [text for e in EXTRACTORS for text, _ in e.examples]


def advert(advert_id=1, **columns):
    return {"advert_id": advert_id, "country_hint": "GB", **columns}


def mentions_of(*adverts, **options):
    return extract(ADVERTS.from_rows(list(adverts)), **options).to_pylist()


def test_no_adverts_give_no_mentions():
    assert extract(ADVERTS.empty()).equals(MENTIONS.empty())


def test_every_kind_says_which_fields_it_reads():
    assert set(READS) == set(KINDS) and all(set(fields) <= set(FIELDS) for fields in READS.values())


def test_a_mention_keeps_the_original_characters_and_their_place():
    body = "Ｃall \u200b０７７００ 900123 or Ana.Pop@Example.com"

    for mention in mentions_of(advert(body=body), kinds=["phone", "email"]):
        assert mention["raw"] == body[mention["start"] : mention["end"]]


def test_the_digits_of_an_account_number_are_no_phone():
    found = mentions_of(advert(body="Pay to GB82 WEST 1234 5698 7654 32"))

    assert {m["kind"] for m in found} & {"phone", "price", "iban"} == {"iban"}


def test_a_kind_alone_has_the_same_mentions_as_together_with_the_others():
    rows = [advert(i, body=text) for i, text in enumerate(PIECES)]
    together = mentions_of(*rows)

    for kind in ("price", "phone", "age", "name", "url"):
        assert mentions_of(*rows, kinds=[kind]) == [m for m in together if m["kind"] == kind]


def test_a_name_that_is_introduced_as_one_is_no_place():
    found = mentions_of(advert(body="my name is Florence, in Leeds"), kinds=["name", "place"])

    assert [(m["kind"], m["value"]) for m in found] == [("name", "Florence"), ("place", "Leeds, GB")]


def test_the_stated_place_decides_between_towns_of_one_name():
    found = mentions_of({"advert_id": 1, "place_text": "Moscow", "body": "Новый отель в Кишинёв"}, kinds=["place"])

    assert [m["value"] for m in found] == ["Chisinau, MD", "Moscow, RU"]


def test_the_language_is_one_mention_without_a_span():
    (found,) = mentions_of(advert(title="x", body="Wir suchen eine Putzkraft für unser Hotel"), kinds=["language"])

    assert (found["field"], found["start"], found["value"]) == ("body", None, "de")


def test_an_unknown_kind_is_answered_with_the_nearest_one():
    with pytest.raises(FelinarError, match="Did you mean 'phone'"):
        extract(ADVERTS.empty(), kinds=["fone"])


def test_two_processes_give_the_same_mentions_as_one():
    rows = [advert(i, body=PIECES[i % len(PIECES)], title=PIECES[i % 7]) for i in range(2_300)]
    adverts = ADVERTS.from_rows(rows)
    seen: list[int] = []

    assert extract(adverts, workers=2, progress=seen.append).equals(extract(adverts, workers=1))
    assert sum(seen) == 2_300


ALPHABET = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from([*PIECES, "㎏", "①", "ß", "İ", "\u200b", "é", "e\u0301", "\n"]), max_size=4).map("".join),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ALPHABET, max_size=3).map(" ".join), st.sampled_from(FIELDS))
def test_each_mention_of_any_text_lies_inside_it(text, field):
    for extractor, found in read(EXTRACTORS, fold(text), Context(field, country="GB")):
        if found.start is not None:
            assert 0 <= found.start < found.end <= len(text), extractor.name
        assert found.value and 0 <= found.confidence <= 100


@pytest.mark.parametrize("piece", ["1", "a", "A", "@", "a.", "1 ", "a@", "at ", "я", "Aa ", "$1", "(", "1-", "9 euro "])
def test_a_long_text_of_one_thing_is_read_to_its_end(piece):
    text = fold(piece * (60_000 // len(piece)))

    for extractor in EXTRACTORS:
        if extractor.kind != "phone":
            assert list(extractor.find(text, Context())) is not None


def test_the_shared_field_cases_are_read_as_their_authors_expect():
    path = SHARED / "data" / "field_cases.jsonl"
    if not path.is_file():
        pytest.skip(f"no shared data at {SHARED}; set FELINAR_SHARED")
    by_kind = {e.kind: e for e in EXTRACTORS}
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        values = [f.value for f in by_kind[case["field"]].find(fold(case["text"]), Context())]
        assert values == expected_values(case), case["text"]


def expected_values(case):
    if case["field"] == "handle":
        return [f"{platform}:{name}" for platform, name in case["expected"].items()]
    if case["field"] == "price":
        units = {"hhr": "/half-hour", "hour": "/hour", "": ""}
        return [f"{p['price']} {p['price_unit'].upper()}{units[p['time_unit']]}" for p in case["expected"]]
    return case["expected"]
