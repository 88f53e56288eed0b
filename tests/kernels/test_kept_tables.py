"""Tables that are kept between runs."""

import numpy as np
import pytest

from felinar.kernels import kept_files
from felinar.kernels.kept_tables import kept_table


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_files.compiling, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(kept_files, "package", lambda: b"the package as it is")
    return tmp_path


def process(made):
    """Return the function of a new process that gives a table, which notes each time that it is made."""

    @kept_table
    def numbers():
        made.append(1)
        return np.arange(5, dtype=np.int32), ("a", "b")

    return numbers


def test_a_table_is_made_once_for_all_processes(folder):
    made = []
    first, second = process(made), process(made)

    assert first()[0].tolist() == second()[0].tolist() == [0, 1, 2, 3, 4]
    assert first() is first() and second()[1] == ("a", "b")
    assert len(made) == 1 and len(list(folder.iterdir())) == 1


def test_it_is_made_anew_when_the_package_changes(folder, monkeypatch):
    made = []
    process(made)()
    monkeypatch.setattr(kept_files, "package", lambda: b"the package after that")
    process(made)()
    process(made)()

    assert len(made) == 2 and len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("what", ["no folder", "no files", "a disk that cannot be written to"])
def test_without_a_place_it_is_made_in_every_process(folder, monkeypatch, what):
    if what == "no folder":
        monkeypatch.setattr(kept_files.compiling, "cache_folder", lambda: None)
    elif what == "no files":
        monkeypatch.setattr(kept_files, "package", lambda: None)
    else:
        monkeypatch.setattr(kept_files.compiling, "cache_folder", lambda: folder / "missing")
    made = []

    assert process(made)()[1] == process(made)()[1] == ("a", "b")
    assert len(made) == 2 and not list(folder.iterdir())


def test_a_changed_file_changes_the_package(tmp_path, monkeypatch):
    states = []
    monkeypatch.setattr(kept_files, "_PACKAGE", tmp_path)
    monkeypatch.setattr(kept_files, "_BEGAN", 1 << 62)
    for content in ("a", "b", "b"):
        if not states or content != (tmp_path / "file.py").read_text():
            (tmp_path / "file.py").write_text(content)
        states.append(kept_files.package.__wrapped__())
    monkeypatch.setattr(kept_files, "_BEGAN", 0)

    assert states[0] != states[1] == states[2]
    assert kept_files.package.__wrapped__() is None  # it was changed while we ran
