"""Lists on disk: updates, refusals, and whoever is killed leaves the old list or the new one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from felinar.errors import FelinarError, UnreadableInput, WorkspaceProblem
from felinar.hashlists import store
from felinar.hashlists.intake import sentences
from felinar.hashlists.known import Lists

CONTEXT = "VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media"


def entries(folder, name="a"):
    return store.load(folder, name).about["entry"].to_pylist()


def test_an_update_adds_replaces_and_takes_away(take, made, as_vics, tmp_path):
    one, two, three = ({"MediaID": n, "Category": 1, "MD5": made.hash("md5", n)} for n in (1, 2, 3))
    take({"a.json": as_vics(one, two)})
    taken = take({"a.json": as_vics(two | {"MD5": made.hash("md5", 9)}, three)})
    assert (taken.before, taken.entries, taken.said["delivery"]) == (2, 3, 2)
    lists = Lists.load(tmp_path / "hashlists")
    known = [n for n in (1, 2, 3, 9) if lists.exact(md5=made.hash("md5", n))]
    assert known == [1, 3, 9]
    assert [d["read"] for d in taken.said["deliveries"]] == [2, 2]


def test_a_whole_list_in_place_of_the_old_one_drops_what_it_does_not_hold(take, made, as_vics, tmp_path):
    one, two = ({"MediaID": n, "MD5": made.hash("md5", n)} for n in (1, 2))
    take({"a.json": as_vics(one, two)})
    take({"a.json": as_vics(two)}, replace=True)
    assert entries(tmp_path / "hashlists") == ["2"]


def test_a_damaged_file_adds_what_it_holds_but_replaces_nothing(take, made, as_vics, tmp_path):
    one, two = ({"MediaID": n, "MD5": made.hash("md5", n)} for n in (1, 2))
    take({"a.json": as_vics(one)})
    broken = as_vics(two, one)[:-20]
    with pytest.raises(UnreadableInput, match="was kept"):
        take({"a.json": broken}, replace=True)
    assert entries(tmp_path / "hashlists") == ["1"]
    taken = take({"a.json": broken})
    assert sorted(entries(tmp_path / "hashlists")) == ["1", "2"]
    assert "damaged" in " ".join(sentences(taken))


def test_refused_rows_and_hashes_are_counted_and_stand_in_a_file_with_their_place(take, made, as_vics):
    rows = [{"MediaID": 1, "MD5": "0" * 32, "SHA1": made.hash("sha1", 1)}, {"MediaID": 2, "MD5": "zz"}, 3]
    taken = take({"a.json": as_vics(*rows, {"MediaID": 4, "MD5": made.hash("md5", 4), "PhotoDNA": "short"})})
    assert (taken.entries, taken.counts["hashes refused"], taken.counts["rejected"]) == (2, 3, 2)
    refused = [json.loads(line) for line in taken.rejects.read_text().splitlines()]
    assert len(refused) == 5
    assert all(one["file"] == "a.json" and one["where"].startswith("character ") and one["reason"] for one in refused)
    said = " ".join(sentences(taken))
    assert "2 could not be used, 3 hashes were refused" in said
    assert str(taken.rejects) in said


def test_photodna_is_kept_counted_and_said_to_be_not_compared(take, made, as_vics, tmp_path):
    value = bytes(range(144)).hex()
    taken = take({"a.json": as_vics({"MediaID": 1, "PhotoDNA": value})})
    assert taken.hashes["photodna"] == 1
    assert store.load(tmp_path / "hashlists", "a").about["photodna"].to_pylist() == [value]
    assert "never compared" in " ".join(sentences(taken))


def test_a_list_is_not_mixed_with_one_of_another_format_or_role(take, made, as_vics, tmp_path):
    take({"a.json": as_vics({"MediaID": 1, "MD5": made.hash("md5", 1)})})
    with pytest.raises(UnreadableInput, match="different ids"):
        take({"a.txt": made.hash("md5", 2)}, name="a")
    lines = f'"SHA-1","MD5","CRC32","FileName"\n"{made.hash("sha1", 1)}","","","a.jpg"\n'
    with pytest.raises(UnreadableInput, match="name of its own"):
        take({"n.txt": lines}, name="a", replace=True)
    with pytest.raises(UnreadableInput, match="another format"):
        take({"b.json": as_vics({"MD5": made.hash("md5", 1)}), "b.txt": made.hash("md5", 2)}, name="b")
    assert store.names(tmp_path / "hashlists") == ["a"]


def test_nothing_usable_changes_nothing_and_names_the_first_problem(take, as_vics, tmp_path):
    with pytest.raises(UnreadableInput, match="First problem: MD5 has 32"):
        take({"a.json": as_vics({"MediaID": 1, "MD5": "12"})})
    assert store.names(tmp_path / "hashlists") == []


@pytest.mark.parametrize("name", ["../x", "A", "a b", "", "é", "-a", "a" * 65])
def test_a_name_that_could_leave_the_folder_is_refused(name):
    with pytest.raises(FelinarError, match="no name"):
        store.checked_name(name)
    assert store.checked_name(store.name_from(name)) == store.name_from(name)


def test_a_list_that_is_damaged_or_of_another_version_is_said(take, made, tmp_path):
    take({"a.txt": made.hash("md5", 1)})
    folder = tmp_path / "hashlists"
    about = store.version_of(folder, "a") / store.ABOUT_FILE
    about.write_text(about.read_text().replace('"schema_version": 1', '"schema_version": 9'))
    with pytest.raises(WorkspaceProblem, match="another version"):
        Lists.load(folder)
    (store.version_of(folder, "a") / "md5-words.npy").write_bytes(b"")
    with pytest.raises(WorkspaceProblem, match="damaged"):
        store.load(folder, "a")
    with pytest.raises(FelinarError, match="Did you mean 'a'"):
        store.existing(folder, "aa")


def test_the_same_file_gives_the_same_bytes(take, made, as_vics, tmp_path):
    text = as_vics(*({"MediaID": n, "MD5": made.hash("md5", n), "SHA1": made.hash("sha1", n % 3)} for n in range(50)))
    folder = tmp_path / "hashlists"
    seen = []
    for name in ("a", "b"):
        take({"x.json": text}, name=name)
        version = store.version_of(folder, name)
        seen.append({p.name: p.read_bytes() for p in sorted(version.iterdir()) if p.suffix in (".npy", ".parquet")})
    assert seen[0] == seen[1]
    assert len(seen[0]) > 8


KILLED = """
    import os, pathlib, signal, sys
    from felinar.hashlists import intake, store
    folder, file, steps = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    done = 0
    def step(event, arguments):
        global done
        writes = event in ("open", "os.rename", "os.mkdir", "os.remove", "shutil.rmtree", "os.rmdir")
        if writes and str(folder) in str(arguments[0]):
            done += 1
            if done > steps:
                os.kill(os.getpid(), signal.SIGKILL)
    import pyarrow.parquet, felinar.kernels.multi_index, felinar.pictures.looked
    sys.addaudithook(step)
    intake.take_in(folder, [file], intake.Order(name="a"), "2026-01-01T00:00:00Z")
    print("ended")
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_whoever_is_killed_leaves_the_old_list_or_the_new_one(take, made, tmp_path):
    first, second = made.hash("md5", 1), made.hash("md5", 2)
    take({"a.txt": first})
    folder, file = tmp_path / "hashlists", tmp_path / "b.txt"
    file.write_text(second)
    seen, ended, steps = set(), False, 0
    while not ended:
        command = [sys.executable, "-c", textwrap.dedent(KILLED), str(folder), str(file), str(steps)]
        process = subprocess.run(command, capture_output=True, check=False)
        ended = b"ended" in process.stdout
        assert ended or process.returncode == -signal.SIGKILL, process.stderr
        lists = Lists.load(folder)
        assert lists.exact(md5=first)
        seen.add(bool(lists.exact(md5=second)))
        steps += 9
    assert seen == {False, True}
    assert steps > 20
    assert len(list((folder / "a").glob("v*"))) == 1
