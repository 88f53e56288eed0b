"""What each stage of a run took."""

from __future__ import annotations

import json
import time

from felinar.pipeline.progress import Cost, Silent, Timed, cpu_seconds, where_the_time_went


def test_every_stage_ends_where_the_next_begins(monkeypatch):
    clock, used = iter([0.0, 1.0, 4.0, 5.0]), iter([0.0, 0.5, 6.0, 7.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr("felinar.pipeline.progress.cpu_seconds", lambda: next(used))
    timed = Timed(Silent())
    for stage in ("a", "b", "a"):
        timed.begin(stage)(3)
    assert timed.costs() == [Cost("a", 2.0, 1.5, 40), Cost("b", 3.0, 5.5, 60)]


def test_the_line_names_the_dearest_stage_first_and_no_trifles():
    costs = [Cost("a", 0.001, 0.0, 0), Cost("b", 1.0, 1.0, 25), Cost("c", 3.0, 2.0, 75)]
    assert where_the_time_went(costs) == "c 75 % (3.0 s), b 25 % (1.0 s)"
    assert Timed(Silent()).costs() == []


def test_processor_time_never_goes_back():
    before = cpu_seconds()
    assert sum(n * n for n in range(100_000)) > 0
    assert cpu_seconds() >= before


def test_a_run_says_what_each_stage_took(felinar, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "House cleaning in Leeds, 07700 900123"}\n')
    done = felinar("--json", "run", tmp_path / "a.jsonl", workspace=tmp_path / "w")
    assert done.returncode == 0, done.stderr
    stages = json.loads(done.stdout)["stages"]
    assert [stage["stage"] for stage in stages][-2:] == ["publishing", "writing the report"]
    assert 95 <= sum(stage["per_cent"] for stage in stages) <= 105
