"""Draws an operation of the fourth family: who, where, when, under which numbers, with which texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from felinar.demo.numbers import Number
from fourth_world.countries import COUNTRIES, Lines
from fourth_world.kinds import Kind
from fourth_world.words import Text, draw_text, speech
from fourth_world.writing import DISGUISES

DAYS = 420
SPEAKS_ELSEWHERE = ("en", "ro", "es", "pl", "ru")
_SYLLABLES = ("mira", "velo", "tand", "orso", "kuli", "bren", "sava", "lotu", "peri", "nomo", "zaka", "hild", "ferro")
_HOUSES = ("post.example", "mail.example", "letterbox.example", "office.example")


@dataclass
class Operation:
    """Everything that its adverts are made from; `numbers` are those of a line in the order of their use."""

    name: str
    kind: Kind
    size: int
    country: str
    towns: list[str]
    people: list[str]
    first_day: int
    days: int
    numbers: list[list[Number]]
    sites: list[int]
    texts: list[Text] = field(default_factory=list)
    disguise: float = 0.0
    way: str = ""
    rewritten: float = 0.0
    hidden: float = 0.0
    handle: str = ""
    mail: str = ""
    price: int = 0

    def day(self, index: int) -> int:
        """Return the day on which its advert of that index stands."""
        return self.first_day + self.days * index // self.size


@dataclass
class Popular:
    """Texts that strangers copy: those of firms, and those that somebody sells to many."""

    texts: dict[tuple[str, str], list[Text]] = field(default_factory=dict)

    def add(self, text: Text) -> None:
        self.texts.setdefault((text.speech.code, text.use), []).append(text)

    def copied(self, rng: Random, code: str, use: str) -> Text | None:
        """Return one of the last texts of a language and use, None where there is none."""
        known = self.texts.get((code, use))
        return rng.choice(known[-12:]) if known else None


def draw_operation(
    rng: Random, name: str, kind: Kind, size: int, evasion: float, lines: Lines, popular: Popular
) -> Operation:
    """Return a new operation of this kind and size."""
    country = _country(rng, lines)
    towns = COUNTRIES[country].towns.split()
    spoken = speech(COUNTRIES[country].languages.split()[0])
    days = min(DAYS - 20, 1 + int(size * rng.uniform(0.5, 5.0)))
    operation = Operation(
        name=name, kind=kind, size=size, country=country,
        towns=rng.sample(towns, min(rng.randint(*kind.towns), len(towns), max(1, size - 1))),
        people=rng.sample(spoken.lists["names"], min(rng.randint(*kind.people), max(1, size))),
        first_day=rng.randrange(DAYS - days), days=days, numbers=[],
        sites=rng.sample(range(12), rng.randint(3, 7) if kind.mass else rng.choice((1, 1, 2, 2, 3))),
        disguise=min(0.95, evasion * kind.disguise * rng.uniform(0.2, 1.8)),
        way=rng.choice(list(DISGUISES)), price=rng.randrange(4, 40) * 5,
        rewritten=evasion * rng.uniform(0.0, 0.8) if kind.coerced or kind.mass else 0.1 * evasion * rng.random(),
        hidden=0.04 + (0.14 * evasion if kind.coerced or kind.mass else 0.04 * evasion),
        handle=_named(rng, "") if rng.random() < kind.handle else "",
        mail=f"{_named(rng, '.')}@{rng.choice(_HOUSES)}" if rng.random() < kind.mail else "",
    )  # fmt: skip
    operation.numbers = [_line(rng, operation, evasion, lines) for _ in range(_lines_wanted(operation))]
    _write(rng, operation, popular)
    return operation


def _named(rng: Random, joint: str) -> str:
    return f"{rng.choice(_SYLLABLES)}{joint}{rng.choice(_SYLLABLES)}{rng.randrange(10, 9999)}"


def _country(rng: Random, lines: Lines) -> str:
    code: str = rng.choices(list(COUNTRIES), [country.weight for country in COUNTRIES.values()])[0]
    return code if lines.pool.left(code) > 60 else "PL"


def _lines_wanted(operation: Operation) -> int:
    wanted = {"time": 1, "town": len(operation.towns), "person": max(1, len(operation.people)), "any": 1}
    return min(wanted[operation.kind.lines], operation.size)


def _line(rng: Random, operation: Operation, evasion: float, lines: Lines) -> list[Number]:
    """Return the numbers of one line, and give up those whose time ends with it."""
    kind, wanted = operation.kind, 1
    if kind.per_number:
        share = operation.size / _lines_wanted(operation)
        wanted += int(share / kind.per_number * (0.5 + evasion) * rng.uniform(0.5, 1.5))
    elif operation.size > 4 and rng.random() < 0.08:
        wanted = 2
    taken = [lines.take(rng, operation.country, operation.first_day) for _ in range(wanted)]
    if rng.random() < 0.5:
        for number in taken:
            lines.give_up(number, operation.first_day + operation.days)
    return taken


def _write(rng: Random, operation: Operation, popular: Popular) -> None:
    """Give the operation its texts; some copy those of others, with their own contact."""
    kind = operation.kind
    spoken = COUNTRIES[operation.country].languages.split()
    for _ in range(min(operation.size, rng.choice((1, 1, 1, 2, 3)))):
        use = "job" if rng.random() < kind.jobs else "service"
        code = spoken[0] if rng.random() < (0.7 if kind.coerced else 0.88) else rng.choice((*spoken, *SPEAKS_ELSEWHERE))
        copies = {"faker": 0.35, "solo": 0.05, "firm": 0.04, "parlour": 0.05, "flooder": 0.1}.get(kind.name, 0.02)
        text = popular.copied(rng, code, use) if rng.random() < copies else None
        if text is None:
            text = draw_text(rng, kind, speech(code), use)
            if rng.random() < (0.3 if kind.name in ("firm", "temping", "agency") else 0.01):
                popular.add(text)
        operation.texts.append(text)
