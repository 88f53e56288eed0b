"""Tests of what is said on the way."""

import pytest

from felinar.cli.progress import COMPILED_FROM_BYTES, first_run_note
from felinar.kernels import compile as compiling


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """An empty folder for compiled code."""
    folder = tmp_path / "kernels"
    folder.mkdir()
    monkeypatch.setattr(compiling, "cache_folder", lambda: folder)
    return folder


def test_the_first_run_over_more_than_a_few_adverts_says_why_it_takes_longer(kept, tmp_path):
    large, small = tmp_path / "large.jsonl", tmp_path / "small.jsonl"
    large.write_bytes(bytes(COMPILED_FROM_BYTES))
    small.write_bytes(b"{}")
    assert "compiles" in first_run_note([large, tmp_path / "none"])
    assert first_run_note([small]) == ""
    (kept / "0123456789abcdef").mkdir()
    assert first_run_note([large]) == ""


def test_where_nothing_can_be_kept_nothing_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(compiling, "cache_folder", lambda: None)
    assert first_run_note([tmp_path]) == ""
