"""Workspaces: made with a purpose, written by one process at a time."""

from __future__ import annotations

import pytest

from felinar.errors import PurposeMissing, WorkspaceInUse, WorkspaceProblem
from felinar.store.workspace import Workspace


def test_a_workspace_is_made_with_its_purpose_and_opens_again_without(tmp_path):
    Workspace.open(tmp_path / "w", "case 1")
    assert Workspace.open(tmp_path / "w").config.purpose == "case 1"
    assert Workspace.open(tmp_path / "w").config.retention_months == 6


def test_no_workspace_is_made_without_a_purpose(tmp_path):
    with pytest.raises(PurposeMissing, match="FELINAR_PURPOSE"):
        Workspace.open(tmp_path / "w")
    assert not (tmp_path / "w").exists()


def test_a_second_writer_is_told_who_the_first_is(tmp_path):
    workspace = Workspace.open(tmp_path, "case 1")
    with (
        workspace.writing("run"),
        pytest.raises(WorkspaceInUse, match=r"process \d+ \('felinar run'\)"),
        workspace.writing("ingest"),
    ):
        pass
    with workspace.writing("ingest"):
        pass


def test_a_broken_settings_file_is_named(tmp_path):
    (tmp_path / "felinar.toml").write_text("purpose = ", encoding="utf-8")
    with pytest.raises(WorkspaceProblem, match=r"felinar\.toml"):
        Workspace.open(tmp_path)
