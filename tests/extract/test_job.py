from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract import extract
from felinar.extract.contract import Context
from felinar.extract.job import JOB, find, job_words
from felinar.kernels.fold import fold
from felinar.tables import ADVERTS

DATA = Path(__file__).parent / "data"


def read_lines(name):
    return [s.split("\t") for s in (DATA / name).read_text(encoding="utf-8").splitlines() if not s.startswith("#")]


LINES, HELD_OUT = read_lines("jobs.tsv"), read_lines("jobs_held_out.tsv")
PIECES = [text for text, _ in JOB.examples] + [text for _, text, _ in LINES[:40]]


def terms(text):
    return [f.value for f in find(fold(text), Context())]


@pytest.mark.parametrize("lines", [LINES, HELD_OUT], ids=["development", "held out"])
def test_the_terms_of_jobs_are_read_in_nine_languages(lines):
    counts = Counter()
    for _, text, expected in lines:
        wanted, got = {e for e in expected.split(" | ") if e}, set(terms(text))
        counts.update(right=len(wanted & got), wrong=len(got - wanted), missed=len(wanted - got))

    assert {line[0] for line in lines} == {"en", "ro", "es", "ru", "hi", "pt", "fr", "de", "it"}
    assert counts["right"] >= 0.95 * (counts["right"] + counts["wrong"])
    assert counts["right"] >= 0.9 * (counts["right"] + counts["missed"])


@pytest.mark.parametrize(
    "text",
    [
        "Massage 60 EUR per hour, accommodation visits, deposit 20 EUR",
        "Flat to let, rent 700 EUR per month, deposit 700 EUR, contract of one year",
        "Company of a friendly lady for dinner",
        "",
    ],
)
def test_without_a_word_for_a_job_nothing_is_read(text):
    assert terms(text) == []


def test_an_amount_belongs_to_the_nearest_word_of_its_sentence():
    assert terms("Job offer. Agency fee 300 EUR, salary 900 EUR per month. Room 50 EUR per week, rent") == [
        "fee:300 EUR",
        "pay:900 EUR/month",
        "pay:50 EUR/week",
        "accommodation",
    ]
    assert terms("Salary 1200 - 1500 EUR per month") == ["pay:1200 EUR/month", "pay:1500 EUR/month"]


def test_a_fee_that_is_denied_is_said_to_be_none():
    assert terms("We are hiring, no deposit") == ["fee:none"]
    assert terms("We are hiring, no accommodation") == []


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("Green Bridge is hiring cooks", "Green Bridge"),
        ("Company: The North Farm. Salary on request", "North Farm"),
        ("Cooks wanted for Alfa Foods GmbH", "Alfa Foods GmbH"),
        ("ООО «Северный хлеб» приглашает пекаря", "ООО «Северный хлеб»"),
        ("Firma Stejarul angajează brutari", "Stejarul"),
    ],
)
def test_the_employer_is_named(text, employer):
    found = next(iter(find(fold(text), Context())))

    assert (found.value, found.display, text[found.start : found.end]) == (f"employer:{employer}", employer, employer)


@pytest.mark.parametrize("text", ["Hotel is hiring cooks", "We are hiring cooks", "Family seeks a nanny, salary"])
def test_a_kind_of_business_is_no_employer(text):
    assert terms(text) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "salary", "fee ", "Ltd", "\u200b", "€ 12", "ß", ". "]), max_size=8))
def test_every_span_holds_its_words_and_every_value_is_of_a_known_term(pieces):
    text = " ".join(pieces)

    for found in find(fold(text), Context()):
        assert 0 <= found.start < found.end <= len(text)
        term = found.value.partition(":")[0]
        assert term in {"employer", "pay", "fee", "deduction", "documents", "accommodation", "transport", "contract"}


def test_the_stage_gives_the_terms_of_an_advert_as_mentions():
    rows = [{"advert_id": 1, "title": "Waiter", "body": "We are hiring: salary 900 EUR per month, no contract"}]

    found = extract(ADVERTS.from_rows(rows), kinds=["job"]).to_pylist()

    assert [(m["kind"], m["value"], m["raw"]) for m in found] == [
        ("job", "pay:900 EUR/month", "900 EUR per month"),
        ("job", "contract:none", "no contract"),
    ]


def test_every_word_of_the_list_says_one_of_the_known_things():
    says = {meaning for meanings in job_words().values() for meaning in meanings}

    assert says == {
        *("hire", "hint", "pay", "lead", "employer", "hirer", "fee", "fee:none", "deduction", "accommodation"),
        *("transport", "documents:handled", "documents:kept", "documents:copy", "contract", "contract:none"),
        "contract:later",
        "form",
    }
