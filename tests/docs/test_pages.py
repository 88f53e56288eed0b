"""What is made from the code is up to date, and what the pages point at is there."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from felinar.tables import ALL

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
GENERATED = [
    "tables.md",
    "commands.md",
    "figures.md",
    "figures-emscad.md",
    "figures-extract.md",
    "figures-linking.md",
    "figures-worlds-linking.md",
    "figures-worlds-ranking.md",
    "pictures/pipeline.svg",
    "../README.md",
]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_page_is_up_to_date(pages, docs, name):
    path = docs / name
    found = path.read_text(encoding="utf-8") if path.is_file() else ""
    assert found == pages.generated_pages()[name], f"docs/{name} is behind the code: run make docs"


def test_the_readme_names_felinar_and_a_rival_for_everything_that_it_compares(rivals):
    rows = [line.split("|") for line in rivals.table().splitlines() if line.startswith("|")][2:]
    assert len(rows) == len(rivals.LINES)
    assert all(re.search(r"\d", ours) and re.search(r"\d", rivals) for _, _, ours, rivals, _ in rows)


def test_every_generated_page_is_tested_here(pages):
    assert sorted(pages.generated_pages()) == sorted(GENERATED)


def test_help_is_the_same_on_a_narrow_terminal(pages, monkeypatch):
    wide = pages.commands_page()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "5")
    assert pages.commands_page() == wide


def test_every_command_stands_on_the_page_of_commands(pages):
    from felinar.cli import COMMANDS

    page = pages.commands_page()
    assert [name for name in COMMANDS if f"\n## {name}\n" not in page] == []
    assert "\n## audit verify\n" in page


def test_every_table_stands_in_the_picture_once(picture):
    drawn = [table for _, _, tables in picture.STAGES for table in tables]
    assert sorted(drawn) == sorted(table.name for table in ALL)
    ElementTree.fromstring(picture.pipeline_picture())


def test_a_result_with_a_row_for_all_kinds_shows_only_these_rows(pages, tmp_path):
    path = tmp_path / "made_up.csv"
    path.write_text("engine,kind,f1\na,all,0.9\na,plain,1.0\n", encoding="utf-8")
    assert pages.table_of(path) == ["| engine | f1 |", "|---|---|", "| a | 0.9 |"]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_what_a_page_points_at_is_there(page):
    targets = [t for t in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in t]
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_every_page_is_reached_from_the_index(docs):
    entries = re.findall(r"^([a-z0-9*/-]+)$", (docs / "index.md").read_text(encoding="utf-8"), re.MULTILINE)
    reached = {path for entry in entries for path in docs.glob(f"{entry}.md")}
    included = {docs / "index.md", docs / "search.md", *docs.glob("figures*.md")}
    assert {p for p in docs.rglob("*.md") if "_build" not in p.parts} - reached - included == set()


def test_no_page_in_the_index_has_a_name_that_sphinx_keeps_for_itself(docs):
    entries = re.findall(r"^([a-z0-9*/-]+)$", (docs / "index.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"search", "genindex", "modindex"} & set(entries) == set()


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_names_no_place_of_one_machine(page):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.])/(?:work|tmp|home|root|Users)/\S*", text) == []


@pytest.mark.parametrize("page", ["README.md", "docs/limits.md", "docs/dpia-template.md"])
def test_the_open_source_exemption_is_denied(page):
    text = " ".join((ROOT / page).read_text(encoding="utf-8").replace("*", "").split())
    assert re.search(r"open-source exemption does not apply", text)


def test_no_hotline_number_is_printed(docs):
    for name in ("model-card.md", "dpia-template.md"):
        assert re.findall(r"\+?\d[\d ()-]{7,}\d", (docs / name).read_text(encoding="utf-8")) == []


def test_the_example_on_how_to_add_an_extractor_works(docs):
    from felinar.extract.contract import Context
    from felinar.kernels.fold import fold

    code = re.search(r"^```python\n(.*?)^```$", (docs / "how-to-add-an-extractor.md").read_text("utf-8"), re.M | re.S)
    made: dict = {}
    exec(code.group(1), made)
    extractor = made["GREETING"]
    for text, values in extractor.examples:
        assert tuple(found.value for found in extractor.find(fold(text), Context())) == values
    found = next(iter(extractor.find(fold("Oh, ＨＥＬＬＯ you"), Context())))
    assert (found.start, found.end) == (4, 9)
