"""`felinar templates` on synthetic adverts and on LogHub's lines: F1 and ARI of the groups, documents per CPU second.

LogHub: grouping accuracy, the share of lines whose group is exactly the true one, beside Drain's as published by LogPAI
(Zhu et al., ICSE-SEIP 2019). It reads FELINAR_SHARED (default ../shared). Usage: python benchmarks/templates.py
"""

from __future__ import annotations

import csv
import os
import random
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from felinar.link.clusters import clusters

DRAIN = {"Apache": 1.0, "HDFS": 0.998, "HealthApp": 0.780, "Mac": 0.787, "Proxifier": 0.527}
SHARED = Path(os.environ.get("FELINAR_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "templates"
SYLLABLES = [a + b for a in "bcdfglmnprst" for b in "aeiou"]
Labelled = tuple[list[str], list[int]]


class Mix(NamedTuple):
    """What a pile of synthetic adverts is like: sentences, words each, edited words, shuffling, shared footers."""

    name: str
    sentences: tuple[int, int] = (4, 7)
    edits: float = 0.03
    shuffled: bool = False
    footers: float = 0.0


MIXES = (
    Mix("1 to 4 slots, 3 % edits"),
    Mix("hard mix: and shuffled sentences, footers on 35 %", shuffled=True, footers=0.35),
    Mix("hard mix with 8 % edits", edits=0.08, shuffled=True, footers=0.35),
    Mix("footers on 90 %", shuffled=True, footers=0.9),
    Mix("short adverts of 6 to 24 words", sentences=(1, 2)),
)


def pile(mix: Mix, documents: int, seed: int) -> Labelled:
    """Return texts and the group of each; a sixth of the groups have 2 to 60 members."""
    source = random.Random(seed)
    words = ["".join(source.choices(SYLLABLES, k=source.randint(1, 4))) for _ in range(6000)]
    names = source.choices(words, k=40)
    footers = [" ".join(source.choices(words, k=source.randint(12, 25))) for _ in range(10)]
    texts: list[str] = []
    groups: list[int] = []
    while len(texts) < documents:
        sentences = [source.choices(words, k=source.randint(6, 12)) for _ in range(source.randint(*mix.sentences))]
        places = [(i, source.randrange(len(sentences[i]))) for i in source.choices(range(len(sentences)), k=4)]
        places = places[: source.randint(1, 4)]
        size = min(int(source.paretovariate(1.1)) + 1, 60) if source.random() < 0.16 else 1
        for _ in range(size):
            said = [[source.choice(words) if source.random() < mix.edits else w for w in some] for some in sentences]
            for number, (i, place) in enumerate(places):
                said[i][place] = source.choice(names) if number % 2 else f"07700 900{source.randint(100, 999)}"
            if mix.shuffled:
                source.shuffle(said)
            end = f". {source.choice(footers)}" if source.random() < mix.footers else ""
            texts.append(". ".join(" ".join(some) for some in said) + end)
        groups += [len(texts)] * size
    return texts[:documents], groups[:documents]


def pairs(counts: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def scores(true: list[int], found: list[int]) -> tuple[float, float]:
    """Return the F1 of pairs and the adjusted Rand index."""
    both, wanted, given = (pairs(Counter(c)) for c in (zip(true, found, strict=True), true, found))
    chance = wanted * given / max(1, len(true) * (len(true) - 1) // 2)
    mean = (wanted + given) / 2
    return both / max(1, mean), (both - chance) / max(1e-9, mean - chance)


def run(texts: list[str]) -> tuple[list[int], float]:
    """Return the group of each text and the CPU seconds."""
    start = time.process_time()
    rows = clusters(texts)
    seconds = time.process_time() - start
    return [-1 - row.row if row.cluster_id is None else row.cluster_id for row in rows], seconds


def accuracy(true: list[str], found: list[int]) -> float:
    """Return the share of rows whose group is exactly a true group."""
    want, have = defaultdict(list), defaultdict(list)
    for row, (one, other) in enumerate(zip(true, found, strict=True)):
        want[one].append(row)
        have[other].append(row)
    exact = {tuple(rows) for rows in want.values()}
    return sum(len(rows) for rows in have.values() if tuple(rows) in exact) / max(1, len(true))


def main() -> None:
    run(pile(MIXES[0], 400, 99)[0])  # compile
    path = Path(__file__).parent / "results" / "templates.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("pile", "documents", "seeds", "least_f1", "least_ari", "mean_ari", "documents_per_cpu_second"))
        for mix in MIXES:
            figures, cpu = [], 0.0
            for seed in range(10):
                texts, true = pile(mix, 10_000, seed)
                found, seconds = run(texts)
                figures.append(scores(true, found))
                cpu += seconds
            f1, ari = zip(*figures, strict=True)
            row = (mix.name, 10_000, 10, f"{min(f1):.4f}", f"{min(ari):.4f}", f"{sum(ari) / 10:.4f}", round(1e5 / cpu))
            writer.writerow(row)
            print(*row, sep="; ")
    logs()


def logs() -> None:
    path = Path(__file__).parent / "results" / "templates_logs.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("lines", "grouping_accuracy", "drain_as_published"))
        for name, published in DRAIN.items():
            with (SHARED / f"{name}_2k.log_structured_corrected.csv").open(newline="", encoding="utf-8") as log:
                lines = list(csv.DictReader(log))
            found, _ = run([line["Content"] for line in lines])
            row = (name, f"{accuracy([line['EventId'] for line in lines], found):.4f}", published)
            writer.writerow(row)
            print(*row, sep="; ")


if __name__ == "__main__":
    main()
