"""Read what somebody typed, with the extractors that read the adverts, and say how it was read."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass

from felinar.kernels.fold import fold

# Kinds that can be asked for by their value. Ages, names and places cannot: a person is not a query.
KINDS = ("phone", "email", "handle", "url")
_NOUNS = {"email": "e-mail address", "url": "link"}
_USER = re.compile(r"@[\w.]{2,50}")
SHORTEST_TAIL = 6  # digits that a national number must have to be looked for by its end


@dataclass(frozen=True)
class Reading:
    """One way to understand what was typed.

    `kind` is `id`, a kind of key, `phone ending`, `user` (a user name on any network) or `as written`.
    """

    kind: str
    value: str

    @property
    def how(self) -> str:
        """Return the reading in words."""
        if self.kind == "phone ending":
            return f"a telephone number that ends in {self.value}"
        if self.kind == "user":
            return f"the user name {self.value} on any network"
        if self.kind == "phone":
            return f"the telephone number {self.value}"
        if self.kind == "as written":
            return f"the value '{self.value}' as written"
        return f"the {_NOUNS.get(self.kind, self.kind)} {self.value}"


def readings(what: str) -> list[Reading]:
    """Return every way to read the text, the surest first; empty for a blank text."""
    text = what.strip()
    if not text:
        return []
    found = [Reading("id", text)] if _is_id(text) else []
    # Without a letter it is a number or nothing: the other extractors need not be asked.
    kinds = KINDS[:1] if _is_numeric(text) and "@" not in text else KINDS
    found += _without_domains([reading for kind in kinds for reading in _by_extractor(kind, text)])
    if _USER.fullmatch(text):
        found.append(Reading("user", text[1:].casefold()))
    tail = digits_of(text)
    if SHORTEST_TAIL <= len(tail) <= 15 and not any(r.value.startswith("+") for r in found) and _is_numeric(text):
        found.append(Reading("phone ending", tail))
    found += [Reading("as written", form) for form in dict.fromkeys((text, text.casefold()))]
    return list(dict.fromkeys(found))


def _is_id(text: str) -> bool:
    """An id is a number below 2^63 as we write it, without zeros in front."""
    return text.isascii() and text.isdigit() and len(text) <= 19 and not (len(text) > 1 and text[0] == "0")


def _without_domains(found: list[Reading]) -> list[Reading]:
    """Leave out links that are only the domain of an e-mail address that was read too."""
    domains = {reading.value.rpartition("@")[2] for reading in found if reading.kind == "email"}
    return [
        r for r in found if not (r.kind == "url" and any(d == r.value or d.endswith("." + r.value) for d in domains))
    ]


def _by_extractor(kind: str, text: str) -> list[Reading]:
    from felinar.extract.contract import Context

    extractor = getattr(importlib.import_module(f"felinar.extract.{kind}"), kind.upper())
    values = dict.fromkeys(found.value for found in extractor.find(fold(text), Context()))
    return [Reading(kind, value) if kind != "phone" else _phone(value) for value in values]


def _phone(value: str) -> Reading:
    """A number without a country is known by its end only."""
    return Reading("phone", value) if value.startswith("+") else Reading("phone ending", value.lstrip("0"))


def digits_of(text: str) -> str:
    """Return the digits, of any script, without leading zeros: the part that national and international forms share."""
    return "".join(c for c in fold(text).text if c in "0123456789").lstrip("0")


def _is_numeric(text: str) -> bool:
    return not any(c.isalpha() for c in fold(text).text)
