"""Columns with unknown names: the program proposes a mapping, a person looks at it, and the file comes in."""

from __future__ import annotations

ROWS = "anuncio;tel\n" + "".join(f"Limpieza de casas y oficinas número {n};0770090012{n}\n" for n in range(3))


def test_an_unknown_header_leads_to_a_saved_proposal_that_can_be_used_at_once(felinar, tmp_path):
    path, workspace = tmp_path / "lista.csv", tmp_path / "workspace"
    path.write_text(ROWS, encoding="utf-8")
    refused = felinar("ingest", path)
    proposal = workspace / "mappings" / "lista.toml"
    assert refused.returncode == 2
    assert f"--mapping {proposal}" in refused.stderr
    assert "Nothing was brought in." in refused.stderr
    taken = felinar("ingest", path, "--mapping", proposal)
    assert "3 new adverts" in taken.stdout


def test_a_known_header_needs_no_mapping_and_still_leaves_one_to_look_at(felinar, tmp_path):
    path = tmp_path / "known.csv"
    path.write_text("id,text\n1,House cleaning in the whole town\n", encoding="utf-8")
    assert felinar("ingest", path).returncode == 0
    saved = (tmp_path / "workspace" / "mappings" / "known.toml").read_text(encoding="utf-8")
    assert 'body = [\n    "text",\n]' in saved


def test_a_proposal_that_a_person_mended_is_not_written_over(felinar, tmp_path):
    path, proposal = tmp_path / "known.csv", tmp_path / "workspace" / "mappings" / "known.toml"
    path.write_text("id,text\n1,House cleaning in the whole town\n", encoding="utf-8")
    felinar("ingest", path)
    proposal.write_text("# mine\n", encoding="utf-8")
    felinar("ingest", path)
    assert proposal.read_text(encoding="utf-8") == "# mine\n"
