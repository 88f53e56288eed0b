"""Writes a synthetic world: adverts, the truth about them, and how every number is written."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from felinar.demo.advert import Advert, Hub, Setting, make_advert
from felinar.demo.gallery import Gallery
from felinar.demo.numbers import Pool
from felinar.demo.operation import Commons, choose_country, draw_operation
from felinar.demo.plan import plan_operations

FIRST_LINE = "Synthetic world: this measures agreement with its author, not trafficking."
HEADER = "source_id,operation_id,kind,coerced,phones\n"
IN_MEMORY = 120_000
_README = """
All adverts, people, companies and sites are invented. Telephone numbers come from ranges reserved for fiction or from
prefixes that no network may assign. What is "coerced" here is a decision of the program's author, as are all rates.
adverts.jsonl  what a delivery would hold; give only this file to the pipeline
truth.csv      source_id, operation_id, kind, coerced (1 or 0), phones that the advert shows (E.164, separated by ;)
ways.csv       source_id, phone, way: how each number is written
pictures.csv   source_id, file, picture, edit, whose: what each file of the folder pictures shows, where there is one
"""


@dataclass(frozen=True)
class World:
    """Where a world was written, and what is in it."""

    adverts: Path
    truth: Path
    ways: Path
    size: int
    operations: int
    kinds: dict[str, int]


def disguise_rate(evasion: float) -> float:
    """Return the share of numbers that are disguised: none at 0, about half at 0.3, nearly all at 1."""
    return float(min(1.0, max(0.0, evasion)) ** 0.45)


def make_world(adverts: int = 2000, seed: int = 1, evasion: float = 0.3) -> Iterator[Advert]:
    """Yield the adverts, operation by operation; the same arguments give the same adverts."""
    rng = Random(f"felinar {seed}")  # noqa: S311 - a world that can be made again, nothing secret
    pool, commons = Pool(), Commons()
    pool.start(rng)
    wanted = 4 + 2 * max(0, len(str(adverts)) - 4)
    hubs = tuple(Hub(pool.take(choose_country(rng, pool, 1)), i) for i in range(wanted))
    footers = (pool.take("GB"), pool.take("FR"))
    setting = Setting(evasion, disguise_rate(evasion), hubs, footers)
    made = 0
    for number, (kind, size) in enumerate(plan_operations(rng, adverts)):
        operation = draw_operation(rng, number, kind, abs(size), size < 0, pool, commons)
        for index in range(operation.size):
            yield make_advert(rng, operation, index, f"a{(made * 48271 + 11) % 2147483647:010d}", setting)
            made += 1


def write_world(out: Path, *, adverts: int = 2000, seed: int = 1, evasion: float = 0.3, pictures: int = 0) -> World:
    """Write adverts.jsonl, truth.csv, ways.csv and README.txt into `out`, rows shuffled; exactly `adverts` adverts.

    The pictures of so many operations (`pictures`) are files, drawn into a folder, with pictures.csv as their truth.
    """
    out.mkdir(parents=True, exist_ok=True)
    kinds: Counter[str] = Counter()
    operations = 0
    paths = [out / name for name in ("adverts.jsonl", "truth.csv", "ways.csv")]
    (out / "README.txt").write_text(FIRST_LINE + _README, encoding="utf-8")
    rng = Random(f"shuffle {seed}")  # noqa: S311
    gallery = Gallery(out, pictures, seed)
    with tempfile.TemporaryDirectory(dir=out) as folder:
        buckets = _Buckets(Path(folder), 1 + adverts // IN_MEMORY)
        last = ""
        for advert in make_world(adverts, seed, evasion):
            if advert.operation.operation_id != last:
                last = advert.operation.operation_id
                operations += 1
                kinds[advert.operation.kind.name] += 1
            gallery.hang(advert)
            buckets.add(rng, _lines(advert))
        files = [path.open("w", encoding="utf-8", newline="\n") for path in paths]
        files[1].write(HEADER)
        files[2].write("source_id,phone,way\n")
        for rows in buckets.shuffled(rng):
            for place, file in enumerate(files):
                file.writelines(row[place] for row in rows)
        for file in files:
            file.close()
    gallery.write_truth()
    return World(paths[0], paths[1], paths[2], adverts, operations, dict(sorted(kinds.items())))


def _lines(advert: Advert) -> tuple[str, str, str]:
    operation, source_id = advert.operation, advert.record["id"]
    kind = operation.kind
    phones = ";".join(dict.fromkeys(advert.phones))
    truth = f"{source_id},{operation.operation_id},{kind.name},{int(kind.coerced)},{phones}\n"
    ways = "".join(f"{source_id},{phone},{way}\n" for phone, way in zip(advert.phones, advert.ways, strict=True))
    return _encode(advert.record) + "\n", truth, ways


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


class _Buckets:
    """Rows thrown into files at random, each file small enough to be shuffled in memory."""

    def __init__(self, folder: Path, count: int) -> None:
        self._rows: list[list[tuple[str, str, str]]] = [[] for _ in range(count)]
        self._paths = [folder / f"{i}.jsonl" for i in range(count)]
        self._held = 0

    def add(self, rng: Random, row: tuple[str, str, str]) -> None:
        count = len(self._rows)
        self._rows[int(rng.random() * count) if count > 1 else 0].append(row)
        self._held += 1
        if count > 1 and self._held >= IN_MEMORY // 2:
            for path, rows in zip(self._paths, self._rows, strict=True):
                with path.open("a", encoding="utf-8", newline="\n") as file:
                    file.writelines(json.dumps(row) + "\n" for row in rows)
                rows.clear()
            self._held = 0

    def shuffled(self, rng: Random) -> Iterator[list[tuple[str, str, str]]]:
        for path, held in zip(self._paths, self._rows, strict=True):
            rows: list[tuple[str, str, str]] = []
            if path.exists():
                with path.open(encoding="utf-8") as file:
                    rows = [tuple(json.loads(line)) for line in file]
            rows += held
            rng.shuffle(rows)
            yield rows
