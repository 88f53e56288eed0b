"""One operation of the world: who is behind it, where, under which numbers, with which texts and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from felinar.demo import places
from felinar.demo.language import language
from felinar.demo.numbers import Number, Pool
from felinar.demo.plan import Kind
from felinar.demo.template import Template, draw_template, translate

DAYS = 420


@dataclass(slots=True)
class Operation:
    """Everything that its adverts are made from."""

    operation_id: str
    kind: Kind
    size: int
    country: str
    cities: tuple[str, ...]
    sites: tuple[str, ...]
    names: tuple[str, ...]
    numbers: list[Number]
    templates: list[Template]
    pictures: list[str]
    accounts: list[str]
    company: str
    handle: str
    email: str
    way: str
    first_day: int
    days: int
    price: int
    pay: int
    own: int


@dataclass
class Commons:
    """What strangers share: popular texts, texts of agencies and franchises, retired numbers, pictures to steal."""

    popular: dict[tuple[str, str], list[Template]] = field(default_factory=dict)
    agency: dict[tuple[str, str], Template] = field(default_factory=dict)
    franchise: dict[str, Template] = field(default_factory=dict)
    retired: dict[str, Number] = field(default_factory=dict)
    picture: str = places.STOCK_PICTURES[0]


def _weighted(draw: float) -> str:
    for country, weight in places.WEIGHTS.items():
        draw -= weight
        if draw < 0:
            return country
    return "RO"


def choose_country(rng: Random, pool: Pool, needed: int) -> str:
    """Return a country, by weight, among those whose fictional numbers are not used up."""
    while True:
        draw = rng.random() * sum(places.WEIGHTS.values())
        country = _weighted(draw)
        if pool.left(country) >= needed:
            return country


def _numbers(
    rng: Random, kind: Kind, size: int, stable: bool, country: str, pool: Pool, commons: Commons
) -> list[Number]:
    wanted = 1
    if not stable and kind.adverts_per_number:
        wanted = 1 + int(size / kind.adverts_per_number * (0.6 + 0.8 * rng.random()))
    elif not stable and size > 20 and rng.random() < 0.4:
        wanted = 2
    if pool.left(country) < wanted:
        country = "RO"
    numbers = [pool.take(country) for _ in range(wanted)]
    if rng.random() < 0.025 and country in commons.retired:
        numbers[0] = commons.retired[country]
    elif rng.random() < 0.05:
        commons.retired[country] = numbers[-1]
    return numbers


def _templates(rng: Random, kind: Kind, size: int, codes: list[str], commons: Commons) -> list[Template]:
    wanted = min(size, kind.templates[0] + int(rng.random() * (kind.templates[1] - kind.templates[0] + 1)))
    found: list[Template] = []
    for i in range(wanted):
        category = "job" if rng.random() < kind.jobs or (kind.jobs > 0.5 and i == 0) else "service"
        spoken = language(codes[0])
        if found and len(codes) > 1 and found[0].category == category and rng.random() < 0.5:
            found.append(translate(rng, found[0], language(codes[1])))
            continue
        found.append(
            _copied(rng, kind, spoken.code, category, commons) or draw_template(rng, spoken, category, kind.coerced)
        )
    return found


def _copied(rng: Random, kind: Kind, code: str, category: str, commons: Commons) -> Template | None:
    """Return somebody else's text for some strangers, and remember texts that others will copy."""
    key, draw = (code, category), rng.random()
    if kind.name in ("independent", "duo", "employer") and draw < 0.07:
        popular = commons.popular.setdefault(key, [])
        if len(popular) < 6:
            popular.append(draw_template(rng, language(code), category, False))
        return popular[int(rng.random() * len(popular))]
    if kind.name == "independent" and draw < 0.10:
        return commons.agency.get(key)
    if kind.name == "managed" and draw < 0.2:
        commons.agency[key] = draw_template(rng, language(code), category, False)
        return commons.agency[key]
    if kind.name == "employer" and draw < 0.16:  # branches of one brand: one text, different offices
        if code not in commons.franchise or rng.random() < 0.2:
            commons.franchise[code] = draw_template(rng, language(code), "job", False)
        return commons.franchise[code] if category == "job" else None
    return None


def _some(rng: Random, choices: tuple[str, ...], limits: tuple[int, int], size: int) -> tuple[str, ...]:
    wanted = min(limits[0] + int(rng.random() * (limits[1] - limits[0] + 1)), len(choices), max(1, size))
    if wanted == 1:
        return (choices[int(rng.random() * len(choices))],)
    return tuple(rng.sample(choices, wanted))


def draw_operation(
    rng: Random, number: int, kind: Kind, size: int, stable: bool, pool: Pool, commons: Commons
) -> Operation:
    """Return a new operation of this kind and size; `stable` keeps it on one number whatever its size."""
    country = choose_country(rng, pool, 1 + (size // kind.adverts_per_number * 2 if kind.adverts_per_number else 1))
    spoken = places.SPOKEN[country]
    codes = [spoken[0] if rng.random() < 0.8 else spoken[int(rng.random() * len(spoken))]]
    if size > 3 and kind.name in ("coerced_services", "coerced_recruitment", "managed") and rng.random() < 0.4:
        codes.append(spoken[-1] if spoken[-1] != codes[0] else "en")
    city_limits = kind.cities
    if kind.name == "independent" and size > 2 and rng.random() < 0.2:  # some travel on their own account
        city_limits = (2, 5)
    name_limits = (2, 2) if kind.name == "independent" and size > 2 and rng.random() < 0.12 else kind.names
    word = _any(rng, places.HANDLE_FIRST) + "_" + _any(rng, places.HANDLE_LAST) + str(int(rng.random() * 9000) + 100)
    pictures = [f"img/{rng.getrandbits(48):012x}.jpg" for _ in range(min(1 + size // 3, 12))]
    if rng.random() < 0.12:
        pictures[0] = places.STOCK_PICTURES[int(rng.random() ** 2 * len(places.STOCK_PICTURES))]
    elif rng.random() < 0.04:
        pictures[0] = commons.picture
    elif rng.random() < 0.1:
        commons.picture = pictures[0]
    domain = places.TYPO_DOMAIN if rng.random() < 0.04 else _any(rng, places.MAIL_DOMAINS)
    return Operation(
        operation_id=f"op{number:07d}",
        kind=kind,
        size=size,
        country=country,
        cities=_some(rng, places.CITY[country], city_limits, size),
        sites=_some(rng, places.SITES, kind.sites, size),
        names=_some(rng, language(codes[0]).lists["names"], name_limits, size),
        numbers=_numbers(rng, kind, size, stable, country, pool, commons),
        templates=_templates(rng, kind, size, codes, commons),
        pictures=pictures,
        accounts=[f"u{rng.getrandbits(30)}" for _ in range(1 + (size // 15 if kind.adverts_per_number else 0))],
        company=f"{_any(rng, places.COMPANY_FIRST)} {_any(rng, places.COMPANY_LAST)}",
        handle=f"@{word}" if rng.random() < (0.55 if size > 1 else 0.25) else "",
        email=f"{word.replace('_', '.')}@{domain}" if rng.random() < (0.35 if size > 1 else 0.2) else "",
        way="",
        first_day=int(rng.random() * DAYS),
        days=min(DAYS, 2 + int(size * (0.5 + 3 * rng.random()))),
        price=30 + 5 * int(rng.random() * 30),
        pay=900 + 50 * int(rng.random() * 40),
        own=int(rng.random() * 65536),
    )


def _any(rng: Random, choices: tuple[str, ...]) -> str:
    return choices[int(rng.random() * len(choices))]
