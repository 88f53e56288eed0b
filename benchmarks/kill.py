"""What is lost when the desk, or a run behind it, is killed at any moment (kill -9) while people work in the browser?

python benchmarks/kill.py [--rounds 50] [--adverts 300]

Each round serves a workspace, does one kind of work through the pages, and kills at a moment drawn by lot: the desk
while somebody judges or watches; desk, run or both while a file is imported and somebody judges meanwhile; the run in
its last part, while it publishes. Then the round counts what the desk had confirmed and what of it is not there (in the
table and in the log), batches that are torn (tables or published rows that are neither the old nor the new state), and
whether the log holds. Writes results/kill.csv.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import os
import random
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from _hand import Hand, Served
from felinar.audit import events, verify
from felinar.demo import write_world
from felinar.errors import FelinarError, WorkspaceInUse
from felinar.pipeline import ingest, run
from felinar.store.judgements import judgements
from felinar.store.lake import Lake
from felinar.store.published import Published
from felinar.store.watches import watches
from felinar.store.workspace import Workspace
from felinar.web.imports.jobs import jobs

RESULTS = Path(__file__).parent / "results" / "kill.csv"
GONE = (OSError, http.client.HTTPException)
SEED, FIRST_PART = 11, 0.6  # of the adverts, that are there before
PATIENCE_SECONDS = 10


@dataclass
class Told:
    """What some rounds of one kind of work showed; all but the first two must be 0."""

    work: str
    rounds: int = 0
    confirmed: int = 0
    lost: int = 0
    not_in_log: int = 0
    torn: int = 0
    log_broken: int = 0


@dataclass
class World:
    """A workspace that holds the first part of a pile, the file with all of it, and how long its import takes."""

    workspace: Workspace
    pile: Path
    before: int
    after: int
    seconds: float = 0.0


def made(folder: Path, adverts: int) -> World:
    """Return a world, run once on its first part; the whole pile waits in the inbox."""
    pile = write_world(folder / "world", adverts=adverts, seed=SEED, evasion=0.3).adverts
    lines = pile.read_text(encoding="utf-8").splitlines(keepends=True)
    some = folder / "some.jsonl"
    some.write_text("".join(lines[: int(len(lines) * FIRST_PART)]), encoding="utf-8")
    workspace = Workspace.open(folder / "workspace", "case 2026-17")
    first = ingest(workspace, [some])
    run(workspace)
    (workspace.folder / "inbox").mkdir()
    shutil.copy(pile, workspace.folder / "inbox" / "all.jsonl")
    return World(workspace, pile, first.added, len(lines))


# --- work, each piece of which the desk confirms
def judge(hand: Hand, world: World, marks: Iterator[int]) -> Iterator[str]:
    """Judge pairs of adverts; yields the reason of each judgement as soon as it is confirmed."""
    pairs = _pairs(world)
    for mark, (left, right) in zip(marks, pairs, strict=False):
        hand.post("/judge", said=f"advert {left} {right} unsure", reason=f"mark {mark}")
        yield f"mark {mark}"


def watch(hand: Hand, world: World, marks: Iterator[int]) -> Iterator[str]:
    """Watch addresses that no advert shows."""
    for mark in marks:
        hand.post("/watch", what=f"mark{mark}@mail.example", reason=f"mark {mark}")
        yield f"mark {mark}"


AT_THE_DESK: dict[str, Callable[..., Iterator[str]]] = {"judging": judge, "watching": watch}
IN_A_RUN = ("importing", "publishing")


def _pairs(world: World) -> Iterator[tuple[int, int]]:
    published = Published.open(world.workspace.published)
    operations = [operation_id for operation_id, _ in published.linked_operations()]
    ids = [row["advert_id"] for one in operations for row in published.adverts_of_operation(one)]
    published.close()
    return ((left, right) for left in ids for right in ids if left < right)


# --- rounds
def killed_at_the_desk(
    world: World, work: Callable[..., Iterator[str]], chance: random.Random, marks: Iterator[int]
) -> set[str]:
    """Work until the desk is killed, some tenths of a second after the first piece; return what it had confirmed."""
    served, confirmed = Served(world.workspace.folder), set[str]()
    timer = threading.Timer(chance.uniform(0.02, 0.5), served.kill)
    try:
        for mark in work(served.hand, world, marks):
            confirmed.add(mark)
            if len(confirmed) == 1:
                timer.start()
    except GONE:
        pass
    finally:
        timer.cancel() if not confirmed else timer.join()
        served.end()
    return confirmed


def killed_in_a_run(world: World, last_part: bool, chance: random.Random, marks: Iterator[int]) -> set[str]:
    """Import through the desk and judge meanwhile; kill the run, the desk or both; return what was confirmed."""
    served, confirmed = Served(world.workspace.folder), set[str]()
    begun = time.monotonic()
    served.hand.post("/imports/begin", name="all.jsonl")
    process = jobs(world.workspace)[0].process
    moment = begun + world.seconds * chance.uniform(0.55 if last_part else 0.05, 0.98)
    victims = chance.choice(["run", "both"] if last_part else ["run", "desk", "both"])
    try:
        for mark in judge(served.hand, world, marks):
            confirmed.add(mark)
            if time.monotonic() >= moment:
                break
    finally:
        if victims != "desk":
            _kill_group(process)
        if victims != "run":
            served.kill()
        served.end()
        _wait_for(process)
    return confirmed


def _kill_group(process: int) -> None:
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def _wait_for(process: int) -> None:
    """Wait until a run has ended that nobody killed."""
    while _lives(process):
        time.sleep(0.02)


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


# --- what is there afterwards
def look(world: World, told: Told, confirmed: set[str]) -> None:
    """Count what was confirmed and is not there, what is torn, and whether the log holds."""
    desk = world.workspace.desk
    kept = {one.reason for one in judgements(desk)} | {one.reason for one in watches(desk)}
    logged = {json.loads(event.details).get("reason") for event in events(desk)}
    told.rounds += 1
    told.confirmed += len(confirmed)
    told.lost += len(confirmed - kept)
    told.not_in_log += len(confirmed - logged)
    told.torn += _is_torn(world)
    try:
        verify(desk)
    except FelinarError:
        told.log_broken += 1


def _is_torn(world: World) -> bool:
    """Return whether tables are damaged, or what is published is neither the old state nor the new one."""
    published = Published.open(world.workspace.published)
    try:
        adverts = int(published.facts["adverts"])
        rows = sum(1 for _ in published.plain_adverts(_ids(published)))
    finally:
        published.close()
    _wait_for_the_lock(world.workspace)
    damaged = Lake(world.workspace.tables).damaged()
    return bool(damaged) or adverts not in (world.before, world.after) or rows != adverts


def _wait_for_the_lock(workspace: Workspace) -> None:
    """Wait until the last thread of a killed run has let go of the workspace; it takes no second."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with workspace.writing("look"):
                return
        except WorkspaceInUse:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _ids(published: Published) -> list[int]:
    return [row["advert_id"] for row in published._all("SELECT advert_id FROM adverts ORDER BY advert_id")]


