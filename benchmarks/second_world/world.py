"""Writes a world of the second family: adverts.jsonl and truth.csv, in random order."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from felinar.demo.disguise import EASY, HARD, MIDDLE, write_number
from felinar.demo.numbers import Number, Pool, grouped, international
from second_world.habits import Habits, draw_habits
from second_world.kinds import SINGLES, Operation, draw_operation, draw_size
from second_world.words import (
    ABROAD,
    CUES,
    DIGITS,
    JOB_MARKS,
    MONEY,
    MONTHS,
    SERVICE_MARKS,
    SPEAKS,
    drawn,
    marks,
    sections,
)  # fmt: skip

HEADER = "source_id,operation_id,kind,coerced,phones\n"
START = datetime.datetime(2025, 3, 1, tzinfo=datetime.UTC)
BIGGEST = 0.02


def write_second_world(out: Path, *, adverts: int, seed: int, evasion: float) -> tuple[Path, Path]:
    """Write a world of exactly that many adverts and return the paths of adverts and truth."""
    rng = Random(f"second {seed} {evasion}")
    habits, pool = draw_habits(Random(f"second {seed}"), evasion), Pool()
    pool.start(rng)
    lines = list(_adverts(rng, adverts, habits, pool))
    rng.shuffle(lines)
    out.mkdir(parents=True, exist_ok=True)
    paths = out / "adverts.jsonl", out / "truth.csv"
    paths[0].write_text("".join(record for record, _ in lines), encoding="utf-8", newline="\n")
    paths[1].write_text(HEADER + "".join(truth for _, truth in lines), encoding="utf-8", newline="\n")
    return paths


def _adverts(rng: Random, adverts: int, habits: Habits, pool: Pool) -> Iterator[tuple[str, str]]:
    hubs = [pool.take("GB") for _ in range(3)]
    popular: list[list[str]] = []
    for number, (kind, size) in enumerate(_sizes(rng, adverts, habits)):
        operation = draw_operation(rng, number, kind, size, habits, pool)
        _write_texts(rng, operation, habits, popular)
        for index in range(size):
            yield _advert(rng, operation, index, f"{rng.getrandbits(52):013x}", habits, hubs)


def _sizes(rng: Random, adverts: int, habits: Habits) -> Iterator[tuple[str, int]]:
    left, most = adverts, max(6, int(adverts * BIGGEST))
    for kind, share in habits.shares.items():
        budget = int(adverts * share)
        while budget >= 2:
            size = min(draw_size(rng, kind, most), budget)
            budget -= size
            left -= size
            yield kind, size
    for _ in range(left):
        yield rng.choices([kind for kind, _ in SINGLES], [weight for _, weight in SINGLES])[0], 1


def _write_texts(rng: Random, operation: Operation, habits: Habits, popular: list[list[str]]) -> None:
    """Give the operation its texts: lines with slots, drawn once; some strangers copy a popular text."""
    wanted = 1 if operation.kind == "spam" else rng.choice((1, 1, 2, 3))
    for i in range(min(wanted, operation.size)):
        job = rng.random() < operation.job_share
        spoken = SPEAKS[operation.country] if i == 0 or rng.random() < 0.6 else ABROAD[operation.country]
        use = "job" if job else "service"
        copied = [text for text in popular if text[1] == use]
        if operation.kind in ("independent", "employer") and copied and rng.random() < 0.06:
            operation.texts.append(rng.choice(copied))
            continue
        text = _text(rng, operation, spoken, use, habits)
        if operation.kind in ("managed", "employer") and rng.random() < 0.05:
            popular.append(text)
        operation.texts.append(text)


def _text(rng: Random, operation: Operation, spoken: str, use: str, habits: Habits) -> list[str]:
    """Return language, use, headline and lines."""
    bank = sections()[f"{spoken}.{use}"]
    lines = [drawn(rng, line) for line in rng.sample(bank, rng.randrange(3, min(len(bank), 8)))]
    more = habits.signs if operation.coerced else 1.0
    for concept, rate in (JOB_MARKS if use == "job" else SERVICE_MARKS).items():
        usual = 1 / more if concept in ("independent_claim", "regular_job_signs") else more
        phrases = marks(concept, spoken)
        if phrases and rng.random() < rate * usual:
            lines.insert(rng.randrange(len(lines)), f"{rng.choice(phrases)}.")
    return [spoken, use, rng.choice(sections()[f"{spoken}.{use}.head"]), *lines]


def _advert(
    rng: Random, operation: Operation, index: int, source_id: str, habits: Habits, hubs: list[Number]
) -> tuple[str, str]:
    """Return the advert as a line of JSON, and its line of the truth."""
    spoken, use, head, *lines = operation.texts[rng.randrange(len(operation.texts))]
    day = operation.first_day + operation.days * index // operation.size
    values = _values(rng, operation, index, spoken, use)
    lines = [line.format_map(values) for line in _edited(rng, lines, habits.evasion if operation.coerced else 0.15)]
    shown = _shown(rng, operation, index, values["name"])
    asked = f" ({values['name']})" if use == "service" and rng.random() < habits.named else ""
    contact = (
        rng.choice(CUES[spoken]).format(
            c=" / ".join(_written(rng, operation, number, spoken, habits) for number in shown)
        )
        + asked
    )
    separate = shown and rng.random() < 0.2
    if shown and not separate:
        lines.insert(rng.randrange(len(lines) // 2, len(lines) + 1), contact)
    text = rng.choice(("\n", " ", "\n- ", " | ")).join(lines)
    if rng.random() < habits.hub_rate:
        shown.append(rng.choice(hubs))
        text += f"\nAdvert placed through Bookline {shown[-1].e164}"
    if rng.random() < habits.footer_rate:
        text += "\nBoard 7 takes no responsibility for adverts. Contact the moderators if something looks wrong."
    posted = START + datetime.timedelta(days=day % habits.days, minutes=rng.randrange(1440))
    record: dict[str, object] = {
        "ad_id": source_id, "headline": head.format_map(values), "description": text,
        "website": f"board{operation.sites[rng.randrange(len(operation.sites))]}.example",
    }  # fmt: skip
    optional = {
        "posted": (habits.dated, posted.strftime("%d %b %Y %H:%M")),
        "location": (habits.place, values["city"]),
        "country": (habits.country, operation.country),
        "user": (habits.account, f"{operation.name}x{index // 20}"),
        "category": (habits.category, use),
        "images": (habits.pictures, [rng.choice(operation.pictures)]),
        "phone": (1.0 if separate else 0.0, contact),
    }
    record |= {name: value for name, (rate, value) in optional.items() if rng.random() < rate}
    phones = ";".join(dict.fromkeys(number.e164 for number in shown))
    truth = f"{source_id},{operation.name},{operation.kind},{int(operation.coerced)},{phones}\n"
    return json.dumps(record, ensure_ascii=False) + "\n", truth


def _shown(rng: Random, operation: Operation, index: int, person: str) -> list[Number]:
    """Return the numbers of one advert: one after the other in time, but each person's own where people share."""
    if rng.random() < 0.12:
        return []
    numbers = operation.numbers
    if operation.kind == "collective":
        return [numbers[operation.people.index(person) % len(numbers)]]
    shown = [numbers[index * len(numbers) // operation.size]]
    if index and rng.random() < 0.06:
        shown.append(numbers[(index - 1) * len(numbers) // operation.size])
    return list(dict.fromkeys(shown))


def _values(rng: Random, operation: Operation, index: int, spoken: str, use: str) -> dict[str, str]:
    services, roles, areas = (line.split("|") for line in sections()[f"{spoken}.words"])
    own = Random(operation.name)
    towns, people = operation.towns, operation.people
    at = index * len(towns) * 2 // operation.size % len(towns)  # a tour goes round twice
    person = rng.choice(people)
    if operation.style == "flat":  # two of the people at a time
        person = people[(index * len(people) // operation.size + rng.randrange(2)) % len(people)]
    price, pay = own.randrange(6, 40) * 5, own.randrange(16, 50) * 50
    money = MONEY[operation.country]
    return {
        "city": towns[at] if operation.style in ("tour", "home") else rng.choice(towns),
        "name": person,
        "what": services[(own.randrange(99) + rng.randrange(2)) % len(services)],
        "role": roles[(own.randrange(99) + (rng.randrange(9) if operation.kind == "staffing" else 0)) % len(roles)],
        "area": rng.choice(areas) if operation.style != "home" else areas[own.randrange(99) % len(areas)],
        "price": money.format(price if rng.random() < 0.7 else price + rng.randrange(1, 6) * 5),
        "pay": money.format(int(pay * (1.6 if operation.kind == "coerced_recruitment" and own.random() < 0.3 else 1))),
        "open": str(8 + own.randrange(4)),
        "n": str(2 + own.randrange(14)),
        "month": own.choice(MONTHS[spoken].split()),
    }


def _edited(rng: Random, lines: list[str], rate: float) -> list[str]:
    """Return the lines with some left out or moved; the more evasion, the more."""
    lines = [line for line in lines if len(lines) < 4 or rng.random() > 0.25 * rate]
    if len(lines) > 2 and rng.random() < 0.2 + rate / 2:
        at = rng.randrange(len(lines) - 1)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return lines


def _written(rng: Random, operation: Operation, number: Number, spoken: str, habits: Habits) -> str:
    if rng.random() >= operation.disguise:
        return rng.choice((grouped(number), grouped(number), international(number), number.national, number.e164))
    if not operation.way or rng.random() < 0.25:
        operation.way = rng.choice((*EASY, *MIDDLE, *(HARD if habits.evasion > 0.4 else ())))
    way = "odd_separator" if operation.way == "split" else operation.way
    return write_number(rng, number, way, tuple((word,) for word in DIGITS[spoken].split()), (",", "-", "and"))
