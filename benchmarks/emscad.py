"""How the fraud label of 710 real job adverts (EMSCAD), never shown to the pipeline, spreads over what it linked.

    python benchmarks/emscad.py     # writes benchmarks/results/emscad.csv

The file is read by `felinar run` without a mapping, in a workspace that is thrown away; `felinar` leaves the column
`fraudulent` out. Only this script reads it. Nothing but counts is written: no text, number or name of an advert.
The data stay where they are (FELINAR_SHARED, default ../shared); they may not be passed on.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("FELINAR_SHARED", ROOT.parent / "shared")) / "data" / "jobs" / "job_adverts.csv"
RESULT = Path(__file__).parent / "results" / "emscad.csv"
TABLES = ("adverts", "memberships", "mentions", "keys", "links", "leads", "hits")

Rows = list[dict[str, str]]
Groups = dict[str, set[str]]


def main() -> None:
    """Run, measure, write, print; skips aloud where the data are missing."""
    if not DATA.is_file():
        print(f"SKIPPED: the real job adverts are not at {DATA}; set FELINAR_SHARED.")
        return
    with tempfile.TemporaryDirectory() as folder:
        tables = run(Path(folder))
    with DATA.open(encoding="utf-8-sig", newline="") as file:
        adverts = by_advert_id(list(csv.DictReader(file)), tables["adverts"])
    fraud = {advert for advert, row in adverts.items() if row["fraudulent"] == "1"}
    rows = [*measure(tables, set(adverts), fraud), *repeats(adverts, fraud), *shortcuts(adverts, fraud)]
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("what", "groups", "adverts", "fraudulent", "percent"), *rows])
    for row in rows:
        print(*row, sep="\t")


def run(folder: Path) -> dict[str, Rows]:
    """Return the exports of a run over the file."""
    command = [sys.executable, "-m", "felinar", "--quiet", "--workspace", str(folder), "--purpose", "benchmark"]
    subprocess.run([*command, "run", str(DATA)], check=True, stdout=subprocess.DEVNULL)
    tables = {}
    for name in TABLES:
        path = folder / f"{name}.jsonl"
        export = [*command, "export", name, "--format", "jsonl", "--out", str(path)]
        subprocess.run(export, check=True, stdout=subprocess.DEVNULL)
        tables[name] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tables


def by_advert_id(rows: Rows, adverts: Rows) -> dict[str, dict[str, str]]:
    """Return the rows of the file by advert id; a job id alone does not name a row there, with the title it does."""
    known = {(row["job_id"], row["title"]): row for row in rows}
    found = {a["advert_id"]: known[a["source_id"], a["title"]] for a in adverts}
    if not len(rows) == len(known) == len(found):
        raise ValueError(f"{len(rows)} rows, {len(known)} job ids with title and {len(found)} adverts do not match.")
    return found


def measure(tables: dict[str, Rows], everyone: set[str], fraud: set[str]) -> list[tuple[object, ...]]:
    """Return (what, groups, adverts, fraudulent, percent) for every way in which adverts came together."""
    hubs = {(k["key_kind"], k["key_id"]) for k in tables["keys"] if k["hub"]}
    texts = grouped(tables["links"], "key_id", lambda row: row["key_kind"] == "near_duplicate")
    masked = grouped(tables["links"], "key_id", lambda row: row["key_kind"] == "masked")
    free = {key: jobs for key, jobs in masked.items() if ("masked", key) not in hubs}
    operations = grouped(tables["memberships"], "operation_id", lambda row: True)
    leads = {row["operation_id"]: operations[row["operation_id"]] for row in tables["leads"]}
    several = {key: jobs for key, jobs in operations.items() if len(jobs) > 1}
    rows = [line("all adverts", {"": everyone}, fraud)]
    for kind, count in sorted(Counter(row["kind"] for row in tables["mentions"]).items()):
        jobs = {row["advert_id"] for row in tables["mentions"] if row["kind"] == kind}
        rows.append(line(f"with a mention of kind {kind} ({count:,})", {"": jobs}, fraud))
    rows.append(line("near-duplicate groups", texts, fraud))
    rows.append(line("in no near-duplicate group", {"": everyone - members(texts)}, fraud))
    rows += [line(f"near-duplicate groups, {told}", some, fraud) for told, some in by_label(texts, fraud).items()]
    shared = {key: jobs for key, jobs in free.items() if len(jobs) > 1}
    rows.append(line("masked contacts shared by two or more adverts", shared, fraud))
    rows.append(line("masked contacts held to be hubs", {k: masked[k] for _, k in sorted(hubs) if k in masked}, fraud))
    rows.append(line("operations of two or more adverts", several, fraud))
    rows += [
        line(f"operations of two or more adverts, {told}", some, fraud)
        for told, some in by_label(several, fraud).items()
    ]
    rows.append(line("operations of one advert", {k: j for k, j in operations.items() if len(j) == 1}, fraud))
    largest = max(several.items(), key=lambda item: (len(item[1]), item[0]), default=("", set()))
    rows.append(line("the largest operation", dict([largest]) if largest[0] else {}, fraud))
    rows.append(line("leads", leads, fraud))
    rows += [line(f"leads, {told}", some, fraud) for told, some in by_label(leads, fraud).items()]
    return rows + reasons(tables, leads, fraud)


def reasons(tables: dict[str, Rows], leads: Groups, fraud: set[str]) -> list[tuple[object, ...]]:
    """Return one row for each indicator that speaks for a lead, with the leads that have it."""
    by_indicator: dict[str, Groups] = defaultdict(dict)
    for hit in tables["hits"]:
        if hit["operation_id"] in leads and int(hit["weight"]) > 0:
            by_indicator[hit["indicator"]][hit["operation_id"]] = leads[hit["operation_id"]]
    return [line(f"leads with {indicator}", some, fraud) for indicator, some in sorted(by_indicator.items())]


def by_label(groups: Groups, fraud: set[str]) -> dict[str, Groups]:
    """Return the groups whose adverts are all fraudulent, all legitimate, and mixed."""
    told: dict[str, Groups] = {"all fraudulent": {}, "all legitimate": {}, "mixed": {}}
    for key, jobs in groups.items():
        kind = "all fraudulent" if jobs <= fraud else "all legitimate" if not jobs & fraud else "mixed"
        told[kind][key] = jobs
    return told


def repeats(adverts: dict[str, dict[str, str]], fraud: set[str]) -> list[tuple[object, ...]]:
    """Return the adverts whose title and description stand in the file more than once, letter by letter."""
    same: Groups = defaultdict(set)
    for advert, row in adverts.items():
        same[f"{row['title']}\n{row['description']}"].add(advert)
    again = {text: some for text, some in same.items() if len(some) > 1}
    rows = [line("title and description repeated letter by letter", again, fraud)]
    return rows + [line(f"repeated, {told}", some, fraud) for told, some in by_label(again, fraud).items()]


def shortcuts(adverts: dict[str, dict[str, str]], fraud: set[str]) -> list[tuple[object, ...]]:
    """Return how columns that say nothing of coercion give the label away in this file."""
    rows = []
    for name, has in (
        ("a logo", lambda row: row["has_company_logo"] == "1"),
        ("questions to applicants", lambda row: row["has_questions"] == "1"),
        ("a company profile", lambda row: bool(row["company_profile"].strip())),
        ("a salary", lambda row: bool(row["salary_range"].strip())),
    ):
        jobs = {job for job, row in adverts.items() if has(row)}
        rows += [line(f"with {name}", {"": jobs}, fraud), line(f"without {name}", {"": set(adverts) - jobs}, fraud)]
    return rows


def grouped(rows: Iterable[dict[str, str]], by: str, wanted: Callable[[dict[str, str]], bool]) -> Groups:
    """Return the advert ids of the wanted rows by a column."""
    groups: Groups = defaultdict(set)
    for row in rows:
        if wanted(row):
            groups[row[by]].add(row["advert_id"])
    return dict(groups)


def members(groups: Groups) -> set[str]:
    """Return all advert ids of the groups, each once."""
    return set().union(*groups.values())


def line(what: str, groups: Groups, fraud: set[str]) -> tuple[object, ...]:
    """Return one row of the result: an advert in several groups counts once."""
    jobs = members(groups)
    count = "" if set(groups) == {""} else len(groups)
    return what, count, len(jobs), len(jobs & fraud), f"{100 * len(jobs & fraud) / len(jobs):.1f}" if jobs else ""


if __name__ == "__main__":
    main()
