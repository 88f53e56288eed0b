"""The tutorial and the README say what happens: their commands are run in the order of the page."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_tutorial_prints_what_it_says(blocks, tmp_path):
    page = blocks.PAGE.read_text(encoding="utf-8")
    today = blocks.run_page(page, tmp_path)
    assert today.split("\n") == page.split("\n"), "the tutorial is behind the program: run python docs/blocks.py"


@pytest.fixture
def readme_commands():
    """The lines of the README's shell blocks, without their remarks."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines() if line.strip()]


def test_the_readme_calls_targets_that_the_makefile_has(readme_commands):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    called = {words[1] for words in readme_commands if words[0] == "make"}
    assert called == {"demo", "test"}
    assert called <= targets
    assert "wheelhouse" in targets


def test_the_readme_installs_from_files_that_are_there(readme_commands):
    files = [words[words.index("-r") + 1] for words in readme_commands if "-r" in words]
    assert files
    assert all((ROOT / file).is_file() for file in files)


def test_the_readme_commands_on_own_adverts_work(blocks, readme_commands, tmp_path):
    from felinar.demo import write_world

    ours = [words[1:] for words in readme_commands if words[0] == ".venv/bin/felinar"]
    commands = [words for words in ours if words not in (["demo"], ["serve"])]  # these two have tests of their own
    assert [next(w for w in words if w in VERBS) for words in commands] == VERBS
    world = write_world(tmp_path / "world", adverts=150, seed=5, evasion=0.3)
    shutil.copy(world.adverts, tmp_path / "adverts.csv")  # JSON lines: the content decides, not the name
    terminal = blocks.Terminal(tmp_path)
    operation = None
    for words in commands:
        words = [operation.group() if word == "OPERATION" and operation else word for word in words]
        told = terminal.run(shlex.join(["felinar", *words]))
        assert told.strip()
        operation = operation or re.search(r"\b\d{15,19}\b", told)
    assert (tmp_path / "memberships.csv").stat().st_size > 0
    verify = next(words for words in readme_commands if words[-1].endswith("verify.py"))
    checked = subprocess.run([sys.executable, *verify[1:]], cwd=tmp_path, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


VERBS = ["run", "leads", "show", "search", "export", "export", "audit"]
