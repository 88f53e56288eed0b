"""Makes one advert of an operation: its town, person, number, text, and what the site does to it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from felinar.demo.numbers import Number
from fourth_world.countries import COUNTRIES, LANDS
from fourth_world.operation import Operation
from fourth_world.sites import SITES, Record, dated, marked_up, spoilt
from fourth_world.words import Text, lines_of
from fourth_world.writing import DISGUISES, disguised, plain

BOOKING = (
    ("Bookings through Alder Diary, +1 212-555-0142", "+12125550142"),
    ("Diary kept by Hollin Desk (0113 496 0777)", "+441134960777"),
)
HANDLES = ("Telegram @{}", "t.me/{}", "TG: {}", "WhatsApp / Telegram: @{}")


@dataclass
class Advert:
    """The record as it is delivered, whose it is, and each telephone number that it shows: as written, and E.164."""

    record: Record
    operation: Operation
    phones: list[tuple[str, str]]


def draw_advert(rng: Random, operation: Operation, index: int) -> Advert:
    """Return the advert of an operation at its place in time."""
    site, text = SITES[rng.choice(operation.sites)], rng.choice(operation.texts)
    town, person = _town(rng, operation, index), _person(rng, operation, index)
    values = _values(rng, operation, text, town, person)
    title = text.title.format_map(values)
    lines = [line.format_map(values) for line in lines_of(rng, text, operation.rewritten)]
    head, written, phones = _contacts(rng, operation, _numbers(rng, operation, index, town, person), text)
    title = f"{title} {head}" if head else title
    apart = rng.random() < site.apart
    if written and not apart:
        lines.insert(len(lines) if rng.random() < 0.7 else rng.randrange(len(lines) + 1), written)
    if operation.kind.truth in ("independent", "managed") and rng.random() < 0.03:
        phones.append(rng.choice(BOOKING))
        lines.append(phones[-1][0])
    if site.footer:
        lines.append(site.footer)
    if site.line:
        phones.append((site.footer, site.line))
    body = site.joint.join(lines)
    record: Record = {
        "id": f"{rng.getrandbits(48):x}", "site": site.name, "title": title,
        "body": marked_up(body) if site.html else body,
        "city": town if rng.random() < site.town else "",
        "country": operation.country if rng.random() < site.country else "",
        "posted_at": dated(rng, site, operation.day(index)),
        "account": f"{operation.name}{'abc'[index % 3]}" if site.accounts and rng.random() < 0.6 else "",
        "contact": written if apart else "",
    }  # fmt: skip
    record["url"] = f"https://{site.name}/{record['id']}"
    record = spoilt(rng, record, written)
    seen = f"{record['body']}\n{record['contact']}"
    return Advert(record, operation, [pair for pair in phones if pair[0] in seen or marked_up(pair[0]) in seen])


def _town(rng: Random, operation: Operation, index: int) -> str:
    towns, stop = operation.towns, index * len(operation.towns)
    if operation.kind.way == "circuit":
        return towns[(stop * 2 // operation.size) % len(towns)]
    if operation.kind.way in ("one", "tour"):
        return towns[stop // operation.size]
    return rng.choice(towns)


def _person(rng: Random, operation: Operation, index: int) -> str:
    people, moving = operation.people, operation.kind.moving
    if not people:
        return ""
    if moving == 1.0:
        return rng.choice(people)
    present = max(1, round(len(people) * moving))
    first = index * (len(people) - present + 1) // operation.size
    return people[first + rng.randrange(present)]


def _numbers(rng: Random, operation: Operation, index: int, town: str, person: str) -> list[Number]:
    """Return the numbers of the advert: the line's at that time, now and then an older one, or two at once."""
    lines, owner = operation.numbers, operation.kind.lines
    at = operation.towns.index(town) if owner == "town" else 0
    at = operation.people.index(person) if owner == "person" and person else at
    line = lines[at % len(lines)]
    if owner == "any":
        return [rng.choice(line)]
    now = index * len(line) // operation.size
    if now and rng.random() < 0.06:
        return [line[now], line[now - 1]]
    return [line[rng.randrange(now) if now and rng.random() < 0.05 else now]]


def _contacts(
    rng: Random, operation: Operation, numbers: list[Number], text: Text
) -> tuple[str, str, list[tuple[str, str]]]:
    """Return what goes into the title, the contact line, and each number that it shows as it is written there."""
    others = []
    if operation.handle and rng.random() < 0.6:
        others.append(rng.choice(HANDLES).format(operation.handle))
    if operation.mail and rng.random() < 0.6:
        others.append(operation.mail)
    if rng.random() < operation.hidden:
        return "", " ".join(others), []
    hides = rng.random() < operation.disguise
    way = operation.way if rng.random() < 0.7 else rng.choice(list(DISGUISES))
    shown = [disguised(rng, n, way, text.speech) if hides else plain(rng, n) for n in numbers]
    head = ""
    if hides and way == "split" and len(shown) == 1:
        cut = rng.randrange(3, 6)
        head, shown[0] = shown[0][:cut], shown[0][cut:]
    cue = rng.choice(text.speech.lines["cue"]).replace("{c}", " / ".join(shown))
    return head, " ".join((cue, *others)), [(words, n.e164) for words, n in zip(shown, numbers, strict=True)]


def _values(rng: Random, operation: Operation, text: Text, town: str, person: str) -> dict[str, str]:
    own, lists, money = Random(operation.name), text.speech.lists, COUNTRIES[operation.country].money
    many = operation.kind.name in ("temping", "shops", "carrier", "broker")
    dear = COUNTRIES[operation.country].dear
    pay = own.randrange(14, 60) * 50 * dear
    return {
        "name": person or own.choice(lists["names"]), "city": town, "area": own.choice(lists["areas"]),
        "what": own.choice(lists["services"]), "role": (rng if many else own).choice(lists["roles"]),
        "price": money.format((operation.price + (rng.randrange(1, 5) * 5 if rng.random() < 0.25 else 0)) * dear),
        "pay": money.format(pay), "big": money.format(pay * 3), "fee": money.format(own.randrange(2, 12) * 25 * dear),
        "n": str(own.randrange(2, 20)), "hours": f"{own.randrange(6, 11)}-{own.randrange(15, 23)}",
        "month": own.choice(lists["months"]), "land": own.choice(LANDS[text.speech.code].split()),
    }  # fmt: skip
