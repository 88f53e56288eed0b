"""Job fields: what an advert says of employer, pay, fees, documents, accommodation, transport and contract.

The words stand in data/job_words.txt. Nothing is read where none of them says that this is a job advert. An amount of
money belongs to the nearest word for pay, fee or accommodation in its sentence; without such a word it is pay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

from felinar.extract import price
from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.evidence import evidence
from felinar.extract.job_amounts import MOST, amounts
from felinar.extract.job_employer import employers, has_legal_form
from felinar.extract.lexicon import load
from felinar.extract.signs import Hit, hits, register
from felinar.extract.words import before, folded, word_set
from felinar.kernels.fold import Folded

SURE = 70
DENIABLE = frozenset(("fee", "contract"))
# What makes a text a job advert, what gives no value by itself.
_JOB, LEADS = frozenset(("hire", "pay")), frozenset(("hire", "hint", "pay", "lead", "employer", "hirer", "form"))
_ENOUGH = 2  # different other things also make it one, but not those of a flat to let alone
_LET = frozenset(("accommodation", "fee", "contract"))
_UNSPECIFIC, _HIRER = frozenset(("lead", "employer", "hirer", "form")), frozenset(("hirer", "form"))
NOT = word_set("no|not|without|fără|fara|nu|sin|sem|não|sans|ohne|kein|keine|senza|nessuna|nessun|без|нет|bina|बिना")
# Concepts of the lexicon and what their phrases say here.
_CONCEPTS = {
    "accommodation": "accommodation",
    "travel_paid": "transport",
    "upfront_fee": "fee",
    "deducted_from_wages": "deduction",
    "no_experience": "hint",
    "language_not_needed": "hint",
    "employer_hidden": "hint",
    "work_abroad": "hire",
}


@lru_cache(maxsize=1)
def job_words() -> dict[str, tuple[str, ...]]:
    """Return the folded words of the list and of the lexicon -> what they say; a word may say several things."""
    meanings: dict[str, list[str]] = {}
    meaning = ""
    content = resources.files("felinar.extract").joinpath("data/job_words.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        if line.startswith("["):
            meaning = line.strip("[]")
        elif not line.startswith("#"):
            for word in map(str.strip, line.split("|")):
                meanings.setdefault(" ".join(folded(word).split()), []).append(meaning)
    for concept, meant in _CONCEPTS.items():
        for phrase in (p for many in load().concepts[concept].phrases.values() for p in many):
            said = meanings.setdefault(" ".join(folded(phrase).split()), [])
            said += [] if any(m.startswith(meant) for m in said) else [meant]
    return {word: tuple(dict.fromkeys(many)) for word, many in meanings.items() if word}


register("job", lambda: job_words().items())


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the terms of a job, each with its words; `pay:1200 EUR/month`, `fee:200 EUR`, `fee:none`, `contract`."""
    said = hits(text, "job")
    if said and is_job(text, {meant for _, _, many in said for meant in many}):
        yield from terms(text, said, price.find(text, context))


def is_job(text: Folded, meanings: set[str]) -> bool:
    """Whether what is said makes the text a job advert; a name with a legal form counts where it looks for somebody."""
    if not _JOB.isdisjoint(meanings):
        return True
    others = {meant.partition(":")[0] for meant in meanings} - _UNSPECIFIC
    return (len(others) >= _ENOUGH and not others <= _LET) or (meanings >= _HIRER and has_legal_form(text))


def terms(text: Folded, said: list[Hit], prices: Iterable[Found]) -> Iterator[Found]:
    """Return the terms of a text that is a job advert, from the words that are said and the prices that stand in it."""
    cues = _longest(said)[:MOST]
    yield from employers(text, cues)
    priced, found = amounts(text, cues, prices)
    yield from found
    given: set[str] = set()
    for start, end, many in cues:
        for meant in many:
            if meant not in LEADS and (start, meant) not in priced:
                value = _negated(text, start, meant)
                if value and value not in given:
                    given.add(value)
                    first, last = text.span(start, end)
                    words = " ".join(text.text[start:end].split())
                    yield Found(first, last, value, confidence=SURE, evidence=evidence(("said", words)))


def _longest(said: list[Hit]) -> list[Hit]:
    """Return the hits that lie in no longer one, in the order of the text."""
    kept: list[Hit] = []
    for hit in sorted(said, key=lambda h: (h[0], -h[1])):
        if not kept or hit[1] > kept[-1][1]:
            kept.append(hit)
    return kept


def _negated(text: Folded, start: int, meant: str) -> str:
    """Return what is said when a word for "no" may stand before: no fee is said, no bed says nothing."""
    if ":" in meant or before(text, start)[0] not in NOT:
        return meant
    return f"{meant}:none" if meant in DENIABLE else ""


JOB = Extractor(
    "job",
    kind="job",
    version=2,
    find=find,
    examples=(
        (
            "Green Bridge Ltd is hiring: salary 1200 EUR per month, accommodation provided, written contract",
            ("employer:Green Bridge Ltd", "pay:1200 EUR/month", "accommodation", "contract"),
        ),
        ("Angajăm muncitori, taxa de recrutare 200 euro, fără contract", ("fee:200 EUR", "contract:none")),
        (
            "Se necesita camarera, guardamos el pasaporte, sueldo 900 euros al mes",
            ("pay:900 EUR/month", "documents:kept"),
        ),
        ("Требуются швеи, жильё предоставляем, без предоплаты", ("accommodation", "fee:none")),
        (
            "Wir suchen Fahrer, Lohn 14 EUR pro Stunde, Miete 80 EUR pro Woche",
            ("pay:14 EUR/hour", "accommodation:80 EUR/week"),
        ),
        ("Massage 60 EUR per hour in a clean flat, deposit 20 EUR, hotel visits", ()),
    ),
)
