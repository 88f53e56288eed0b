"""One advert of an operation: slots filled, a contact written in some way, decoys and boilerplate added."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from felinar.demo import places
from felinar.demo.disguise import choose_way, is_disguise, write_number
from felinar.demo.numbers import Number, grouped
from felinar.demo.operation import DAYS, Operation
from felinar.demo.template import Template, edited, pick

START = datetime.datetime(2025, 1, 6, tzinfo=datetime.UTC)
DECOYS = (
    "Ref. 2025-{a}-{b}", "ID 4{a}{b}26{b}", "No. 000{a}{b}", "{d}.11.2025", "{d}/12/2025 18:30", "#{a}{b}", "90x200 cm",
    "IBAN XX00 {a} {b} {a} {b} {a}", "10:00-22:00", "{b}/{d}", "Order 77-{a}-{b}-{d}",
    "v{d}.{a}", "1{d}.{d} km", "EAN 50{a}{b}{b}1",
)  # fmt: skip

HUB_RATE = 0.019
FOOTER_RATE = 0.03


@dataclass(frozen=True, slots=True)
class Hub:
    """A number that strangers show: a booking line, a print shop, a site's support."""

    number: Number
    line: int


@dataclass(slots=True)
class Setting:
    """What all adverts of one world have in common."""

    evasion: float
    rate: float
    hubs: tuple[Hub, ...]
    footers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Advert:
    """One advert and what is true of it; `ways` names how each number of `phones` is written."""

    record: dict[str, object]
    operation: Operation
    phones: tuple[str, ...]
    ways: tuple[str, ...]


def _shown_numbers(rng: Random, operation: Operation, index: int) -> list[Number]:
    """Return the number in use at that time; at a change sometimes the one before as well, so that a chain remains."""
    if rng.random() < operation.kind.silent:
        return []
    numbers = operation.numbers
    at = index * len(numbers) // operation.size
    shown = [numbers[at]]
    if at and (index - 1) * len(numbers) // operation.size != at and rng.random() < 0.5:
        shown.append(numbers[at - 1])
    return shown


def _contact(
    rng: Random, operation: Operation, shown: list[Number], setting: Setting
) -> tuple[str, list[str], list[str], str]:
    """Return the contact text, the phones, the ways they are written in, and the part that goes into the title."""
    spoken = operation.templates[0].language
    parts, ways, head = [], [], ""
    for number in shown:
        way = operation.way
        if not way or rng.random() < 0.3:
            way = choose_way(rng, setting.rate * operation.kind.disguise, setting.evasion)
            operation.way = operation.way or way
        written = write_number(rng, number, way, spoken.digits, spoken.links)
        if way == "split":
            if head:
                written = written.replace("\n", " / ")
            else:
                head, _, written = written.partition("\n")
                written = f"… {written}"
        parts.append(written)
        ways.append(way)
    if operation.handle and rng.random() < (0.55 if not shown else 0.14):
        parts.append(operation.handle)
    if operation.email and rng.random() < (0.4 if not shown else 0.1):
        parts.append(operation.email)
    return " / ".join(parts), [number.e164 for number in shown], ways, head


