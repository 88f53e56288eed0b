"""Input and workspaces that nobody wants: a clear result each, no crash, no quadratic time, nothing half done."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from functools import partial

import pytest

from felinar.errors import UnreadableInput, WorkspaceInUse, WorkspaceProblem
from felinar.pipeline import ingest, run
from felinar.store.desk import open_desk
from felinar.store.lake import Lake
from felinar.store.published import Published
from felinar.store.workspace import Workspace

CHANCE = random.Random(4)
SENTENCE = "Gentle massage near the station, new salon, open every day from ten to eight, free parking and hot tea"
GOOD = b'{"id":"1","text":"House cleaning in Leeds, call 07700 900123"}\n'


def advert(text, number=1, **more):
    return json.dumps({"id": str(number), "text": text, **more}).encode() + b"\n"


def some(alphabet, length):
    return "".join(CHANCE.choice(alphabet) for _ in range(length))


@pytest.fixture
def workspace(tmp_path):
    return Workspace.open(tmp_path / "häns wörk 'x", "test")


@pytest.fixture
def made(workspace, tmp_path):
    """A workspace with one advert, run."""
    bring(workspace, tmp_path, GOOD)
    return workspace


def bring(workspace, folder, *contents, name="in{}.jsonl"):
    paths = []
    for number, content in enumerate(contents):
        paths.append(folder / name.format(number))
        paths[-1].write_bytes(content)
    ingest(workspace, paths)
    return run(workspace).rows


def originals(workspace):
    return sorted(path for path in workspace.originals.rglob("*") if path.is_file())


LONG = {
    "digits": "7" * 100_000,
    "changing digits": some("0123456789", 100_000),
    "digits and marks": some("0123456789  -./()+", 20_000),
    "letters": some("abcdefghij", 100_000),
    "one word": "massage " * 12_500,
    "a number word": "seven " * 16_000,
    "emoji": "😀" * 25_000,
    "keycaps": "7️⃣" * 33_000,
    "marks on one letter": "a" + "\u0301" * 50_000,
    "at signs": "@" * 100_000,
    "dots": "a." * 50_000,
    "addresses": "http://" * 14_000,
    "line ends": "\n" * 100_000,
}


@pytest.mark.parametrize("name", LONG)
def test_one_very_long_text_comes_through(workspace, tmp_path, name):
    rows = bring(workspace, tmp_path, advert(LONG[name]) + advert("Cleaning in Leeds, +44 7700 900123", 2))
    assert rows["adverts"] == rows["memberships"] == 2
    assert [k["value"] for k in Lake(workspace.tables).read("keys").to_pylist()].count("+447700900123") == 1


@pytest.mark.parametrize(
    "content",
    [b"[]", b"\n\n", b'{"id":"1","text":"a\\u0000b 07700 900123"}\n\0\0\n', b'{"id":"1","text":"caf\xff\xfe"}', GOOD],
)
def test_nothing_one_row_nul_and_broken_utf8_run_to_the_end(workspace, tmp_path, content):
    rows = bring(workspace, tmp_path, content)
    assert rows["adverts"] == (b'"text"' in content)


def test_equal_texts_with_different_ids_stay_that_many_adverts_in_one_group(workspace, tmp_path):
    rows = bring(workspace, tmp_path, b"".join(advert(SENTENCE, n) for n in range(2_000)))
    assert (rows["adverts"], rows["templates"], rows["leads"]) == (2_000, 1, 0)


def test_the_first_and_the_last_year_reach_every_export(workspace, tmp_path, felinar):
    from felinar.export.report import write_report

    days = ("0000-01-01", "0001-01-01", "9999-12-31T23:59:59Z", "2024-05-05", "9999-12-31T23:59:59-05:00")
    text = "Cleaning job {} near the market in Leeds, call 07700 900123"
    bring(workspace, tmp_path, b"".join(advert(text.format(n), n, date=d) for n, d in enumerate(days)))
    for form in ("csv", "jsonl", "parquet", "xlsx"):
        out = tmp_path / f"operations.{form}"
        done = felinar("export", "operations", "--format", form, "--out", out, workspace=workspace.folder)
        assert done.returncode == 0, done.stderr
    assert "0001-01-01T00:00:00Z,9999-12-31T23:59:59Z" in (tmp_path / "operations.csv").read_text()
    facts = Published.open(workspace.published).facts
    assert (facts["begins"], facts["cut_off"]) == ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
    write_report(workspace.published, tmp_path / "report.html", purpose="test")


def test_one_bad_file_among_good_ones_leaves_nothing_behind(made, tmp_path):
    kept, generation = originals(made), Lake(made.tables).generation
    rejects = (made.folder / "rejects.jsonl").read_bytes()
    (tmp_path / "good.jsonl").write_bytes(advert("Ironing in York", 7) + b"{broken\n")
    packed = gzip.compress(b"".join(advert(some("abcdef ", 500), n) for n in range(9_000)))
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[:-3_000])
    with pytest.raises(UnreadableInput, match=r"cut off.*None of the files was brought in\.$"):
        ingest(made, [tmp_path / "good.jsonl", tmp_path / "cut.jsonl.gz"])
    assert (originals(made), Lake(made.tables).generation) == (kept, generation)
    assert (made.folder / "rejects.jsonl").read_bytes() == rejects
    named = {part.file for parts in Lake(made.tables).manifest().tables.values() for part in parts}
    assert {p.name for p in made.tables.glob("adverts-*.parquet")} <= named


@pytest.mark.parametrize("content", [b"", b"\xff\x81 garbage", b"manifest-99999999.json", b"../felinar.toml"])
def test_a_current_that_names_nothing_is_told_and_nothing_is_lost(made, tmp_path, content):
    (made.tables / "CURRENT").write_bytes(content)
    before = sorted(made.tables.iterdir())
    with pytest.raises(WorkspaceProblem, match="write the name of a manifest"):
        ingest(made, [tmp_path / "in0.jsonl"])
    assert sorted(made.tables.iterdir()) == before


def test_a_missing_current_is_not_taken_for_an_empty_workspace(made):
    (made.tables / "CURRENT").unlink()
    with pytest.raises(WorkspaceProblem, match="CURRENT"):
        run(made)


def test_a_first_delivery_killed_before_current_was_written_is_there(workspace, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(GOOD)
    ingest(workspace, [tmp_path / "a.jsonl"])
    (workspace.tables / "CURRENT").unlink()
    assert run(workspace).rows["adverts"] == 1


def test_damaged_adverts_are_named_and_damaged_mentions_are_made_again(made):
    [mentions] = made.tables.glob("cache-mentions-*")
    mentions.write_bytes(b"PAR1")
    assert run(made).rows["mentions"] > 0
    [adverts] = made.tables.glob("adverts-*")
    adverts.write_bytes(adverts.read_bytes()[:100])
    with pytest.raises(WorkspaceProblem, match=f"{adverts.name} is damaged"):
        run(made)
    adverts.unlink()
    with pytest.raises(WorkspaceProblem, match=f"{adverts.name} is missing"):
        run(made)


def test_a_published_file_that_is_garbage_gone_or_damaged_inside_is_told_and_made_again(made):
    whole = made.published.read_bytes()
    for content in (b"garbage" * 1_000, whole[:10_000], whole[:4_096] + b"\xff" * (len(whole) - 4_096)):
        made.published.write_bytes(content)
        with pytest.raises(WorkspaceProblem, match="felinar run"):
            Published.open(made.published).leads()
    made.published.unlink()
    with pytest.raises(WorkspaceProblem, match="felinar run"):
        Published.open(made.published)
    run(made)
    assert Published.open(made.published).facts["adverts"] == "1"


def test_a_damaged_desk_is_told(made):
    with open_desk(made.desk):
        pass
    for content in (b"garbage" * 1_000, made.desk.read_bytes()[:5_000]):
        made.desk.write_bytes(content)
        with pytest.raises(WorkspaceProblem, match="Restore it from a backup"):
            run(made)


SETTINGS = {
    'name = "x"\npurpose = "y': "Unterminated",
    'name = "x"\n': "purpose",
    'name = "x"\npurpose = 5\n': 'purpose = "…"',
    'name = "x"\npurpose = "y"\nretention_months = "soon"\n': "retention_months = 6",
    "\udcff\udcfe": "Mend the file",
}


@pytest.mark.parametrize("text", SETTINGS)
def test_settings_edited_badly_are_told(made, text):
    (made.folder / "felinar.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(WorkspaceProblem, match=r"felinar\.toml") as caught:
        Workspace.existing(made.folder)
    assert SETTINGS[text] in str(caught.value)


def test_doctor_names_every_problem_and_never_fails_itself(made, felinar):
    (made.tables / "CURRENT").write_bytes(b"")
    (made.folder / "log.key").write_bytes(b"short")
    made.desk.write_bytes(b"garbage" * 1_000)
    done = felinar("--json", "doctor", workspace=made.folder)
    found = {finding["about"] for finding in json.loads(done.stdout) if finding["state"] == "problem"}
    assert (done.returncode, found) == (1, {"tables", "log", "log key"})


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the owner of the machine may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_told(made, tmp_path):
    made.folder.chmod(0o500)
    try:
        with pytest.raises(WorkspaceProblem, match="cannot be written"), made.writing("run"):
            pass
    finally:
        made.folder.chmod(0o700)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a disk that is always full")  # noqa: PTH110
def test_a_full_disk_is_told_and_the_lock_is_given_back(made):
    with pytest.raises(WorkspaceProblem, match="No space left"), made.writing("run"), open("/dev/full", "w") as full:  # noqa: PTH123
        full.write("x" * 100_000)
    with made.writing("run"):
        pass


def test_a_second_writer_is_refused_and_told_who_holds_the_workspace(made, felinar, tmp_path):
    with made.writing("run"):
        with pytest.raises(WorkspaceInUse, match=f"process {os.getpid()}"), made.writing("run"):
            pass
        second = felinar("run", tmp_path / "in0.jsonl", workspace=made.folder)
        assert (second.returncode, f"process {os.getpid()} ('felinar run')" in second.stderr) == (2, True)
        assert felinar("leads", workspace=made.folder).returncode == 0


def test_a_terminal_that_knows_no_unicode_stops_nothing(workspace, felinar, tmp_path):
    text = "Массаж в центре города. सफाई का काम 😀 07700 900123"
    bring(workspace, tmp_path, advert(text, "r", title="Массаж"))
    for coding in ("ascii", "cp1252"):
        for command in (["show", "r"], ["export", "adverts"], ["extract", tmp_path / "in0.jsonl"]):
            done = felinar(*command, workspace=workspace.folder, environment={"PYTHONIOENCODING": coding})
            assert (done.returncode, done.stderr.count("Error")) == (0, 0), done.stderr
            assert "Массаж" in done.stdout or command[0] == "extract"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_a_run_with_one_line_and_frees_the_workspace(made, tmp_path):
    (tmp_path / "many.jsonl").write_bytes(b"".join(advert(f"{SENTENCE} {n}", n) for n in range(3_000)))
    command = [sys.executable, "-m", "felinar", "--workspace", str(made.folder), "run", str(tmp_path / "many.jsonl")]
    # A shell starts what it runs in the background with Ctrl-C ignored, these tests too; the run must hear it.
    hears = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hears)
    owner = made.folder / "workspace.owner"
    while not owner.exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.strip()) == (130, "felinar: stopped; nothing that was finished is lost.")
    with made.writing("run"):
        pass


def test_what_looks_adds_nothing_to_stdout_but_json(made, felinar):
    for command in (["leads"], ["show", "1"], ["search", "07700900123"], ["audit", "verify"], ["run"], ["doctor"]):
        done = felinar("--json", "--quiet", *command, workspace=made.folder)
        assert (done.returncode, done.stderr) == (0, ""), command
        json.loads(done.stdout)


class Told:
    """Keeps what a run announces: (stage, how many)."""

    def __init__(self):
        self.begun = []

    def begin(self, what, total=None):
        self.begun.append((what, total))
        return lambda done: None


def test_a_second_run_changes_nothing_and_reads_only_new_adverts(made, tmp_path):
    before = {part.file for parts in Lake(made.tables).manifest().tables.values() for part in parts}
    run(made)
    assert {part.file for parts in Lake(made.tables).manifest().tables.values() for part in parts} == before
    path = tmp_path / "more.jsonl"
    path.write_bytes(advert("Ironing in York, 07700 900456", 8))
    ingest(made, [path])
    told = Told()
    run(made, progress=told)
    assert ("reading adverts", 1) in told.begun
