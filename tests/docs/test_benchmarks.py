"""The benchmarks can be listed, refuse an unknown name, and skip aloud without the shared data."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def call(*words, **variables):
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_every_benchmark_is_listed_and_stands_on_the_page():
    names = call("-m", "benchmarks", "--list").stdout.split()
    assert names == sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))
    page = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    assert [name for name in names if f"`{name}.py`" not in page] == []


def test_an_unknown_benchmark_is_refused():
    done = call("-m", "benchmarks", "fones")
    assert done.returncode == 2
    assert "Known: " in done.stderr


def test_real_adverts_that_are_not_there_are_skipped_aloud(tmp_path):
    done = call("-m", "benchmarks", "emscad", FELINAR_SHARED=str(tmp_path))
    assert done.returncode == 0
    assert "SKIPPED: the real job adverts are not at" in done.stdout
