"""One guess finds it: folder = command = docs page = test folder, and start-up stays light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import felinar
from felinar.cli import COMMANDS

ROOT = Path(__file__).parents[2]
PACKAGE = Path(felinar.__file__).parent
# Folders that are commands; the other commands stand in one map, `COMMANDS`.
NAMED_ALIKE = (
    "extract", "pictures", "search", "watch", "cases", "hashlists", "export", "access", "audit", "evaluate", "demo"
)  # fmt: skip
STAGES = ("sources", "extract", "link", "resolve", "score")


@pytest.mark.parametrize("name", NAMED_ALIKE)
def test_folder_command_docs_page_and_test_folder_have_one_name(name):
    assert (PACKAGE / name / "__init__.py").is_file()
    assert name in COMMANDS
    assert (ROOT / "docs" / f"{name}.md").is_file()
    assert list((ROOT / "tests" / name).glob("test_*.py"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_module_and_a_sentence_that_says_what_it_does(name):
    from felinar.cli import felinar as group

    assert (PACKAGE / "cli" / f"{COMMANDS[name]}.py").is_file()
    command = group.get_command(None, name)
    assert command.help.split(".")[0]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_tests(stage):
    assert list((ROOT / "tests" / stage).glob("test_*.py"))


@pytest.mark.parametrize("arguments", [["leads"], ["show", "1"], ["search", "x"], ["--help"]])
def test_looking_imports_no_heavy_package(arguments, tmp_path):
    code = (
        f"import sys; sys.argv = ['felinar', '--workspace', {str(tmp_path)!r}, *{arguments!r}]\n"
        "from felinar.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('numba', 'duckdb', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_an_unknown_command_names_the_nearest_one(felinar):
    done = felinar("leeds")
    assert done.returncode == 2
    assert "Did you mean 'leads'?" in done.stderr
