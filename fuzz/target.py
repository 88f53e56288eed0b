"""Starts a target: traced imports, corpus and findings in their folders, libFuzzer's own options after them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path

import atheris

WORK = Path(os.environ.get("FELINAR_FUZZ", "felinar-fuzz"))


def traced() -> AbstractContextManager[None]:
    """Return the context in which the readers must be imported so that the fuzzer sees their branches."""
    return atheris.instrument_imports(include=["felinar"], exclude=_compiled())


def _compiled() -> list[str]:
    """Return the modules that numba compiles: it cannot read traced code."""
    (root,) = find_spec("felinar").submodule_search_locations
    files = [*Path(root).glob("kernels/*.py"), *Path(root).glob("extract/native/**/*.py")]
    names = [".".join(("felinar", *path.relative_to(root).with_suffix("").parts)) for path in files]
    return [name for name in names if name != "felinar.kernels.fold"]


def run(name: str, one: Callable[[bytes], None]) -> None:
    """Fuzz one target for ever, or as long as libFuzzer's options say (`-max_total_time=600`)."""
    import seeds

    corpus, findings = WORK / name / "corpus", WORK / name / "findings"
    findings.mkdir(parents=True, exist_ok=True)
    seeds.write(corpus)
    options = ["-max_len=1500", "-timeout=60", "-rss_limit_mb=4000", f"-artifact_prefix={findings}/"]
    atheris.Setup([sys.argv[0], *options, *sys.argv[1:], str(corpus)], one)
    atheris.Fuzz()
