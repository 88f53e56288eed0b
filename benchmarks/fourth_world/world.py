"""Writes a world of the fourth family: adverts.jsonl and truth.csv, in random order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from fourth_world.advert import Advert, draw_advert
from fourth_world.countries import Lines
from fourth_world.kinds import KINDS, SINGLES, Kind
from fourth_world.operation import Popular, draw_operation
from fourth_world.sites import copied

HEADER = "source_id,operation_id,kind,coerced,phones\n"
BIGGEST = 0.025
COPIED = 0.06


def write_fourth_world(out: Path, *, adverts: int, seed: int, evasion: float) -> tuple[Path, Path]:
    """Write a world of exactly that many adverts and return the paths of adverts and truth."""
    rng = Random(f"fourth {seed} {evasion}")
    shown = list(_adverts(rng, adverts - int(adverts * COPIED), evasion, Random(f"fourth {seed}")))
    shown += [_again(rng, rng.choice(shown)) for _ in range(adverts - len(shown))]
    rng.shuffle(shown)
    out.mkdir(parents=True, exist_ok=True)
    paths = out / "adverts.jsonl", out / "truth.csv"
    records = (json.dumps(advert.record, ensure_ascii=False) + "\n" for advert in shown)
    paths[0].write_text("".join(records), encoding="utf-8", newline="\n")
    paths[1].write_text(HEADER + "".join(map(_truth, shown)), encoding="utf-8", newline="\n")
    return paths


def _adverts(rng: Random, adverts: int, evasion: float, habits: Random) -> Iterator[Advert]:
    lines, popular = Lines(rng), Popular()
    for number, (kind, size) in enumerate(_sizes(rng, adverts, habits)):
        operation = draw_operation(rng, f"v{number:06d}", kind, size, evasion, lines, popular)
        for index in range(size):
            yield draw_advert(rng, operation, index)


def _sizes(rng: Random, adverts: int, habits: Random) -> Iterator[tuple[Kind, int]]:
    """Yield (kind, number of adverts) in random order; what no kind takes stands alone."""
    most = max(8, int(adverts * BIGGEST))
    sizes: list[tuple[Kind, int]] = []
    for kind in KINDS:
        budget = int(adverts * kind.share * habits.uniform(0.6, 1.4))
        while budget >= 2:
            size = max(2, min(most, budget, round(kind.median * rng.lognormvariate(0, 0.85))))
            sizes.append((kind, size))
            budget -= size
    by_name = {kind.name: kind for kind in KINDS}
    left = adverts - sum(size for _, size in sizes)
    sizes += [(by_name[name], 1) for name in rng.choices(list(SINGLES), list(SINGLES.values()), k=left)]
    rng.shuffle(sizes)
    yield from sizes


def _again(rng: Random, advert: Advert) -> Advert:
    record, lines = copied(rng, advert.record)
    record["id"] = f"{rng.getrandbits(48):x}"
    return Advert(record, advert.operation, [*advert.phones, *lines])


def _truth(advert: Advert) -> str:
    kind = advert.operation.kind
    phones = ";".join(dict.fromkeys(number for _, number in advert.phones))
    return f"{advert.record['id']},{advert.operation.name},{kind.truth},{int(kind.coerced)},{phones}\n"
