"""Near-duplicate groups beside datasketch and rensa: documents per CPU second and recall of pairs with Jaccard >= 0.6.

Truth: all pairs inside a planted group whose word-3-gram Jaccard is 0.6 or more. A pair is found when it shares a
group (Felinar) or is a verified candidate (the others). Usage: python benchmarks/near_duplicates.py [DOCUMENTS]
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from felinar.link.grouping import group_texts

Pairs = set[tuple[int, int]]
SYLLABLES = [a + b for a in "bcdfglmnprst" for b in "aeiou"]


def corpus(documents: int, seed: int) -> tuple[list[str], list[list[int]]]:
    """Return texts of about 60 words and the groups planted in them."""
    source = random.Random(seed)
    words = ["".join(source.choices(SYLLABLES, k=source.randint(1, 4))) for _ in range(6000)]
    texts: list[str] = []
    groups: list[list[int]] = []
    while len(texts) < documents:
        text = source.choices(words, k=60)
        size = source.randint(2, 12) if source.random() < 0.15 else 1
        if size > 1:
            groups.append(list(range(len(texts), min(documents, len(texts) + size))))
        rate = source.choice((0.01, 0.03, 0.06)) if size > 1 else 0.0
        for _ in range(size):
            texts.append(" ".join(source.choice(words) if source.random() < rate else w for w in text))
    return texts[:documents], groups


def shingles(text: str) -> set[str]:
    words = text.split()
    return {" ".join(words[i : i + 3]) for i in range(len(words) - 2)}


def similar(sets: list[set[str]], pairs: Pairs) -> Pairs:
    return {(a, b) for a, b in pairs if len(sets[a] & sets[b]) >= 0.6 * len(sets[a] | sets[b])}


def felinar(texts: list[str]) -> Pairs:
    members: dict[int, list[int]] = {}
    for row, group in enumerate(group_texts(texts).group.tolist()):
        if group >= 0:
            members.setdefault(group, []).append(row)
    return {pair for rows in members.values() for pair in combinations(rows, 2)}


def datasketch(texts: list[str]) -> Pairs:
    from datasketch import MinHash, MinHashLSH

    sets = [shingles(text) for text in texts]
    index = MinHashLSH(num_perm=128, params=(32, 4))
    found: Pairs = set()
    for row, hashed in enumerate(MinHash.bulk([[s.encode() for s in some] for some in sets], num_perm=128)):
        found.update((other, row) for other in index.query(hashed))
        index.insert(row, hashed)
    return similar(sets, found)


def rensa(texts: list[str]) -> Pairs:
    from rensa import RMinHash, RMinHashLSH

    sets = [shingles(text) for text in texts]
    index = RMinHashLSH(threshold=0.6, num_perm=128, num_bands=32)
    found: Pairs = set()
    for row, some in enumerate(sets):
        hashed = RMinHash(num_perm=128, seed=1)
        hashed.update(sorted(some))
        found.update((other, row) for other in index.query(hashed))
        index.insert(row, hashed)
    return similar(sets, found)


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    texts, groups = corpus(documents, seed=7)
    truth = similar([shingles(t) for t in texts], {pair for rows in groups for pair in combinations(rows, 2)})
    group_texts(corpus(200, seed=1)[0], plain=False)  # compile
    engines: dict[str, Callable[[list[str]], Pairs]] = {"felinar": felinar, "datasketch": datasketch, "rensa": rensa}
    path = Path(__file__).parent / "results" / "near_duplicates.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("engine", "documents", "cpu_seconds", "documents_per_cpu_second", "recall", "true_pairs"))
        for name, engine in engines.items():
            start = time.process_time()
            found = engine(texts)
            seconds = time.process_time() - start
            recall = len(found & truth) / max(1, len(truth))
            row = (name, documents, f"{seconds:.2f}", round(documents / seconds), f"{recall:.4f}", len(truth))
            writer.writerow(row)
            print(*row)


if __name__ == "__main__":
    main()
