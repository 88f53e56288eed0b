"""Tests of `felinar demo` as a user calls it; what it prints is held by the tutorial."""

from felinar.cli.demo import LEGAL_BASIS, PURPOSE
from felinar.config import read_config


def test_the_demo_states_what_its_workspace_is_for_and_why_that_is_lawful(felinar, tmp_path):
    made = felinar("demo", "--adverts", 40, "--pictures", 0, "--no-browser", workspace=tmp_path / "demo")
    assert made.returncode == 0, made.stderr
    config = read_config(tmp_path / "demo")
    assert (config.purpose, config.legal_basis) == (PURPOSE, LEGAL_BASIS)
    assert "legal basis" not in felinar("doctor", workspace=tmp_path / "demo").stdout


def test_a_number_of_pictures_below_none_is_refused(felinar, tmp_path):
    refused = felinar("demo", "--pictures", -1, workspace=tmp_path / "demo")
    assert refused.returncode == 2
    assert not (tmp_path / "demo").exists()
