import csv
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from felinar.demo import make_world, write_world


def read(folder: Path) -> tuple[list[dict[str, object]], list[dict[str, str]]]:
    records = [json.loads(line) for line in (folder / "adverts.jsonl").read_text(encoding="utf-8").splitlines()]
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        return records, list(csv.DictReader(file))


@pytest.mark.parametrize("size", [0, 1, 7, 99, 100, 1000])
def test_a_world_has_exactly_as_many_adverts_as_asked_for(tmp_path: Path, size: int) -> None:
    world = write_world(tmp_path, adverts=size)
    records, truth = read(tmp_path)
    assert world.size == len(records) == len(truth) == size
    assert len({r["id"] for r in records}) == size
    assert [r["id"] for r in records] == [t["source_id"] for t in truth]
    assert (tmp_path / "truth.csv").read_text().splitlines()[0] == "source_id,operation_id,kind,coerced,phones"
    first = (tmp_path / "README.txt").read_text().splitlines()[0]
    assert first == "Synthetic world: this measures agreement with its author, not trafficking."


def test_a_world_in_several_buckets_has_every_advert_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("felinar.demo.world.IN_MEMORY", 150)
    write_world(tmp_path, adverts=1000)
    records, truth = read(tmp_path)
    assert len({r["id"] for r in records}) == len(truth) == 1000
    assert sorted(p.name for p in tmp_path.iterdir()) == ["README.txt", "adverts.jsonl", "truth.csv", "ways.csv"]


def test_the_same_seed_gives_the_same_bytes_under_another_hash_seed_and_another_seed_does_not(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from felinar.demo import write_world; "
        "write_world(Path(sys.argv[1]), adverts=300, seed=int(sys.argv[2]))"
    )
    for name, seed, hashing in (("a", "4", "1"), ("b", "4", "2"), ("c", "5", "1")):
        environment = os.environ | {"PYTHONHASHSEED": hashing}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name), seed], check=True, env=environment)
    for file in ("adverts.jsonl", "truth.csv", "ways.csv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
        assert (tmp_path / "a" / file).read_bytes() != (tmp_path / "c" / file).read_bytes()


def test_no_slot_stays_empty_and_no_way_of_writing_is_missing() -> None:
    adverts = list(make_world(4000, 2, 0.9))
    for advert in adverts:
        written = f"{advert.record['title']} {advert.record['text']}"
        for slot in (
            "name",
            "city",
            "what",
            "role",
            "price",
            "pay",
            "near",
            "hours",
            "mins",
            "c",
            "n",
            "month",
            "site",
        ):
            assert "{" + slot + "}" not in written
    ways = {way for advert in adverts for way in advert.ways}
    assert len(ways) == 24


@pytest.mark.parametrize("size", [1000, 5000])
def test_several_hubs_join_strangers_at_every_size(size: int) -> None:
    users: dict[str, set[str]] = defaultdict(set)
    adverts = list(make_world(size))
    hub = 0
    for advert in adverts:
        hub += "hub" in advert.ways
        for phone, way in zip(advert.phones, advert.ways, strict=True):
            if way == "hub":
                users[phone].add(advert.operation.operation_id)
    assert 0.01 <= hub / size <= 0.03
    assert len([u for u in users.values() if len(u) >= 3]) >= 3


def test_sizes_are_heavy_tailed_and_one_large_operation_keeps_one_number() -> None:
    adverts = list(make_world(3000))
    sizes = Counter(a.operation.operation_id for a in adverts)
    assert 0.25 <= sum(s == 1 for s in sizes.values()) / 3000 <= 0.40
    _, count = sizes.most_common(1)[0]
    assert 0.01 <= count / 3000 <= 0.02
    assert {len(a.operation.numbers) for a in adverts if a.operation.operation_id == "op0000000"} == {1}
    assert sizes["op0000000"] == count


def test_indicators_are_common_among_ordinary_adverts_too() -> None:
    against = ("mark.service.alone", "mark.job.regular")
    shown: dict[bool, list[int]] = {True: [], False: []}
    for operation in {a.operation.operation_id: a.operation for a in make_world(20_000)}.values():
        for template in operation.templates:
            marks = [s for s, _ in template.indexes if s.startswith("mark.") and s not in against]
            shown[operation.kind.coerced].append(len(marks))
    mean = {coerced: sum(found) / len(found) for coerced, found in shown.items()}
    assert mean[False] > 0.5
    assert mean[False] < mean[True] < 3 * mean[False]