@contextmanager
def again(world: World, folder: Path) -> Iterator[World]:
    """Give the world with its tables as they were before any import; what people wrote is kept."""
    original = world.workspace.folder
    copied = folder / "round"
    shutil.copytree(original, copied)
    try:
        yield World(Workspace.existing(copied), world.pile, world.before, world.after, world.seconds)
    finally:
        shutil.rmtree(copied)


def seconds_of_an_import(world: World, folder: Path) -> float:
    """Return how long an import through the desk takes when nobody kills it."""
    with again(world, folder) as calm:
        served = Served(calm.workspace.folder)
        begun = time.monotonic()
        served.hand.post("/imports/begin", name="all.jsonl")
        _wait_for(jobs(calm.workspace)[0].process)
        taken = time.monotonic() - begun
        served.end()
        state = Published.open(calm.workspace.published)
        assert int(state.facts["adverts"]) == calm.after, "an import that nobody disturbs brings everything in"
        state.close()
    return taken


def rounds(folder: Path, adverts: int, wanted: dict[str, int]) -> Iterator[Told]:
    """Yield what the wanted number of rounds of each kind of work showed."""
    world, chance, marks = made(folder, adverts), random.Random(SEED), count(1)
    for name, work in AT_THE_DESK.items():
        told = Told(name)
        for _ in range(wanted[name]):
            look(world, told, killed_at_the_desk(world, work, chance, marks))
        yield told
    world.seconds = seconds_of_an_import(world, folder)
    for name in IN_A_RUN:
        told = Told(name)
        for _ in range(wanted[name]):
            with again(world, folder) as copied:
                look(copied, told, killed_in_a_run(copied, name == "publishing", chance, marks))
        yield told


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--adverts", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, asdict(Told("")), lineterminator="\n")
        writer.writeheader()
        for told in rounds(Path(folder), options.adverts, dict.fromkeys((*AT_THE_DESK, *IN_A_RUN), options.rounds)):
            writer.writerow(asdict(told))
            file.flush()
            print(told)


if __name__ == "__main__":
    main()
