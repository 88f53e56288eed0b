"""How many texts of 400 characters are read in a second of processor time, and does the time grow with the length?

python benchmarks/reading_speed.py [--texts 20000]

The texts are a synthetic world's adverts, cut to 400 characters; each of the three runs reads texts that no run before
it read. Writes results/reading_speed.csv and results/reading_length.csv (longer texts are many of these in one).
Both readers of Felinar are measured: the Python ones and, after they were compiled, the native ones.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
from price_parser import Price

from _rivals import ENGINES, VERSIONS, Text, table
from felinar.demo import write_world
from felinar.extract import KINDS, extract
from felinar.sources import read
from phones import write

CHARACTERS, RUNS = 400, 3
TOGETHER = 800_000  # characters of adverts that are measured together
LENGTHS = (400, 4_000, 40_000, 400_000, 1_000_000)
OURS = {True: "felinar, native", False: "felinar, Python"}
Work = Callable[[list[Text]], object]


def texts(wanted: int, seed: int) -> list[Text]:
    """Return texts of 400 characters: an advert's title and body, filled up with the next one of its country."""
    with tempfile.TemporaryDirectory() as folder:
        world = write_world(Path(folder) / "world", adverts=2 * wanted, seed=seed, evasion=0.3)
        adverts = pa.concat_tables([batch.adverts for batch in read(world.adverts, source="demo")])
    waiting: dict[str, str] = {}
    found: list[Text] = []
    columns = (adverts[name].to_pylist() for name in ("title", "body", "country_hint"))
    for title, body, country in zip(*columns, strict=True):
        text = f"{waiting.pop(country, '')}{title}\n{body}\n"
        if len(text) < CHARACTERS:
            waiting[country] = text
        else:
            found.append((text[:CHARACTERS], country))
    return found[:wanted]


def felinar(kinds: tuple[str, ...] | None, native: bool) -> Callable[[list[Text]], Callable[[], object]]:
    """Return what makes a run of Felinar: the table is made beforehand, as it comes from the store."""

    def prepared(given: list[Text]) -> Callable[[], object]:
        adverts = table(given)
        return lambda: extract(adverts, kinds=kinds, native=native)

    return prepared


def rival(work: Work) -> Callable[[list[Text]], Callable[[], object]]:
    return lambda given: lambda: work(given)


def prices(given: list[Text]) -> list[object]:
    """Return the first price of each text: all that price-parser gives."""
    return [Price.fromstring(text) for text, _ in given]


def kinds_of(work: str) -> tuple[str, ...] | None:
    return None if work == "all kinds" else (work,)


def measured(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def speeds(samples: list[list[Text]]) -> Iterator[dict[str, Any]]:
    """Yield the median speed of each reader."""
    runs = {(OURS[native], "phones"): felinar(("phone",), native) for native in OURS}
    runs |= {(OURS[native], "all kinds"): felinar(None, native) for native in OURS}
    runs |= {(name, "phones"): rival(engine) for name, engine in ENGINES.items() if name != "felinar"}
    runs["price-parser", "first price"] = rival(prices)
    for (engine, what), run in runs.items():
        run(samples[0][:2000])()  # compiled code and lists are loaded once per process
        taken = sorted(measured(run(sample)) for sample in samples)[len(samples) // 2]
        count = len(samples[0])
        about = {"reader": engine, "reads": what, "texts": count, "characters": CHARACTERS}
        yield about | {"cpu_seconds": f"{taken:.2f}", "texts_per_cpu_second": round(count / taken)}


def lengths(sample: list[Text]) -> Iterator[dict[str, Any]]:
    """Yield seconds per advert and per million characters, by kind and length of the advert.

    A kind is read with those that decide what is a misreading of it, as `extract` does, so the times do not add up.
    """
    whole = "".join(text for text, _ in sample)
    for kind, native in product(("all kinds", *KINDS), OURS):
        felinar(kinds_of(kind), native)(sample[:2000])()  # compiled code and lists are loaded once per process
        for length in LENGTHS if kind in ("all kinds", "phone") else (LENGTHS[0], LENGTHS[-1]):
            adverts = [(whole[i : i + length], "GB") for i in range(0, max(length, TOGETHER), length)]
            run = felinar(kinds_of(kind), native)(adverts)
            taken = sorted(measured(run) for _ in range(RUNS))[RUNS // 2] / len(adverts)
            about = {"reads": kind, "reader": OURS[native], "characters": length, "adverts": len(adverts)}
            yield about | {"seconds_per_advert": f"{taken:.6f}", "seconds_per_million": f"{taken / length * 1e6:.3f}"}


def main() -> None:
    """Print and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=20_000)
    wanted = parser.parse_args()
    print(*(f"{name} {number}" for name, number in VERSIONS.items()), sep=", ")
    samples = [texts(wanted.texts, seed) for seed in range(41, 41 + RUNS)]
    for name, rows in (("reading_speed", speeds(samples)), ("reading_length", lengths(samples[0]))):
        kept = []
        for row in rows:
            print(*row.values(), sep="\t", flush=True)
            kept.append(row)
        write(name, kept)


if __name__ == "__main__":
    main()
