"""The readers that Felinar is measured beside, all called alike; and what counts as the same number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version

import commonregex
import phonenumbers
import pyarrow as pa

from felinar.extract import extract
from felinar.tables import ADVERTS

NAIVE = re.compile(r"\+?\d(?:[ ().\-/]{0,2}\d){6,14}")
# A text and the country that it is read for, empty where it is not known.
Text = tuple[str, str]
Engine = Callable[[Sequence[Text]], list[list[str]]]


def table(texts: Iterable[Text]) -> pa.Table:
    """Return the texts as bodies of adverts, numbered from 0."""
    return ADVERTS.from_rows(
        [{"advert_id": i, "body": text, "country_hint": country} for i, (text, country) in enumerate(texts)]
    )


def felinar(texts: Sequence[Text]) -> list[list[str]]:
    return values(extract(table(texts), kinds=("phone",)), len(texts))


def values(mentions: pa.Table, adverts: int) -> list[list[str]]:
    """Return the values by advert, numbered from 0."""
    found: list[list[str]] = [[] for _ in range(adverts)]
    for i, value in zip(mentions["advert_id"].to_pylist(), mentions["value"].to_pylist(), strict=True):
        found[i].append(value)
    return found


def libphonenumber(leniency: int) -> Engine:
    def one(text: str, country: str) -> list[str]:
        matches = phonenumbers.PhoneNumberMatcher(text, country or None, leniency=leniency)
        return [phonenumbers.format_number(m.number, phonenumbers.PhoneNumberFormat.E164) for m in matches]

    return lambda texts: [one(text, country) for text, country in texts]


ENGINES: dict[str, Engine] = {
    "felinar": felinar,
    "libphonenumber VALID": libphonenumber(phonenumbers.Leniency.VALID),
    "libphonenumber POSSIBLE": libphonenumber(phonenumbers.Leniency.POSSIBLE),
    "digit pattern": lambda texts: [NAIVE.findall(text) for text, _ in texts],
    "commonregex": lambda texts: [commonregex.phone.findall(text) for text, _ in texts],
}
VERSIONS = {name: version(name) for name in ("phonenumbers", "commonregex", "price-parser")}


def same(a: str, b: str) -> bool:
    """Whether two numbers are equal after up to three leading digits are dropped on either side."""
    a, b = (re.sub(r"\D", "", number) for number in (a, b))
    return any(a[i:] == b[j:] for i in range(4) for j in range(4))


def match(found: Sequence[str], expected: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the expected numbers that were found, those that were missed, and what was found wrongly."""
    missed, distinct, wrong, right = list(expected), list[str](), list[str](), list[str]()
    for number in found:
        if not any(same(number, other) for other in distinct):
            distinct.append(number)
    for number in distinct:
        hit = next((e for e in missed if same(number, e)), None)
        if hit is None:
            wrong.append(number)
        else:
            right.append(hit)
            missed.remove(hit)
    return right, missed, wrong


def rates(right: int, wrong: int, missed: int) -> dict[str, str]:
    """Return precision, recall and F1 with three decimals, empty where there was nothing to count."""
    parts = {"precision": (right, right + wrong), "recall": (right, right + missed)}
    figures = {name: f"{part / whole:.3f}" if whole else "" for name, (part, whole) in parts.items()}
    return {**figures, "f1": f"{2 * right / (2 * right + wrong + missed):.3f}" if right + wrong + missed else ""}