def make_advert(rng: Random, operation: Operation, index: int, advert_id: str, setting: Setting) -> Advert:
    """Return the index-th advert of the operation, in the order of time."""
    templates = operation.templates
    template = templates[0 if len(templates) == 1 else int(rng.random() * len(templates))]
    day = operation.first_day + operation.days * index // operation.size
    footer = int(rng.random() * 2) if rng.random() < FOOTER_RATE else -1
    site = places.FOOTER_SITES[footer] if footer >= 0 else _any(rng, operation.sites)
    contact, phones, ways, head = _contact(rng, operation, _shown_numbers(rng, operation, index), setting)
    values = _values(rng, operation, template, index)
    values |= {"city": _city(rng, operation, day), "site": site, "c": contact}
    record: dict[str, object] = {"id": advert_id, "site": site}
    if rng.random() < 0.8:
        record["url"] = f"https://{site}/{template.category}/{advert_id}"
    if rng.random() < 0.6:
        record["account"] = operation.accounts[index * len(operation.accounts) // operation.size]
    posted = START + datetime.timedelta(days=day % DAYS, minutes=int(rng.random() * 1440))
    record["posted_at"] = posted.strftime("%Y-%m-%dT%H:%M:00Z") if rng.random() < 0.97 else ""
    record["title"] = template.title.format_map(values) + (f" {head} …" if head else "")
    plainly = bool(ways) and not is_disguise(ways[0]) and rng.random() < 0.35
    record["phone"] = phones[0] if plainly else ""
    text = _body(rng, operation, template, values) + _noise(rng, template)
    record["text"] = text + _strangers(rng, operation, template, site, footer, setting, phones, ways)
    record |= _fields(rng, operation, template, values)
    return Advert(record, operation, tuple(phones), tuple(ways))


def _city(rng: Random, operation: Operation, day: int) -> str:
    """Return the stop of the circuit, week by week; some stand everywhere at once."""
    cities = operation.cities
    if len(cities) == 1:
        return cities[0]
    name = operation.kind.name
    everywhere = name in ("spam", "scam_jobs") or (operation.kind.coerced and rng.random() < 0.3)
    return _any(rng, cities) if everywhere else cities[day // 6 % len(cities)]


def _values(rng: Random, operation: Operation, template: Template, index: int) -> dict[str, str]:
    """Return what fills the slots; most of it belongs to the operation, so that its texts resemble each other."""
    kind, size, own, lists = operation.kind, operation.size, operation.own, template.language.lists
    what, role, near = lists["service.kind"], lists["job.role"], lists["near"]
    unit, money = places.PRICE_UNIT.get(operation.country, 1), places.CURRENCY[operation.country]
    opens = 8 + int(rng.random() * 4)
    return {
        "name": _any(rng, operation.names),
        "what": what[(own + (index % 3 if size > 6 else 0)) % len(what)],
        "role": role[(own + (index % 4 if kind.name != "employer" else 0)) % len(role)],
        "price": money.format(operation.price * unit),
        "pay": money.format(operation.pay * unit),
        "near": near[(own + (int(rng.random() * 3) if size > 4 else 0)) % len(near)],
        "hours": f"{opens}:00-{opens + 9}:{'30' if own & 1 else '00'}",
        "mins": str(30 + 15 * (own % 5)),
        "years": str(2 + own % 17),
        "km": str(5 + own % 40),
        "n": str(2 + own % 9),
        "month": places.MONTHS[own % len(places.MONTHS)],
        "company": operation.company,
    }


def _body(rng: Random, operation: Operation, template: Template, values: dict[str, str]) -> str:
    sentences = list(template.sentences)
    if operation.size > 1 and rng.random() < 0.45:
        sentences = edited(rng, sentences)
    if values["c"]:
        at = int((0.4 + 0.6 * rng.random()) * len(sentences) + 0.5)
        sentences.insert(at, pick(rng, template.language.sections["contact"]))
    return " ".join(sentences).format_map(values)


def _noise(rng: Random, template: Template) -> str:
    """Return now and then a string of digits that is no number, or a paragraph that strangers copy."""
    noise = ""
    if rng.random() < 0.3:
        a, b, d = 1000 + int(rng.random() * 9000), 100 + int(rng.random() * 900), 10 + int(rng.random() * 18)
        noise = " " + _any(rng, DECOYS).format(a=a, b=b, d=d)
    if rng.random() < 0.05:
        noise += "\n" + pick(rng, template.language.sections["safety"])
    return noise


def _strangers(
    rng: Random,
    operation: Operation,
    template: Template,
    site: str,
    footer: int,
    setting: Setting,
    phones: list[str],
    ways: list[str],
) -> str:
    """Return lines with numbers of third parties (a hub, the site's footer), and add them to what the advert shows."""
    sections, text = template.language.sections, ""
    if rng.random() < HUB_RATE:
        hub = setting.hubs[int(rng.random() * len(setting.hubs))]
        home = hub.number.country == operation.country
        line = sections["hub"][hub.line % len(sections["hub"])][0]
        text = "\n" + line.format(c=grouped(hub.number) if home else hub.number.e164)
        phones.append(hub.number.e164)
        ways.append("hub")
    if footer >= 0:
        number = setting.footers[footer].e164
        text += "\n" + pick(rng, sections["footer"]).format(c=number, site=site)
        phones.append(number)
        ways.append("footer")
    return text


def _fields(rng: Random, operation: Operation, template: Template, values: dict[str, str]) -> dict[str, object]:
    """Return the columns that deliveries fill now and then."""
    pictures = operation.pictures
    first, shown = int(rng.random() * len(pictures)), min(len(pictures), int(rng.random() * 4))
    amount = values["price" if template.category == "service" else "pay"]
    return {
        "city": values["city"] if rng.random() < 0.9 else "",
        "country": operation.country if rng.random() < 0.85 else "",
        "images": [pictures[(first + i) % len(pictures)] for i in range(shown)],
        "price": amount if rng.random() < 0.5 else "",
        "category": template.category if rng.random() < 0.85 else "",
    }


def _any(rng: Random, choices: tuple[str, ...]) -> str:
    return choices[int(rng.random() * len(choices))]
