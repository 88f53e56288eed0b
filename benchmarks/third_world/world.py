"""Writes a world of the third family: adverts.jsonl and truth.csv, in random order."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from felinar.demo.disguise import EASY, HARD, MIDDLE, write_number
from felinar.demo.language import Language, language
from felinar.demo.numbers import Number, Pool, grouped, international
from felinar.demo.places import CITY
from third_world.kinds import KINDS, LEAST, LESS, MARKS, MORE, SINGLES, Kind

HEADER = "source_id,operation_id,kind,coerced,phones\n"
START = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)
DAYS = 300
COUNTRIES = (("IT", "it", 26), ("FR", "fr", 22), ("GB", "en", 18), ("PT", "pt", 12), ("US", "en", 12), ("ES", "es", 10))
SECTIONS = {"service": ("open", "offer", "place", "time", "price"), "job": ("open", "duty", "pay", "offer", "need")}
BIGGEST = 0.01


@dataclass(frozen=True)
class Operation:
    """Everything that its adverts are made from."""

    name: str
    kind: Kind
    size: int
    country: str
    speech: Language
    towns: tuple[str, ...]
    people: tuple[str, ...]
    numbers: list[Number]
    texts: list[list[str]]
    first_day: int
    days: int
    disguise: float


def write_third_world(out: Path, *, adverts: int, seed: int, evasion: float) -> tuple[Path, Path]:
    """Write a world of exactly that many adverts and return the paths of adverts and truth."""
    rng, pool = Random(f"third {seed} {evasion}"), Pool()
    pool.start(rng)
    lines = list(_adverts(rng, adverts, evasion, pool))
    rng.shuffle(lines)
    out.mkdir(parents=True, exist_ok=True)
    paths = out / "adverts.jsonl", out / "truth.csv"
    for path, head, column in zip(paths, ("", HEADER), (0, 1), strict=True):
        path.write_text(head + "".join(line[column] for line in lines), encoding="utf-8", newline="\n")
    return paths


def _adverts(rng: Random, adverts: int, evasion: float, pool: Pool) -> Iterator[tuple[str, str]]:
    for number, (kind, size) in enumerate(_sizes(rng, adverts)):
        operation = _operation(rng, f"t{number:06d}", kind, size, evasion, pool)
        for index in range(size):
            yield _advert(rng, operation, index)


def _sizes(rng: Random, adverts: int) -> Iterator[tuple[Kind, int]]:
    """Yield (kind, number of adverts): sizes have a heavy tail, and what no kind takes stands alone."""
    left, most = adverts, max(12, int(adverts * BIGGEST))
    for kind in KINDS:
        budget, least = int(adverts * kind.share), LEAST.get(kind.name, 2)
        while budget >= least:
            size = min(int(least * (1.0 - rng.random()) ** (-1 / kind.tail)), most, budget)
            budget, left = budget - size, left - size
            yield kind, size
    by_name = {kind.name: kind for kind in KINDS}
    for _ in range(left):
        yield by_name[rng.choices([n for n, _ in SINGLES], [w for _, w in SINGLES])[0]], 1


def _operation(rng: Random, name: str, kind: Kind, size: int, evasion: float, pool: Pool) -> Operation:
    code, spoken, _ = rng.choices(COUNTRIES, [weight for *_, weight in COUNTRIES])[0]
    speech = language(spoken if rng.random() < 0.85 else "en")
    towns = rng.sample(CITY[code], min(rng.randint(*kind.towns), max(1, size // 2), len(CITY[code])))
    wanted = len(towns) if kind.way == "chain" else 1
    if kind.adverts_per_number:
        wanted += int(size / kind.adverts_per_number * (0.4 + evasion) * rng.uniform(0.5, 1.5))
    code = code if pool.left(code) > wanted else "US"
    texts = [_text(rng, kind, speech) for _ in range(min(size, rng.choice((1, 2, 2, 4))))]
    return Operation(
        name=name, kind=kind, size=size, country=code, speech=speech, towns=tuple(towns),
        people=tuple(rng.sample(speech.lists["names"], min(rng.randint(*kind.people), size))),
        numbers=[pool.take(code) for _ in range(wanted)], texts=texts, first_day=rng.randrange(DAYS),
        days=1 + int(size * rng.uniform(1.0, 6.0)), disguise=evasion * kind.disguise * rng.uniform(0.3, 1.7),
    )  # fmt: skip


def _text(rng: Random, kind: Kind, speech: Language) -> list[str]:
    """Return the use of a text, its title and its sentences with slots."""
    use = "job" if rng.random() < kind.job_share else "service"
    parts = [f"{use}.{part}" for part in SECTIONS[use] for _ in range(rng.choice((0, 1, 1, 2)))] or [f"{use}.open"]
    for mark, rate in MARKS[use].items():
        usual = 1.0 if not kind.coerced else 1 / MORE if mark in LESS else MORE
        if rng.random() < rate * usual:
            parts.append(f"mark.{use}.{mark}")
    rng.shuffle(parts)
    return [use, *(rng.choice(rng.choice(speech.sections[part])) for part in (f"{use}.title", *parts))]


def _advert(rng: Random, operation: Operation, index: int) -> tuple[str, str]:
    """Return the advert as a line of JSON, and its line of the truth."""
    use, title, *lines = rng.choice(operation.texts)
    at = rng.randrange(len(operation.people)) if operation.people else -1
    town = _town(rng, operation, index, at)
    values = _values(operation, town, operation.people[at] if at >= 0 else operation.speech.lists["names"][0], use)
    number = _number(operation, index, town)
    shown = rng.random() < 0.9
    written = rng.choice(operation.speech.sections["contact"])[0].replace("{c}", _written(rng, operation, number))
    body = [line.format_map(values) for line in lines if rng.random() < 0.92] + [written] * shown
    day = operation.first_day + operation.days * index // operation.size
    source_id = f"{rng.getrandbits(50):x}"
    record = {
        "id": source_id,
        "title": title.format_map(values),
        "text": rng.choice(("\n", " ")).join(body),
        "city": town if rng.random() < 0.8 else "",
        "country": operation.country if rng.random() < 0.5 else "",
        "date": (START + dt.timedelta(days=day, minutes=rng.randrange(1440))).isoformat(),
        "site": f"site{rng.choice('abcdefg')}.example",
    }
    phones = number.e164 if shown else ""
    truth = f"{source_id},{operation.name},{operation.kind.truth},{int(operation.kind.coerced)},{phones}\n"
    return json.dumps(record, ensure_ascii=False) + "\n", truth


def _town(rng: Random, operation: Operation, index: int, person: int) -> str:
    towns, way = operation.towns, operation.kind.way
    stop = index * len(towns) // operation.size
    if way in ("anywhere", "chain"):
        return rng.choice(towns)
    # Each person of a crew begins in another town and goes the same round.
    return towns[(stop + max(person, 0)) % len(towns) if way == "rounds" else stop % len(towns)]


def _number(operation: Operation, index: int, town: str) -> Number:
    numbers = operation.numbers
    if operation.kind.way == "chain":
        return numbers[operation.towns.index(town)]
    return numbers[index * len(numbers) // operation.size]


def _values(operation: Operation, town: str, person: str, use: str) -> dict[str, str]:
    own, lists = Random(operation.name), operation.speech.lists
    words = {"what": own.choice(lists["service.kind"]), "role": own.choice(lists["job.role"])}
    words |= {"near": own.choice(lists["near"]), "city": town, "name": person, "company": f"{operation.name} Ltd"}
    words |= {"price": f"{own.randrange(6, 30) * 5} €", "pay": f"{own.randrange(18, 40) * 50} €", "month": "04/2025"}
    words |= {"hours": "9-19", "km": "20", "mins": "50", "n": "6", "years": "7", "site": "www.example.org", "c": ""}
    return words


def _written(rng: Random, operation: Operation, number: Number) -> str:
    if rng.random() >= operation.disguise:
        return rng.choice((grouped(number), international(number), number.national))
    way = rng.choice((*EASY, *MIDDLE, *HARD))
    return write_number(rng, number, "odd_separator" if way == "split" else way, operation.speech.digits, (",", "-"))
