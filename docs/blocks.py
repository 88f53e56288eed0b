"""Run the console blocks of the tutorial; `python docs/blocks.py` writes their output, and all generated pages, anew.

A line that begins with `$ ` is a command, the lines below are what it prints. Only `felinar` and `cd` are run. A block
with a caption is a file that is written under this name. `[...]` on a line of its own stands for lines left out. What
differs from day to day (times of the log, runs, the head of the chain) stands as <time>, <run>, <head>.

The first line of the page names what the commands ask for (an operation, two adverts, a number); it is chosen anew, by
rules below, when the page is updated.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "tutorial.md"
BLOCK = re.compile(r"^```(?:(console)|\{code-block\} text\n:caption: (\S+)\n)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PICKS = re.compile(r"^<!-- asked for: (.*) -->$", re.MULTILINE)
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LEFT_OUT = "[...]"
# What differs from day to day: when the log or a sighting was written, the run that did it, the head of the chain.
DIFFERS = (
    (re.compile(r"^( *(?:\d+  )?)\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)", re.MULTILINE), r"\1<time>"),
    (re.compile(r"(, byte \d+  run )\S+"), r"\1<run>"),
    (re.compile(r"(Head of the chain .*: )[0-9a-f]{64}$", re.MULTILINE), r"\1<head>"),
)


@dataclass
class Terminal:
    """Runs commands as a reader would type them, one after another, from one folder on."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, command: str) -> str:
        """Return what the command prints to stdout; ValueError when it fails or is neither felinar nor cd."""
        words = shlex.split(command)
        if words[0] == "cd" and len(words) == 2:
            self.folder = (self.folder / words[1]).resolve(strict=True)
            return ""
        if words[0] != "felinar":
            raise ValueError(f"A block may call felinar and cd only, not: {command}")
        variables = {**os.environ, "PYTHONUTF8": "1", "FELINAR_ACTOR": "you", **self.environment}
        call = [sys.executable, "-m", "felinar", *words[1:]]
        done = subprocess.run(  # noqa: S603
            call, cwd=self.folder, env=variables, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            raise ValueError(f"{command}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout


def run_page(text: str, folder: Path) -> str:
    """Return the page with the output that its commands give today; the page itself when nothing has changed."""
    terminal = Terminal(folder)

    def renew(block: re.Match[str]) -> str:
        console, file_name, body = block.groups()
        if not console:
            (terminal.folder / file_name).write_text(body, encoding="utf-8")
            return block.group()
        return f"```console\n{_renewed(body, terminal)}```"

    return BLOCK.sub(renew, text)


def _renewed(body: str, terminal: Terminal) -> str:
    lines: list[str] = []
    for call in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
        if call:
            command, *expected = call.rstrip("\n").split("\n")
            lines += [command, *shortened(settled(terminal.run(command[2:])), expected)]
    return "".join(f"{line}\n" for line in lines)


def settled(output: str) -> list[str]:
    """Return the lines of an output without what differs from day to day."""
    for pattern, word in DIFFERS:
        output = pattern.sub(word, output)
    return [line.rstrip() for line in output.rstrip("\n").split("\n")] if output.strip() else []


def shortened(lines: list[str], expected: list[str]) -> list[str]:
    """Return the lines, with as many left out as the page leaves out: those between its first and its last ones."""
    if LEFT_OUT not in expected:
        return lines
    at = expected.index(LEFT_OUT)
    first, last = at, len(expected) - at - 1
    if first + last >= len(lines):
        return lines
    return [*lines[:first], LEFT_OUT, *lines[len(lines) - last :]]


def updated(text: str) -> str:
    """Return the page with new things asked for, chosen in the world as it is read today, and with new output."""
    found = PICKS.search(text)
    if found is None:
        raise ValueError("The page does not say what it asks for: <!-- asked for: {…} -->")
    old = json.loads(found.group(1))
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(Path(folder))
        for command in re.findall(r"^\$ (.*)$", text, re.MULTILINE)[:2]:  # the world is made, the reader goes into it
            terminal.run(command)
        new = picks(terminal.folder)
    lines = text.split("\n")
    for name in sorted(old, key=lambda name: len(old[name]), reverse=True):
        lines = [asking(line, old[name], f"\0{name}\0") for line in lines]
    asked = "\n".join(lines)
    for name, value in new.items():
        asked = asked.replace(f"\0{name}\0", value)
    asked = PICKS.sub(lambda _: f"<!-- asked for: {json.dumps(new, ensure_ascii=False)} -->", asked)
    with tempfile.TemporaryDirectory() as folder:
        return run_page(asked, Path(folder))


def asking(line: str, old: str, new: str) -> str:
    """Return a line that asks for something (a command, a line of a list) with the new thing."""
    return line.replace(old, new) if line.startswith("$ ") or line == old else line


def picks(workspace: Path) -> dict[str, str]:
    """Return what the page asks for: the first lead that is a good example, two of its adverts, its number, a hub."""
    from felinar.store.published import Published

    published = Published.open(workspace / "published.sqlite")
    try:
        for lead in published.leads():
            phones = [k for k in published.keys_of_operation(lead["operation_id"]) if _is_number(k) and not k["hub"]]
            if len(phones) > 1 and not lead["gate"] and not lead["recognised_as"]:
                return _picked(published, lead["operation_id"], phones[0]["value"])
        raise ValueError("No lead shows two telephone numbers; choose another seed for the tutorial.")
    finally:
        published.close()


def _picked(published: Any, operation_id: int, number: str) -> dict[str, str]:
    import phonenumbers

    from felinar.search.paths import shortest_path

    adverts = published.adverts_of_operation(operation_id)
    paths = {a["source_id"]: shortest_path(published, [adverts[0]["advert_id"]], [a["advert_id"]]) for a in adverts[1:]}
    far = max(sorted(paths), key=lambda source_id: len(paths[source_id] or ()))
    parsed = phonenumbers.parse(number)
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return {
        "operation": str(operation_id),
        "first": adverts[0]["source_id"],
        "last": far,
        "number": number,
        "national": national,
        "spoken": " ".join(DIGITS[int(digit)] for digit in national if digit.isdigit()),
        "hub": _hub(published),
    }


def _hub(published: Any) -> str:
    """Return the hub among the numbers that stands on most adverts."""
    keys = {k["key_id"]: k for lead in published.leads() for k in published.keys_of_operation(lead["operation_id"])}
    hubs = [key for key in keys.values() if key["hub"] and _is_number(key)]
    return str(max(hubs, key=lambda key: (key["adverts"], key["value"]))["value"])


def _is_number(key: dict[str, Any]) -> bool:
    return key["key_kind"] == "phone" and key["value"].startswith("+")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from pages import write_generated_pages

    write_generated_pages()
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
