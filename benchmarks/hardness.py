"""Is the synthetic world hard enough? Components over the true numbers, without any care for hubs; a plain digit regex.

python benchmarks/hardness.py [ADVERTS…] prints a line per size, then one per evasion at 3,000 adverts.
"""

from __future__ import annotations

import re
import sys
import time

import numpy as np

from felinar.demo import make_world
from felinar.demo.advert import Advert
from felinar.demo.disguise import is_disguise
from felinar.evaluate.partition import b_cubed, contingency, largest_false_component

DIGITS = re.compile(r"\+?\d[\d \-().]{7,}\d")


def components(phones: list[tuple[str, ...]]) -> np.ndarray:
    """Return a label per advert: adverts that show a common number, directly or through others, have the same."""
    parent = list(range(len(phones)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    first: dict[str, int] = {}
    for at, numbers in enumerate(phones):
        for number in numbers:
            parent[root(at)] = root(first.setdefault(number, at))
    return np.array([root(at) for at in range(len(phones))], dtype=np.int64)


def naive_reading(record: dict[str, object]) -> set[str]:
    """Return the digits of everything that looks like a number to a plain reader."""
    text = f"{record['title']}\n{record['text']}\n{record['phone']}"
    found = {re.sub(r"\D", "", match) for match in DIGITS.findall(text)}
    return {digits for digits in found if 9 <= len(digits) <= 15}


def is_found(number: str, readings: set[str]) -> bool:
    """Return whether a reading equals the number after dropping up to three leading digits of each."""
    digits = number[1:]
    tails = {digits[i:] for i in range(4)}
    return any(reading[i:] in tails for reading in readings for i in range(4))


def measure(adverts: list[Advert]) -> dict[str, float]:
    """Return the measures of hardness of one world."""
    true = np.array([int(advert.operation.operation_id[2:]) for advert in adverts], dtype=np.int64)
    table = contingency(true, components([advert.phones for advert in adverts]))
    score = b_cubed(table)
    hidden = found_hidden = plain = found_plain = hubs = 0
    for advert in adverts:
        readings = naive_reading(advert.record)
        hubs += "hub" in advert.ways
        for number, way in zip(advert.phones, advert.ways, strict=True):
            hit = is_found(number, readings)
            if is_disguise(way) and way not in ("hub", "footer"):
                hidden += 1
                found_hidden += hit
            else:
                plain += 1
                found_plain += hit
    sizes = np.bincount(true)
    return {
        "b_cubed_f1": score.f1,
        "precision": score.precision,
        "recall": score.recall,
        "largest_component": largest_false_component(table)[1] / len(adverts),
        "regex_finds_disguised": found_hidden / max(1, hidden),
        "regex_finds_plain": found_plain / max(1, plain),
        "disguised": hidden / max(1, sum(way not in ("hub", "footer") for a in adverts for way in a.ways)),
        "hub_adverts": hubs / len(adverts),
        "no_number": sum(not a.phones for a in adverts) / len(adverts),
        "singletons": float((sizes == 1).sum()) / len(adverts),
        "largest_operation": float(sizes.max()) / len(adverts),
    }


def main() -> None:
    """Print the measures by size and by evasion."""
    for size in [int(a) for a in sys.argv[1:]] or [1000, 3000, 20_000, 100_000]:
        started = time.process_time()
        adverts = list(make_world(size))
        seconds = time.process_time() - started
        print(
            size,
            "adverts",
            {k: round(v, 3) for k, v in measure(adverts).items()},
            f"{size / seconds:,.0f} adverts per CPU second",
        )
    for evasion in (0.0, 0.3, 0.6, 0.9):
        print("evasion", evasion, {k: round(v, 3) for k, v in measure(list(make_world(3000, 1, evasion))).items()})


if __name__ == "__main__":
    main()
