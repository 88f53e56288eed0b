"""Run the benchmarks one after another and say where the results are: python -m benchmarks [--list] [NAME…]."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all; returns 2 for an unknown name, 1 when one of them failed, else 0."""
    if arguments == ["--list"]:
        print(*NAMES, sep="\n")
        return 0
    unknown = [name for name in arguments if name not in NAMES]
    if unknown:
        print(f"There is no benchmark called '{unknown[0]}'. Known: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    failed = [name for name in arguments or NAMES if not _run(name)]
    print(f"Results: {FOLDER / 'results'}. `make docs` puts them into the docs.")
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def _run(name: str) -> bool:
    """Run one benchmark in a process of its own, so that none pays for what another loaded."""
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, str(FOLDER / f"{name}.py")], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
